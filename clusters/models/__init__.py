"""The people cared for, the visits they made, and what follows from these.

The tables of visits are made from the declared services: VISITS has them by their code, and they
may be imported by their name, as in `from clusters.models import TbCase`.
"""

from typing import TYPE_CHECKING

from clusters.models.derived import GrowthMonth, Milestone, TouchedPerson
from clusters.models.merging import Merge, MergedVisit, ToldApart
from clusters.models.people import HomeChange, Person
from clusters.models.set_aside import GIVING_BACK, SetAside, not_said
from clusters.models.uploads import PartialUpload, RememberedLayout, Upload, UploadIssue
from clusters.models.visits import (
    BY_NAME,
    CANCEL_REASONS,
    CANCELLED_BECAUSE,
    VISITS,
    LockedMonth,
    Visit,
    VisitQuerySet,
)

if not TYPE_CHECKING:  # our own code goes by VISITS, so that mypy still tells a name that is wrong

    def __getattr__(name: str) -> type[Visit]:
        """The table of a service, by the name of its class."""
        try:
            return BY_NAME[name]
        except KeyError:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None


__all__ = [
    "CANCELLED_BECAUSE",
    "CANCEL_REASONS",
    "GIVING_BACK",
    "VISITS",
    "GrowthMonth",
    "HomeChange",
    "LockedMonth",
    "Merge",
    "MergedVisit",
    "Milestone",
    "PartialUpload",
    "Person",
    "RememberedLayout",
    "SetAside",
    "ToldApart",
    "TouchedPerson",
    "Upload",
    "UploadIssue",
    "Visit",
    "VisitQuerySet",
    "not_said",
]
