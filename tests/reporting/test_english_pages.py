"""With English chosen, each page is English: no sentence of ours is left in Indonesian."""

import re
from html.parser import HTMLParser

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from clusters.models import Person, Visit
from facilities.roles import Role
from facilities.selectors.glance import SESSIONS
from ilp.core.months import Month
from reporting.views.caching import BODIES, PATHS
from tests.clusters.sending import sent
from tests.clusters.workbooks import ANTENATAL, file
from tests.factories import worker
from tests.reporting.agreeing import FULL, HELD, keep, make, typed
from tests.reporting.cards import people_of_melati
from tests.reporting.figures import filled
from tests.reporting.papers import written
from tests.reporting.test_every_page import LEADS_ON, TAKES_ONLY_POST, addresses

# Words that bind sentences, which no name of a place or person here has.
BINDING = re.compile(
    r"\b(yang|dan|dengan|tidak|belum|untuk|dari|pada|ini|atau|sudah|semua|tempat|bulan|menurut"
    r"|oleh|bila|karena|juga|lebih|setiap|tanpa|sesudah|sebelum|berkas|kunjungan|laporan|jumlah"
    r"|anda|wajib|pilih|isi|tahun|hari|angka|sasaran|capaian|sampai|simpan|ubah|lihat"
    r"|unduh|cari|kembali|nama|alasan|status kirim|selesai|berlaku|perlu|paling|antara)\b",
    re.IGNORECASE,
)
READ = {"title", "aria-label", "placeholder", "alt", "data-label", "data-copied"}
VOID = {"input", "meta", "link", "img", "br", "hr", "col", "source"}


class Texts(HTMLParser):
    """The texts of a page that a reader of English is to read: not what is marked as Indonesian."""

    def __init__(self, html):
        super().__init__()
        self.open = []
        self.found = []
        self.language = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "html":
            self.language = said["lang"]
        hidden = tag in {"script", "style"} or (tag != "html" and said.get("lang") == "id")
        if not any(hidden for _tag, hidden in self.open) and not hidden:
            self.found += [said[name] or "" for name in READ & said.keys()]
        if tag not in VOID:
            self.open.append((tag, hidden))

    def handle_endtag(self, tag):
        while self.open:
            last, _hidden = self.open.pop()
            if last == tag:
                return

    def handle_data(self, data):
        if data.strip() and not any(hidden for _tag, hidden in self.open):
            self.found.append(" ".join(data.split()))


def forget():
    cache.clear()
    for memory in (BODIES, PATHS, SESSIONS):
        memory.clear()


@pytest.fixture(autouse=True)
def nothing_kept(db):
    forget()
    yield
    forget()


def english(user):
    client = Client()
    client.force_login(user)
    client.cookies["bahasa"] = "en"
    return client


def indonesian_of(answer):
    """The texts of a page that are not English; None for what is no page or is not open."""
    if answer.status_code not in (200, 422) or not answer["Content-Type"].startswith("text/html"):
        return None
    texts = Texts(answer.content.decode())
    if texts.language:  # parts of pages have none
        assert texts.language == "en", answer.wsgi_request.path
    return sorted({text for text in texts.found if BINDING.search(text)})


def left_in(client, pages):
    """Address -> texts, of those that have any; each page is opened once."""
    found = {address: indonesian_of(client.get(address)) for address in pages}
    opened = sum(texts is not None for texts in found.values())
    return opened, {address: texts for address, texts in found.items() if texts}


@pytest.fixture
def places(tree):
    filled(tree)
    people_of_melati(tree)
    written(tree["first"], Month(2025, 3), "F1")
    make(tree["first"])
    keep(tree["first"], typed(**FULL))
    return tree


def more_pages(tree):
    """Pages that need to know of what."""
    first, query = tree["first"].code, "?w=99.01&p=2025-05"
    yield from (f"/situasi/{query}", f"/rapor/{query}", f"/klaster/K2/{query}", f"/spm/{query}")
    yield from (f"/indikator/{code}/{query}&b=puskesmas" for code in ("IB04", "SPM04", "BL01"))
    for tab in ("", "jejaring", "laporan", "indikator", "riwayat", "kebutuhan", "tenaga"):
        yield f"/tempat/{first}/?t={tab}&p=2025-05"
    yield from (f"/orang/{pk}/" for pk in Person.objects.values_list("pk", flat=True))
    yield f"/laporan/F1/{first}/2025-03/"
    yield f"/lokmin/{first}/2025-05/{HELD}/"
    yield from (f"/bantuan/{slug}/" for slug in ("rapor", "unggah", "situasi", "kamus"))


def test_each_page_is_english_for_who_chose_it(places):
    client = english(worker(Role.ADMIN_DINAS, places["district"]))
    listed = [a for name, a in addresses() if name not in TAKES_ONLY_POST | LEADS_ON]

    opened, left = left_in(client, [*listed, *more_pages(places)])

    assert opened > 60
    assert left == {}


def test_the_pages_of_who_records_are_english_too(places):
    client = english(worker(Role.ADMIN_PUSKESMAS, places["first"]))
    wrong = ANTENATAL | {"NIK": "9901015203900009", "LILA (cm)": 999}
    upload = sent(client, places, file(ANTENATAL, wrong))
    day = f"?w={places['melati'].code}&t=2025-06-02"
    person = Person.objects.latest("pk").pk
    visited = next(model for model in Visit.__subclasses__() if model.objects.exists())
    visit = visited.objects.first()
    pages = (
        *("/", "/unggah/", "/unggah/baru/", f"/unggah/{upload.pk}/", "/catat/", "/orang/"),
        f"/unggah/{upload.pk}/cocokkan/",
        *(f"/catat/growth/{day}", f"/catat/adult/baru/{day}", f"/catat/antenatal/{person}/{day}"),
        reverse("clusters:visit", args=[visit.service.code, visit.pk]),
        f"/laporan/F1/{places['first'].code}/2025-03/",
    )

    opened, left = left_in(client, pages)

    assert opened == len(pages)
    assert left == {}


def test_a_kept_page_is_never_served_in_the_other_language(places):
    user = worker(Role.KEPALA_DINAS, places["district"])
    one, other = Client(), english(user)
    one.force_login(user)
    seen = [[client.get("/situasi/") for _time in range(3)] for client in (one, other)]
    for language, answers in zip(("id", "en"), seen, strict=True):
        for answer in answers:
            assert Texts(answer.content.decode()).language == language
            assert answer["Content-Language"] == language
    etag = seen[0][-1]["ETag"]
    assert one.get("/situasi/", headers={"if-none-match": etag}).status_code == 304
    crossed = other.get("/situasi/", headers={"if-none-match": etag})
    assert (crossed.status_code, Texts(crossed.content.decode()).language) == (200, "en")
