"""Rows of the services for children's development, pupils, the elderly, minds and the ill."""

from __future__ import annotations

from datetime import date
from typing import Any

from clusters.actions.following import follow_touched
from clusters.models import Milestone
from clusters.services import SERVICES
from tests.clusters.workbooks import ADULT, CHILD, WOMAN
from tests.reporting.rows import incoming, write

DEVELOPMENT = CHILD | {"Formulir KPSP (bulan)": 12, "Jumlah jawaban ya KPSP": 9}
SCHOOL = WOMAN | {
    "NIK": "9901015203120004",
    "Tanggal lahir": date(2012, 3, 12),
    "Tanggal kunjungan": date(2025, 8, 6),
    "Kelas": 7,
    "Berat badan (kg)": 44.5,
    "Tinggi badan (cm)": 152,
    "Tekanan darah": "105/65",
    "Karies gigi": "tidak",
    "Penglihatan baik": "ya",
    "Pendengaran baik": "ya",
    "Hb (g/dL)": 12.4,
    "TTD diberikan (tablet)": 4,
}
ELDERLY = ADULT | {
    "NIK": "9901011203500005",
    "Tanggal lahir": date(1950, 3, 12),
    "Skor AKS": 20,
    "SKILAS kognitif": "tidak",
    "Kolesterol total (mg/dL)": 180,
}
MENTAL = WOMAN | {
    "Tanggal kunjungan": date(2025, 5, 6),
    "Skor SRQ-20": 3,
    "SRQ nomor 17 ya": "tidak",
    "ODGJ berat": "tidak",
}
CHRONIC = WOMAN | {
    "Tanggal kunjungan": date(2025, 5, 6),
    "Hipertensi": "ya",
    "Didiagnosis sejak": date(2022, 3, 1),
    "Tekanan darah": "135/85",
    "Obat diberikan": "ya",
    "Minum obat teratur": "ya",
    "Edukasi": "ya",
}
for _not_asked in ("Berat badan (kg)", "Tinggi badan (cm)", "Merokok"):
    del ELDERLY[_not_asked]
LIVES: dict[str, dict[str, Any]] = {
    "development": DEVELOPMENT,
    "school": SCHOOL,
    "elderly": ELDERLY,
    "mental": MENTAL,
    "chronic": CHRONIC,
}
BORN = {"development": date(2024, 1, 15), "school": date(2012, 9, 1), "elderly": date(1950, 3, 12)}


def derived(service: str, *, sex: str = "P", months: int = 400, seen=date(2026, 3, 5), **values):
    """What the service works out of these values; all others unknown."""
    held = dict.fromkeys(SERVICES[service].typed) | values
    ages = {"age_months": months, "age_days": round(months * 30.44)}
    return SERVICES[service].derive({**held, "sex": sex, "seen_on": seen, **ages})


def broken(service: str, *, sex: str = "P", months: int = 400, seen=date(2026, 3, 5), **values):
    """Codes of the rules that these values break: (refused, warned of)."""
    held = dict.fromkeys(SERVICES[service].typed) | values
    held |= {"sex": sex, "seen_on": seen, "age_months": months, "age_days": round(months * 30.44)}
    held |= SERVICES[service].derive(held)
    found = [rule for rule in SERVICES[service].rules if rule.broken(held)]
    return (
        {rule.code for rule in found if not rule.warning},
        {rule.code for rule in found if rule.warning},
    )


def reached(service: str, tree, *visits: tuple[date, dict[str, Any]], sex="P", born=None):
    """(code, first day of the scope) of all that one person reaches by these visits."""
    rows = [
        incoming(
            service, nik="9901015203900001", born_on=born or BORN.get(service, date(1980, 3, 12)),
            sex=sex, seen_on=seen, facility=tree["first"], home=tree["melati"], row=2 + n, **values,
        )
        for n, (seen, values) in enumerate(visits)
    ]  # fmt: skip
    write(service, rows, None)
    follow_touched(by=None)
    return set(Milestone.objects.filter(service=service).values_list("code", "scope"))
