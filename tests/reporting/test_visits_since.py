"""A report's number beside the visits that came after it was kept."""

import json
import re
from html import unescape

import pytest

from reporting.actions.reports import open_report
from tests.reporting.earlier import visits_say
from tests.reporting.keeping import MONTH, PAGE, browser, keep


class TestVisitsSince:
    """What the visits said when a number was kept, and what they say now."""

    BOX, NAME = ("n_naik", "L:0-5"), "n_naik|L:0-5"

    @pytest.fixture
    def report(self, tree):
        visits_say(tree["melati"], MONTH, n_naik=58)
        return open_report(facility=tree["first"], month=MONTH, form="F1", by=None)

    def test_a_kept_number_is_told_when_the_visits_move_on(self, tree, report):
        client = browser(tree["first"])
        keep(client, report, **{self.NAME: "58"})
        assert report.values.get(element="n_naik").counted == 58
        assert "Hitung otomatis berubah" not in client.get(PAGE).content.decode()

        visits_say(tree["melati"], MONTH, n_naik=60)

        page = client.get(PAGE).content.decode()
        assert "Hitung otomatis berubah" in page
        assert "L 0–5 bulan 58 → <strong>60</strong>" in page
        assert 'value="hitung:n_naik"' in page
        assert report.values.get(element="n_naik").value == 58, "nothing is overwritten"

    def test_the_new_number_is_taken_without_a_script(self, tree, report):
        client = browser(tree["first"])
        keep(client, report, **{self.NAME: "58", "skdn_s|L:0-5": "90"})
        visits_say(tree["melati"], MONTH, n_naik=60, t_tidak_naik=7)

        asked = client.post(PAGE, {"tampil": "{}", "langkah": "hitung:n_naik"})
        page = asked.content.decode()
        assert "Pakai hitung otomatis yang baru?" in page
        assert "1 isian akan berubah" in page
        sent = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        client.post(PAGE, {name: unescape(text) for name, text in sent.items()})

        kept = report.values.get(element="n_naik")
        assert (kept.value, kept.counted) == (60, 60)
        assert set(report.values.values_list("element", flat=True)) == {"n_naik", "skdn_s"}
        assert "Hitung otomatis berubah" not in client.get(PAGE).content.decode()

    def test_the_answer_to_a_cell_tells_it_too(self, tree, report):
        client = browser(tree["first"])
        keep(client, report, **{self.NAME: "58"})
        visits_say(tree["melati"], MONTH, n_naik=60)
        note = keep(client, report, **{"n_naik|L:6-11": "1"})["rows"]["n_naik"]["note"]
        assert "Hitung otomatis berubah" in note
        assert unescape(re.search(r'data-take="([^"]*)"', note)[1]) == '{"n_naik|L:0-5": "60"}'

    def test_what_was_explained_is_not_told_again(self, tree, report):
        client = browser(tree["first"])
        keep(client, report, **{self.NAME: "58"})
        visits_say(tree["melati"], MONTH, n_naik=60)
        keep(client, report, **{"alasan|n_naik": "Dua anak dari luar"})
        assert report.values.get(element="n_naik").counted == 60
        page = client.get(PAGE).content.decode()
        assert "Hitung otomatis berubah" not in page
        assert "Dua anak dari luar" in page

    def test_a_save_of_the_whole_page_keeps_what_was_said_then(self, tree, report):
        client = browser(tree["first"])
        keep(client, report, **{self.NAME: "58"})
        visits_say(tree["melati"], MONTH, n_naik=60)
        seen = json.dumps({self.NAME: [2, "58"]})
        client.post(PAGE, {self.NAME: "58", "skdn_s|L:0-5": "80", "tampil": seen})
        assert report.values.get(element="n_naik").counted == 58
        assert "58 → <strong>60" in client.get(PAGE).content.decode()

    def test_a_number_that_the_visits_reach_by_themselves_is_not_asked_of(self, tree, report):
        client = browser(tree["first"])
        keep(client, report, **{self.NAME: "60"})
        visits_say(tree["melati"], MONTH, n_naik=60)
        assert "Hitung otomatis berubah" not in client.get(PAGE).content.decode()

    def test_who_only_reads_is_told_and_offered_nothing(self, tree, report):
        keep(browser(tree["first"]), report, **{self.NAME: "58"})
        visits_say(tree["melati"], MONTH, n_naik=60)
        page = browser(tree["first"], "kepala_puskesmas").get(PAGE).content.decode()
        assert "58 → <strong>60" in page
        assert "data-take" not in page
