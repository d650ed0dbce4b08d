"""Recording in the browser: its addresses, and what a page of it says, for tests."""

import re
from datetime import date
from html import unescape

from django.urls import reverse

from clusters.models import Person, TouchedPerson
from facilities.models import ChangedCell
from tests.clusters.workbooks import GROWTH

DAY = date(2025, 6, 4)
CHILD = {
    "nik": "9901011003240002", "name": "Anak Contoh", "born_on": "10/03/2024", "sex": "L",
}  # fmt: skip


def address(tree, name, *args, at="melati", on=DAY, **more):
    query = {"w": tree[at].code, "t": on.isoformat()} | more
    return reverse(f"clusters:{name}", args=args, query=query)


def weighed_in_may(tree, take):
    """Somebody who was weighed in May at Posyandu Melati."""
    take(GROWTH | {"Kode faskes": tree["melati"].code})
    TouchedPerson.objects.all().delete()
    ChangedCell.objects.all().delete()
    return Person.objects.get()


def shown(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def errors(answer):
    """(box, sentence) of what keeps a form from being saved, as its summary says it."""
    found = shown(answer).partition('id="galat"')[2].partition("</ul>")[0]
    lines = re.findall(r'<li>(?:<a href="#id_(\w+)">(?:[^:<.;]*: )?)?([^<]*)', found)
    return [(name.removesuffix("_0"), unescape(text)) for name, text in lines]


def keys(answer):
    """What the page asks to be confirmed, as its hidden boxes say it."""
    return re.findall(r'name="tahu" value="(\w+)"', shown(answer))
