"""Compare a running database: `python -m tests.oracle`; exits 1 when a number differs."""

from __future__ import annotations

import os
import sys


def main() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ilp.settings")
    django.setup()
    from facilities.models import Facility
    from tests.oracle.compare import whole_database

    district = Facility.objects.filter(kind=Facility.Kind.DISTRICT).order_by("code").first()
    seen = whole_database(printed="--printed" in sys.argv, district=district.code)
    for line in sorted(seen.differences)[:200]:
        print(line)
    print(f"compared {seen.cells}, not zero {seen.filled}, different {len(seen.differences)}")
    return 1 if seen.differences else 0


if __name__ == "__main__":
    sys.exit(main())
