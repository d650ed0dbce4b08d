"""What was put into Indonesian words once, told in the language of whoever reads it now (ADR 39).

A page tells it again by the catalogue: the text that a sentence was made of is known by its own
words, and what stands in its blanks is taken over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from math import prod
from pathlib import Path

from babel.messages.mofile import read_mo
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, override, pgettext

from ilp.core.formats import names

BLANK = re.compile(r"(?<!%)%(?:\((\w+)\))?[sd]")
END = re.compile(r"(?<=\.) ")
# Blanks with words of ours, told again too. Others hold what stands in the file, or what is to be
# written there: titles, names, choices.
WORDED = frozenset(["at", "cell", "kind", "label", "month", "ours", "rows", "service", "unit"])
DAYS = frozenset(["at", "month"])  # hold the name of a month
NUMBERS = frozenset(["high", "low", "value"])  # may stand before a unit of two words
LEAST = 8  # letters of its own, by which a text is known for certain
LEAST_INSIDE = 4  # of what stands in a blank for words of ours
MOST = 1_000  # characters; what is longer was made so that looking at it takes long
MOST_STEPS = 1_000_000  # to try where each blank could end; a sentence of ours takes some thousand
MOST_ENDS = 5  # of sentences in a text of two
KEPT = 300  # characters, for which the row of an upload or of an issue has room


@dataclass(frozen=True)
class Made:
    """A text of the catalogue with blanks, and what it is in another language."""

    between: tuple[str, ...]  # its own words: before, between and after the blanks
    blanks: tuple[str, ...]
    said: str
    is_named: bool

    @cached_property
    def weight(self) -> int:
        return _letters(self.between)

    @cached_property
    def longest(self) -> str:
        """Words without which nothing was made of this text: quicker than its pattern."""
        return max((words.strip() for words in self.between), key=len)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self._up_to_the_last + re.escape(self.between[-1]), re.DOTALL)

    @cached_property
    def beginning(self) -> re.Pattern[str]:
        """Of a sentence that was cut off in its last blank or behind it."""
        return re.compile(self._up_to_the_last, re.DOTALL)

    def is_quick_in(self, text: str) -> bool:
        """Whether the blanks can end at so few places of the text that trying them takes no time: a
        cell of a file may hold the words between them a hundred times."""
        ways = (text.count(words) if words else len(text) for words in self.between[1:-1])
        return prod(max(1, count) for count in ways) * len(text) <= MOST_STEPS

    @property
    def _up_to_the_last(self) -> str:
        found = ""
        for words, name in zip(self.between, self.blanks, strict=False):
            found += re.escape(words)
            if f"(?P<{name}>" in found:
                found += f"(?P={name})"
            elif name == "unit":  # what has none is told without the space before it
                found = found.removesuffix(re.escape(" ")) + r" ?(?P<unit>.*)"
            else:
                found += rf"(?P<{name}>\S+)" if name in NUMBERS else f"(?P<{name}>.+)"
        return found

    @property
    def is_sentence(self) -> bool:
        return self.between[-1].endswith(".") and self.weight >= LEAST

    def tell(self, values: dict[str, str]) -> str:
        told = {name: _in_words(name, value) for name, value in values.items()}
        found = self.said % (told if self.is_named else tuple(told.values()))
        return found if values.get("unit", "-") else found.replace(" .", ".")


def retold(text: str) -> str:
    """For pages: told again or, where its words are not known (any more), marked as Indonesian."""
    if not text or get_language() in (None, settings.LANGUAGE_CODE):
        return text
    found = told_again(text)
    return format_html('<span lang="id">{}</span>', text) if found is None else found


def told_again(text: str) -> str | None:
    """An Indonesian sentence of ours, or two of them, in the language of now; None for others."""
    if len(text) > MOST:
        return None
    return _sentence(text) or next(_in_two(text), None) or next(_cut_off(text), None)


def _sentence(text: str) -> str | None:
    return _known(text) or next((m for made in _made() if (m := _fitted(made, text))), None)


def _known(text: str) -> str | None:
    """A text without blanks in the language of now."""
    found = gettext(text) if text else text
    return found if found != text else None


def _fitted(made: Made, text: str) -> str | None:
    if not made.is_sentence or made.longest not in text or not made.is_quick_in(text):
        return None
    found = made.pattern.fullmatch(text)
    return made.tell(found.groupdict()) if found else None


def _in_two(text: str) -> Iterator[str]:
    for end in islice(END.finditer(text), MOST_ENDS):
        told = _sentence(text[: end.start()]), _sentence(text[end.end() :])
        if told[0] and told[1]:
            yield f"{told[0]} {told[1]}"


def _cut_off(text: str) -> Iterator[str]:
    """A sentence that was longer than there was room for, as far as it goes."""
    for made in _made() if len(text) >= KEPT else ():
        *head, tail = made.between
        if not made.is_sentence or _letters(head) < LEAST:
            continue
        fits = all(words.strip() in text for words in head) and made.is_quick_in(text)
        if fits and (found := made.beginning.fullmatch(text)):
            values, last = found.groupdict(), made.blanks[-1]
            ends = (tail[:n] for n in range(len(tail), 0, -1))
            end = next((one for one in ends if values[last].endswith(one)), "")
            values[last] = values[last].removesuffix(end) if end else f"{values[last]}…"
            yield made.tell(values).replace("….", "…")


def _in_words(name: str, value: str) -> str:
    """What stands in a blank: told again where it is in words of ours."""
    if name not in WORDED or not value:
        return value
    if name == "unit" and (unit := pgettext("satuan", value)) != value:
        return unit
    if plain := _known(value):
        return plain
    if name in DAYS:
        return _with_months(value)
    for made in _made():
        fits = made.weight >= LEAST_INSIDE and made.longest in value
        if fits and made.is_quick_in(value) and (found := made.pattern.fullmatch(value)):
            return made.tell(found.groupdict())
    return value


def _with_months(text: str) -> str:
    with override(settings.LANGUAGE_CODE):
        indonesian = names().months
    months = dict(zip(indonesian, names().months, strict=True))
    return " ".join(months.get(word, word) for word in text.split(" "))


def _letters(texts: Sequence[str]) -> int:
    return sum(character.isalpha() for text in texts for character in text)


def _made() -> tuple[Made, ...]:
    return _made_in(get_language() or settings.LANGUAGE_CODE)


@cache
def _made_in(language: str) -> tuple[Made, ...]:
    """The texts with blanks; those with most words of their own come first, as what fits them
    fits others only by chance."""
    path = Path(settings.LOCALE_PATHS[0], language, "LC_MESSAGES", "django.mo")
    if not path.exists():
        return ()
    with path.open("rb") as file:
        texts = [(m.id, str(m.string)) for m in read_mo(file) if isinstance(m.id, str)]
    found = [_of(text, said) for text, said in texts if BLANK.search(text)]
    return tuple(sorted(found, key=lambda made: -made.weight))


def _of(text: str, said: str) -> Made:
    between: list[str] = []
    blanks: list[str] = []
    start = 0
    for found in BLANK.finditer(text):
        between.append(text[start : found.start()].replace("%%", "%"))
        blanks.append(found[1] or f"at_{len(blanks)}")
        start = found.end()
    between.append(text[start:].replace("%%", "%"))
    in_texts = BLANK.sub(lambda blank: f"{blank[0][:-1]}s", said)  # what was found is text
    return Made(tuple(between), tuple(blanks), in_texts, f"%({blanks[0]})" in text)
