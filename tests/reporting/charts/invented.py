"""Names and numbers for pictures to look at: uneven, and the same in every run."""

from ilp.core.months import Month

NAMES = (
    *("Kopang", "Sengkol", "Batu Jangkih", "Mujur", "Penujak", "Puyung", "Aik Darek", "Kuta"),
    "Penuba Daik Lingga Timur",
)
FIRST = Month(2023, 1)


def name(n):
    """As long and as different as names are; each once."""
    plain = NAMES[n % len(NAMES)]
    return plain if n < len(NAMES) else f"{plain} {n // len(NAMES) + 1}"


def wave(n, size=7):
    """Numbers that go up and down without chance, the same in every run."""
    return (n * 37 + n * n * 11) % size
