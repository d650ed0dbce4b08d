"""The registries that people keep by hand, out to a workbook and back through the actions."""

from facilities.excel.places import PlaceResource
from facilities.excel.registry import Line, Outcome, bring_in
from facilities.excel.users import UserResource

__all__ = ["Line", "Outcome", "PlaceResource", "UserResource", "bring_in"]
