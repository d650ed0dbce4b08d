"""The titles under which tables of sasaran write their places and their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from functools import cache

from clusters.excel import ours
from clusters.excel.headers import Header, find_header
from clusters.excel.reading import Sheet
from clusters.excel.titles import title
from ilp.core.cells import fold
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


@cache
@in_indonesian
def titles() -> dict[str, tuple[str, ...]]:
    """For each column the titles it may bear; those of one sex are called as S_BALITA:L."""
    found = {name: (name, *also) for name, also in PLACES.items()}
    for code, one in SASARAN.items():
        names = dict.fromkeys((fold(str(one.label)), *ALSO.get(code, ())))
        sums = [f"{name} {word}" for name in names for word in SUMS]
        sums += [f"{word} {name}" for name in names for word in ("jumlah", "sasaran", "total")]
        found[code] = (f"{code} ({one.label})", *names, *sums)
        for sex, words in SEXES.items():
            found[f"{code}:{sex}"] = tuple(f"{name} {word}" for name in names for word in words)
    found |= {f"ignored:{name}": (name,) for name in (*IGNORED, ours.FAULTS_KEY)}
    return found


def header_of(sheet: Sheet) -> Header | None:
    """The header of a sheet that names places and sasaran; None where it holds no such table.

    A title that is only like that of a sasaran is not taken, nor a percentage: it would decide what
    the coverage of a year is divided by.
    """
    found = find_header(sheet.rows, titles(), neutral=NEUTRAL)
    if found is None:
        return None
    percents = {at for at, text in found.titles.items() if "%" in text}
    kept = {
        name: at
        for name, at in found.columns.items()
        if not (is_number(name) and (name in found.guessed or at in percents))
    }
    if not (kept.keys() & PLACES.keys() and any(map(is_number, kept))):
        return None
    others = {
        name: [at for at in more if at not in percents]
        for name, more in found.duplicates.items()
        if name in kept
    }
    read = {*kept.values(), *(at for more in others.values() for at in more)}
    unknown = [(at, text) for at, text in found.titles.items() if at not in read]
    return replace(found, columns=kept, unknown=sorted(unknown), duplicates=others)


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
        if any(_says_number(row[at]) for row in body):
            code = _alike(text)
            yield text, str(SASARAN[code].label) if code else ""


def _says_number(cell: object) -> bool:
    return isinstance(cell, (int, float)) or (isinstance(cell, str) and cell.strip().isdecimal())


def _alike(text: str) -> str:
    if "%" in text:
        return ""
    names = {name: code for code, of in titles().items() if code in SASARAN for name in of}
    close = get_close_matches(title(text.rsplit(" > ", 1)[-1]), names, n=1, cutoff=ALIKE)
    return names[close[0]] if close else ""
