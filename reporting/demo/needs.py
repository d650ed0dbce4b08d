"""What the fictitious places lack: standards, staff, self-assessments, readiness, efforts.

Items that no source asks for are marked as examples; the numbers are made up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from random import Random

from django.utils import timezone

from facilities.actions.assessments import (
    Entry,
    return_assessment,
    save_assessment,
    send_assessment,
    verify_assessment,
)
from facilities.actions.efforts import add_effort
from facilities.actions.staff import Count, record_staff
from facilities.actions.standards import NewStandard, add_standard, load_standards
from facilities.models import Facility, Group, Innovation, Partner, StandardItem, Worker
from facilities.selectors.assessments import asked
from reporting.demo.places import DISTRICT, Puskesmas
from reporting.demo.readiness import tell_readiness

K = Facility.Kind
SINCE = date(2020, 1, 1)
SOURCE = "Data contoh"
ASSESSING = 3  # Puskesmas whose Posyandu assess themselves as well
# Group, name, unit, at a Puskesmas, at a Pustu, price of one (rupiah).
EXAMPLES = (
    (Group.BUILDING, "Ruang pemeriksaan", "ruang", 2, 1, 45_000_000),
    (Group.BUILDING, "Ruang KIA", "ruang", 1, 1, 45_000_000),
    (Group.BUILDING, "Toilet pasien", "ruang", 2, 1, 12_000_000),
    (Group.UTILITY, "Listrik 24 jam", "sambungan", 1, 1, 3_500_000),
    (Group.UTILITY, "Air bersih", "sambungan", 1, 1, 5_000_000),
    (Group.UTILITY, "Internet", "sambungan", 1, 1, 4_200_000),
    (Group.EQUIPMENT, "Tensimeter", "buah", 4, 2, 650_000),
    (Group.EQUIPMENT, "Timbangan", "buah", 3, 1, 900_000),
    (Group.EQUIPMENT, "Antropometri kit", "set", 2, 1, 7_500_000),
    (Group.EQUIPMENT, "Doppler", "buah", 2, 1, 1_800_000),
    (Group.EQUIPMENT, "Alat cek Hb", "buah", 2, 1, 1_200_000),
    (Group.MEDICINE, "Tablet tambah darah", "botol", 50, 10, None),
    (Group.MEDICINE, "Vitamin A", "botol", 20, 5, None),
    (Group.MEDICINE, "Parasetamol", "botol", 40, 10, None),
)
INNOVATIONS = (
    ("Posyandu Sore", "K2", "Ibu yang bekerja tidak dapat datang pagi."),
    ("Jemput Lansia", "K3", "Lansia di dusun jauh jarang diperiksa."),
    ("Kelas Ibu Keliling", "K2", "Kelas ibu hamil hanya ada di Puskesmas."),
    ("Bank TTD Sekolah", "K2", "Siswi lupa minum tablet tambah darah saat libur."),
)
PARTNERS = (
    ("TP PKK Kecamatan", "masyarakat", "Menggerakkan kader dan kunjungan rumah."),
    ("Pemerintah desa", "desa", "Dana desa untuk PMT dan insentif kader."),
    ("SMP Negeri Contoh", "pendidikan", "Jadwal tetap minum tablet tambah darah."),
)


def assess_needs(
    planned: Sequence[Puskesmas],
    places: Mapping[str, Facility],
    seed: int,
    tell: Callable[[int, int], None],
) -> None:
    """Everything, once: whoever runs it again finds the standards there and leaves."""
    district = places[DISTRICT]
    if StandardItem.objects.filter(district=district).exists():
        return
    _set_standards(district)
    tell_readiness(district, 1, seed)
    for number, one in enumerate(planned, start=1):
        rng = Random(f"{seed}:kebutuhan:{one.code}")  # noqa: S311 nothing secret
        _staff(one, places, rng)
        _assess(places[one.code], one.number, rng)
        tell_readiness(places[one.code], one.number, seed)
        for at, village in enumerate(village for village in one.villages if village.pustu):
            _assess(places[village.pustu], one.number + at, rng)
            tell_readiness(places[village.pustu], one.number + at, seed)
        for at, posyandu in enumerate(one.posyandu if one.number < ASSESSING else ()):
            _assess(places[posyandu.code], at, rng)
            tell_readiness(places[posyandu.code], at + 1, seed)
        _efforts(places[one.code], one.number)
        tell(number, len(planned))


def _set_standards(district: Facility) -> None:
    load_standards(district=district, since=SINCE, by=None)
    for group, name, unit, centre, pustu, price in EXAMPLES:
        for kind, number in ((K.PUSKESMAS, centre), (K.PUSTU, pustu)):
            new = NewStandard(
                kind=kind,
                beds="",
                group=group,
                name=name,
                unit=unit,
                number=number,
                price=price,
                source=SOURCE,
                certainty=StandardItem.Certainty.EXAMPLE,
                since=SINCE,
            )
            add_standard(district=district, new=new, by=None)


def _staff(one: Puskesmas, places: Mapping[str, Facility], rng: Random) -> None:
    centre = {
        worker.value: Count(rng.choice((0, 1, 1, 1, 2, 2))) for worker in Worker
        if worker is not Worker.KADER
    }  # fmt: skip
    _record(places[one.code], centre)
    for village in one.villages:
        if village.pustu:
            there = {Worker.NURSE: 0.7, Worker.MIDWIFE: 0.85}
            counts = {w.value: Count(int(rng.random() < share)) for w, share in there.items()}
            _record(places[village.pustu], counts | {"kader": Count(2, purwa=1)})
    for posyandu in one.posyandu:
        number = rng.randrange(3, 7)
        levels = [rng.randrange(0, 2) for _ in range(3)]
        _record(places[posyandu.code], {"kader": Count(number, *levels)})


def _record(place: Facility, counts: Mapping[str, Count]) -> None:
    today = timezone.localdate()
    since = max(date(today.year, 1, 1), place.opened_on)
    record_staff(facility=place, counts=counts, since=since, by=None)


def _assess(place: Facility, number: int, rng: Random) -> None:
    """Half are verified, some wait, some were returned, some have hardly begun or not at all."""
    turn = number % 6
    if turn == 5:
        return
    today = timezone.localdate()
    items = asked(place=place, year=today.year, today=today)
    entries = {item.pk: _entry(item.number, rng) for item in items}
    if turn == 4:
        entries = dict(list(entries.items())[: len(entries) // 2])
    held = save_assessment(facility=place, year=today.year, entries=entries, version=0, by=None)
    if turn == 4:
        return
    held = send_assessment(assessment=held, by=None)
    if turn < 2 or number % 12 == 2:
        verify_assessment(assessment=held, version=held.version, by=None)
    elif turn == 3:
        comments = {items[0].pk: "Jumlahnya berbeda dari kunjungan kami. Hitung kembali."}
        return_assessment(
            assessment=held, comments=comments, remark="", version=held.version, by=None
        )


def _entry(standard: int, rng: Random) -> Entry:
    """Most have what they should; some of it is out of order."""
    present = standard if rng.random() < 0.55 else rng.randrange(0, standard + 1)
    light = int(present > 0 and rng.random() < 0.15)
    heavy = int(present > light and rng.random() < 0.1)
    return Entry(present, present - light - heavy, light, heavy)


def _efforts(place: Facility, number: int) -> None:
    name, cluster, problem = INNOVATIONS[number % len(INNOVATIONS)]
    since = date(timezone.localdate().year - 1, 1 + number % 12, 5)
    told = {"name": name, "cluster": cluster, "problem": problem, "link": "", "since": since}
    result = f"Yang terlayani naik dari {40 + 3 * number} menjadi {65 + 4 * number} sebulan."
    add_effort(kind=Innovation, facility=place, values=told | {"result": result}, by=None)
    name, field, contribution = PARTNERS[number % len(PARTNERS)]
    helped = {"name": name, "field": field, "contribution": contribution, "link": ""}
    add_effort(kind=Partner, facility=place, values=helped | {"since": since}, by=None)
