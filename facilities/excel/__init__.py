"""The registries that people keep by hand, out to a workbook and back through the actions."""

from facilities.excel.places import PlaceResource
from facilities.excel.registry import Line, Outcome, bring_in
from facilities.excel.staff import StaffResource
from facilities.excel.stock import StockResource
from facilities.excel.users import UserResource

__all__ = [
    "Line",
    "Outcome",
    "PlaceResource",
    "StaffResource",
    "StockResource",
    "UserResource",
    "bring_in",
]
