"""What the page written with Django's templates needs besides Django's own tags and filters."""

from __future__ import annotations

from django import template

from reporting.charts import small as small_chart
from reporting.charts import sparkline

register = template.Library()


@register.simple_tag
def spark(values):
    return sparkline.sparkline(values)


@register.simple_tag
def small(chart, label):
    return small_chart.draw(chart, label)


@register.filter
def of_score(doubts, score):
    """The sentences about a cell's number; none where nothing looks wrong."""
    return [one.sentence for one in doubts.get((score.place, score.indicator.code), ())]
