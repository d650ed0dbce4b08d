"""The monthly recap of the elderly: of its ages those that stand on no other form.

Those from 60 on stand on the UKM report: one place says a thing once. "Risti" is read as its ages
say, 70 and over; some also count those from 60 on with a health problem, which is another group.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reporting.catalogue.form_shorthand import section
from reporting.catalogue.forms_programmes import SINCE
from reporting.catalogue.language import END_OF_MONTH, Element, Form, Indicator

REKAP_LANSIA = "Rekap bulanan lansia (LANSIA-FORM)"
BY_AGE = {  # counted by the screening of adults and of the elderly
    "pralansia": _("Pralansia 45–59 tahun dilayani"),
    "risti_lansia": _("Lansia 70 tahun ke atas dilayani"),
}
ELEMENTS: tuple[Element, ...] = ()
INDICATORS: tuple[Indicator, ...] = ()
FORM = Form(
    code="LANSIA",
    label=_("Rekap pralansia dan lansia 70 tahun ke atas"),
    kinds=("puskesmas",),
    sections=(section("A", _("Dilayani pertama kali tahun ini"), BY_AGE),),
    checks=(),
    due=END_OF_MONTH,
    source=REKAP_LANSIA,
    since=SINCE,
    voluntary=True,
)
