"""Of a long list of places the first and the last: nobody reads 1,900 bars one under the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.utils.translation import gettext as _
from markupsafe import Markup

from ilp.core import formats
from ilp.core.counting import counted
from reporting.charts import svg

_One = TypeVar("_One")
MOST = 120  # places of which all are drawn; no district has as many Puskesmas
EACH = 30  # of a longer list at either end
LETTERS = 18  # pixels from one line of words to the next


@dataclass(frozen=True)
class Ends(Generic[_One]):
    """What is drawn of a list: `first`, then `between` that are not, then `last`.

    `silent` are those without a number, of which none is drawn where not all are.
    """

    first: tuple[_One, ...]
    last: tuple[_One, ...] = ()
    between: int = 0
    silent: int = 0

    @property
    def shown(self) -> tuple[_One, ...]:
        return (*self.first, *self.last)

    @property
    def lines(self) -> int:
        """How many rows the drawing takes, that of the sentences included."""
        return len(self.shown) + bool(self.left_out)

    @property
    def left_out(self) -> int:
        return self.between + self.silent

    @property
    def drawn(self) -> str:
        """How many of how many are drawn, to stand below; empty where all are."""
        if not self.left_out:
            return ""
        text = _("%(shown)s dari %(all)s tempat digambar: yang di kedua ujung.")
        if not self.between:
            text = _("%(shown)s dari %(all)s tempat digambar: yang ada angkanya.")
        return text % {
            "shown": formats.whole(len(self.shown)),
            "all": formats.whole(len(self.shown) + self.left_out),
        }

    @property
    def sentences(self) -> tuple[str, ...]:
        """How many are left out, to stand between the two ends; none where none is."""
        if not self.left_out:
            return ()
        said = counted("⋯ %(count)s tempat lain tidak digambar", self.left_out)
        if not self.silent:
            return (said,)
        mute = _("(%(count)s di antaranya tanpa angka)") % {"count": formats.whole(self.silent)}
        return (said, mute)

    def at(self, number: int) -> int:
        """The line on which the place of that number (from 0) among the shown ones stands."""
        return number + (bool(self.left_out) and number >= len(self.first))

    def gap(self, top: float) -> Markup:
        """The sentences on their line, whose upper end is `top`; a phone is as narrow as they."""
        return Markup().join(
            svg.text(said, 0, top + LETTERS * at, class_="t-muted")
            for at, said in enumerate(self.sentences, start=1)
        )


def ends(listed: Sequence[_One], is_rated: Callable[[_One], bool]) -> Ends[_One]:
    """`listed` in its order; whole where it is no longer than MOST."""
    if len(listed) <= MOST:
        return Ends(tuple(listed))
    rated = [one for one in listed if is_rated(one)]
    silent = len(listed) - len(rated)
    if len(rated) <= 2 * EACH:
        return Ends(tuple(rated), silent=silent)
    return Ends(tuple(rated[:EACH]), tuple(rated[-EACH:]), len(rated) - 2 * EACH, silent)
