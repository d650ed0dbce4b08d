"""S12: the flagged first, the others several at once, from one to the next; without a script."""

import re

import pytest

from clusters.actions.locks import lock_month
from ilp.core.months import Month
from reporting.actions import reports as actions
from reporting.actions.bulk import take_all
from reporting.models import Report, ReportEvent
from reporting.selectors.verifying import changed_much, queue
from reporting.workflow import Status, Step
from tests.factories import worker
from tests.reporting.agreeing import browser, text
from tests.reporting.sheets import filled
from tests.reporting.test_weekly import WEEK, filed

MONTH = Month(2025, 3)
LIST = "/laporan/verifikasi/"


def sent(place, month=MONTH, **changed):
    return actions.take_step(report=filled(place, month, **changed), step=Step.SEND, by=None)


@pytest.fixture
def head(tree):
    """Verifies everywhere in the district."""
    return worker("kepala_puskesmas", tree["district"])


@pytest.fixture
def programmer(tree):
    return worker("programmer", tree["district"])


def status(report):
    return Report.objects.get(pk=report.pk).status


def token(report):
    return f"{report.pk}:{report.version}"


@pytest.mark.parametrize(
    ("before", "now", "much"),
    [
        (71, 38, False), (71, 35, True), (10, 15, True), (10, 14, False), (4, 1, False),
        (0, 5, True), (0, 4, False), (0, 0, False), (5, 5, False), (None, 80, False),
        (80, None, False), (80, 0, True),
    ],
)  # fmt: skip
def test_what_is_much(before, now, much):
    assert changed_much(before, now, MONTH) is much


def test_the_flagged_come_first_with_what_is_doubtful(tree, head):
    before = sent(tree["first"], MONTH.plus(-1))
    for step in (Step.VERIFY, Step.APPROVE):
        actions.take_step(report=before, step=step, by=None)
    plain = sent(tree["second"])
    fewer = sent(tree["first"], skdn_s=4, skdn_k=4)  # S was 100, K was 80
    warned = sent(tree["second"], MONTH.plus(1), bgm=1)

    found = queue(user=head)

    assert {one.report for one in found[:2]} == {fewer, warned}
    assert found[2].report == plain
    assert found[2].flags == 0
    by = {one.report: one for one in found}
    changes = {(c.before, c.now, c.percent) for c in by[fewer].changes}
    assert (100, 40, -60) in changes
    assert any("BGM" in sentence for sentence in by[warned].findings)
    html = text(browser(head).get(LIST))
    assert "Menunggu verifikasi (3)" in html
    assert "100 → 40 (-60%)" in html
    assert html.index("100 → 40") < html.rindex("tanpa tanda")
    assert html.count('type="checkbox"') == 1, "only what has no flag may be ticked"
    assert f'value="{token(plain)}"' in html


def test_those_without_flags_go_through_together(tree, head, programmer):
    reports = [sent(tree["first"]), sent(tree["second"])]

    page = browser(head).post(LIST, {"laporan": [token(r) for r in reports]}, follow=True)

    assert "2 laporan diteruskan." in text(page)
    assert [status(r) for r in reports] == [Status.VERIFIED] * 2
    assert "Tidak ada yang menunggu" in text(page)
    browser(programmer).post(LIST, {"laporan": [token(r) for r in reports]})
    assert [status(r) for r in reports] == [Status.APPROVED] * 2


def test_what_is_flagged_or_no_longer_fits_is_named_and_the_others_go_through(tree, head):
    fit = sent(tree["first"])
    flagged = sent(tree["second"], bgm=1)
    gone = sent(tree["first"], MONTH.plus(1))
    stale = sent(tree["second"], MONTH.plus(1))
    locked = sent(tree["first"], MONTH.plus(2))
    seen = {"laporan": [token(r) for r in (fit, flagged, gone, stale, locked)]}
    actions.take_step(report=gone, step=Step.TAKE_BACK, by=None)
    back = actions.take_step(report=stale, step=Step.RETURN, by=None, note="S?")
    changed = {("skdn_s", "L:0-5"): 11}
    actions.save_values(report=back, values=changed, reasons={}, version=back.version, by=None)
    actions.take_step(report=back, step=Step.SEND, by=None)
    lock_month(district=tree["district"], month=MONTH.plus(2), by=None)

    page = text(browser(head).post(LIST, seen, follow=True))

    assert "1 laporan diteruskan." in page
    assert status(fit) == Status.VERIFIED
    assert [status(r) for r in (flagged, gone, stale, locked)] == [
        Status.SENT, Status.DRAFT, Status.SENT, Status.SENT,
    ]  # fmt: skip
    assert re.search(r"Dilewati: Puskesmas Cempaka, [^.]*, Maret 2025. Ada 1 tanda.", page)
    assert re.search(r"Kenanga, [^.]*, April 2025. Laporan berstatus “Draf”", page)
    assert re.search(r"Cempaka, [^.]*, April 2025. Angkanya berubah sejak", page)
    assert re.search(r"Kenanga, [^.]*, Mei 2025. Bulan Mei 2025 dikunci", page)
    assert ReportEvent.objects.filter(step=Step.VERIFY).count() == 1


def test_nobody_moves_what_is_not_his(tree):
    first = worker("kepala_puskesmas", tree["first"])
    beside, mine = sent(tree["second"]), sent(tree["first"])
    verified = actions.take_step(
        report=sent(tree["first"], MONTH.plus(1)), step=Step.VERIFY, by=None
    )

    outcomes = take_all(seen=[(r.pk, r.version) for r in (beside, mine, verified)], by=first)

    assert [(one.report, one.refusal and one.refusal.code) for one in outcomes] == [
        (mine, None), (verified, "not-yours"),
    ]  # fmt: skip
    assert status(beside) == Status.SENT, "what is not seen is not named either"


