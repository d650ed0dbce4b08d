"""Standards, assessments and staff as tests write them down."""

from datetime import date

from django.utils import timezone

from facilities.actions import assessments as actions
from facilities.actions.staff import Count, record_staff
from facilities.actions.standards import NewStandard, add_standard
from facilities.models import Assessment
from facilities.selectors.assessments import asked

LONG_AGO = date(2020, 1, 1)


def this_year():
    return timezone.localdate().year


def standard(district, kind="pustu", name="Tensimeter", number=2, by=None, **more):
    given = {
        "kind": kind,
        "beds": "",
        "group": "alat",
        "name": name,
        "unit": "buah",
        "number": number,
        "price": None,
        "source": "Keputusan Dinas",
        "certainty": "bersumber",
        "since": LONG_AGO,
    }
    return add_standard(district=district, new=NewStandard(**given | more), by=by)


def worker_standard(district, worker, kind="pustu", number=1, **more):
    more = {"group": "sdm", "name": "", "unit": "orang", "worker": worker} | more
    return standard(district, kind, number=number, **more)


def entry(present, light=0, heavy=0, note=""):
    """What is present, with so many out of order."""
    return actions.Entry(present, present - light - heavy, light, heavy, note)


def save(place, *entries, year=None, version=None, by=None):
    """Fill the items of the place in their order, as far as there are entries."""
    year = year or this_year()
    if version is None:
        held = Assessment.objects.filter(facility=place, year=year).first()
        version = held.version if held else 0
    items = asked(place=place, year=year, today=timezone.localdate())
    said = {item.pk: one for item, one in zip(items, entries, strict=False)}
    return actions.save_assessment(facility=place, year=year, entries=said, version=version, by=by)


def sent(place, *entries, **more):
    return actions.send_assessment(assessment=save(place, *entries, **more), by=None)


def verify(held, by=None):
    """By who has just read it."""
    return actions.verify_assessment(assessment=held, version=held.version, by=by)


def give_back(held, remark="Periksa", comments=()):
    return actions.return_assessment(
        assessment=held, comments=dict(comments), remark=remark, version=held.version, by=None
    )


def verified(place, *entries):
    return verify(sent(place, *entries))


def staff(place, since=LONG_AGO, by=None, **counts):
    said = {w: n if isinstance(n, Count) else Count(n) for w, n in counts.items()}
    return record_staff(facility=place, counts=said, since=since, by=by)
