"""Signing in, accounts and roles."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from facilities.access import offered_roles
from facilities.actions import login, people
from facilities.forms.fields import PlaceField, offer
from facilities.models import Facility
from facilities.roles import Permission, Role
from facilities.selectors.login import registered_name, totp_matches, tries_left, wait_left
from ilp.core.counting import counted, counted_lazy
from ilp.core.errors import DomainError
from ilp.core.models import User

# Nobody's post: a province is above the installation, a school is cared for by its Puskesmas.
NO_POSTS = (Facility.Kind.PROVINCE, Facility.Kind.SCHOOL)


class WrongLogin(DomainError):
    code = "wrong-login"
    text = counted_lazy(
        "Nama pengguna atau kata sandi salah. Periksa huruf besar-kecil. "
        "Tersisa %(count)s kali coba."
    )


class TooManyFailures(DomainError):
    code = "too-many-failures"
    text = _("Terlalu banyak percobaan yang gagal. Tunggu %(wait)s, lalu coba lagi.")


class WrongPassword(DomainError):
    code = "wrong-password"
    text = _("Kata sandi lama tidak cocok. Ketik kata sandi yang Anda pakai untuk masuk.")


class PasswordsDiffer(DomainError):
    code = "passwords-differ"
    text = _("Kedua kata sandi baru berbeda. Ketik kata sandi yang sama dua kali.")


def check_wait(username: str) -> None:
    """Raise when the username has to wait after its failures, and say how long."""
    seconds = round(wait_left(username=username, now=timezone.now()).total_seconds())
    if seconds > 0:
        minutes = -(-seconds // 60)
        words = (
            counted("%(count)s detik", seconds)
            if seconds <= 90
            else counted("%(count)s menit", minutes)
        )
        raise TooManyFailures(wait=words)


def fail(username: str) -> None:
    """Count a failure and raise what the user reads: tries left, or how long to wait."""
    login.note_failed_login(username=username, now=timezone.now())
    check_wait(username)
    raise WrongLogin(count=tries_left(username=username))


class LoginForm(AuthenticationForm):
    """Username whatever its case, password; slow after failures, known username or not."""

    remember = forms.BooleanField(label=_("Tetap masuk di HP ini selama 30 hari"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Nama pengguna")
        self.fields["password"].label = _("Kata sandi")
        self.fields["username"].error_messages["required"] = _("Isi nama pengguna.")
        self.fields["password"].error_messages["required"] = _("Isi kata sandi.")

    def clean(self) -> dict[str, Any]:
        username, password = (self.cleaned_data.get(name) for name in ("username", "password"))
        if username and password:
            check_wait(username)
            self.user_cache = authenticate(
                self.request, username=registered_name(username), password=password
            )
            if self.user_cache is None:
                fail(username)
        return self.cleaned_data


class CodeForm(forms.Form):
    """The second step of a login: six digits from the user's app."""

    code = forms.CharField(
        label=_("Kode 6 angka"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Isi kode 6 angka dari aplikasi di HP Anda.")},
    )

    def check_login(self, user: User) -> None:
        check_wait(user.username)
        if not totp_matches(user.totp_secret, self.cleaned_data["code"]):
            login.note_failed_login(username=user.username, now=timezone.now())
            raise people.WrongSecondFactor


class PasswordForm(forms.Form):
    """A new password of one's own."""

    old = forms.CharField(label=_("Kata sandi lama"), widget=forms.PasswordInput)
    new = forms.CharField(
        label=_("Kata sandi baru"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Paling sedikit 10 huruf. Boleh beberapa kata, contoh: kuda laut biru 7."),
    )
    again = forms.CharField(
        label=_("Kata sandi baru, sekali lagi"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        for field in self.fields.values():
            field.error_messages["required"] = _("Isi kata sandi.")

    def clean_old(self) -> str:
        if not self.user.check_password(self.cleaned_data["old"]):
            raise WrongPassword
        return str(self.cleaned_data["old"])

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("new") and values.get("again") and values["new"] != values["again"]:
            self.add_error("again", PasswordsDiffer())
        return values

    def apply(self, by: User) -> None:
        try:
            people.change_password(user=self.user, password=self.cleaned_data["new"], by=by)
        except ValidationError as weak:
            self.add_error("new", weak)


class RoleForm(forms.Form):
    """A role at a place."""

    facility = PlaceField(label=_("Tempat tugas"), queryset=Facility.objects.none())
    role = forms.ChoiceField(
        label=_("Peran"),
        choices=Role.choices,
        error_messages={
            "required": _("Pilih peran."),
            "invalid_choice": _("Anda tidak dapat memberi peran ini. Pilih peran dari daftar."),
        },
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        managed = Facility.objects.visible_to(by, Permission.MANAGE_USERS)
        assignable = managed.open_on(timezone.localdate()).exclude(kind__in=NO_POSTS)
        offer(self, "facility", assignable.order_by("kind", "name"))
        offered = offered_roles(by)
        roles = [choice for choice in Role.choices if choice[0] in offered]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]

    def apply(self, user: User, by: User) -> None:
        people.assign_role(
            user=user,
            facility=self.cleaned_data["facility"],
            role=self.cleaned_data["role"],
            starts_on=timezone.localdate(),
            by=by,
        )


class UserForm(RoleForm):
    """A new account with its first role."""

    username = forms.RegexField(
        r"^[\w.@+-]+$",
        label=_("Nama pengguna"),
        max_length=150,
        help_text=_("Huruf, angka, titik; tanpa spasi. Contoh: kader.melati"),
        error_messages={
            "required": _("Isi nama pengguna, contoh kader.melati."),
            "invalid": _("Pakai huruf, angka, titik, tanpa spasi. Contoh: kader.melati"),
        },
    )
    name = forms.CharField(
        label=_("Nama lengkap"),
        max_length=150,
        error_messages={"required": _("Isi nama lengkap.")},
    )
    phone = forms.CharField(label=_("Nomor HP"), max_length=20, required=False)
    email = forms.EmailField(
        label=_("Alamat surel"),
        required=False,
        max_length=254,
        help_text=_("Untuk pengingat laporan. Contoh: nama@contoh.go.id"),
        error_messages={"invalid": _("Tulis alamat surel seperti ini: nama@contoh.go.id")},
    )
    field_order = ("username", "name", "phone", "email", "role", "facility")

    def create(self, by: User) -> people.NewUser:
        values = self.cleaned_data
        return people.create_user(
            username=values["username"],
            name=values["name"],
            phone=values["phone"],
            email=values["email"],
            role=values["role"],
            facility=values["facility"],
            by=by,
        )
