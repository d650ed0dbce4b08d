"""The data dictionary: all that is declared, as one Markdown text that is always up to date."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from ilp.core import formats
from reporting import catalogue
from reporting.catalogue import words
from reporting.catalogue.dictionary_care import limits, milestones, services
from reporting.catalogue.language import Aggregation, Axis, Form, Indicator
from reporting.catalogue.markdown import table

AGGREGATIONS = {
    Aggregation.CUMULATIVE: later("kumulatif sejak Januari; target berjalan"),
    Aggregation.PERSONS: later("orang, kumulatif sejak Januari; target berjalan"),
    Aggregation.RATIO: later("jumlah sejak Januari pada kedua sisi; target tetap"),
    Aggregation.SCHOOL: later("jumlah sejak Juli (tahun ajaran); target tetap"),
    Aggregation.MONTHLY: later("bulan ini saja; target tetap"),
    Aggregation.STATE: later("keadaan akhir bulan ini; target tetap"),
    Aggregation.SNAPSHOT: later("kumulatif menurut laporan bulan ini; target berjalan"),
    Aggregation.RATE: later("jumlah sejak Januari per penduduk; target tetap"),
    Aggregation.FACILITIES: later("jumlah tempat, keadaan akhir bulan ini; target tetap"),
}
DIRECTIONS = {
    True: later("tinggi lebih baik"),
    False: later("rendah lebih baik"),
    None: later("dipantau"),
}


def text() -> str:
    """The whole dictionary; ends with a newline."""
    parts = (
        _opening(),
        services(),
        limits(),
        milestones(),
        _elements(),
        _indicators(),
        _apart(),
        _forms(),
        _sasaran(),
    )
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def _opening() -> Iterator[str]:
    yield "# " + _("Kamus data")
    yield ""
    yield _("Dibuat dari deklarasi oleh `manage.py data_dictionary --write`; jangan disunting.")
    yield ""


def _elements() -> Iterator[str]:
    yield "## " + _("Angka yang dihitung")
    yield ""
    yield _("Dihitung menurut domisili kecuali disebut lain.")
    yield ""
    header = (_("Kode"), _("Arti"), _("Program"), _("Yang dihitung"), _("Sifat"), _("Rincian"))
    yield from table(
        header,
        (
            (
                f"`{e.code}`",
                e.label,
                e.programme,
                words.source(e),
                e.kind.value + ("" if e.axis is Axis.HOME else f", {e.axis.value}"),
                e.breakdown.value,
            )
            for e in catalogue.ALL_ELEMENTS
        ),
    )


def _apart() -> Iterator[str]:
    yield "## " + _("Angka yang hanya ada di laporan")
    yield ""
    yield _("Tidak masuk jumlah: dibaca dari laporan yang disahkan, atau tidak dapat dijumlahkan.")
    yield ""
    apart = [row for code, row in catalogue.ROWS.items() if code not in catalogue.ELEMENTS]
    yield from table(
        (_("Baris"), _("Arti"), _("Laporan"), _("Yang dihitung"), _("Rincian")),
        ((f"`{e.code}`", e.label, e.programme, words.source(e), e.breakdown.value) for e in apart),
    )


def _indicators() -> Iterator[str]:
    yield "## " + _("Indikator")
    yield ""
    for one in sorted(catalogue.VERSIONS, key=lambda i: (i.code, i.since)):
        yield from _indicator(one)


def _indicator(one: Indicator) -> Iterator[str]:
    yield f"### {one.code} {one.label}"
    yield ""
    yield str(one.definition)
    yield ""
    formula = f"({one.numerator})"
    if not one.is_count:
        formula += f" / ({one.denominator}) x {one.per}"
    yield "* " + _("Rumus: ") + f"`{formula}`, {one.unit}"
    yield (
        "* " + _("Cara: ") + f"{AGGREGATIONS[one.aggregation]}; {DIRECTIONS[one.higher_is_better]}"
    )
    if one.rounds:
        yield "* " + _("Putaran: ") + _round_months(one)
    if one.lag:
        yield "* " + _("Kohor: ") + _("yang dimulai %d bulan sebelumnya") % one.lag
    if one.heard_by:
        yield "* " + _("Menunggu: ") + _("`%s`; tanpa itu belum lapor") % one.heard_by
    if one.provinces:
        yield "* " + _("Provinsi: ") + "; ".join(map(words.region, one.provinces))
    yield "* " + _("Klaster: ") + ", ".join((one.cluster, *one.also))
    yield "* " + _("Target: ") + (_goals(one) or _("tidak ada"))
    yield "* " + _("Berlaku: ") + words.span(one.since, one.until)
    yield "* " + _("Guna: ") + str(one.why)
    yield "* " + _("Sering keliru: ") + str(one.misread)
    unsure = "" if one.certain else _(" (perlu dipastikan)")
    yield "* " + _("Sumber: ") + one.source + unsure
    yield ""


def _round_months(one: Indicator) -> str:
    named = ", ".join(formats.month_name(number) for number in one.rounds)
    return _("%(months)s; bulan lain tidak jatuh tempo") % {"months": named}


def _goals(one: Indicator) -> str:
    return "; ".join(
        f"{words.number(g.value)} {one.unit}, {words.span(g.since, g.until)} ({g.source})"
        for g in one.goals
    )


def _forms() -> Iterator[str]:
    yield "## " + _("Formulir bulanan")
    yield ""
    for form in catalogue.FORMS.values():
        yield from _form(form)


def _filled_in(form: Form) -> str:
    """By whom, and until when."""
    last = form.due[-1]
    text = _("Diisi oleh: %(kinds)s. Paling lambat tanggal %(day)d bulan berikutnya.")
    if form.weekly:
        text = _("Diisi oleh: %(kinds)s, setiap minggu. Paling lambat %(day)d hari sesudahnya.")
    elif form.voluntary:
        text = _("Diisi oleh: %(kinds)s, tidak wajib. Paling lambat akhir bulannya.")
    day = last.days_after if last.day is None else last.day
    return text % {"kinds": ", ".join(form.kinds), "day": day}


def _form(form: Form) -> Iterator[str]:
    yield f"### {form.label} (`{form.code}`)"
    yield ""
    yield _filled_in(form)
    if form.rounds:
        months = ", ".join(formats.month_name(number) for number in form.rounds)
        yield _("Hanya untuk bulan %(months)s.") % {"months": months}
    yield _("Berlaku %(when)s.") % {"when": words.span(form.since, form.until)}
    if form.carried:
        yield _("Kolom %(first)s mulai dari kolom %(second)s laporan bulan lalu.") % {
            "first": f"`{form.carried[0]}`",
            "second": f"`{form.carried[1]}`",
        }
    if form.silence:
        yield str(form.silence)
    yield ""
    yield from table(
        (_("No."), _("Baris"), _("Angka"), _("Rincian"), _("Dihitung dari")),
        (
            (i.number, i.label, f"`{i.element}`", _breakdown(i.element), i.computed)
            for i in form.items
        ),
    )
    yield from table(
        (_("Pemeriksaan"), _("Sifat"), _("Pesan")),
        (
            (
                f"`{c.left} {c.operator} {c.right}`",
                _("peringatan") if c.warning else _("ditolak"),
                c.message,
            )
            for c in (*form.checks, *form.across)
        ),
    )


def _breakdown(code: str) -> str:
    element = catalogue.ROWS.get(code)
    return element.breakdown.value if element else ""


def _sasaran() -> Iterator[str]:
    yield "## " + _("Sasaran")
    yield ""
    yield from table(
        (_("Kode"), _("Sasaran"), _("Catatan")),
        ((f"`{s.code}`", s.label, s.note) for s in catalogue.SASARAN.values()),
    )
    yield "## " + _("Register")
    yield ""
    yield _("Dihitung sistem di suatu tempat dan di bawahnya.")
    yield ""
    yield from table(
        (_("Kode"), _("Arti"), _("Catatan")),
        ((f"`{r.code}`", r.label, r.note) for r in catalogue.REGISTERS.values()),
    )
