"""A form and a workbook say the same of the same values: for every service there is."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.urls import reverse

from clusters.excel.imports import check_file
from clusters.excel.typed import check_typed
from clusters.forms.entry import EntryForm, NewcomerForm
from clusters.models import VISITS, GrowthMonth, Person
from clusters.selectors.roster import Day, months_before
from clusters.services import SERVICES, Kind
from clusters.services.words import WORDS, word_for
from clusters.views.saving import cells_from
from ilp.core.months import Month
from reporting.actions.roll_up import roll_up_changed
from tests.clusters import workbooks

DAY = date(2025, 6, 4)
SAMPLES = 40
ODD = {
    Kind.INTEGER: ("99999", "12,7", "dua", "1.234", "-1", "-"),
    Kind.DECIMAL: ("99999", "9.4", "3.250", "sakit", "9,4 N", "-5"),
    Kind.DATE: ("25 Mei 2025", "31/02/2025", "05/25/2025", "kemarin", "01/01/2030"),
    Kind.YES_NO: ("mungkin", "v", "0"),
    Kind.CHOICE: ("entah", ""),
    Kind.TEXT: ("x" * 40, "kata"),
}


def usual(random, field):
    """A value as it is typed on a good day."""
    low, high = field.warn or field.reject or (0, 20)
    if field.kind is Kind.INTEGER:
        return str(random.randint(round(low), round(high)))
    if field.kind is Kind.DECIMAL:
        return f"{random.uniform(low, high):.{field.places}f}".replace(".", ",")
    if field.kind is Kind.DATE:
        return f"{DAY - timedelta(days=random.randrange(1, 280)):%d/%m/%Y}"
    if field.kind is Kind.YES_NO:
        return random.choice(["ya", "tidak"])
    if field.kind is Kind.CHOICE:
        return random.choice(field.choices).code
    return random.choice(["J06", "a09", "I10"]) if "ICD" in field.kind else ""


def typed_into(random, service):
    """A visit's boxes: some filled, few of them wrongly, one at least that says something."""
    said = random.choice(service.needs_one_of or service.typed)
    wrong = random.random() < 0.4
    post = {}
    for field in service.fields:
        if field.name != said and random.random() < 0.75:
            continue
        if field.kind is Kind.CODES:
            post[field.name] = random.sample([c.code for c in field.choices], 2)
        elif wrong and field.kind in ODD and random.random() < 0.3:
            post[field.name] = random.choice(ODD[field.kind])
        else:
            post[field.name] = usual(random, field)
    return post


def in_excel(service, post):
    """The same under the titles of the template; ticks one column each."""
    row = {}
    for field in service.fields:
        value = post.get(field.name)
        if field.kind is Kind.CODES:
            row |= {str(c.label): "ya" if c.code in (value or ()) else None for c in field.choices}
        else:
            row[field.header] = value
    return row


def somebody(random, service):
    months = random.randrange(*service.age_months)
    born = months_before(DAY, min(months, 80 * 12)) - timedelta(days=random.randrange(3))
    sex = random.choice(service.sexes)
    return born, sex, workbooks.nik(random.randrange(1, 9999), born, sex)


@pytest.mark.parametrize("code", SERVICES)
def test_the_same_values_give_the_same_row_and_the_same_refusals(tree, recorder, code):
    service, random = SERVICES[code], Random(code)
    day, outcomes = Day(service, tree["melati"], DAY), set()
    for _ in range(SAMPLES):
        born, sex, nik = somebody(random, service)
        post = typed_into(random, service)
        head = {"nik": nik, "name": "Contoh", "mother_name": "Ibu Contoh", "sex": sex}
        home = tree["melati"].code
        form = NewcomerForm(
            head | {"born_on": f"{born:%d/%m/%Y}", "home": home} | post,
            service=service, homes=[(home, home)],
        )  # fmt: skip
        assert form.is_valid()
        typed = check_typed(
            service=service, place=tree["melati"], by=recorder, cells=cells_from(form, day)
        )
        row = {
            "NIK": nik, "Nama": "Contoh", "Nama ibu": "Ibu Contoh", "Jenis kelamin": sex,
            "Tanggal lahir": born, "Posyandu": home, "Tanggal kunjungan": DAY,
        } | in_excel(service, post)  # fmt: skip
        checked = check_file(
            path=workbooks.file(row), service=code, facility=tree["melati"], by=recorder
        )
        rows = [replace(one, sheet="", row=0) for one in checked.rows]
        issues = [(i.code, i.reason, i.is_warning) for i in checked.tally.issues]
        told = [(t.code, t.sentence, False) for t in typed.refused]
        told += [(t.code, t.sentence, True) for t in typed.warned]
        assert sorted(told) == sorted(issues)
        assert [typed.row] == (rows or [None])
        outcomes.add(bool(rows))
    assert outcomes == {True, False}, "both kinds have to be among the samples"