def test_nothing_ticked_and_nonsense_is_said(tree, head):
    report = sent(tree["first"])
    client = browser(head)
    for data in ({"aksi": "teruskan"}, {"laporan": ["", "x", "1", "1:", ":1", "²:1", "9" * 30]}):
        page = client.post(LIST, data, follow=True)
        assert "Belum ada laporan yang dicentang." in text(page)
    assert status(report) == Status.SENT


@pytest.mark.parametrize(
    ("role", "where", "code"),
    [
        ("kepala_puskesmas", "first", 200), ("programmer", "district", 200),
        ("admin_dinas", "district", 200), ("admin_puskesmas", "first", 403),
        ("kepala_dinas", "district", 403), ("nakes", "first", 403), ("ti", "district", 403),
    ],
)  # fmt: skip
def test_the_list_is_for_those_who_check(tree, role, where, code):
    client = browser(worker(role, tree[where]))

    assert client.get(LIST).status_code == code
    assert client.post(LIST, {"laporan": ["1:1"]}).status_code == (302 if code == 200 else 403)


def test_home_and_the_list_of_reports_lead_there(tree, head):
    nobody = worker("admin_puskesmas", tree["second"])
    sent(tree["first"])

    for path in ("/", "/laporan/"):
        assert f'href="{LIST}"' in text(browser(head).get(path)), path
        assert f'href="{LIST}"' not in text(browser(nobody).get(path)), path


def page_of(report):
    return f"/laporan/F1/{report.facility.code}/{report.month}/"


def test_from_one_to_the_next_and_on_after_a_step(tree, head):
    first, second = sent(tree["first"]), sent(tree["first"], MONTH.plus(1))
    third = sent(tree["first"], MONTH.plus(2))
    client = browser(head)

    html = text(client.get(page_of(second) + "?antre=1"))
    assert "2 dari 3 yang menunggu" in html
    assert f'href="{page_of(first)}?antre=1"' in html
    assert f'href="{page_of(third)}?antre=1"' in html
    assert "yang menunggu</a>" not in text(client.get(page_of(second)))
    html = text(client.get(page_of(first) + "?antre=1"))
    assert "Sebelumnya" not in html
    assert 'name="antre"' in html

    answer = client.post(f"/laporan/{second.pk}/verify/", {"antre": "1"})
    assert answer["Location"] == page_of(third) + "?antre=1"
    answer = client.post(f"/laporan/{third.pk}/verify/", {"antre": "1"})
    assert answer["Location"] == page_of(first) + "?antre=1"
    assert client.post(f"/laporan/{first.pk}/verify/", {"antre": "1"})["Location"] == LIST
    assert (
        "antre" not in client.get(page_of(first) + "?antre=1").content.decode().split("Riwayat")[0]
    )


def test_who_checks_sees_first_what_deserves_it(tree, head):
    before = sent(tree["first"], MONTH.plus(-1))
    assert before.status == Status.SENT
    report = sent(tree["first"], skdn_s=4, skdn_k=4)
    client = browser(head)

    html = text(client.get(page_of(report)))
    assert 'id="baris-skdn_s"' in html
    assert 'id="baris-n_naik"' not in html, "as last month"
    everything = text(client.get(page_of(report) + "?baris=semua"))
    assert 'id="baris-n_naik"' in everything
    assert "Tampilkan hanya yang bertanda" in everything
    assert f'href="{page_of(report)}?baris=semua"' in html

    refused = client.post(f"/laporan/{report.pk}/return/", {"catatan": ""})
    assert 'id="baris-n_naik"' in text(refused), "what was written may be at any row"
    filler = browser(worker("admin_puskesmas", tree["first"]))
    assert 'id="baris-n_naik"' in text(filler.get(page_of(report)))


def test_all_rows_where_last_month_says_nothing(tree, head):
    html = text(browser(head).get(page_of(sent(tree["first"]))))

    assert 'id="baris-n_naik"' in html


def test_a_report_without_anything_doubtful_says_so(tree, head):
    sent(tree["first"], MONTH.plus(-1))
    report = sent(tree["first"])

    html = text(browser(head).get(page_of(report)))

    assert "Tidak ada baris yang bertanda atau berubah banyak dari bulan lalu." in html
    assert 'id="baris-' not in html


def test_the_list_costs_the_same_for_many(tree, head, django_assert_max_num_queries):
    for n in range(4):
        sent(tree["first"], MONTH.plus(n))
    client = browser(head)

    with django_assert_max_num_queries(20):
        client.get(LIST)
    page = page_of(Report.objects.first())
    client.get(page)  # the first opening is noted
    with django_assert_max_num_queries(25):
        client.get(page + "?antre=1")


def test_a_week_is_compared_with_the_week_before_and_leads_to_the_next(tree, head):
    early, late = (
        filed(tree["first"], WEEK.plus(n), sk_a=number, steps=[Step.SEND])
        for n, number in ((0, 4), (1, 20))
    )

    found = {one.report: one for one in queue(user=head)}

    assert found[early].changes == ()
    assert [(c.before, c.now) for c in found[late].changes] == [(4, 20)]
    pages = [f"/laporan/SKDR/{tree['first'].code}/{one.period}/" for one in (early, late)]
    html = text(browser(head).get(LIST))
    assert all(f'href="{page}?antre=1"' in html for page in pages)
    assert f'href="{pages[0]}?antre=1"' in text(browser(head).get(pages[1] + "?antre=1"))
