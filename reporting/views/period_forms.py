"""What an admin of a Dinas types about deadlines, days off and more time."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from facilities.forms.fields import DayField, MonthField
from facilities.models import Facility
from ilp.core import formats
from ilp.core.cells import CellError, read_date
from ilp.core.counting import counted
from ilp.core.models import User
from reporting.actions import deadlines as actions
from reporting.catalogue import FORMS
from reporting.models.deadlines import EARLIEST_CLOSE, LAST_DAY_OF_MONTH, LONGEST, MOST_GRACE

K = Facility.Kind
ON_DAY, AFTER = "tanggal", "hari"
NUMBER = {
    "required": gettext_lazy("Isi angkanya."),
    "invalid": gettext_lazy("Tulis bilangan bulat, contoh 5."),
    "min_value": gettext_lazy("Paling kecil %(limit_value)s."),
    "max_value": gettext_lazy("Paling besar %(limit_value)s."),
}
CHOOSE = dict.fromkeys(
    ("required", "invalid_choice"), gettext_lazy("Belum dipilih. Pilih dari daftarnya.")
)


def form_choices(every: str) -> list[tuple[str, str]]:
    return [("", every), *((form.code, str(form.label)) for form in FORMS.values())]


def kind_choices() -> list[tuple[str, str]]:
    asked = {kind for form in FORMS.values() for kind in form.kinds}
    return [("", _("Semua jenis tempat")), *((k.value, str(k.label)) for k in K if k in asked)]


class DeadlineForm(forms.Form):
    """A rule from a month on."""

    prefix = "batas"
    form = forms.ChoiceField(
        label=gettext_lazy("Jenis laporan"), required=False, error_messages=CHOOSE
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Diisi oleh"), required=False, error_messages=CHOOSE
    )
    way = forms.ChoiceField(
        label=gettext_lazy("Cara menghitung"),
        choices=[
            (ON_DAY, gettext_lazy("Tanggal pada bulan berikutnya")),
            (AFTER, gettext_lazy("Jumlah hari sesudah masa laporan berakhir")),
        ],
        error_messages=CHOOSE,
    )
    number = forms.IntegerField(
        label=gettext_lazy("Tanggal atau jumlah hari"),
        min_value=1,
        max_value=LONGEST,
        error_messages=NUMBER,
        help_text=gettext_lazy("Tanggal 1–28, atau 1–90 hari."),
    )
    grace_days = forms.IntegerField(
        label=gettext_lazy("Toleransi (hari)"),
        min_value=0,
        max_value=MOST_GRACE,
        initial=0,
        error_messages=NUMBER,
        help_text=gettext_lazy("Dalam masa toleransi laporan masih dihitung tepat waktu."),
    )
    to_workday = forms.BooleanField(
        label=gettext_lazy("Bila jatuh pada Sabtu, Minggu, atau hari libur, pindah ke hari kerja"),
        required=False,
    )
    closes_on = forms.IntegerField(
        label=gettext_lazy("Bulan laporan ditutup tanggal"),
        min_value=EARLIEST_CLOSE,
        max_value=LAST_DAY_OF_MONTH,
        required=False,
        error_messages=NUMBER,
        help_text=gettext_lazy(
            "Kosongkan bila ditutup pada hari terakhir bulan itu. Contoh 20: laporan Maret "
            "mencakup 21 Februari sampai 20 Maret. Hanya untuk laporan yang diisi setiap bulan. "
            "Laporan selalu mulai sehari sesudah laporan bulan sebelumnya ditutup."
        ),
    )
    opens_after = forms.IntegerField(
        label=gettext_lazy("Dapat diisi mulai (hari sesudah masa laporan)"),
        min_value=1,
        max_value=LONGEST,
        required=False,
        error_messages=NUMBER,
        help_text=gettext_lazy(
            "Kosongkan bila boleh diisi sejak hari pertama masa laporan. Contoh 1: baru dapat "
            "diisi sehari sesudah masa laporan ditutup."
        ),
    )
    since = MonthField(
        label=gettext_lazy("Berlaku mulai laporan bulan"),
        help_text=gettext_lazy("Contoh 2026-01. Laporan bulan sebelumnya tidak berubah."),
    )
    source = forms.CharField(
        label=gettext_lazy("Dasar"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Tulis dasar keputusannya, contoh nomor dan tanggal SK.")
        },
        help_text=gettext_lazy("Contoh: SK Kepala Dinas nomor dan tanggal."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "form", form_choices(_("Semua laporan")))
        _offer(self, "kind", kind_choices())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        number = data.get("number")
        if data.get("way") == ON_DAY and number is not None and number > LAST_DAY_OF_MONTH:
            self.add_error("number", _("Tanggal paling besar 28, supaya ada di setiap bulan."))
        return data

    def apply(self, district: Facility, by: User) -> str:
        data = self.cleaned_data
        on_day = data["way"] == ON_DAY
        rule = actions.Rule(
            form=data["form"],
            kind=data["kind"],
            day=data["number"] if on_day else None,
            days_after=None if on_day else data["number"],
            grace_days=data["grace_days"],
            to_workday=data["to_workday"],
            source=data["source"],
            closes_on=data["closes_on"],
            opens_after=data["opens_after"],
        )
        actions.set_deadline(district=district, rule=rule, since=data["since"], by=by)
        month = formats.month(data["since"])
        return _("Batas kirim tersimpan. Berlaku mulai laporan %(month)s.") % {"month": month}


class HolidayForm(forms.Form):
    """Days off, one a line: the date, then the name."""

    prefix = "libur"
    days = forms.CharField(
        label=gettext_lazy("Hari libur"),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Tulis paling sedikit satu hari libur.")},
        help_text=gettext_lazy(
            "Satu baris satu hari: tanggal, koma, nama. Contoh: 17/08/2026, Hari Kemerdekaan."
        ),
    )

    def clean_days(self) -> dict[date, str]:
        found: dict[date, str] = {}
        for line in filter(None, map(str.strip, self.cleaned_data["days"].splitlines())):
            day, name = _read_line(line)
            if day in found:
                raise forms.ValidationError(_("%s tertulis dua kali.") % formats.day(day))
            found[day] = name
        return found

    def apply(self, district: Facility, by: User) -> str:
        made = actions.add_holidays(district=district, days=self.cleaned_data["days"], by=by)
        return counted("%(count)s hari libur tersimpan.", len(made))


class ExtensionForm(forms.Form):
    """More time for a place and month."""

    prefix = "lama"
    place = forms.ModelChoiceField(
        label=gettext_lazy("Tempat"),
        queryset=Facility.objects.none(),
        empty_label=gettext_lazy("– pilih –"),
        error_messages=CHOOSE
        | {"invalid_choice": gettext_lazy("Pilih tempat dari daftar di kabupaten Anda.")},
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Jenis laporan"), required=False, error_messages=CHOOSE
    )
    month = MonthField(label=gettext_lazy("Laporan bulan"))
    until = DayField(label=gettext_lazy("Diperpanjang sampai"))
    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=300,
        error_messages={
            "required": gettext_lazy("Tulis mengapa tempat ini diberi waktu lebih lama.")
        },
        help_text=gettext_lazy("Contoh: banjir, listrik padam. Jangan menulis nama orang."),
    )

    def __init__(self, *args: Any, district: Facility, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "form", form_choices(_("Semua laporan bulan itu")))
        asked = {kind for form in FORMS.values() for kind in form.kinds if form.asks(kind)}
        places = Facility.objects.within(district, today).of_kind(*asked).order_by("kind", "name")
        cast("forms.ModelChoiceField[Facility]", self.fields["place"]).queryset = places

    def apply(self, district: Facility, by: User) -> str:
        del district  # the place says it
        data = self.cleaned_data
        made = actions.grant_extension(
            place=data["place"], form=data["form"], month=data["month"], until=data["until"],
            reason=data["reason"], by=by,
        )  # fmt: skip
        said = {"place": made.facility, "day": formats.day(made.until)}
        return _("%(place)s diberi waktu sampai %(day)s.") % said


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = choices


def _read_line(line: str) -> tuple[date, str]:
    """ "17/08/2026, Hari Kemerdekaan"; ValidationError that shows the line that cannot be read."""
    text, comma, name = line.partition(",")
    try:
        day = read_date(text)
    except CellError as wrong:
        said = {"line": line[:60], "why": wrong.sentence}
        raise forms.ValidationError(_("Baris “%(line)s”: %(why)s") % said) from None
    if day is None or not comma or not name.strip():
        raise forms.ValidationError(
            _("Baris “%s” belum lengkap. Tulis tanggal, koma, lalu nama.") % line[:60]
        )
    return day, name.strip()
