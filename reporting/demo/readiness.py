"""How ready the fictitious places say they are for ILP, and what holds some of them up."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from django.utils import timezone

from facilities.actions.readiness import Said, note_obstacle, record_readiness
from facilities.models import Facility
from facilities.registry.readiness import asked

EVIDENCE = ("Berita acara orientasi", "Foto alur layanan", "SK kepala Puskesmas", "")
OBSTACLES = (
    "Bidan Pustu belum ada.",
    "Rekam medis elektronik belum tersambung.",
    "Alat antropometri Posyandu kurang.",
    "Kader belum dilatih 25 keterampilan.",
)


def tell_readiness(place: Facility, number: int, seed: int) -> None:
    """Most items are in order, some are under way; every third place names an obstacle."""
    rng = Random(f"{seed}:kesiapan:{place.code}")  # noqa: S311 nothing secret
    today = timezone.localdate()
    since = max(date(today.year, 1, 1), place.opened_on)
    answers = ("ya", "ya", "ya", "ya", "proses", "belum")
    said = {
        item.code: Said(rng.choice(answers), rng.choice(EVIDENCE))
        for item in asked(place.kind, since)
        if rng.random() < 0.95
    }
    record_readiness(facility=place, said=said, since=since, by=None)
    if number % 3 == 0:
        promised = today + timedelta(days=rng.randrange(5, 90))
        text = OBSTACLES[number // 3 % len(OBSTACLES)]
        note_obstacle(facility=place, text=text, promised_on=promised, by=None)
