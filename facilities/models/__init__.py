"""Where care is given, who works there, and how far each place is with ILP."""

from facilities.models.efforts import Innovation, Partner
from facilities.models.ilp import IlpStatus, IlpTarget
from facilities.models.letterheads import Letterhead, Signatory
from facilities.models.maps import Boundary, BoundaryMap, MapTile
from facilities.models.needs import ASSESSED, Assessment, AssessmentRow, Group, StandardItem
from facilities.models.parents import parent_kinds
from facilities.models.places import (
    Ancestry,
    Assignment,
    Axis,
    ChangedCell,
    DataVersion,
    Facility,
    FacilityAlias,
    FacilityIdentifier,
    FacilityQuerySet,
    Placement,
)
from facilities.models.readiness import Obstacle, Readiness
from facilities.models.staff import StaffCount, Worker

__all__ = [
    "ASSESSED",
    "Ancestry",
    "Assessment",
    "AssessmentRow",
    "Assignment",
    "Axis",
    "Boundary",
    "BoundaryMap",
    "ChangedCell",
    "DataVersion",
    "Facility",
    "FacilityAlias",
    "FacilityIdentifier",
    "FacilityQuerySet",
    "Group",
    "IlpStatus",
    "IlpTarget",
    "Innovation",
    "Letterhead",
    "Partner",
    "MapTile",
    "Obstacle",
    "Placement",
    "Readiness",
    "Signatory",
    "StaffCount",
    "StandardItem",
    "Worker",
    "parent_kinds",
]
