"""Workbooks that are not on our template: with letterhead and signatures, or as e-PPGBM exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from clusters.excel import columns
from clusters.services import SERVICES

PROVINCE, DISTRICT = "Provinsi Contoh", "Kabupaten Contoh"
# The export's titles and the column of ours that fills each; "" is left blank.
EPPGBM: tuple[tuple[str, str], ...] = (
    ("NIK", "nik"), ("Nama", "name"), ("JK", "sex"), ("Tgl Lahir", "born_on"), ("BB Lahir", ""),
    ("TB Lahir", ""), ("Nama Ortu", "mother_name"), ("Prov", ""), ("Kab/Kota", ""), ("Kec", ""),
    ("Pukesmas", ""), ("Desa/Kel", "home_desa"), ("Posyandu", "home_posyandu"), ("RT", ""),
    ("RW", ""), ("Alamat", ""), ("Usia Saat Ukur", ""), ("Tanggal Pengukuran", "seen_on"),
    ("Berat", "weight"), ("Tinggi", "height"), ("Cara Ukur", "measured"), ("LiLA", "muac"),
    ("BB/U", ""), ("ZS BB/U", ""), ("TB/U", ""), ("ZS TB/U", ""), ("BB/TB", ""), ("ZS BB/TB", ""),
    ("Naik Berat Badan", ""), ("Jml Vit A", "vitamin_a"), ("KPSP", "kpsp"), ("KIA", "kia_book"),
    ("Detail", ""),
)  # fmt: skip
FILLED = {"Prov": PROVINCE, "Kab/Kota": DISTRICT}


def eppgbm(data: Mapping[str, Sequence[Any]]) -> Iterator[list[Any]]:
    """As the national application exports children's measurements; `data` by column."""
    yield ["No", *(title for title, _ in EPPGBM)]
    for row in range(len(data["name"])):
        yield [row + 1, *(_taken(title, name, data, row) for title, name in EPPGBM)]


def _taken(title: str, name: str, data: Mapping[str, Sequence[Any]], row: int) -> Any:
    return data[name][row] if name else FILLED.get(title)


def untidy(
    service: str, puskesmas: str, names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> Iterator[Sequence[Any]]:
    """With letterhead, other words for the columns, a row that numbers them, and signatures."""
    yield ["PEMERINTAH KABUPATEN CONTOH"]
    yield ["DINAS KESEHATAN"]
    yield [f"UPT PUSKESMAS {puskesmas.upper()}"]
    yield [f"REGISTER: {str(SERVICES[service].label).upper()}"]
    yield []
    yield [_other_title(service, name) for name in names]
    yield [f"({number})" for number in range(1, len(names) + 1)]
    yield from rows
    yield ["JUMLAH", len(rows)]
    yield []
    yield ["Mengetahui,"]
    yield [f"Kepala Puskesmas {puskesmas}"]


def _other_title(service: str, name: str) -> str:
    """Another of the titles under which a column is known, in capitals."""
    known = columns.titles(service)[name]
    own = 2 if name in SERVICES[service].by_name else 1  # ours come first
    return known[own if len(known) > own else 0].upper()
