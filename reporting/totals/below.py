"""What each place below another recorded itself, for who asks where a number comes from."""

from __future__ import annotations

from django.db import connection

from ilp.core.months import Month
from reporting.catalogue import ELEMENTS
from reporting.totals.reading import slots_of


def own_below(place: int, month: Month, code: str) -> dict[int, int]:
    """Place -> its own number of the element, of the place and all below it that have one.

    They add up to what `visits_below` says of all parts. One query.
    """
    slots = [slot for _code, _programme, slot in slots_of([code])]
    own = " + ".join(f"coalesce(kept.own[{int(slot)}], 0)" for slot in slots)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kept.place_id, {own} FROM reporting_total AS kept "  # noqa: S608 catalogue
            "JOIN facilities_ancestry AS link ON link.descendant_id = kept.place_id "
            "WHERE kept.programme = %s AND kept.month = %s AND link.ancestor_id = %s "
            f"AND link.valid @> %s::date AND kept.own IS NOT NULL AND {own} > 0",
            [ELEMENTS[code].programme, month.first_day, place, month.last_day],
        )
        return dict(cursor.fetchall())
