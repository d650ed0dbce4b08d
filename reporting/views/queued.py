"""The order in which a user was shown what waits, kept in the session while it is worked through.

Whoever is flagged most stands first, and to know that all of them are read: once, when the list is
opened, not for every report of it.
"""

from __future__ import annotations

from ilp.core.http import Request
from reporting.models import Report
from reporting.selectors.verifying import Candidate, Neighbours, neighbours, queue

ORDER = "verify-order"


def whole_queue(request: Request) -> list[Candidate]:
    """All that waits with what is doubtful in it; its order is the one to go by from now on."""
    found = queue(user=request.user)
    request.session[ORDER] = [one.report.pk for one in found]
    return found


def order_of(request: Request) -> list[int]:
    """Ids of reports as the list showed them."""
    if ORDER not in request.session:
        whole_queue(request)
    return request.session[ORDER]


def near(request: Request, report: Report) -> Neighbours | None:
    """What stands beside the report in the list."""
    return neighbours(user=request.user, report=report, order=order_of(request))
