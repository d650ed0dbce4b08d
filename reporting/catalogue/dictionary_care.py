"""The part of the data dictionary about care: services, limits and what people reach."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from clusters.cutoffs import CUTOFFS
from clusters.growth.classes import SCALES
from clusters.growth.kbm import CARD_LINES, MINIMUM_GAINS
from clusters.milestones import MILESTONES, STATES
from clusters.services import ANTIGENS, SERVICES, Field, Service
from reporting.catalogue import words
from reporting.catalogue.markdown import table
from reporting.catalogue.thresholds import THRESHOLDS


def services() -> Iterator[str]:
    yield "## " + _("Layanan dan isiannya")
    yield ""
    for service in SERVICES.values():
        yield from _service(service)


def _service(service: Service) -> Iterator[str]:
    yield f"### {service.label} (`{service.code}`)"
    yield ""
    low, high = service.age_months
    yield _(
        "Klaster %(cluster)s. Umur %(low)d sampai sebelum %(high)d bulan. Sumber: %(source)s."
    ) % {
        "cluster": service.cluster,
        "low": low,
        "high": high,
        "source": service.source,
    }
    yield ""
    header = (
        *(_("Kolom"), _("Judul"), _("Jenis"), _("Satuan"), _("Ditolak di luar")),
        *(_("Ditandai di luar"), _("Pilihan"), _("Judul lain yang dikenali")),
    )
    yield from table(header, map(_field, service.fields))
    yield from table(
        (_("Kolom turunan"), _("Arti")), ((f"`{d.name}`", d.label) for d in service.derived)
    )
    rules: list[tuple[object, ...]] = [
        (f"`{r.code}`", _("peringatan") if r.warning else _("ditolak"), r.message)
        for r in service.rules
    ]
    if apart := service.apart:
        held = _("ditolak; antarkunjungan, kurang dari %d hari") % apart.days
        rules.append((f"`{apart.code}`", held, apart.message))
    yield from table((_("Aturan"), _("Sifat"), _("Pesan")), rules)


def _field(one: Field) -> tuple[object, ...]:
    return (
        f"`{one.name}`",
        one.label,
        one.kind.value,
        one.unit,
        words.limits(one.reject),
        words.limits(one.warn),
        ", ".join(f"`{c.code}` {c.label}" for c in one.choices),
        ", ".join(one.aliases),
    )


def limits() -> Iterator[str]:
    yield "## " + _("Batas dan kelas")
    yield ""
    yield from table(
        (_("Kode"), _("Nilai"), _("Berlaku"), _("Sumber")),
        (
            (f"`{c.code}`", words.number(c.value), words.span(c.since, c.until), c.source)
            for c in CUTOFFS
        ),
    )
    yield from _nutrition()
    yield from _growth_card()
    yield from table(
        (_("Antigen"), _("Sah sejak umur (hari)"), _("Tepat waktu sebelum (bulan)"), _("Berlaku")),
        ((a.label, a.from_days, a.before_months, words.span(a.since, a.until)) for a in ANTIGENS),
    )
    yield from table(
        (_("Mendekati target sejak bagian"), _("Berlaku"), _("Sumber")),
        ((words.number(t.near_from), words.span(t.since, None), t.source) for t in THRESHOLDS),
    )


def _nutrition() -> Iterator[str]:
    """Classes of each index with the z-score that bounds them."""
    rows = (
        (
            s.name,
            ", ".join(
                [f"`{b.code}` < {words.number(b.limit)}" for b in s.below]
                + [f"`{s.middle.code}`"]
                + [f"`{b.code}` > {words.number(b.limit)}" for b in reversed(s.above)]
            ),
            words.span(s.since, s.until),
            s.source,
        )
        for s in SCALES
    )
    header = (_("Indeks gizi"), _("Kelas menurut z-score (SD)"), _("Berlaku"), _("Sumber"))
    yield from table(header, rows)


def _growth_card() -> Iterator[str]:
    gains = (
        (
            sex,
            ", ".join(f"{month}: {grams}" for month, grams in steps.items()),
            words.span(rule.since, rule.until),
            rule.source,
        )
        for rule in MINIMUM_GAINS
        for sex, steps in rule.steps.items()
    )
    title = _("Kenaikan berat minimal (KBM): kelamin")
    yield from table((title, _("Gram sejak umur bulan"), _("Berlaku"), _("Sumber")), gains)
    lines = (
        (f"`{line.code}`", words.number(line.z), words.span(line.since, line.until), line.source)
        for line in CARD_LINES
    )
    yield from table((_("Garis KMS"), _("BB/U (SD)"), _("Berlaku"), _("Sumber")), lines)


def milestones() -> Iterator[str]:
    yield "## " + _("Capaian orang")
    yield ""
    yield _(
        "Tercapai pada hari syarat terakhir terpenuhi, sekali dalam lingkupnya. Aturan berlaku "
        "bagi lingkup (kehamilan, tahun, atau hidup) yang dimulai dalam masa berlakunya."
    )
    yield ""
    header = (_("Kode"), _("Layanan"), _("Lingkup"), _("Syarat"), _("Berlaku"), _("Sumber"))
    yield from table(
        header,
        (
            (
                f"`{m.code}`",
                m.service,
                words.SCOPES[m.scope],
                words.milestone(m),
                words.span(m.since, m.until),
                m.source,
            )
            for m in MILESTONES
        ),
    )
    yield from _states()


def _states() -> Iterator[str]:
    yield "## " + _("Keadaan orang")
    yield ""
    yield _(
        "Berlaku bagi sebuah bulan menurut kunjungan terakhir sampai bulan itu; dihitung juga pada "
        "bulan tanpa kunjungan."
    )
    yield ""
    header = (_("Kode"), _("Layanan"), _("Berlaku bila"), _("Berlaku"), _("Sumber"))
    yield from table(
        header,
        (
            (f"`{s.code}`", s.service, words.state(s), words.span(s.since, s.until), s.source)
            for s in STATES
        ),
    )
