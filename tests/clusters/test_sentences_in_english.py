"""What is said of a file stands in Indonesian beside it, and in English on an English page."""

import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

import clusters.actions
import clusters.excel
from clusters.excel import columns, readers, refusals
from clusters.excel.readers import Bad
from clusters.excel.units import other_unit
from clusters.services import SERVICES, Kind
from clusters.services.language import UNITS
from ilp.core import sentences
from ilp.core.cells import CellError, read_date
from ilp.core.cells.words import choice_reader
from ilp.core.errors import DomainError
from ilp.core.sentences import BLANK, KEPT, WORDED, told_again

ROOT = Path(settings.BASE_DIR)
ODD = (
    *("12,5", "Posyandu Melati (RW 3)", "“Data 100%”", "%s dan %(label)s", "O'Neil \\d+ [a|b]"),
    *("Ya. Tidak. Bila perlu", "baris\nkedua", "<b>tebal</b>", "kosong. Isi dahulu, lalu kirim"),
)
NUMBERS = ("12,5", "1.234", "−3", "0")


def in_both(made):
    """What is kept of a sentence, and what it is when it is put into English words from the
    beginning."""
    with translation.override("id"):
        kept = str(made())[:KEPT]
    with translation.override("en"):
        return kept, str(made())


def check(made):
    kept, english = in_both(made)
    with translation.override("en"):
        assert told_again(kept) == english
    assert kept != english, "a sentence without English proves nothing"


def modules(package):
    for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(one.name)


def all_modules():
    return [*modules(clusters.excel), *modules(clusters.actions)]


def bads(value):
    if isinstance(value, Bad):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from bads(one)


CONSTANT = {
    one.sentence
    for module in all_modules()
    for value in vars(module).values()
    for one in bads(value)
}
OF_SERVICES = {
    rule.message
    for service in SERVICES.values()
    for rule in (*service.rules, *([service.apart] if service.apart else []))
}


def subclasses(of):
    for one in of.__subclasses__():
        yield one
        yield from subclasses(one)


ERRORS = [
    one
    for one in subclasses(DomainError)
    if one.__module__.startswith(("clusters.excel", "clusters.actions"))
]
FIELDS = [(code, field) for code, service in SERVICES.items() for field in service.fields]


def test_what_is_said_without_blanks_is_told_again():
    assert len(CONSTANT) > 35
    assert len(OF_SERVICES) > 60
    for sentence in CONSTANT | OF_SERVICES:
        check(lambda sentence=sentence: sentence)


def sentences_of(*folders):
    found = set()
    for folder in folders:
        texts = extract_from_dir(ROOT / folder, keywords={"_": None, "_now": None, "_lazy": None})
        found |= {text for _file, _line, text, _notes, _context in texts if isinstance(text, str)}
    return {text for text in found if text.endswith(".") and " " in text}


READ_FROM_FILES = sentences_of("clusters/excel", "clusters/actions", "ilp/core/cells")
OF_TABLES = sentences_of("reporting/excel")


def test_no_error_of_reading_is_left_out():
    with translation.override("id"):
        texts = {str(one.text) for one in ERRORS if one.text}
    assert len(texts) > 25
    assert texts <= READ_FROM_FILES


def blanks_of(text):
    return {found[1]: found[0][-1] for found in BLANK.finditer(text)}


def filled_in(text, odd):
    return {
        name: "7,5" if name in sentences.NUMBERS else "kg" if name == "unit" else odd
        for name in blanks_of(text)
    }


@pytest.mark.parametrize("odd", [*ODD, *NUMBERS])
def test_every_sentence_of_reading_is_told_again_whatever_stands_in_its_blanks(odd):
    """Also those that are put together in functions: they are read out of the code itself."""
    assert len([text for text in READ_FROM_FILES if blanks_of(text)]) > 25
    assert len([text for text in OF_TABLES if blanks_of(text)]) > 25
    for text in READ_FROM_FILES | OF_TABLES:
        values = filled_in(text, odd)
        check(lambda text=text, values=values: gettext(text) % values if values else gettext(text))


