"""The people cared for, the visits they made, and what follows from these."""

from clusters.models.derived import GrowthMonth, Milestone, TouchedPerson
from clusters.models.merging import Merge, MergedVisit, ToldApart
from clusters.models.people import HomeChange, Person
from clusters.models.uploads import Upload, UploadIssue
from clusters.models.visits import (
    VISITS,
    Adult,
    Antenatal,
    Delivery,
    FamilyPlanning,
    Growth,
    HivTest,
    HomeVisit,
    Immunisation,
    LockedMonth,
    Newborn,
    Outpatient,
    Postnatal,
    Premarital,
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
    "Delivery",
    "FamilyPlanning",
    "Growth",
    "GrowthMonth",
    "HivTest",
    "HomeChange",
    "HomeVisit",
    "Immunisation",
    "LockedMonth",
    "Merge",
    "MergedVisit",
    "Milestone",
    "Newborn",
    "Outpatient",
    "Person",
    "Postnatal",
    "Premarital",
    "TbCase",
    "TbScreening",
    "ToldApart",
    "TouchedPerson",
    "Upload",
    "UploadIssue",
    "Visit",
    "VisitQuerySet",
    "Vital",
]
