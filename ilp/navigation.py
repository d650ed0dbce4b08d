"""The bar of destinations: what it holds, for whom, and whose district it is."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject, lazystr
from django.utils.translation import gettext_lazy as _

from facilities import access
from facilities.models import Facility
from facilities.roles import Permission


@dataclass(frozen=True)
class Destination:
    label: object
    url_name: str
    permission: Permission | None = None


@dataclass(frozen=True)
class Item:
    name: str
    url: str
    active: bool


DESTINATIONS = (
    Destination(_("Beranda"), "home"),
    Destination(_("Catat kunjungan"), "clusters:entry-start", Permission.RECORD),
    Destination(_("Orang"), "clusters:person-search", Permission.VIEW_PEOPLE),
    Destination(_("Situasi"), "reporting:situation", Permission.VIEW),
    Destination(_("Indikator"), "reporting:indicator-list", Permission.VIEW),
    Destination(_("Penyakit"), "reporting:disease-list", Permission.VIEW),
    Destination(_("Laporan"), "reporting:report-list", Permission.VIEW),
    Destination(_("Mutu data"), "reporting:quality", Permission.VIEW),
    Destination(_("Sasaran"), "reporting:target-list", Permission.VIEW),
    Destination(_("Unggah"), "clusters:upload-list", Permission.RECORD),
    Destination(_("Faskes"), "facilities:facility-list", Permission.VIEW),
    Destination(_("Kebutuhan"), "reporting:needs", Permission.VIEW),
    Destination(_("Peta jalan ILP"), "reporting:rollout", Permission.VIEW),
    Destination(_("Pengguna"), "facilities:user-list", Permission.MANAGE_USERS),
    Destination(_("Jejak audit"), "facilities:audit-list", Permission.MANAGE_USERS),
)


def menu(request: HttpRequest) -> dict[str, object]:
    """Context processor: `nav`, `district_name` and addresses of the account."""
    return {
        "nav": SimpleLazyObject(lambda: items(request)),
        "district_name": lazystr(SimpleLazyObject(district_name)),
        "logout_url": address("facilities:logout"),
        "password_url": address("facilities:password-change"),
    }


def items(request: HttpRequest) -> list[Item]:
    """The destinations that exist and that the user may see."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    seen = getattr(request, "seen", None)
    held = seen.permissions if seen else access.permissions(user)
    found = []
    for destination in DESTINATIONS:
        url = address(destination.url_name)
        if url and (destination.permission is None or destination.permission in held):
            found.append(Item(str(destination.label), url, is_here(request.path, url)))
    return found


def is_here(path: str, url: str) -> bool:
    return path == url or (url.count("/") > 1 and path.startswith(url))


def address(name: str) -> str:
    """The address of a page, or nothing while this installation has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def district_name() -> str:
    """The district that this installation serves; the registry names it."""
    named = Facility.objects.of_kind(Facility.Kind.DISTRICT).order_by("pk")
    return named.values_list("name", flat=True).first() or ""
