"""Recording in the browser, without JavaScript: what is shown, saved, refused and asked."""

import re
from datetime import date

import pytest
from django.urls import reverse

from clusters.actions.locks import lock_month
from clusters.models import Adult, Antenatal, Growth, LockedMonth, Person, TouchedPerson
from clusters.services import SERVICES
from facilities.actions.places import close
from facilities.models import ChangedCell
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from tests.clusters.entering import DAY, address, errors, keys, shown, weighed_in_may
from tests.clusters.workbooks import ADULT, GROWTH


@pytest.fixture
def child(page, tree, take):
    return weighed_in_may(tree, take)


def opened(answer):
    """What the visit said when the form was opened."""
    return re.search(r'name="ada" value="(\w*)"', shown(answer))[1]


def test_a_recorded_visit_is_as_if_it_came_in_a_workbook(page, recorder, tree, child):
    answer = page.post(
        address(tree, "entry", "growth", child.pk),
        {"weight": "9,8", "height": "78,4", "measured": "l", "kia_book": "ya", "lalu": "daftar"},
    )

    visit = Growth.objects.get(seen_on=DAY)
    assert answer.status_code == 302
    assert answer["Location"].startswith(address(tree, "roster", "growth"))
    assert (visit.person, visit.facility, visit.home) == (child, tree["melati"], tree["melati"])
    assert (float(visit.weight), float(visit.height), visit.kia_book) == (9.8, 78.4, True)
    assert (visit.sick, visit.waz_class, visit.age_months) == (None, "normal", 14)
    assert (visit.upload, visit.sheet, visit.row, visit.recorded_by) == (None, None, None, recorder)
    assert TouchedPerson.objects.filter(person=child, service="growth").exists()
    assert set(ChangedCell.objects.values_list("place_id", "month", "programme")) == {
        (tree["melati"].pk, Month(2025, 6), "growth")
    }
    line = AuditEvent.objects.get(event="visit.recorded")
    assert (line.actor, line.facility_id) == (recorder, tree["melati"].pk)


def test_saving_leads_to_the_next_who_has_not_come(page, tree, child, take):
    born = date(2024, 4, 1)
    for number, name in ((11, "Zaki"), (12, "Anak Dua")):
        take(GROWTH | {"NIK": f"99010101042400{number}", "Nama": name, "Tanggal lahir": born})
    post = {"weight": "9,5", "lalu": "berikutnya"}
    by_name = {one.name: one for one in Person.objects.all()}

    def next_of(name):
        answer = page.post(address(tree, "entry", "growth", by_name[name].pk), post)
        return answer["Location"].split("?")[0]

    def form_of(name):
        return reverse("clusters:entry", args=["growth", by_name[name].pk])

    assert next_of("Anak Contoh") == form_of("Anak Dua")
    assert next_of("Zaki") == form_of("Anak Dua")
    assert next_of("Anak Dua") == reverse("clusters:roster", args=["growth"])
    text = shown(page.get(address(tree, "roster", "growth")))
    assert "3 dari 3 sudah datang" in text


def test_the_form_shows_the_last_values_and_takes_none_of_them(page, tree, child):
    answer = page.get(address(tree, "entry", "growth", child.pk))

    assert "Terakhir: 9,4 (6 Mei 2025)" in shown(answer)
    assert 'name="weight" value' not in shown(answer)


def test_what_was_recorded_today_is_there_to_be_corrected(page, tree, child):
    url = address(tree, "entry", "growth", child.pk)
    page.post(url, {"weight": "9,8", "height": "78", "kia_book": "ya"})
    answer = page.get(url)
    text = shown(answer)
    assert "Sudah dicatat" in text
    assert 'value="9,8"' in text
    post = {"weight": "9,6", "height": "78,0", "kia_book": "ya", "ada": opened(answer)}

    answer = page.post(url + "&kembali=1", post)

    visit = Growth.objects.get(seen_on=DAY)
    assert answer["Location"].startswith(reverse("clusters:visit", args=["growth", visit.pk]))
    assert float(visit.weight) == 9.6
    history = shown(page.get(reverse("clusters:visit", args=["growth", visit.pk])))
    assert "9,8" in history
    events = AuditEvent.objects.order_by("pk").values_list("event", flat=True)
    assert [e for e in events if e in ("visit.recorded", "visit.corrected")] == [
        "visit.recorded", "visit.corrected",
    ]  # fmt: skip


def test_two_who_record_the_same_do_not_overwrite_each_other_unseen(page, tree, child):
    url = address(tree, "entry", "growth", child.pk)
    blank = opened(page.get(url))
    page.post(url, {"weight": "9,8", "height": "78"})

    answer = page.post(url, {"weight": "9,1", "ada": blank})
    assert "sudah dicatat" in shown(answer)
    assert float(Growth.objects.get(seen_on=DAY).weight) == 9.8
    answer = page.post(url, {"weight": "9,1", "ada": blank, "tahu": keys(answer)})

    assert answer.status_code == 302
    assert float(Growth.objects.get(seen_on=DAY).weight) == 9.1


