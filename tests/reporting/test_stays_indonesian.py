"""What goes beyond the reader's screen is the same whatever language the reader has chosen."""

import io
import re
from zipfile import BadZipFile, ZipFile

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone, translation

from facilities.models import StandardItem
from facilities.roles import Role
from ilp.core.models import User
from ilp.core.months import Month
from reporting.actions.releases import open_for_correction
from reporting.actions.reminders import send_reminders, write_reminders
from reporting.models import ReportEvent
from tests.clusters.registering import book, send
from tests.clusters.sending import sent
from tests.clusters.workbooks import ANTENATAL, file
from tests.facilities.needing import worker_standard
from tests.factories import worker
from tests.reporting.agreeing import FULL, keep, typed
from tests.reporting.figures import filled
from tests.reporting.papers import written
from tests.reporting.sasaran import FIRST
from tests.reporting.unlocking import MONTH, ask, locked

F1 = f"F1/{FIRST}/2025-03"
QUERY = "?w=99.01&p=2025-05"
FILES = (
    *(f"/rapor/unduh.{ext}{QUERY}" for ext in ("csv", "xlsx")),
    *(f"/indikator/IB04/unduh.{ext}{QUERY}" for ext in ("csv", "xlsx")),
    *(f"/indikator/IB04/grafik/pws.{ext}{QUERY}&b=puskesmas" for ext in ("csv", "xlsx", "svg")),
    *(f"/indikator/IB04/grafik/tren.{ext}{QUERY}" for ext in ("xlsx", "svg")),
    *(f"/unduhan/angka.{ext}{QUERY}" for ext in ("csv", "xlsx")),
    f"/unduhan/angka.xlsx{QUERY}&bentuk=lebar&rentang=tahun",
    *(f"/laporan/kelengkapan/unduh.{ext}?f=F1&t=2025" for ext in ("csv", "xlsx")),
    *(f"/peta-jalan/unduh.{ext}?w=99.01" for ext in ("csv", "xlsx")),
    *(f"/sasaran/piramida/unduh.{ext}{QUERY}" for ext in ("csv", "svg")),
    "/sasaran/templat.xlsx?tahun=2025",
    "/laporan/formulir/F1.xlsx",
    f"/laporan/{F1}/unduh.xlsx",
    "/rekap/F1/99.01/2025-03/unduh.xlsx",
    "/kebutuhan/99.01/2025/ruk.xlsx",
    *(f"/daftar/{which}/unduh/" for which in ("tempat", "pengguna", "tenaga", "sarana")),
    "/unggah/templat/?service=antenatal&facility={first}",
    "/api/v1/indicators/?month=2025-05",
)
PAPERS = (
    f"/laporan/{F1}/cetak/",
    "/rekap/F1/99.01/2025-03/",
    "/kebutuhan/99.01/2025/cetak/",
    f"/lokmin/{FIRST}/2025-05/2025-06-12/notulen/",
)


@pytest.fixture
def places(tree):
    filled(tree)
    written(tree["first"], Month(2025, 3), "F1")
    keep(tree["first"], typed(**FULL))
    worker_standard(tree["district"], "bidan")
    return tree


def reader(user, language):
    client = Client()
    client.force_login(user)
    client.cookies["bahasa"] = language
    return client


def taken(client, address):
    """What a file or a paper says, without when it was made and who may send its forms."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    try:
        with ZipFile(io.BytesIO(data)) as parts:
            return {n: parts.read(n) for n in parts.namelist() if n != "docProps/core.xml"}
    except BadZipFile:
        text = data.decode()
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"|Dicetak [^<]+', "", text)


@pytest.mark.parametrize("address", [*FILES, *PAPERS])
def test_a_file_or_a_paper_is_the_same_for_both(places, address):
    root = User.objects.create(username="root", is_superuser=True)
    address = address.format(first=places["first"].pk)
    one, other = (taken(reader(root, language), address) for language in ("id", "en"))
    assert one == other
    if address in PAPERS:
        assert '<html lang="id">' in other


def test_a_marked_file_says_what_is_wrong_in_indonesian(places):
    recorder = worker(Role.ADMIN_PUSKESMAS, places["first"])
    english = reader(recorder, "en")
    wrong = ANTENATAL | {"NIK": "9901015203900009", "LILA (cm)": 999}
    upload = sent(english, places, file(ANTENATAL, wrong))
    assert (upload.new, upload.rejected) == (1, 1), "its titles are read as they are written"
    (issue,) = upload.issues.filter(is_warning=False)
    assert "tidak mungkin" in issue.reason
    for only in ("", "?hanya=bermasalah"):
        address = f"/unggah/{upload.pk}/perbaiki/{only}"
        assert taken(english, address) == taken(reader(recorder, "id"), address)


def test_a_registry_that_went_out_in_english_comes_back(places):
    boss = worker(Role.ADMIN_DINAS, places["district"])
    english = reader(boss, "en")
    target = io.BytesIO()
    book(english, "tempat").save(target)
    answer = send(english, "tempat", (), content=target.getvalue())
    assert answer.status_code == 302, "nothing is changed by what went out"


def test_a_table_of_sasaran_is_read_by_its_indonesian_titles(places):
    english = reader(worker(Role.ADMIN_DINAS, places["district"]), "en")
    template = b"".join(english.get("/sasaran/templat.xlsx?tahun=2025").streaming_content)
    sheet = io.BytesIO(template)
    sheet.name = "sasaran.xlsx"
    said = {"year": 2025, "month": 1, "basis": "proyeksi", "source": "SK 7", "file": sheet}
    answer = english.post("/sasaran/periksa/", said)
    assert answer.status_code == 200
    assert 'name="isi"' in answer.content.decode(), "it may be confirmed"


def test_a_text_to_be_copied_is_indonesian(places):
    head = reader(worker(Role.KEPALA_DINAS, places["district"]), "en")
    page = head.get("/laporan/kelengkapan/?f=F1&t=2025").content.decode()
    (text,) = re.findall(r'<textarea id="isi-pesan"[^>]*>([^<]+)', page)
    assert "Yth. Puskesmas" in text
    assert "belum kami terima (batas" in text
    assert "Mei" in text
    assert "Copy WhatsApp message" in page


def test_a_letter_is_indonesian_whoever_is_at_work(places, settings):
    settings.SITE_URL, settings.DEFAULT_FROM_EMAIL = "https://ilp.contoh.go.id", "ilp@contoh.go.id"
    worker(Role.ADMIN_PUSKESMAS, places["first"], email="dewi@contoh.go.id")
    with translation.override("en"):
        write_reminders(today=timezone.localdate(), by=None)
        send_reminders(by=None)
    (letter,) = mail.outbox
    assert "laporan perlu dikirim" in letter.subject
    assert "Yang perlu dikirim per" in letter.body


def test_what_is_stored_is_indonesian(tree):
    report = locked(tree)
    ask(tree)
    with translation.override("en"):
        open_for_correction(
            district=tree["district"], month=MONTH, by=None, reason="K keliru", note=""
        )
        standard = worker_standard(tree["district"], "bidan")
    event = ReportEvent.objects.filter(report=report).latest("at")
    assert event.note.startswith("Kunci dibuka atas permintaan")
    assert StandardItem.objects.get(pk=standard.pk).name == "Bidan"
