"""Lokmin that the fictitious offices held: what was agreed is done, late or still running."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from facilities.models import Facility
from ilp.core.models import User
from ilp.core.months import Month
from reporting.actions.follow_ups import move_follow_up
from reporting.actions.meetings import Cell, keep_typed
from reporting.demo.accounts import accounts
from reporting.demo.places import DISTRICT, Puskesmas
from reporting.models import FollowUp, Meeting
from reporting.models.follow_ups import Step
from reporting.selectors.book import CATALOGUE
from reporting.selectors.meetings import sitting_of
from reporting.selectors.releases import read_from
from reporting.totals import Data, showing, shown

HELD_ON = 12  # of the month after the one that was looked at
MONTHS_BACK = 2  # so that the month is released


@dataclass(frozen=True)
class Agreement:
    """`owner` begins the name of a demo account, or is the name of a post; `done` is what was
    said when it was finished."""

    code: str
    problem: str
    action: str
    owner: str
    days: int  # from the meeting to its day
    done: str = ""


OF_DISTRICT = (
    Agreement("SPM04", "Sebagian Posyandu belum menimbang semua sasaran",
              "Umpan balik daftar Posyandu ke tiap Puskesmas", "program", 10,
              "Daftar dikirim ke semua Puskesmas dan dibahas per telepon."),
    Agreement("SPM06", "Skrining usia produktif jauh di bawah target",
              "Jadwal skrining di kantor desa, dua desa tiap minggu", "kapus", 14,
              "Dua belas desa dikunjungi; sisanya masuk jadwal bulan ini."),
    Agreement("SPM06", "Alat cek gula habis sejak pertengahan bulan",
              "Usul pengadaan strip gula darah", "admin.dinas", 21),
    Agreement("SPM08", "Penderita hipertensi tidak kembali berobat",
              "Kunjungan rumah bagi yang terlambat kontrol", "kapus", 30),
    Agreement("SPM01", "Sasaran ibu hamil belum disepakati",
              "Rapat penyamaan data sasaran", "Kepala Bidang Kesmas", 120),
)  # fmt: skip
OF_PUSKESMAS = (
    Agreement("SPM04", "Balita di satu desa jarang datang",
              "Posyandu susulan bersama kader", "bidan", 10,
              "Posyandu susulan dibuka, 18 balita ditimbang."),
    Agreement("SPM02", "Ada persalinan di rumah",
              "Kelas ibu hamil di desa itu", "bidan", 25),
    Agreement("SPM07", "Lansia tidak terdaftar semua",
              "Pendataan ulang bersama kader", "kapus", 120),
)  # fmt: skip
PRESENT = "Kepala Puskesmas\nPengelola program\nPetugas gizi\nBidan koordinator\nPetugas P2P"


def hold_meetings(planned: Sequence[Puskesmas], places: Mapping[str, Facility], last: Month) -> int:
    """One meeting of the Dinas and one of the first Puskesmas; how many there are now."""
    names = [one.username for one in accounts(planned[0])]
    month = last.plus(-MONTHS_BACK)
    first = planned[0]
    with showing(Data.RELEASED):
        _hold(places[DISTRICT], month, OF_DISTRICT, names, ("kadis", "Aula Dinas Kesehatan"))
        _hold(places[first.code], month, OF_PUSKESMAS, names, ("kapus", "Aula Puskesmas"))
    return Meeting.objects.filter(facility__in=places.values()).count()


def _hold(
    place: Facility,
    month: Month,
    agreed: Sequence[Agreement],
    names: Sequence[str],
    where: tuple[str, str],
) -> None:
    """Type what was agreed, as it is typed in a meeting, and finish what is finished."""
    host, venue = where
    by = User.objects.get(username=_account(host, names))
    held_on = month.plus(1).first_day + timedelta(days=HELD_ON - 1)
    sitting = sitting_of(place=place, month=month, held_on=held_on, asked=(), book=CATALOGUE)
    stamp = read_from(of=sitting.as_place, month=month, source=shown())
    cells = [Cell(None, "", "venue", venue, ""), Cell(None, "", "attendants", PRESENT, "")]
    for number, one in enumerate(agreed):
        key = uuid5(NAMESPACE_URL, f"{place.code}/{number}")
        due = held_on + timedelta(days=one.days)
        typed = {"problem": one.problem, "action": one.action, "due": due.isoformat()}
        typed["owner"] = _account(one.owner, names) or one.owner
        cells += [Cell(key, one.code, name, text, "") for name, text in typed.items()]
    release = stamp.pk if stamp else None
    kept = keep_typed(sitting=sitting, cells=cells, release=release, by=by)
    rows = FollowUp.objects.filter(meeting=kept.meeting).order_by("pk")
    for row, one in zip(rows, agreed, strict=True):
        if one.done:
            move_follow_up(follow_up=row, step=Step.DONE, words=one.done, by=row.owner or by)


def _account(begins: str, names: Sequence[str]) -> str:
    """The username of the demo's account, "" of none."""
    return next((name for name in names if name.split(".")[0] == begins or name == begins), "")
