"""How large the fictitious district may be."""

from __future__ import annotations

from dataclasses import dataclass

MONTHS = 13  # of visits, the last one being the last full month


@dataclass(frozen=True)
class Size:
    """`births` a year and `adults` are those of one Posyandu; a workbook covers `months_a_file`.

    Monthly reports of all forms go back to January where `whole_year`; else some months.
    """

    code: str
    puskesmas: int
    pustu: int
    posyandu: int
    villages: int  # of each Puskesmas
    births: float
    adults: int
    months_a_file: int
    whole_year: bool = True

    @property
    def desa(self) -> int:
        return self.puskesmas * self.villages


SIZES: dict[str, Size] = {
    size.code: size
    for size in (
        Size("mini", 2, 2, 4, villages=1, births=2.0, adults=20, months_a_file=7, whole_year=False),
        Size("small", 6, 12, 90, villages=5, births=4.0, adults=120, months_a_file=3),
        Size("pandeglang", 36, 66, 1900, villages=9, births=2.4, adults=60, months_a_file=3),
    )
}
