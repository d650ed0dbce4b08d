"""The needs assessment in words: sentences by rule, tables, who signs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from facilities.models import Facility, Group, Worker
from facilities.selectors.letterheads import Head, Signer, head_of, signers
from facilities.selectors.needs import ItemSum, Need, Needs
from ilp.core import formats
from reporting.charts.gaps import Gap
from reporting.selectors.grids import Block, Cell, Column, Grid, Line
from reporting.selectors.priorities import Priority, Weights

FIRST = 15  # priorities that are printed
DRAWN = 10  # gaps in the picture
NAMED = 3
PUSTU_NEEDS = (Worker.NURSE.value, Worker.MIDWIFE.value)


@dataclass(frozen=True)
class Kajian:
    """What is printed of the needs of a place and all below it."""

    found: Needs
    title: str
    head: Head
    facts: tuple[tuple[str, str], ...]
    chapters: tuple[tuple[str, tuple[str, ...]], ...]
    gaps: tuple[Gap, ...]  # the largest, as they are drawn
    grids: tuple[Grid, ...]
    notes: tuple[str, ...]
    signers: tuple[Signer, Signer]
    draft: str

    @property
    def place(self) -> Facility:
        return self.found.place

    @cached_property
    def dated(self) -> str:
        return f"{self.head.town}, …………………… {self.found.year}"


def kajian(*, found: Needs, ranked: Sequence[Priority], weights: Weights, today: date) -> Kajian:
    """The printed assessment. Five queries."""
    place = found.place
    partial = found.verified < len(found.assessing)
    return Kajian(
        found=found,
        title=_("Kajian kebutuhan %(year)s") % {"year": found.year},
        head=head_of(place=place, on=today),
        facts=(
            (_("Wilayah"), str(place)),
            (_("Keadaan per"), formats.day(found.on)),
            (_("Tempat dinilai"), _of(found.said, len(found.assessing))),
            (_("Diverifikasi Dinas"), _of(found.verified, len(found.assessing))),
        ),
        chapters=tuple(_chapters(found, ranked)),
        gaps=tuple(_gap(one) for one in found.largest[:DRAWN]),
        grids=(*_group_grids(found), *_ranked_grid(ranked)),
        notes=tuple(_notes(weights)),
        signers=signers(place=place, programme="", on=today),
        draft=_("SEBAGIAN – belum semua tempat diverifikasi") if partial else "",
    )


def _gap(one: ItemSum) -> Gap:
    return Gap(one.name, one.unit, one.missing, one.standard)


def _of(part: int, whole: int) -> str:
    return _("%(part)s dari %(whole)s") % {"part": part, "whole": whole}


def _chapters(found: Needs, ranked: Sequence[Priority]) -> Iterable[tuple[str, tuple[str, ...]]]:
    yield _("Dasar"), tuple(_basis(found))
    yield _("Sarana, prasarana, alat, dan obat"), tuple(_things(found))
    yield _("Tenaga dan kader"), tuple(_staff(found))
    yield _("Yang didahulukan"), tuple(_first(ranked))


def _basis(found: Needs) -> Iterable[str]:
    counts = {"said": found.said, "all": len(found.assessing), "verified": found.verified}
    yield (
        _(
            "Kajian ini bersumber dari penilaian mandiri %(said)s dari %(all)s tempat; "
            "%(verified)s di antaranya sudah diverifikasi Dinas. Tenaga dibaca dari daftar tenaga."
        )
        % counts
    )
    if found.said < len(found.assessing):
        yield _(
            "%(left)s tempat belum mengirim penilaian, sehingga kekurangannya belum terhitung."
        ) % {"left": len(found.assessing) - found.said}


def _things(found: Needs) -> Iterable[str]:
    for group in Group:
        lacking = [one for one in found.largest if one.group == group]
        if group == Group.STAFF or not found.of(group):
            continue
        if not lacking:
            yield _("%(group)s: tidak ada kekurangan pada yang sudah dinilai.") % {
                "group": group.label
            }
            continue
        told = "; ".join(_lacks(one) for one in lacking[:NAMED])
        yield _("%(group)s: %(count)s jenis kurang. Yang terbesar: %(told)s.") % {
            "group": group.label,
            "count": len(lacking),
            "told": told,
        }


def _lacks(one: ItemSum) -> str:
    return _("%(name)s kurang %(missing)s %(unit)s di %(short)s tempat (%(share)s)") % {
        "name": one.name,
        "missing": formats.whole(one.missing),
        "unit": one.unit,
        "short": one.short,
        "share": formats.percent(one.share),
    }


def _staff(found: Needs) -> Iterable[str]:
    staffed, known, all_pustu = pustu_staffed(found)
    if all_pustu:
        yield _(
            "%(staffed)s dari %(known)s Pustu yang tenaganya dicatat terisi perawat dan bidan "
            "(seluruhnya %(all)s Pustu)."
        ) % {"staffed": staffed, "known": known, "all": all_pustu}
    staff = [one for one in found.largest if one.group == Group.STAFF]
    for one in staff[:NAMED]:
        yield _lacks(one) + "."
    if not staff and found.of(Group.STAFF):
        yield _("Tenaga yang dicatat sudah sesuai standar.")


def pustu_staffed(found: Needs) -> tuple[int, int, int]:
    """Pustu with nurse and midwife, Pustu whose both are counted, all Pustu."""
    pustu = [site for site in found.sites if site.kind == Facility.Kind.PUSTU]
    known = staffed = 0
    for site in pustu:
        held = [found.by_site[site.pk].get(code) for code in PUSTU_NEEDS]
        both: list[Need] = [need for need in held if need is not None and need.is_known]
        if len(both) == len(PUSTU_NEEDS):
            known += 1
            staffed += all((need.good or 0) >= 1 for need in both)
    return staffed, known, len(pustu)


def _first(ranked: Sequence[Priority]) -> Iterable[str]:
    if not ranked:
        yield _("Tidak ada kekurangan pada yang sudah dinilai.")
    for number, one in enumerate(ranked[:NAMED], start=1):
        yield _("%(number)s. %(place)s: %(name)s kurang %(missing)s %(unit)s, skor %(score)s.") % {
            "number": number,
            "place": one.centre.name,
            "name": one.item.name,
            "missing": formats.whole(one.item.missing),
            "unit": one.item.unit,
            "score": formats.decimal(one.score),
        }


def _group_grids(found: Needs) -> Iterable[Grid]:
    words = (_("Tempat"), _("Dinilai"), _("Standar"), _("Ada"), _("Baik"), _("Kurang"))
    columns = tuple(Column((word,), (), number=3 + at) for at, word in enumerate(words))
    for group in Group:
        sums = [one for one in found.sums if one.group == group]
        if sums:
            lines = tuple(_line(number, one) for number, one in enumerate(sums, start=1))
            yield Grid(str(group.label), _("Barang atau tenaga"), columns, (Block("", lines),))


def _line(number: int, one: ItemSum) -> Line:
    numbers = (one.places, one.known, one.standard, one.present, one.good, one.missing)
    return Line(str(number), f"{one.name} ({one.unit})", tuple(Cell(n) for n in numbers))


def _ranked_grid(ranked: Sequence[Priority]) -> Iterable[Grid]:
    words = (_("Kurang"), _("Kurang %"), _("Beban"), _("Capaian rendah"), _("Skor"))
    columns = tuple(Column((word,), (), number=3 + at) for at, word in enumerate(words))
    lines = tuple(
        Line(
            str(number),
            f"{one.centre.name}: {one.item.name}",
            (
                Cell(one.item.missing),
                *(
                    Cell(text=formats.decimal(part))
                    for part in (one.gap, one.centre.burden, one.centre.low, one.score)
                ),
            ),
        )
        for number, one in enumerate(ranked[:FIRST], start=1)
    )
    if lines:
        title = _("Prioritas (%(count)s teratas)") % {"count": len(lines)}
        yield Grid(title, _("Puskesmas dan kebutuhan"), columns, (Block("", lines),))


def _notes(weights: Weights) -> Iterable[str]:
    yield _("Kurang: standar dikurangi yang baik; rusak ringan dan berat tidak dihitung baik.")
    yield _(
        "Skor 0–100: kesenjangan %(gap)s%%, beban sasaran %(burden)s%% (penduduk dibanding "
        "Puskesmas terbesar), capaian rendah %(low)s%% (rata-rata kekurangan SPM)."
    ) % {"gap": weights.gap, "burden": weights.burden, "low": weights.low}
