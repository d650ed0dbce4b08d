"""Where care is given, who works there, and how far each place is with ILP."""

from facilities.models.ilp import IlpStatus, IlpTarget
from facilities.models.letterheads import Letterhead, Signatory
from facilities.models.maps import Boundary, BoundaryMap, MapTile
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

__all__ = [
    "Ancestry",
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
    "IlpStatus",
    "IlpTarget",
    "Letterhead",
    "MapTile",
    "Placement",
    "Signatory",
    "parent_kinds",
]
