"""The people cared for, the visits they made, and what follows from these."""

from clusters.models.derived import GrowthMonth, Milestone, TouchedPerson
from clusters.models.people import HomeChange, Person
from clusters.models.uploads import Upload, UploadIssue
from clusters.models.visits import (
    VISITS,
    Adult,
    Antenatal,
    Growth,
    HivTest,
    HomeVisit,
    Immunisation,
    LockedMonth,
    Outpatient,
    TbCase,
    TbScreening,
    Visit,
    VisitQuerySet,
    Vital,
)

__all__ = [
    "VISITS",
    "Adult",
    "Antenatal",
    "Growth",
    "GrowthMonth",
    "HivTest",
    "HomeChange",
    "HomeVisit",
    "Immunisation",
    "LockedMonth",
    "Milestone",
    "Outpatient",
    "Person",
    "TbCase",
    "TbScreening",
    "TouchedPerson",
    "Upload",
    "UploadIssue",
    "Visit",
    "VisitQuerySet",
    "Vital",
]