def test_sending_twice_by_mistake_is_no_question(page, tree, child):
    url = address(tree, "entry", "growth", child.pk)
    post = {"weight": "9,8", "height": "78", "measured": "l"}
    assert [page.post(url, post).status_code for _ in range(2)] == [302, 302]
    assert Growth.objects.filter(seen_on=DAY).count() == 1


def test_hard_limits_block_and_nothing_typed_is_lost(page, tree, child):
    answer = page.post(
        address(tree, "entry", "growth", child.pk),
        {"weight": "92", "height": "tujuh puluh", "vitamin_a": "biru", "lalu": "daftar"},
    )

    text = shown(answer)
    assert [name for name, _text in errors(answer)] == ["weight", "height"]
    assert "Berat badan: Berat badan" not in text
    assert 'value="92"' in text
    assert 'value="tujuh puluh"' in text
    assert text.index("tidak mungkin", text.index('name="weight"')) < text.index('name="height"')
    assert 'value="biru" id="id_vitamin_a_0" checked' in " ".join(text.split())
    assert not Growth.objects.filter(seen_on=DAY).exists()


def test_soft_limits_ask_once_and_only_about_what_they_showed(page, tree, child):
    url = address(tree, "entry", "growth", child.pk)
    answer = page.post(url, {"muac": "8,5"})
    assert "Tetap simpan" in shown(answer)
    seen = keys(answer)
    answer = page.post(url, {"muac": "8,1", "tahu": seen})
    assert keys(answer) != seen
    assert not Growth.objects.filter(seen_on=DAY).exists()

    answer = page.post(url, {"muac": "8,1", "tahu": keys(answer)})

    assert answer.status_code == 302
    assert float(Growth.objects.get(seen_on=DAY).muac) == 8.1


def test_an_empty_form_says_that_it_says_nothing(page, tree, child):
    answer = page.post(address(tree, "entry", "growth", child.pk), {})
    assert errors(answer) == [
        (
            "weight",
            "Tidak ada hasil pelayanan. Isi paling sedikit satu hasil, atau hapus baris ini.",
        )
    ]


def test_a_locked_month_refuses_with_its_reason_and_keeps_what_was_typed(page, tree, child):
    url = address(tree, "entry", "growth", child.pk)
    lock_month(district=tree["district"], month=Month.of(DAY), by=None)
    assert "dikunci" in shown(page.get(url))
    assert "dikunci" in shown(page.get(address(tree, "roster", "growth")))

    answer = page.post(url, {"weight": "9,8"})

    assert "dikunci" in errors(answer)[0][1]
    assert 'value="9,8"' in shown(answer)
    assert not Growth.objects.filter(seen_on=DAY).exists()
    LockedMonth.objects.all().delete()
    assert page.post(url, {"weight": "9,8"}).status_code == 302


def test_a_closed_place_and_a_day_to_come_refuse(page, tree, child):
    late = address(tree, "entry", "growth", child.pk, on=date(2099, 1, 1))
    assert "sesudah hari ini" in errors(page.post(late, {"weight": "9,8"}))[0][1]
    close(place=tree["melati"], since=Month(2025, 6), by=None)
    url = address(tree, "entry", "growth", child.pk)
    assert "sudah tutup" in errors(page.post(url, {"weight": "9,8"}))[0][1]
    may = address(tree, "entry", "growth", child.pk, on=date(2025, 5, 20))
    assert page.post(may, {"weight": "9,6"}).status_code == 302


def test_somebody_too_old_is_refused_in_the_words_of_the_import(page, tree, take):
    take(ADULT)
    url = address(tree, "entry", "growth", Person.objects.get().pk)
    assert "di luar umur layanan" in errors(page.post(url, {"weight": "20"}))[0][1]


def test_the_numbers_of_queries_do_not_grow_with_the_roster(
    page, tree, child, take, django_assert_max_num_queries
):
    for number in range(20, 50):
        take(GROWTH | {"NIK": f"99010110032400{number}", "Nama": f"Anak {number}"})
    with django_assert_max_num_queries(20):
        shown(page.get(address(tree, "roster", "growth")))
    with django_assert_max_num_queries(20):
        shown(page.get(address(tree, "entry", "growth", child.pk)))
    with django_assert_max_num_queries(60):
        page.post(address(tree, "entry", "growth", child.pk), {"weight": "9,9"})


def test_the_start_leads_to_the_roster_of_the_day(page, tree):
    start = reverse("clusters:entry-start")
    text = shown(page.get(start))
    assert all(f'value="{code}"' in text for code in SERVICES)
    query = {"facility": tree["melati"].pk, "day": DAY.isoformat(), "service": "growth"}
    answer = page.get(start, query)
    assert answer["Location"] == address(tree, "roster", "growth")
    answer = page.get(start, query | {"day": "besok"})
    assert errors(answer)[0][0] == "day"
    answer = page.get(start, query | {"facility": tree["mawar"].pk})
    assert errors(answer)[0][0] == "facility"
    assert Antenatal.objects.count() == Adult.objects.count() == 0