@pytest.mark.parametrize("text", sorted(t for t in READ_FROM_FILES | OF_TABLES if blanks_of(t)))
def test_a_blank_with_a_text_of_ours_is_told_again_too(text):
    month = "Mei" if "%(year)s" in text else "Mei 2025"
    words = {"unit": "minggu", "month": month, "at": "12 Mei 2025"}

    def made():
        values = filled_in(text, "Entah")
        for name in WORDED & values.keys():
            word = words.get(name, "Berat badan")
            if name == "unit":
                word = str(UNITS[word])
            values[name] = " ".join(map(gettext, word.split())) if name in words else gettext(word)
        return gettext(text) % values

    check(made)


def test_every_refusal_with_blanks_is_told_again():
    samples = {"label": columns.NIK.label, "row": 7, "month": None, "kind": columns.DESA.label}
    tried = 0
    for name, function in inspect.getmembers(refusals, inspect.isfunction):
        if function.__module__ != refusals.__name__ or name == "worth_telling":
            continue
        for choice in ({"alike": "", "all_rows": False}, {"alike": "Melati", "all_rows": True}):
            said = samples | choice

            def made(function=function, said=said):
                said = said | {"month": f"{gettext('Mei')} 2025"}
                wanted = inspect.signature(function).parameters
                return function(**{one: said[one] for one in wanted}).sentence

            check(made)
            tried += 1
    assert tried >= 10


@pytest.mark.parametrize("code", SERVICES)
def test_what_is_said_of_a_cell_is_told_again_for_every_field(code):
    service = SERVICES[code]
    for field in service.fields:
        check(lambda field=field: refusals.blank(field.label).sentence)
        if field.kind in (Kind.INTEGER, Kind.DECIMAL):
            for text in (readers.OUTSIDE, readers.UNUSUAL):
                for limits in ((0, 7), (1.5, 40)):
                    check(lambda f=field, t=text, at=limits: readers._range_text(f, 999, t, at))
            check(lambda field=field: other_unit(field, "minggu").sentence)
    assert all(label for label in columns.labels(code).values())


@pytest.mark.parametrize("code", SERVICES)
def test_what_is_said_of_a_missing_column_is_told_again(code):
    for label in columns.labels(code).values():
        with translation.override("id"):
            kept = str(refusals.blank(label).sentence)
        with translation.override("en"):
            assert told_again(kept).endswith(" is blank. Fill it in, then send again.")


def failing(read, *cells):
    for cell in cells:
        with pytest.raises(CellError) as error:
            read(cell)
        yield error.value.sentence


@pytest.mark.parametrize(
    "cell", ["31/02/2025", "31/13/2025", "6 Entah 2025", "06/05/2150", "kemarin", "12,x"]
)
def test_what_is_wrong_with_a_date_is_told_again(cell):
    check(lambda: next(failing(read_date, cell)))


def test_the_months_of_a_sentence_are_english():
    with translation.override("en"):
        assert "31 February 2025" in next(failing(read_date, "31/02/2025")), "in a form"
        assert "31 August 2025" in told_again(
            "Tanggal 31 Agustus 2025 tidak ada. Periksa kembali tanggalnya."
        )


@pytest.mark.parametrize(
    ("code", "field"), [(c, f) for c, f in FIELDS if f.kind is Kind.CHOICE], ids=str
)
def test_choices_are_told_as_they_are_to_be_written_also_where_they_were_cut_off(code, field):
    """A file is read by its Indonesian words, so these are named."""
    read = choice_reader(readers._said(field))
    with translation.override("id"):
        (kept,) = failing(read, "entah apa")
    choices = kept.split(": ", 1)[1].removesuffix(".")
    with translation.override("en"):
        said = told_again(kept[:KEPT])
        assert said.startswith("This entry is not one of the choices. Write one of: ")
        told = said.split(": ", 1)[1].removesuffix(".").removesuffix("…")
    assert told == choices if len(kept) <= KEPT else choices.startswith(told)
