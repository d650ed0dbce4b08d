"""The columns of a workbook of visits: who, when and where, then the fields of the service."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from clusters.excel import ours
from clusters.excel.dated import beside_titles, code_key, day_titles
from clusters.services import SERVICES, Kind
from clusters.services.language import Field
from ilp.core.languages import in_indonesian


@dataclass(frozen=True)
class PersonColumn:
    """A column that every service has. `required` columns must be there and filled."""

    name: str
    label: Text
    aliases: tuple[str, ...]
    required: bool = False
    note: Text = ""


NIK = PersonColumn(
    "nik",
    _("NIK"),
    ("nik anak", "nik balita", "nik ibu", "no nik", "nomor induk kependudukan", "no ktp"),
    note=_("16 angka sesuai KTP atau KK. Kosongkan bila belum punya."),
)
NAME = PersonColumn(
    "name",
    _("Nama"),
    (
        *("nama lengkap", "nama balita", "nama anak", "nama bayi", "nama pasien", "nama sasaran"),
        *("nama ibu hamil", "nama bumil", "nama peserta", "nama warga"),
    ),
    required=True,
)
MOTHER = PersonColumn(
    "mother_name",
    _("Nama ibu"),
    ("nama ibu kandung", "ibu kandung", "nama ortu", "nama orang tua", "orang tua", "ibu"),
)
BORN = PersonColumn(
    "born_on",
    _("Tanggal lahir"),
    ("tgl lahir", "tgl lhr", "tanggal lhr", "tgllahir", "lahir tanggal", "ttl"),
    required=True,
    note=_("hari/bulan/tahun, contoh 25/05/2023"),
)
SEX = PersonColumn(
    "sex", _("Jenis kelamin"), ("jk", "l p", "kelamin", "sex", "lk pr", "p l"), required=True
)
DESA = PersonColumn(
    "home_desa",
    _("Desa"),
    (
        *("desa kel", "desa kelurahan", "kelurahan", "desa domisili", "desa tempat tinggal"),
        *("kode desa", "nama desa", "alamat desa", "desa asal"),
    ),
    note=_("Desa tempat tinggal: nama atau kodenya."),
)
POSYANDU = PersonColumn(
    "home_posyandu",
    _("Posyandu"),
    ("nama posyandu", "kode posyandu", "posyandu domisili", "posyandu asal"),
    note=_("Posyandu tempat orang ini terdaftar: nama atau kodenya."),
)
SEEN = PersonColumn(
    "seen_on",
    _("Tanggal kunjungan"),
    (
        *("tgl kunjungan", "tanggal pengukuran", "tgl pengukuran", "tanggal ukur", "tgl ukur"),
        *("tanggal penimbangan", "tanggal periksa", "tgl periksa", "tanggal pemeriksaan"),
        *("tanggal pelayanan", "tgl pelayanan", "tanggal imunisasi", "tanggal skrining"),
        *("tgl imunisasi", "tgl skrining", "tgl penimbangan", "tanggal timbang", "tgl timbang"),
        *("tgl pemeriksaan", "tanggal", "tgl"),
    ),
    required=True,
    note=_("hari/bulan/tahun, contoh 25/05/2025"),
)
PLACE = PersonColumn(
    "place",
    _("Kode faskes"),
    ("kode fasilitas", "kode tempat pelayanan", "tempat pelayanan", "faskes", "kode unit"),
    note=_("Tempat pelayanan diberikan. Kosong berarti faskes pengunggah."),
)
# The sex ticked in one of two columns; both of them are needed.
SEX_TICKS = {
    "sex:L": ("l", "laki laki", "laki", "lk", "jenis kelamin l", "jenis kelamin laki laki", "jk l"),
    "sex:P": ("p", "perempuan", "pr", "jenis kelamin p", "jenis kelamin perempuan", "jk p"),
}
TICKED = _("Jenis kelamin %(sex)s")  # L or P
PERSON: tuple[PersonColumn, ...] = (NIK, NAME, MOTHER, BORN, SEX, DESA, POSYANDU, SEEN, PLACE)
PRESSURE = "pressure"  # systole and diastole in one cell
PRESSURE_LABEL = _("Tekanan darah")
PAIR = ("systole", "diastole")

# Known, and not imported: worked out here, or no part of a visit. Mostly of the e-PPGBM export.
IGNORED = (
    *("no", "no urut", "nomor", "no kk", "nomor kk", "bb lahir", "tb lahir", "pb lahir"),
    *("prov", "provinsi", "kab kota", "kabupaten", "kec", "kecamatan", "rt", "rw", "rt rw"),
    *("pukesmas", "puskesmas", "alamat", "dusun", "usia", "umur", "usia saat ukur", "umur bulan"),
    *("bb u", "zs bb u", "tb u", "zs tb u", "bb tb", "zs bb tb", "imt u", "zs imt u", "imt"),
    *("naik berat badan", "naik bb", "n t", "status gizi", "mbg", "detail", "ket", "keterangan"),
    *("catatan", "petugas", "nama petugas", "no hp", "no telepon", "telepon", "anak ke"),
    *("nama ayah", "nama suami", "hpl", "tanggal entri", "idl 1", "idl", "status", "pembiayaan"),
    ours.FAULTS_KEY,
    *("nik ibu", "nik ayah"),
)


def ignored_key(title: str) -> str:
    return f"ignored:{title}"


def field_of(name: str) -> str:
    """The field of the column of a choice, or the column's own name."""
    return name.split(":")[0]


