"""Immunisation at school (BIAS): pupils' doses, from visits or from the Puskesmas' report."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from clusters.milestones_doses import BIAS
from ilp.core.languages import filled
from reporting.catalogue.form_shorthand import section
from reporting.catalogue.language import FIFTH, Aggregation, Element, Form, Indicator
from reporting.catalogue.shorthand import by_custom, reached

AUGUST, NOVEMBER = 8, 11
TOLD: dict[str, Text] = {
    "bias_mr": _("Siswa kelas 1 diimunisasi MR"),
    "bias_dt": _("Siswa kelas 1 diimunisasi DT"),
    "bias_td2": _("Siswa kelas 2 diimunisasi Td"),
    "bias_td5": _("Siswa kelas 5 diimunisasi Td"),
    "bias_hpv5": _("Siswi kelas 5 diimunisasi HPV dosis 1"),
    "bias_hpv6": _("Siswi kelas 6 diimunisasi HPV dosis 2"),
}
ELEMENTS: tuple[Element, ...] = reached("school", TOLD)
FORM = Form(
    code="BIAS",
    label=_("Imunisasi anak sekolah (BIAS)"),
    kinds=("puskesmas",),
    sections=(section("A", _("Siswa yang diimunisasi pada putaran ini"), TOLD),),
    checks=(),
    due=FIFTH,
    source=BIAS,
    rounds=(AUGUST, NOVEMBER),
)

dose = partial(
    Indicator,
    cluster="K2",
    stage="remaja",
    aggregation=Aggregation.SCHOOL,
    why=_("Kekebalan dari masa bayi menurun; dosis di sekolah memperkuatnya sampai dewasa."),
    misread=_(
        "Dijumlah sejak Juli, awal tahun ajaran. Laporan BIAS yang disahkan menggantikan catatan "
        "per siswa bulan itu; keduanya tidak dijumlahkan. DT dan Td diberikan bulan November: "
        "sebelum itu angkanya 0."
    ),
    source=BIAS,
    goals=by_custom(95),
    certain=False,
)


def _dose(code: str, label: Text, given: str, pupils: str) -> Indicator:
    return dose(
        code,
        label,
        numerator=given,
        denominator=pupils,
        definition=filled(_("%s pada tahun ajaran ini, dibagi siswa kelas itu."), TOLD[given]),
    )


INDICATORS: tuple[Indicator, ...] = (
    _dose("IM29", _("BIAS MR kelas 1"), "bias_mr", "S_KELAS1"),
    _dose("IM30", _("BIAS DT kelas 1"), "bias_dt", "S_KELAS1"),
    _dose("IM31", _("BIAS Td kelas 2"), "bias_td2", "S_KELAS2"),
    _dose("IM32", _("BIAS Td kelas 5"), "bias_td5", "S_KELAS5"),
    _dose("IM33", _("BIAS HPV 1 siswi kelas 5"), "bias_hpv5", "S_SISWI5"),
    _dose("IM33B", _("BIAS HPV 2 siswi kelas 6"), "bias_hpv6", "S_SISWI6"),
)
