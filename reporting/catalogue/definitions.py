"""What a Dinas says of a form that it makes itself, and what is wrong with what it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from reporting.catalogue.form_language import COMPARISONS, Blank
from reporting.catalogue.formulas import OUTSIDE_TOTALS, Formula
from reporting.catalogue.language import Breakdown, Element, Form, Kind, Reported

FORM_CODE = re.compile(r"[A-Z][A-Z0-9-]{1,15}")
ROW_CODE = re.compile(r"[a-z][a-z0-9_]{1,23}")
KINDS = ("puskesmas", "pustu", "posyandu")
BREAKDOWNS = (Breakdown.NONE, Breakdown.SEX, Breakdown.SEX_AGE_F1)  # those that add up in totals
RESERVED = frozenset({"alasan", "ta", "pilih", "komentar", "bagian"})  # names of other inputs
MOST_ROWS, MOST_RULES, LAST_DUE_DAY = 300, 300, 28
LONGEST, LONGEST_NUMBER = 200, 8
STRENGTHS = ("galat", "peringatan")
ROW_SHEET, RULE_SHEET, HEAD_SHEET = "Baris", "Aturan", "Formulir"


@dataclass(frozen=True)
class RowSaid:
    """A row of a form. `line` is where it stands in the workbook, 0 where it never stood in one."""

    section: str
    number: str
    code: str
    label: str
    kind: str = Kind.FLOW
    breakdown: str = Breakdown.NONE
    computed: str = ""
    most: int | None = None
    line: int = 0


@dataclass(frozen=True)
class RuleSaid:
    """A comparison between rows of a form."""

    left: str
    operator: str
    right: str
    message: str
    strength: str = "galat"
    blank: str = Blank.ANY
    line: int = 0


@dataclass(frozen=True)
class FormSaid:
    """A whole form, as it is written into a workbook and kept."""

    code: str
    label: str
    kinds: tuple[str, ...]
    due_day: int  # of the month after the one reported
    source: str
    rounds: tuple[int, ...] = ()
    weekly: bool = False  # then `due_day` counts from the end of the week
    rows: tuple[RowSaid, ...] = ()
    rules: tuple[RuleSaid, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """Without the lines of the workbook, which mean nothing once it is closed."""
        said = asdict(self)
        for one in (*said["rows"], *said["rules"]):
            del one["line"]
        return said


def from_json(said: Mapping[str, Any]) -> FormSaid:
    """What `as_json` made."""
    plain = dict(said)
    rows = tuple(RowSaid(**row) for row in plain.pop("rows"))
    rules = tuple(RuleSaid(**rule) for rule in plain.pop("rules"))
    kinds, rounds = tuple(plain.pop("kinds")), tuple(plain.pop("rounds"))
    return FormSaid(**plain, kinds=kinds, rounds=rounds, rows=rows, rules=rules)


@dataclass(frozen=True)
class Fault:
    """What is wrong: the sheet, its line (0: the sheet as a whole), and what to do about it."""

    sheet: str
    line: int
    message: Text


def can_be_said(form: Form, elements: Mapping[str, Element]) -> bool:
    """Whether a workbook can say all that the form is. It has no word for columns, silence, a
    report that nobody owes, or the end of a month as the last day."""
    whole = not (form.across or form.carried or form.silence or form.voluntary)
    held = (elements.get(item.element) for item in form.items)
    return whole and all(one is None or one.breakdown in BREAKDOWNS for one in held)


@dataclass(frozen=True)
class Known:
    """What there is already: elements and the forms that ask for them."""

    elements: Mapping[str, Element]
    forms: Collection[Form]  # every version that is in force when this one is to be

    def asked_elsewhere(self, said: FormSaid) -> dict[str, str]:
        """Element -> the other form of the same kind of place that asks for it."""
        return {
            code: str(form.label)
            for form in self.forms
            if form.code != said.code and set(form.kinds) & set(said.kinds)
            for code in form.said
        }


def faults(said: FormSaid, known: Known) -> list[Fault]:
    """Everything that keeps the form from being used, in the order of the workbook."""
    found = [*_of_head(said), *_of_rows(said, known)]
    if found:  # rules speak of rows: they are looked at when these are right
        return found
    return [*_of_sums(said, known), *_of_rules(said, known)]


def _of_head(said: FormSaid) -> Iterator[Fault]:
    whole = len(said.rows) <= MOST_ROWS and len(said.rules) <= MOST_RULES
    for holds, message in (
        (
            FORM_CODE.fullmatch(said.code),
            _("Kode formulir: 2–16 huruf besar, angka, atau tanda “-”, contoh UKS-1."),
        ),
        (_is_short(said.label), _("Isi nama formulir, paling panjang 200 huruf.")),
        (
            said.kinds and set(said.kinds) <= set(KINDS),
            _("Pengisi: tulis puskesmas, pustu, atau posyandu; pisahkan dengan koma."),
        ),
        (
            set(said.rounds) <= set(range(1, 13)),
            _("Bulan pengisian: tulis angka 1–12, pisahkan dengan koma, atau mingguan."),
        ),
        (
            1 <= said.due_day <= LAST_DUE_DAY,
            _("Batas kirim: tulis tanggal 1–28 di bulan berikutnya, atau hari sesudah minggunya."),
        ),
        (
            _is_short(said.source),
            _("Isi dasar atau sumber formulir, contoh nomor surat keputusannya."),
        ),
        (said.rows, _("Formulir belum punya baris. Tulis di lembar Baris.")),
        (whole, _("Paling banyak 300 baris dan 300 aturan dalam satu formulir.")),
    ):
        if not holds:
            yield Fault(HEAD_SHEET, 0, message)


def _is_short(text: str) -> bool:
    return 0 < len(text) <= LONGEST


def _of_rows(said: FormSaid, known: Known) -> Iterator[Fault]:
    often = Counter(row.code for row in said.rows)
    elsewhere = known.asked_elsewhere(said)
    for row in said.rows:
        held = known.elements.get(row.code)
        for message in _of_row(row, held):
            yield Fault(ROW_SHEET, row.line, message)
        if said.weekly and (row.kind != Kind.FLOW or not _is_reported(held)):
            text = _("Formulir mingguan hanya untuk kejadian yang tidak dihitung dari kunjungan.")
            yield Fault(ROW_SHEET, row.line, text)
        if often[row.code] > 1:
            yield Fault(ROW_SHEET, row.line, _("Kode “%s” dipakai di dua baris.") % row.code)
        if row.code in elsewhere:
            text = _("“%(code)s” sudah ditanyakan di %(form)s. Hapus baris ini atau ganti kodenya.")
            yield Fault(ROW_SHEET, row.line, text % {"code": row.code, "form": elsewhere[row.code]})


def _is_reported(held: Element | None) -> bool:
    """Visits are counted for a month: a week would be proposed all of them."""
    return held is None or isinstance(held.source, Reported)


def _of_row(row: RowSaid, held: Element | None) -> Iterator[Text]:
    taken = row.code in RESERVED or row.code.upper().startswith(OUTSIDE_TOTALS)
    is_code = ROW_CODE.fullmatch(row.code) and not taken
    for holds, message in (
        (
            is_code,
            _("Kode baris: 2–24 huruf kecil, angka, atau “_”; tidak mulai dengan s_ atau f_."),
        ),
        (_is_short(row.label), _("Isi uraian baris, paling panjang 200 huruf.")),
        (_is_short(row.section), _("Isi bagian tempat baris ini berada.")),
        (0 < len(row.number) <= LONGEST_NUMBER, _("Isi nomor baris, paling panjang 8 huruf.")),
        (row.kind in set(Kind), _("Jenis: tulis kejadian, keadaan, atau kumulatif.")),
        (
            row.breakdown in BREAKDOWNS,
            _("Rincian: kosongkan, atau tulis L/P, atau L/P x umur F1."),
        ),
        (
            row.most is None or row.most >= 1,
            _("Paling banyak: tulis angka 1 atau lebih, atau kosongkan."),
        ),
    ):
        if not holds:
            yield message
    if held and (held.kind, held.breakdown) != (row.kind, row.breakdown):
        text = _("Kode “%(code)s” sudah berjenis “%(kind)s” dengan rincian “%(parts)s”: samakan.")
        yield text % {"code": row.code, "kind": held.kind, "parts": held.breakdown or "–"}


def _of_sums(said: FormSaid, known: Known) -> Iterator[Fault]:
    typed = {row.code: row for row in said.rows if not row.computed}
    first: dict[str, RowSaid] = {}
    for row in said.rows:
        if row.breakdown != first.setdefault(row.section, row).breakdown:
            text = _("Rincian di dalam satu bagian harus sama. Pindahkan baris ini ke bagian lain.")
            yield Fault(ROW_SHEET, row.line, text)
        if row.computed:
            for message in _of_sum(row.computed, typed, {row.breakdown}):
                yield Fault(ROW_SHEET, row.line, message)


def _of_sum(text: str, rows: Mapping[str, RowSaid], breakdowns: Collection[str]) -> Iterator[Text]:
    """What is wrong with a sum of rows that is to have one of the breakdowns; any where empty."""
    try:
        codes = Formula(text).codes
    except ValueError:
        yield _("“%s” bukan penjumlahan kode baris. Contoh: kunj_baru + kunj_lama.") % text
        return
    if unknown := sorted(codes - rows.keys()):
        yield _("Tidak ada baris isian berkode “%s” di formulir ini.") % ", ".join(unknown)
        return
    used = {rows[code].breakdown for code in codes} | set(breakdowns)
    if len(used) > 1:
        yield _("Rumus mencampur baris yang rinciannya berbeda.")


def _of_rules(said: FormSaid, known: Known) -> Iterator[Fault]:
    rows = {row.code: row for row in said.rows}
    for rule in said.rules:
        for message in _of_rule(rule, rows):
            yield Fault(RULE_SHEET, rule.line, message)


def _of_rule(rule: RuleSaid, rows: Mapping[str, RowSaid]) -> Iterator[Text]:
    if rule.operator not in COMPARISONS:
        yield _("Pembanding: tulis salah satu dari %s.") % "  ".join(COMPARISONS)
    if rule.strength not in STRENGTHS:
        yield _("Kekuatan: tulis galat (menahan pengiriman) atau peringatan (hanya bertanya).")
    if rule.blank not in set(Blank):
        yield _("Bila kosong: tulis lewati, kosong, atau nol.")
    if not _is_short(rule.message):
        yield _("Isi pesan yang dibaca pengisi, paling panjang 200 huruf.")
    wrong = [*_of_sum(rule.left, rows, ()), *_of_sum(rule.right, rows, ())]
    yield from wrong
    if not wrong:
        codes = Formula(rule.left).codes | Formula(rule.right).codes
        if len({rows[code].breakdown for code in codes}) > 1:
            yield _("Rumus mencampur baris yang rinciannya berbeda.")
