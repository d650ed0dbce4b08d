"""Boundaries as a file, and the squares of a map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from facilities.actions import maps
from facilities.models import Facility
from facilities.models.maps import MOST_SQUARES
from ilp.core.geo.reading import check_size
from ilp.core.models import User


class BoundaryForm(forms.Form):
    """A GeoJSON file and who drew what is in it."""

    file = forms.FileField(
        label=_("Berkas GeoJSON"),
        help_text=_(
            "Batas desa atau Puskesmas, dengan kolom kode yang sama seperti di daftar faskes."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".geojson,.json"}),
        error_messages={
            "required": _("Pilih berkas GeoJSON."),
            "empty": _("Berkas ini kosong. Simpan lagi dari QGIS, lalu unggah."),
        },
    )
    source = forms.CharField(
        label=_("Sumber"),
        max_length=200,
        help_text=_("Tampak di bawah peta, contoh: BIG 2024."),
        error_messages={"required": _("Isi sumber batas wilayah, contoh: BIG 2024.")},
    )

    def apply(self, district: Facility, by: User) -> None:
        file, source = self.cleaned_data["file"], self.cleaned_data["source"]
        check_size(file.size)
        maps.upload_boundaries(district=district, content=file.read(), source=source, by=by)


class SquaresForm(forms.Form):
    """Column and row of every Puskesmas."""

    def __init__(
        self,
        *args: Any,
        places: Sequence[Facility],
        laid: Mapping[int, tuple[int, int]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.laid = laid
        for place in places:
            for at, word in enumerate((_("kolom"), _("baris"))):
                self.fields[self.name(place, at)] = forms.IntegerField(
                    label=f"{place.name}, {word}",
                    initial=laid[place.pk][at],
                    min_value=1,
                    max_value=MOST_SQUARES,
                    error_messages=dict.fromkeys(
                        ("required", "invalid", "min_value", "max_value"),
                        _("Isi angka 1 sampai %s.") % MOST_SQUARES,
                    ),
                )

    @staticmethod
    def name(place: Facility, at: int) -> str:
        return f"{'kb'[at]}{place.pk}"

    def boxes(self, place: Facility) -> tuple[forms.BoundField, forms.BoundField]:
        return self[self.name(place, 0)], self[self.name(place, 1)]

    def apply(self, district: Facility, by: User) -> None:
        held = self.cleaned_data
        squares = {
            place: (held[self.name(place, 0)], held[self.name(place, 1)]) for place in self.places
        }
        maps.lay_squares(district=district, squares=squares, by=by)