@cache
@in_indonesian
def titles(service: str) -> dict[str, tuple[str, ...]]:
    """For each column of a service, the titles it may bear; ours first, then ignored ones."""
    declared = SERVICES[service]
    found: dict[str, tuple[str, ...]] = {
        c.name: (str(c.label), *c.aliases, *declared.aliases.get(c.name, ())) for c in PERSON
    }
    if declared.sexes == "P":
        found["born_on"] = (*found["born_on"], "tanggal lahir ibu", "tgl lahir ibu")
    else:  # a mother's number is not her child's
        found["nik"] = tuple(name for name in found["nik"] if name != "nik ibu")
    if service == "antenatal":  # there "Nama ibu" may be the woman herself: layout.py decides
        found["name"] = (*found["name"], "nama ibu hamil")
    for field in declared.fields:
        if field.kind is Kind.CODES:
            found |= _code_titles(field)
        else:
            found[field.name] = (field.header, str(field.label), *field.aliases)
    if "systole" in declared.by_name:
        short = () if "td_status" in declared.by_name else ("td",)
        found[PRESSURE] = (str(PRESSURE_LABEL), "tensi", "tekanan darah mmhg", "td mmhg", *short)
    if len(declared.sexes) > 1:
        found |= SEX_TICKS
    taken = {name for names in found.values() for name in names}
    return found | {ignored_key(t): (t,) for t in (*IGNORED, *declared.ignored) if t not in taken}


def _code_titles(field: Field) -> dict[str, tuple[str, ...]]:
    """A column for each choice; where it may hold days, with what else is written beside these."""
    found: dict[str, tuple[str, ...]] = {}
    for one in field.choices:
        names = (str(one.label), *one.aliases)
        found[code_key(field, one.code)] = (*names, *(day_titles(names) if field.dated else ()))
        if field.dated:
            found |= {ignored_key(title): (title,) for title in beside_titles(names)}
    return found


@cache
@in_indonesian
def labels(service: str) -> dict[str, str]:
    """How each column is called in what we keep of it."""
    return _labels(service)


def shown_labels(service: str) -> dict[str, str]:
    """The same in the language of the page that is asked for."""
    return _labels_in(service, get_language() or settings.LANGUAGE_CODE)


@cache
def _labels_in(service: str, language: str) -> dict[str, str]:
    with override(language):
        return _labels(service)


def _labels(service: str) -> dict[str, str]:
    declared = SERVICES[service]
    found = {c.name: str(c.label) for c in PERSON} | {PRESSURE: str(PRESSURE_LABEL)}
    found |= {name: str(TICKED) % {"sex": name[-1]} for name in SEX_TICKS}
    for field in declared.fields:
        found[field.name] = str(field.label)
        if field.kind is Kind.CODES:
            found |= {code_key(field, c.code): str(c.label) for c in field.choices}
    return found


def required(service: str) -> tuple[str, ...]:
    """Columns without which no row can be read; the sex is known where only one is served."""
    one_sex = len(SERVICES[service].sexes) == 1
    return tuple(c.name for c in PERSON if c.required and not (c is SEX and one_sex))
