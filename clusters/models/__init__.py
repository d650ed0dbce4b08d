"""The people cared for, the visits they made, and what follows from these."""

from clusters.models.derived import GrowthMonth, Milestone, TouchedPerson
from clusters.models.people import HomeChange, Person
from clusters.models.uploads import Upload, UploadIssue
from clusters.models.visits import (
    CANCEL_REASONS,
    VISITS,
    Adult,
    Antenatal,
    Growth,
    Immunisation,
    LockedMonth,
    Visit,
    VisitQuerySet,
)

__all__ = [
    "CANCEL_REASONS",
    "VISITS",
    "Adult",
    "Antenatal",
    "Growth",
    "GrowthMonth",
    "HomeChange",
    "Immunisation",
    "LockedMonth",
    "Milestone",
    "Person",
    "TouchedPerson",
    "Upload",
    "UploadIssue",
    "Visit",
    "VisitQuerySet",
]
