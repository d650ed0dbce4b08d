"""The people cared for, the visits they made, and what follows from these.

Every service has a model of its own, made from its declaration: SERVICES["growth"] is `Growth`.
"""

from clusters.models.derived import GrowthMonth, Milestone, TouchedPerson
from clusters.models.merging import Merge, MergedVisit, ToldApart
from clusters.models.people import HomeChange, Person
from clusters.models.uploads import Upload, UploadIssue
from clusters.models.visits import (
    BY_NAME,
    CANCEL_REASONS,
    VISITS,
    LockedMonth,
    Visit,
    VisitQuerySet,
)

__all__ = [
    "CANCEL_REASONS",
    "VISITS",
    "GrowthMonth",
    "HomeChange",
    "LockedMonth",
    "Merge",
    "MergedVisit",
    "Milestone",
    "Person",
    "ToldApart",
    "TouchedPerson",
    "Upload",
    "UploadIssue",
    "Visit",
    "VisitQuerySet",
]


def __getattr__(name: str) -> type[Visit]:
    try:
        return BY_NAME[name]
    except KeyError:
        raise AttributeError(name) from None
