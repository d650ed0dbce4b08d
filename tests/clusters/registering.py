"""Registries of places and accounts as people send them, and what the pages answer."""

import re
from datetime import date
from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from facilities.models import Assignment, Facility
from ilp.core.models import AuditEvent, User
from tests.clusters.workbooks import workbook

PLACES = ["kode", "nama", "jenis", "buka", "induk_jaringan", "induk_wilayah", "kecamatan"]
USERS = ["nama_pengguna", "nama", "hp", "peran", "kode_tempat"]
DESA, PKM = "99.01.01.2001", "P9901010101"
NEW = [f"{DESA}-PSY-002", "Anggrek", "posyandu", date(2025, 1, 1), PKM, DESA, None]


def melati(tree, name="Melati Indah"):
    return [tree["melati"].code, name, "posyandu", date(2020, 1, 1), None, None, None]


def send(client, which, headers, *rows, content=None):
    content = content or workbook(Data=[headers, *rows])
    return client.post(f"/daftar/{which}/", {"file": SimpleUploadedFile("d.xlsx", content)})


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def parcel(answer):
    return answer.content.decode().split('name="isi" value="')[1].split('"')[0]


def confirm(client, which, sealed):
    return client.post(f"/daftar/{which}/simpan/", {"isi": sealed}, follow=True)


def book(client, which):
    answer = client.get(f"/daftar/{which}/unduh/")
    assert answer.status_code == 200
    return openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))


def state():
    accounts = list(User.objects.order_by("pk").values_list("username", "first_name", "phone"))
    return (
        list(Facility.objects.order_by("pk").values_list("code", "name")),
        accounts,
        list(Assignment.objects.order_by("pk").values_list("user", "role", "facility")),
        AuditEvent.objects.count(),
    )
