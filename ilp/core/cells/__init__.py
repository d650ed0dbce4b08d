"""What people write in a cell, and what they mean by it.

Every reader takes a raw cell (text, number, truth value, date or nothing) and gives the value,
None for an empty cell, or raises CellError. `read_x` reads one cell; `x_reader` makes a reader
for a whole column that remembers what it has seen, which is what makes big files fast.
"""

from ilp.core.cells.base import (
    Cell,
    CellError,
    Reader,
    clean_text,
    fold,
    is_broken_formula,
    shown,
    text_reader,
)
from ilp.core.cells.dates import (
    could_be_either,
    date_reader,
    is_day_first,
    look_swapped,
    looks_us,
    mix_orders,
    read_date,
)
from ilp.core.cells.nik import Nik, check_nik, mask_nik, plain_nik, read_nik
from ilp.core.cells.numbers import (
    decimal_reader,
    integer_reader,
    is_ambiguous_number,
    is_mere_note,
    read_blood_pressure,
    read_decimal,
    read_integer,
    split_note,
)
from ilp.core.cells.words import (
    choice_reader,
    read_choice,
    read_sex,
    read_yes_no,
    sex_reader,
    yes_no_reader,
)

__all__ = [
    "Cell",
    "CellError",
    "Nik",
    "Reader",
    "check_nik",
    "choice_reader",
    "clean_text",
    "could_be_either",
    "date_reader",
    "decimal_reader",
    "fold",
    "integer_reader",
    "is_ambiguous_number",
    "is_broken_formula",
    "is_mere_note",
    "look_swapped",
    "is_day_first",
    "looks_us",
    "mask_nik",
    "mix_orders",
    "plain_nik",
    "read_blood_pressure",
    "read_choice",
    "read_date",
    "read_decimal",
    "read_integer",
    "read_nik",
    "read_sex",
    "read_yes_no",
    "sex_reader",
    "shown",
    "split_note",
    "text_reader",
    "yes_no_reader",
]
