"""Help: what each page is for and how it is used, each declared once."""

from __future__ import annotations

from ilp.guide import numbers, office, reports, work
from ilp.guide.language import Topic

TOPICS: dict[str, Topic] = {
    topic.slug: topic for part in (work, numbers, reports, office) for topic in part.TOPICS
}
BY_PAGE: dict[str, Topic] = {name: topic for topic in TOPICS.values() for name in topic.pages}
