"""Whether the installation is well, and the switch of the language."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.i18n import set_language
from redis.exceptions import RedisError

from clusters.selectors.pending import pending

# Keeps the language in a cookie and leads back to the page, which the browser names: a kept page
# is the same for all who see it under other addresses. Nowhere but to pages of ours.
language = login_not_required(require_POST(set_language))


@login_not_required
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Database, Redis, and the age in seconds of the oldest change not yet counted.

    Answers 503 when the database or Redis does not. Tells nothing else: anyone may ask.
    """
    health: dict[str, object] = {"database": _database(), "redis": _redis()}
    well = all(health.values())
    if health["database"]:
        oldest = pending().oldest
        age = (timezone.now() - oldest).total_seconds() if oldest else 0
        health["oldest_change_seconds"] = round(max(age, 0), 1)
    return JsonResponse(health, status=200 if well else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _redis() -> bool:
    try:
        cache.set("healthz", "well", 5)
        return bool(cache.get("healthz") == "well")
    except (OSError, RedisError):
        return False
