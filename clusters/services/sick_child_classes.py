"""What MTBS and MTBM conclude from what was seen of a sick child: classes of one visit."""

from __future__ import annotations

from clusters.cutoffs import cutoff
from clusters.services.language import Values

MTBM_UNTIL = 2  # months of age: before that a young infant, by the chart MTBM
MUAC_FROM = 6  # months of age from which the arm tells about nutrition
DEHYDRATION_SIGNS = ("alertness", "sunken_eyes", "drinking", "pinch")
ASKED_OF_ALL = ("danger", "diarrhoea", "temperature", "weight", "immunisation_checked")
ASKED_OF_THE_OLDER = ("cough", "fever", "ear")
ASKED_OF_THE_YOUNG = ("breaths", "infection")


def derive(v: Values) -> Values:
    """Every class, what must be referred at once, and whether the whole chart was followed."""
    young = v["age_months"] < MTBM_UNTIL
    fast = fast_breathing(v)
    found: Values = {
        "fast_breathing": fast,
        "cough_class": None if young else _cough(v, fast),
        "dehydration": _dehydration(v),
        "fever_class": None if young else _fever(v),
        "young_class": _young(v, fast) if young else None,
        "muac_class": _muac(v),
    }
    found["to_refer"] = _to_refer(v, found)
    found["by_mtbs"] = _whole_chart(v, found) if v["form_used"] is None else v["form_used"]
    return found


def fast_breathing(v: Values) -> bool | None:
    """By age, of children under five; None where breaths were not counted."""
    months, breaths = v["age_months"], v["breaths"]
    if breaths is None or months >= 60:
        return None
    age = "under_2_months" if months < 2 else "under_1_year" if months < 12 else "under_5_years"
    return bool(breaths >= cutoff(f"fast_breathing_{age}", v["seen_on"]))


def _cough(v: Values, fast: bool | None) -> str | None:
    """Severe by chest or oxygen; else by the breaths, without which nothing is concluded."""
    if not v["cough"]:
        return None
    low = v["oxygen"] is not None and v["oxygen"] < cutoff("mtbs_oxygen_low", v["seen_on"])
    if v["indrawing"] or low:
        return "pneumonia_berat"
    if fast is None:
        return None
    return "pneumonia" if fast else "bukan_pneumonia"


def _dehydration(v: Values) -> str | None:
    """Two signs make a degree; None without diarrhoea, or before all four signs were looked at.

    A sign of the severe degree counts for the lesser one too.
    """
    signs = [v[name] for name in DEHYDRATION_SIGNS]
    if not v["diarrhoea"]:
        return None
    least, eyes = cutoff("dehydration_signs", v["seen_on"]), bool(v["sunken_eyes"])
    severe = (v["alertness"] == "letargis") + (v["drinking"] == "malas")
    severe += (v["pinch"] == "sangat_lambat") + eyes
    if severe >= least:
        return "berat"
    some = (v["alertness"] in ("rewel", "letargis")) + (v["drinking"] in ("haus", "malas"))
    some += (v["pinch"] in ("lambat", "sangat_lambat")) + eyes
    if some >= least:
        return "ringan_sedang"
    return None if None in signs else "tanpa"


def _hot(v: Values) -> bool:
    """As told or as measured."""
    degrees = v["temperature"]
    hot = degrees is not None and degrees >= cutoff("mtbs_fever_c", v["seen_on"])
    return bool(v["fever"] or hot)


def _fever(v: Values) -> str | None:
    """None without fever, or before malaria was looked for in what is not severe."""
    if not _hot(v):
        return None
    if v["danger"] or v["stiff_neck"]:
        return "berat"
    return {"positif": "malaria", "negatif": "bukan_malaria"}.get(v["malaria"])


def _young(v: Values, fast: bool | None) -> str | None:
    """Of a young infant: severe by danger, breaths, chest, heat or cold; None if not looked at."""
    degrees, seen = v["temperature"], v["seen_on"]
    hot = degrees is not None and degrees >= cutoff("mtbs_fever_c", seen)
    cold = degrees is not None and degrees < cutoff("mtbm_cold_c", seen)
    if v["danger"] or fast or v["indrawing"] or hot or cold:
        return "berat"
    if v["infection"]:
        return "lokal"
    return None if None in (v["danger"], fast, degrees, v["infection"]) else "tidak_ada"


def _muac(v: Values) -> str | None:
    if v["oedema"]:
        return "gizi_buruk"
    if v["muac"] is None or v["age_months"] < MUAC_FROM:
        return None
    if v["muac"] < cutoff("muac_severe_cm", v["seen_on"]):
        return "gizi_buruk"
    return "gizi_kurang" if v["muac"] < cutoff("muac_moderate_cm", v["seen_on"]) else "gizi_baik"


def _to_refer(v: Values, found: Values) -> bool | None:
    """A danger sign or a severe class; None where danger signs were not looked for."""
    severe = (
        found["cough_class"] == "pneumonia_berat"
        or found["dehydration"] == "berat"
        or found["fever_class"] == "berat"
        or found["young_class"] == "berat"
    )
    return True if severe or v["danger"] else v["danger"]


def _whole_chart(v: Values, found: Values) -> bool:
    """All that the chart of that age asks was looked at, and something was done about it."""
    young = v["age_months"] < MTBM_UNTIL
    asked = (*ASKED_OF_ALL, *(ASKED_OF_THE_YOUNG if young else ASKED_OF_THE_OLDER))
    complete = all(v[name] is not None for name in asked) and bool(v["immunisation_checked"])
    classed = not v["diarrhoea"] or found["dehydration"] is not None
    if not young:
        classed = classed and (not v["cough"] or found["cough_class"] is not None)
    return complete and classed and bool(v["treated"] or v["referred"] or v["advice"])
