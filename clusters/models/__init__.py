"""The people cared for, the visits they made, and what follows from these."""

from clusters.models.derived import GrowthMonth, Milestone, TouchedPerson
from clusters.models.people import HomeChange, Person
from clusters.models.uploads import Upload, UploadIssue
from clusters.models.visits import (
    VISITS,
    Adult,
    Antenatal,
    Chronic,
    Development,
    Elderly,
    Growth,
    Immunisation,
    LockedMonth,
    Mental,
    School,
    Visit,
    VisitQuerySet,
)

__all__ = [
    "VISITS",
    "Adult",
    "Antenatal",
    "Chronic",
    "Development",
    "Elderly",
    "Growth",
    "GrowthMonth",
    "HomeChange",
    "Immunisation",
    "LockedMonth",
    "Mental",
    "Milestone",
    "Person",
    "School",
    "TouchedPerson",
    "Upload",
    "UploadIssue",
    "Visit",
    "VisitQuerySet",
]
