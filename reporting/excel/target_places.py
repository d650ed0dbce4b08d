"""Which place a row of sasaran is about, by its code or by what lists call it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from facilities.models import Facility
from facilities.registry import normalised
from ilp.core.cells import fold
from reporting.selectors.target_places import ListedPlace

ALIKE = 0.75
Kind = Facility.Kind
# Words before a name that say of which kind the place is.
KINDS = {
    "puskesmas": Kind.PUSKESMAS, "pkm": Kind.PUSKESMAS, "uptd": Kind.PUSKESMAS,
    "upt": Kind.PUSKESMAS, "blud": Kind.PUSKESMAS, "desa": Kind.DESA, "kelurahan": Kind.DESA,
    "kel": Kind.DESA,
}  # fmt: skip
DISTRICTS = ("kabupaten", "kab", "kota", "dinas kesehatan", "dinkes")
NO_NAME: Text = _("Tempatnya tidak tertulis. Tulis kode atau nama desa di baris ini.")
NO_CODE: Text = _("Kode tempat “%(text)s” tidak ada di kabupaten ini.")
NOT_HERE: Text = _(
    "Tempat “%(text)s” tidak ada di kabupaten ini. Perbaiki namanya, atau tulis kodenya."
)
MEANT: Text = _(
    "Tempat “%(text)s” tidak ada di kabupaten ini. Maksudnya %(alike)s? Perbaiki namanya, atau "
    "tulis kodenya."
)
SEVERAL: Text = _("Beberapa tempat bernama “%(text)s”. Tulis kodenya, atau isi kolom Puskesmas.")
ELSEWHERE: Text = _(
    "Desa “%(text)s” bukan wilayah %(puskesmas)s. Periksa keduanya, atau tulis kode desanya."
)
LONGEST = 40  # letters of a name that a sentence repeats


@dataclass(frozen=True)
class Unknown:
    """Why a row's place is not known; `alike` is the code of the likeliest one."""

    message: str
    name: str = ""
    alike: str = ""


class PlaceNames:
    """The places of a district that may have sasaran, each name looked up once."""

    def __init__(self, places: Iterable[ListedPlace]) -> None:
        self.by_code = {one.code: one for one in places}
        self.by_name: dict[str, list[ListedPlace]] = defaultdict(list)
        for one in self.by_code.values():
            for name in {normalised(one.name), *one.aliases}:
                self.by_name[name].append(one)

    def with_code(self, text: str) -> ListedPlace | Unknown:
        """The place of a code."""
        found = self.by_code.get(text)
        return found or Unknown(str(NO_CODE) % {"text": text[:LONGEST]})

    def named(
        self, text: str, kind: str = "", inside: ListedPlace | None = None
    ) -> ListedPlace | Unknown:
        """The place of a name or code; of several villages the one `inside` a Puskesmas.

        A word before the name says of which kind it is, unless `kind` does.
        """
        if exact := self.by_code.get(text):
            return exact
        kind = kind or KINDS.get(fold(text).split(" ")[0], "")
        named = self.by_name.get(normalised(text), [])
        found = [one for one in named if kind in ("", one.kind)]
        within = [one for one in found if inside and inside.code in one.above]
        if len(within) == 1:
            return within[0]
        if len(found) != 1:
            return self._unknown(text, kind, several=bool(found))
        if inside and found[0].kind == Kind.DESA:
            told = {"text": text[:LONGEST], "puskesmas": str(inside)}
            return Unknown(str(ELSEWHERE) % told)
        return found[0]

    def _unknown(self, text: str, kind: str, *, several: bool) -> Unknown:
        if several:
            return Unknown(str(SEVERAL) % {"text": text[:LONGEST]})
        names = {
            name: one
            for name, places in self.by_name.items()
            for one in places
            if kind in ("", one.kind)
        }
        close = get_close_matches(normalised(text), names, n=1, cutoff=ALIKE)
        if not close:
            return Unknown(str(NOT_HERE) % {"text": text[:LONGEST]}, text)
        alike = names[close[0]]
        told = {"text": text[:LONGEST], "alike": str(alike)}
        return Unknown(str(MEANT) % told, text, alike.code)

    def is_district(self, text: str) -> bool:
        """Whether a text names the district as a whole, as rows of totals do."""
        if fold(text).startswith(DISTRICTS):
            return True
        named = self.by_name.get(normalised(text), [])
        return bool(named) and all(one.kind == Kind.DISTRICT for one in named)
