"""Ends the programs of a supervisor that was killed.

Run as a file of its own. It reads `+GROUP` and `-GROUP` (process groups that began and ended) from
stdin; the kernel closes that when the supervisor goes, however it goes. A Celery worker needs this:
told to stop while its broker is gone as well, it waits for ever.
"""

import os
import signal
import sys
from contextlib import suppress


def main() -> None:
    groups: set[int] = set()
    for line in sys.stdin:
        begun, group = line[0] == "+", int(line[1:])
        (groups.add if begun else groups.discard)(group)
    for group in groups:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    main()
