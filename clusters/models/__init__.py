"""The people cared for, the visits they made, and what follows from these."""

from clusters.models.derived import GrowthMonth, Milestone, TouchedPerson
from clusters.models.people import HomeChange, Person
from clusters.models.uploads import Upload, UploadIssue
from clusters.models.visits import (
    VISITS,
    Adult,
    Antenatal,
    Delivery,
    FamilyPlanning,
    Growth,
    Immunisation,
    LockedMonth,
    Newborn,
    Postnatal,
    Premarital,
    Visit,
    VisitQuerySet,
)

__all__ = [
    "VISITS",
    "Adult",
    "Antenatal",
    "Delivery",
    "FamilyPlanning",
    "Growth",
    "GrowthMonth",
    "HomeChange",
    "Immunisation",
    "LockedMonth",
    "Milestone",
    "Newborn",
    "Person",
    "Postnatal",
    "Premarital",
    "TouchedPerson",
    "Upload",
    "UploadIssue",
    "Visit",
    "VisitQuerySet",
]
