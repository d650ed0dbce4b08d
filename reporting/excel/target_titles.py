"""The titles under which tables of sasaran write their places and their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import cache

from clusters.excel import ours
from clusters.excel.headers import Header, find_header
from clusters.excel.reading import Sheet
from clusters.excel.titles import BRACKETS, LOOK_AT, UNITS, title
from ilp.core.cells import Cell, clean_text, fold
from ilp.core.languages import in_indonesian
from reporting.catalogue import SASARAN

CODE, PLACE, DESA, PUSKESMAS = "kode", "tempat", "desa", "puskesmas"
PLACES: dict[str, tuple[str, ...]] = {
    CODE: (
        *("kode tempat", "kode desa", "kode kelurahan", "kode desa kelurahan", "kode wilayah"),
        *("kode puskesmas", "kode faskes", "kode kemendagri", "kode bps"),
    ),
    DESA: (
        *("desa kelurahan", "desa kel", "kelurahan", "nama desa", "nama kelurahan"),
        "nama desa kelurahan",
    ),
    PUSKESMAS: ("nama puskesmas", "pkm", "uptd puskesmas"),
    PLACE: (
        *("nama tempat", "nama", "wilayah", "nama wilayah", "wilayah kerja", "unit kerja"),
        *("puskesmas desa", "desa puskesmas", "nama puskesmas desa"),
    ),
}
IGNORED = ("no", "no urut", "nomor", "kecamatan", "kabupaten", "kab kota", "provinsi", "tahun",
           "ket", "keterangan", "jumlah desa", "jumlah posyandu")  # fmt: skip
# What else a sasaran is called. "Baduta" is none: to some it begins at birth, to others at one.
ALSO: dict[str, tuple[str, ...]] = {
    "S_PDD": ("jumlah penduduk", "jiwa"),
    "S_BUMIL": ("bumil", "ibu hamil bumil"),
    "S_BRISTI": ("bumil risti", "bumil resti", "ibu hamil risti", "bumil risiko tinggi"),
    "S_BULIN": ("bulin", "bulin bufas", "ibu bersalin nifas"),
    "S_LH": ("bayi lahir hidup",),
    "S_BAYI": ("bayi", "bayi 0 11 bln"),
    "S_SI": ("surviving infant", "si", "bayi surviving infant"),
    "S_B611": ("bayi 6 11 bln",),
    "S_BADUTA": ("anak 12 23 bln", "baduta 12 23 bulan", "baduta 12 23 bln"),
    "S_BALITA": ("balita", "balita 0 59 bln"),
    "S_ANBAL": ("anak balita", "anbal", "anak balita 12 59 bln", "anak 12 59 bulan"),
    "S_PROD": ("usia produktif", "usia 15 59 tahun", "usia produktif 15 59 th"),
    "S_W3050": ("wanita 30 50 tahun", "wanita usia 30 50 tahun", "perempuan 30 50 th"),
    "S_PRAL": ("pralansia", "pra lansia", "pra lansia 45 59 tahun"),
    "S_LANSIA": ("lansia", "usila", "lanjut usia", "lansia 60 tahun", "lansia 60 th ke atas"),
    "S_APRAS": ("apras", "anak prasekolah", "anak pra sekolah"),
    "S_SISWA": ("siswa kelas 1 12", "anak sekolah"),
    "S_REMATRI": ("rematri", "remaja putri"),
    "S_DEWASA": ("dewasa", "usia dewasa"),
    "S_HT": ("hipertensi", "penderita hipertensi", "ht"),
    "S_DM": ("diabetes", "diabetes melitus", "penderita dm", "dm"),
    "S_ODGJB": ("odgj", "odgj berat"),
    "S_TBDUGA": ("terduga tbc", "terduga tb", "suspek tb"),
    "S_TB": ("tbc", "penderita tb", "penderita tbc", "pasien tbc"),
    "S_HIVR": ("berisiko hiv", "risiko hiv", "orang risiko terinfeksi hiv"),
    "S_KK": ("kk", "jumlah kk", "rumah tangga"),
    "S_RISTI": ("lansia risti", "lansia risiko tinggi", "lansia 70 tahun"),
    "S_PUS": ("pus",),
    "S_WUS": ("wus", "wanita usia subur"),
    "S_CATIN": ("catin",),
}
SEXES = {"L": ("l", "laki laki", "lk"), "P": ("p", "perempuan", "pr")}
SUMS = ("jumlah", "jml", "total", "l p", "sasaran")
# Above a title they name a group, such as Kesehatan Ibu, and no other person.
NEUTRAL = ("lahir", "ibu", "ayah", "bapak", "suami", "istri", "keluarga", "tua")
ALIKE = 0.8
YEARS = 5  # before and after the chosen one, that may stand beside it
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
# What may stand in brackets behind the name of a group and leaves it the same group.
SAME = UNITS.keys() | {
    *("jiwa", "orang", "org", "anak", "ke", "atas", "keatas", "sd", "s", "d", "usia", "umur"),
    *("l", "p", "jumlah", "jml", "total", "absolut", "abs", "riil", "proyeksi", "sasaran"),
}


@cache
@in_indonesian
def titles(year: int = 0) -> dict[str, tuple[str, ...]]:
    """For each column the titles it may bear; those of one sex are called as S_BALITA:L.

    With a year also those that say it; those of another year are called as S_BALITA@2024.
    """
    found = {name: (name, *also) for name, also in PLACES.items()}
    for code, one in SASARAN.items():
        names = dict.fromkeys((fold(str(one.label)), *ALSO.get(code, ())))
        for other in range(year - YEARS, year + YEARS + 1) if year else ():
            said = [f"{name} {of}" for name in names for of in of_year(other)]
            found[f"{code}@{other}"] = tuple(said)  # apart, or the first of them would be taken
        sums = [f"{name} {word}" for name in names for word in SUMS]
        sums += [f"{word} {name}" for name in names for word in ("jumlah", "sasaran", "total")]
        found[code] = (f"{code} ({one.label})", *names, *sums, *found.pop(f"{code}@{year}", ()))
        for sex, words in SEXES.items():
            found[f"{code}:{sex}"] = tuple(f"{name} {word}" for name in names for word in words)
    found |= {f"ignored:{name}": (name,) for name in (*IGNORED, ours.FAULTS_KEY)}
    return found


def of_year(year: int) -> tuple[str, ...]:
    """How a title says a year."""
    return (str(year), f"tahun {year}", f"thn {year}", f"th {year}")


def header_of(sheet: Sheet, year: int = 0) -> Header | None:
    """The header of a sheet that names places and sasaran; None where it holds no such table.

    A title that is only like that of a sasaran is not taken, nor a percentage, nor one with another
    group in brackets: it would decide what the coverage of a year is divided by.
    """
    found = find_header(years_as_titles(sheet.rows), titles(year), neutral=NEUTRAL)
    if found is None:
        return None
    kept, others = {}, {}
    for name, first in found.columns.items():
        at = [first, *found.duplicates.get(name, ())]
        if is_number(name):
            at = [one for one in at if _is_taken(name, found, one, year)]
        if at and "@" not in name:
            kept[name], others[name] = at[0], at[1:]
    if not (kept.keys() & PLACES.keys() and any(map(is_number, kept))):
        return None
    read = {*kept.values(), *(at for more in others.values() for at in more)}
    unknown = [(at, text) for at, text in found.titles.items() if at not in read]
    return replace(found, columns=kept, unknown=sorted(unknown), duplicates=others)


def _is_taken(name: str, header: Header, at: int, year: int) -> bool:
    text = header.titles[at]
    return name not in header.guessed and "%" not in text and says_only(name, text, year)


def years_as_titles(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The rows with bare years below a title in words, or they would be taken for numbers."""
    made = [list(row) for row in rows]
    for row in made[:LOOK_AT]:
        texts = [text for cell in row if (text := clean_text(cell))]
        if len(texts) > 1 and all(map(YEAR.fullmatch, texts)):
            row[:] = [f"tahun {text}" if (text := clean_text(cell)) else cell for cell in row]
    return made


