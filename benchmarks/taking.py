"""A process that takes workbooks in: `python -m benchmarks.taking WAY PUSKESMAS FILE …`.

It says "ready", begins at a line of its input, and says how many seconds it took. So several can
begin at once, and what one needs of memory is its own.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter


def main(way: str, puskesmas: str, *files: str) -> None:
    import django
    from django.conf import settings

    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "benchmarks"]
    django.setup()
    from benchmarks.bench_ingest import read_and_copy
    from clusters.excel.imports import run_import
    from facilities.models import Facility

    place = Facility.objects.get(code=puskesmas)
    print("ready", flush=True)
    sys.stdin.readline()
    began = perf_counter()
    for file in files:
        if way == "copy":
            read_and_copy(Path(file).read_bytes())
        else:
            run_import(
                path=file, file_name="visits.xlsx", service=None, facility=place, by=None, keep=True
            )
    print(perf_counter() - began, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
