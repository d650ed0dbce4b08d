"""Growth of children under five: z-scores, classes, least monthly gain. Pure data, no tables."""

from clusters.growth.ages import age_days, completed_months
from clusters.growth.classes import classify, label, scale
from clusters.growth.kbm import (
    above_orange_line,
    below_red_line,
    gained,
    minimum_gain,
    weighing,
)
from clusters.growth.zscores import INDICES, Growth, is_plausible, zscores

__all__ = [
    "INDICES",
    "Growth",
    "above_orange_line",
    "age_days",
    "below_red_line",
    "classify",
    "completed_months",
    "gained",
    "is_plausible",
    "label",
    "minimum_gain",
    "scale",
    "weighing",
    "zscores",
]
