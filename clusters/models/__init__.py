"""The people cared for, the visits they made, and what follows from these."""

from clusters.models.derived import GrowthMonth, Milestone, TouchedPerson
from clusters.models.merging import Merge, MergedVisit, ToldApart
from clusters.models.people import HomeChange, Person
from clusters.models.uploads import Upload, UploadIssue
from clusters.models.visits import (
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
    "VISITS",
    "Adult",
    "Antenatal",
    "Growth",
    "GrowthMonth",
    "HomeChange",
    "Immunisation",
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