def says_only(name: str, text: str, year: int = 0) -> bool:
    """Whether what stands in brackets leaves a title the sasaran that its words name.

    "Lansia (60 tahun ke atas)" does, "Lansia (60-69 tahun)" and "Ibu hamil (KEK)" do not.
    """
    if fold(text) in words() or shown(text) in SASARAN:
        return True
    code = name.split(":")[0]
    label = set(fold(str(SASARAN[code].label)).split())
    own = label.union(*map(str.split, ALSO.get(code, ())), [code.removeprefix("S_").lower()])
    levels = [one for one in text.split(" > ") if own.issuperset(_outside(one))]
    said = {word for one in levels for inside in BRACKETS.findall(one) for word in _words(inside)}
    ages = {word for word in said if word.isdigit()} - {str(year)}
    known = set(filter(str.isdigit, label))
    return said - ages <= own | SAME | {str(year)} and (not ages or ages == known)


def _outside(level: str) -> list[str]:
    return _words(BRACKETS.sub(" ", clean_text(level)))


def _words(text: str) -> list[str]:
    return fold(text).split() if any(map(str.isalnum, text)) else []


@cache
def words() -> dict[str, str]:
    """The sasaran by all that it is called, those of one sex as S_BALITA:L."""
    found: dict[str, str] = {}
    for name, names in titles().items():
        if is_number(name):
            found |= {way(one): name for one in names for way in (title, fold)}
    return found


def sasaran_of(text: str) -> str:
    """The sasaran that a text names, one of one sex as S_BALITA:L; "" for none."""
    name = words().get(fold(text)) or words().get(title(text), "")
    return name if name and "%" not in text and says_only(name, text) else ""


def is_number(name: str) -> bool:
    """Whether a column holds a sasaran."""
    return name.split(":")[0] in SASARAN


def shown(text: str) -> str:
    """A title as it is shown: of our template's only the code."""
    first = text.split(" ")[0]
    return first if first in SASARAN else text


def unread(sheet: Sheet, header: Header) -> Iterable[tuple[str, str]]:
    """Titles of columns with numbers that are not taken, each with the sasaran it may mean."""
    body = sheet.rows[header.data_index :]
    for at, text in header.unknown:
        if any(says_number(row[at]) for row in body):
            code = "" if YEAR.search(text) else alike(text)
            yield text, str(SASARAN[code].label) if code else ""


def says_number(cell: object) -> bool:
    """Whether a cell is a number, or a text of digits alone."""
    return isinstance(cell, (int, float)) or (isinstance(cell, str) and cell.strip().isdecimal())


def alike(text: str) -> str:
    """The sasaran that an unknown text may mean; "" for none."""
    if "%" in text:
        return ""
    names = {name: code for code, of in titles().items() if code in SASARAN for name in of}
    close = get_close_matches(title(text.rsplit(" > ", 1)[-1]), names, n=1, cutoff=ALIKE)
    return names[close[0]] if close else ""
