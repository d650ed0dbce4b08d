"""As in Indonesian: 05/12/2025 is the fifth of December, and 12,5 twelve and a half."""

from django.conf.locale.id.formats import *  # type: ignore[import-untyped]  # noqa: F403
