"""Cluster 2: development of children up to 72 months (SDIDTK)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from clusters.cutoffs import SDIDTK, cutoff
from clusters.services.language import (
    Choice,
    Derived,
    Service,
    Values,
    choice,
    flag,
    small_number,
    whole,
    word,
    yes_no,
)
from clusters.services.shared import free_check, odd, referred, rule
from ilp.core.languages import filled

QUESTIONS = tuple(f"kpsp_{n}" for n in range(1, 11))
SENSE = (
    Choice("normal", _("Normal"), ("n", "baik", "sesuai")),
    Choice("curiga", _("Curiga gangguan"), ("curiga", "gangguan", "tidak normal", "abnormal")),
)
EVERY_SIX_FROM = 24  # months of age; before that a form every three


def derive(v: Values) -> Values:
    """Number of yes, class of KPSP, whether it is a deviation, doubts about behaviour."""
    score = kpsp_score(v)
    found = None if score is None else _kpsp_class(score, v["seen_on"])
    again = found == "meragukan" and bool(v["kpsp_again"])
    return {
        "kpsp_score": score,
        "kpsp_class": found,
        "deviation": None if found is None else found == "penyimpangan" or again,
        "behaviour_odd": _behaviour_odd(v),
    }


def kpsp_score(v: Values) -> int | None:
    """What was typed or, with all ten answered, the number of yes."""
    if v["kpsp"] is not None:
        return int(v["kpsp"])
    answers = [v[name] for name in QUESTIONS]
    return None if None in answers else sum(answers)


def _kpsp_class(score: int, seen) -> str:
    if score >= cutoff("kpsp_as_expected", seen):
        return "sesuai"
    return "meragukan" if score >= cutoff("kpsp_doubtful", seen) else "penyimpangan"


def _behaviour_odd(v: Values) -> bool | None:
    """Any of the questionnaires asked lies at or above its limit; None where none was asked."""
    seen = v["seen_on"]
    asked = [
        v[name] >= cutoff(f"{name}_odd", seen)
        for name in ("kmpe", "mchat", "gpph")
        if v[name] is not None
    ]
    return any(asked) if asked else None


def _disagrees(v: Values) -> bool:
    answers = [v[name] for name in QUESTIONS]
    return v["kpsp"] is not None and None not in answers and sum(answers) != v["kpsp"]


def _form_of_another_age(v: Values) -> bool:
    """A form is for that age and up to before the next form."""
    form = v["kpsp_form"]
    if form is None:
        return False
    step = 3 if form < EVERY_SIX_FROM else 6
    return not form <= v["age_months"] < form + step


def _too_young(v: Values) -> bool:
    young = v["age_months"] < 36 and (v["kmpe"] is not None or v["gpph"] is not None)
    return young or (v["mchat"] is not None and not 16 <= v["age_months"] <= 30)


DEVELOPMENT = Service(
    code="development",
    label=_("Perkembangan anak (SDIDTK)"),
    cluster="K2",
    stage="balita",
    age_months=(0, 73),
    source=SDIDTK,
    needs_one_of=("kpsp", *QUESTIONS, "hearing", "sight", "kmpe", "mchat", "gpph"),
    fields=(
        whole(
            "kpsp_form",
            _("Formulir KPSP"),
            "bulan",
            reject=(3, 72),
            aliases=("umur formulir kpsp", "kpsp umur"),
        ),
        *(
            yes_no(
                name, filled(_("KPSP nomor %d"), n), aliases=(f"jawaban kpsp {n}", f"kpsp no {n}")
            )
            for n, name in enumerate(QUESTIONS, 1)
        ),
        whole(
            "kpsp",
            _("Jumlah jawaban ya KPSP"),
            reject=(0, 10),
            aliases=("skor kpsp", "kpsp", "jumlah ya kpsp"),
            hint=_("Boleh dikosongkan bila kesepuluh jawabannya diisi."),
        ),
        yes_no("kpsp_again", _("KPSP ulang setelah meragukan"), aliases=("kpsp ulang",)),
        choice("hearing", _("Tes daya dengar (TDD)"), *SENSE, aliases=("daya dengar", "tdd")),
        choice("sight", _("Tes daya lihat (TDL)"), *SENSE, aliases=("daya lihat", "tdl")),
        whole(
            "kmpe", _("Skor KMPE"), reject=(0, 14), aliases=("masalah perilaku emosional", "kmpe")
        ),
        whole("mchat", _("Skor M-CHAT-R"), reject=(0, 20), aliases=("m chat r", "mchat", "m-chat")),
        whole("gpph", _("Skor GPPH"), reject=(0, 30), aliases=("hiperaktivitas gpph", "gpph")),
        yes_no("stimulation", _("Stimulasi diajarkan"), aliases=("stimulasi",)),
        free_check(),
        referred(),
    ),
    derived=(
        Derived("kpsp_score", _("Jumlah jawaban ya"), small_number),
        Derived("kpsp_class", _("Hasil KPSP"), word),
        Derived("deviation", _("Penyimpangan, atau dua kali meragukan"), flag),
        Derived("behaviour_odd", _("Kemungkinan masalah perilaku"), flag),
    ),
    derive=derive,
    rules=(
        rule(
            "kpsp-sum-agrees",
            ("kpsp", *QUESTIONS),
            _("Jumlah jawaban ya berbeda dengan kesepuluh jawabannya. Perbaiki salah satunya."),
            _disagrees,
        ),
        odd(
            "kpsp-all-answered",
            QUESTIONS,
            _("KPSP baru terjawab sebagian, jadi belum dinilai. Lengkapi sepuluh jawabannya."),
            lambda v: v["kpsp"] is None and 0 < sum(v[n] is not None for n in QUESTIONS) < 10,
        ),
        odd(
            "kpsp-form-of-age",
            ("kpsp_form",),
            _("Formulir KPSP tidak sesuai umur anak. Pakai formulir umur terdekat di bawahnya."),
            _form_of_another_age,
        ),
        odd(
            "questionnaire-of-age",
            ("kmpe", "mchat", "gpph"),
            _("M-CHAT-R untuk 16–30 bulan; KMPE dan GPPH sejak 36 bulan. Periksa tanggal lahir."),
            _too_young,
        ),
    ),
)
