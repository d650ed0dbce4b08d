"""The queue of what waits for verification, page by page, and from one to the next."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting.models import Report
from reporting.selectors.verifying import neighbours, queue
from reporting.views import verifying
from reporting.workflow import Status
from tests.factories import worker
from tests.reporting.agreeing import browser, text
from tests.reporting.test_verifying import LIST, MONTH, page_of, sent


@pytest.fixture
def head(tree):
    """Verifies everywhere in the district."""
    return worker("kepala_puskesmas", tree["district"])


@pytest.fixture
def six(tree, head, monkeypatch):
    """Three pages of two; the flagged, sent last, stand first."""
    monkeypatch.setattr(verifying, "A_PAGE", 2)
    plain = [sent(tree[at], MONTH.plus(n)) for n in (0, 1) for at in ("first", "second")]
    flagged = [sent(tree[at], MONTH.plus(2), bgm=1) for at in ("first", "second")]
    return [*flagged, *plain]


def listed(html):
    """The reports of a page of the list, in its order."""
    pattern = r'<a href="(/laporan/F1/[^"]+)\?antre=1"'
    return re.findall(pattern, html.replace("&amp;", "&"))


def test_pages_hold_what_the_whole_queue_holds_in_its_order(tree, head, six):
    client = browser(head)
    order = [page_of(one.report) for one in queue(user=head)]
    first = text(client.get(LIST))

    pages = [listed(first), *(listed(text(client.get(f"{LIST}?hal={n}"))) for n in (2, 3))]

    assert [len(page) for page in pages] == [2, 2, 2]
    assert sum(pages, []) == order
    assert "Menunggu verifikasi (6)" in first
    assert 'href="?hal=2"' in first
    assert "dicentang" not in first, "both are flagged"


def test_a_later_page_keeps_the_order_that_was_shown_and_reads_only_its_own(tree, head, six):
    client = browser(head)
    client.get(LIST)
    late = sent(tree["first"], MONTH.plus(3), bgm=1)

    with CaptureQueriesContext(connection) as asked:
        last = text(client.get(f"{LIST}?hal=4"))

    assert listed(last) == [page_of(late)]
    read = [one["sql"] for one in asked if 'FROM "reporting_reportvalue"' in one["sql"]]
    assert all(f'"report_id" IN ({late.pk})' in one for one in read if "SUM(" not in one)
    assert read


def test_what_is_ticked_on_a_page_leads_back_to_it_and_leaves_the_others(tree, head, six):
    client = browser(head)
    client.get(LIST)
    html = text(client.get(f"{LIST}?hal=2"))
    tokens = re.findall(r'name="laporan" value="([^"]+)"', html)
    assert len(tokens) == 2
    assert '<input type="hidden" name="hal" value="2">' in html

    answer = client.post(LIST, {"laporan": tokens, "hal": "2"})

    assert answer["Location"] == f"{LIST}?hal=2"
    assert Report.objects.filter(status=Status.VERIFIED).count() == 2
    assert Report.objects.filter(status=Status.SENT).count() == 4


def test_from_one_to_the_next_nothing_is_read_of_the_others(tree, head, six):
    order = [one.report.pk for one in queue(user=head)]
    second = next(one for one in six if one.pk == order[1])

    with CaptureQueriesContext(connection) as asked:
        found = neighbours(user=head, report=second, order=order)

    assert not any("reportvalue" in one["sql"] for one in asked)
    assert (found.before.pk, found.after.pk) == (order[0], order[2])
    assert (found.at, found.count) == (2, 6)
