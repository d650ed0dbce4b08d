"""Forms that a Dinas makes itself, for tests."""

from io import BytesIO

import openpyxl

from reporting.actions.form_versions import define_form, end_form
from reporting.excel.definitions import write_definition
from reporting.selectors import form_book


def define(**asked):
    """What the transaction's end does, which does not come in a test."""
    made = define_form(**asked)
    form_book.refresh()
    return made


def end(**asked):
    end_form(**asked)
    form_book.refresh()


def sent_back(said) -> bytes:
    buffer = BytesIO()
    write_definition(buffer, said)
    return buffer.getvalue()


def changed(said, *, sheet: str, cell: str, value) -> bytes:
    """The workbook after somebody typed into one cell."""
    book = openpyxl.load_workbook(BytesIO(sent_back(said)))
    book[sheet][cell] = value
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