@pytest.mark.parametrize("code", SERVICES)
def test_every_field_has_a_box_that_a_thumb_can_fill(page, tree, code):
    service = SERVICES[code]
    query = {"w": tree["melati"].code, "t": DAY.isoformat()}
    answer = page.get(reverse("clusters:entry-new", args=[code], query=query))
    text = answer.content.decode()
    assert answer.status_code == 200
    for field in service.fields:
        box = EntryForm(service=service)[field.name].as_widget()
        assert f'name="{field.name}"' in text
        if field.kind in (Kind.INTEGER, Kind.DECIMAL):
            assert f'inputmode="{"numeric" if field.kind is Kind.INTEGER else "decimal"}"' in box
        for choice in field.choices:
            assert f'value="{choice.code}"' in box


@pytest.mark.parametrize("code", SERVICES)
def test_what_is_said_at_once_is_what_is_saved(page, tree, code):
    """The first sample that can be saved: what the trial shows is in the visit's own page."""
    service, random = SERVICES[code], Random(code)
    query = {"w": tree["melati"].code, "t": DAY.isoformat()}
    model, known = VISITS[code], 0
    for _ in range(SAMPLES):
        born, sex, nik = somebody(random, service)
        post = {"nik": nik, "name": "Contoh", "sex": sex, "born_on": f"{born:%d/%m/%Y}"}
        post |= typed_into(random, service)
        tried = page.post(reverse("clusters:entry-try", args=[code], query=query), post)
        assert tried.status_code == 200
        assert (model.objects.count(), Person.objects.count()) == (0, 0), "a trial leaves nothing"
        saved = page.post(reverse("clusters:entry-new", args=[code], query=query), post)
        if saved.status_code == 302:
            known = model.objects.get()
            break
    assert known, "no sample could be saved"
    after = page.get(saved["Location"]).content.decode()
    own = tried.content.decode()
    shown = [line.strip() for line in own.splitlines() if "result-text" in line]
    derived = [d for d in service.derived if getattr(known, d.name) is not None]
    assert bool(shown) == bool(derived)
    assert [line for line in shown if line not in after and "bulan" not in line] == []


def test_the_trial_says_of_the_month_what_the_roll_up_will_say(page, tree, take):
    take(workbooks.GROWTH | {"Kode faskes": tree["melati"].code})
    child = Person.objects.get()
    query = {"w": tree["melati"].code, "t": DAY.isoformat()}
    address = reverse("clusters:entry-try", args=["growth"], query=query)
    for weight, letter in (("9,2", "T"), ("9,55", "T"), ("9,6", "N"), ("9,9", "N")):
        told = page.post(address, {"orang": child.pk, "weight": weight}).content.decode()
        page.post(
            reverse("clusters:entry", args=["growth", child.pk], query=query),
            {"weight": weight, "ada": _fingerprint(page, child, query)},
        )
        roll_up_changed()
        month = GrowthMonth.objects.get(person=child, month=Month(2025, 6))
        assert month.label == letter
        assert f"{letter}: " in told


def _fingerprint(page, child, query):
    shown = page.get(reverse("clusters:entry", args=["growth", child.pk], query=query))
    return shown.content.decode().split('name="ada" value="')[1].split('"')[0]


def test_a_trial_speaks_of_good_boxes_while_others_are_wrong(page, tree, take):
    take(workbooks.ADULT)
    query = {"w": tree["melati"].code, "t": DAY.isoformat()}
    answer = page.post(
        reverse("clusters:entry-try", args=["adult"], query=query),
        {"orang": Person.objects.get().pk, "systole": "150", "diastole": "95", "weight": "1"},
    )
    text = answer.content.decode()
    assert "Tinggi" in text
    assert "tidak mungkin" in text
    nothing = page.post(
        reverse("clusters:entry-try", args=["adult"], query=query),
        {"orang": Person.objects.get().pk},
    )
    assert nothing.content.decode().strip() == ""


@pytest.mark.parametrize(
    ("service", "column", "value", "text", "watch"),
    [
        ("growth", "haz_class", "pendek", "Pendek", True),
        ("growth", "whz_class", "gizi_baik", "Gizi baik", False),
        ("growth", "waz", Decimal("-1.97"), "−1,97 SD", False),
        ("adult", "bp_class", "T", "Tinggi: ulangi, lalu rujuk", True),
        ("antenatal", "kek", True, "Ya, KEK", True),
        ("antenatal", "trimester", 2, "2", False),
        ("school", "bmi_class", "gizi_kurang", "Gizi kurang", True),
        ("school", "anaemia", False, "Tidak anemia", False),
        ("mental", "srq_positive", True, "ya", True),
        ("elderly", "aks_class", "M", "Mandiri", False),
    ],
)
def test_classes_are_said_in_words(service, column, value, text, watch):
    derived = next(d for d in SERVICES[service].derived if d.name == column)
    word = word_for(derived, value, DAY)
    assert (str(word.text), word.watch) == (text, watch)


def test_no_class_is_shown_as_a_code():
    """Every class that a derive can give, of the services that classify by letters, has a word."""
    lettered = {
        d.name for s in SERVICES.values() for d in s.derived if d.name.endswith("_class")
    } - {"waz_class", "haz_class", "whz_class"}
    assert lettered <= WORDS.keys()
