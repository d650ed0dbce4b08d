"""Words that stand for a value: yes and no, sex, and choices with their other names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from ilp.core.cells.base import Cell, CellError, Reader, clean_text, fold, is_blank, remembering

YES = frozenset(
    ["ya", "y", "yes", "iya", "ada", "sudah", "sdh", "benar", "true", "1", "v", "√", "✓", "✔", "☑"]
)
NO = frozenset(
    ["tidak", "tdk", "tak", "no", "n", "t", "belum", "blm", "tidak ada", "tdk ada", "salah"]
    + ["false", "0", "-", "–", "—", "nihil"]
)
MALE = frozenset(
    ["l", "lk", "laki", "laki laki", "lakilaki", "laki2", "lelaki", "pria", "m", "male"]
)
FEMALE = frozenset(["p", "pr", "prp", "perempuan", "wanita", "f", "female", "w"])
UNKNOWN = frozenset({"-", "–", "—"})


def read_yes_no(cell: Cell) -> bool | None:
    """A tick or a word for yes or no; an empty cell is unknown, not no."""
    text = clean_text(cell)
    if is_blank(text):
        return None
    word = fold(text)
    if word in YES:
        return True
    if word in NO:
        return False
    raise CellError("not-yes-no", _("Isian ini bukan ya atau tidak. Tulis “ya” atau “tidak”."))


def read_sex(cell: Cell) -> str | None:
    """ "L" or "P". 1 and 2 are refused: some forms use them the other way round."""
    text = clean_text(cell)
    if is_blank(text) or text in UNKNOWN:
        return None
    word = fold(text)
    if word in MALE:
        return "L"
    if word in FEMALE:
        return "P"
    if word in {"1", "2"}:
        raise CellError(
            "sex-number",
            _("Jenis kelamin ditulis 1 atau 2, artinya tidak pasti. Ganti dengan L atau P."),
        )
    raise CellError("not-sex", _("Jenis kelamin tidak dikenali. Tulis L atau P."))


def choice_reader(choices: Mapping[str, Iterable[object]]) -> Reader:
    """A reader of one of several codes.

    `choices` gives for each code the words that mean it (label first). The code itself is always
    understood. Raises ValueError when a word would mean two codes.
    """
    words: dict[str, str] = {}
    for code, names in choices.items():
        for name in (code, *names):
            if words.setdefault(fold(str(name)), code) != code:
                raise ValueError(f"“{name}” means both {words[fold(str(name))]} and {code}")
    labels = [str(next(iter(names), code)) for code, names in choices.items()]

    def read(cell: Cell) -> str | None:
        word = fold(cell)
        if word in words:
            return words[word]
        if is_blank(word) or is_blank(clean_text(cell)) or word in UNKNOWN:
            return None
        raise CellError(
            "not-a-choice",
            _("Isian ini tidak ada dalam pilihan. Tulis salah satu: %(choices)s.")
            % {"choices": "; ".join(labels)},
        )

    return remembering(read)


def read_choice(cell: Cell, choices: Mapping[str, Iterable[object]]) -> str | None:
    """One cell by `choice_reader`; for a column make the reader once."""
    return choice_reader(choices)(cell)


def yes_no_reader() -> Reader:
    """A column's `read_yes_no`, with a memory."""
    return remembering(read_yes_no)


def sex_reader() -> Reader:
    """A column's `read_sex`, with a memory."""
    return remembering(read_sex)
