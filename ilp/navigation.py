"""The bar of destinations: what it holds, for whom, and whose district it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject, lazystr
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from facilities import access
from facilities.roles import Permission
from ilp.core import sql
from ilp.guide import BY_PAGE


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
    manages: bool = False
    items: tuple["Item", ...] = ()  # what stands behind it, where it is a group


MANAGING = (Permission.MANAGE_MAPS, Permission.MANAGE_USERS)
ROOM = 9  # destinations in the bar, the group of the others being one

# By how often they are wanted: those that find no room in somebody's bar stand in the group.
DESTINATIONS = (
    Destination(_("Beranda"), "home"),
    Destination(_("Catat kunjungan"), "clusters:entry-start", Permission.RECORD),
    Destination(_("Orang"), "clusters:person-search", Permission.VIEW_PEOPLE),
    Destination(_("Situasi"), "reporting:situation", Permission.VIEW),
    Destination(_("Indikator"), "reporting:indicator-list", Permission.VIEW),
    Destination(_("Laporan"), "reporting:report-list", Permission.VIEW),
    Destination(_("Unggah"), "clusters:upload-list", Permission.RECORD),
    Destination(_("Tindakan"), "reporting:follow-up-list", Permission.VIEW),
    Destination(pgettext_lazy("menu", "Faskes"), "facilities:facility-list", Permission.VIEW),
    Destination(_("Mutu data"), "reporting:quality", Permission.VIEW),
    Destination(_("Peta jalan ILP"), "reporting:rollout", Permission.VIEW),
    Destination(_("Penyakit"), "reporting:disease-list", Permission.VIEW),
    Destination(_("Kebutuhan"), "reporting:needs", Permission.VIEW),
    Destination(_("Sasaran"), "reporting:target-list", Permission.VIEW),
    Destination(_("Batas peta"), "reporting:map-boundaries", Permission.MANAGE_MAPS),
    Destination(_("Pengguna"), "facilities:user-list", Permission.MANAGE_USERS),
    Destination(_("Jejak audit"), "facilities:audit-list", Permission.MANAGE_USERS),
)


# What the search finds besides: pages that stand behind one of the bar.
BEHIND = (
    Destination(_("Rapor"), "reporting:scorecard", Permission.VIEW),
    Destination(_("Unduhan"), "reporting:download-list", Permission.VIEW),
    Destination(_("Paket lokmin"), "reporting:bulletin", Permission.VIEW),
    Destination(_("Peta"), "reporting:map", Permission.VIEW),
    Destination(_("Susunan petak peta"), "reporting:map-squares", Permission.MANAGE_MAPS),
    Destination(_("Laporan SPM"), "reporting:spm", Permission.VIEW),
    Destination(_("Kelengkapan dan ketepatan laporan"), "reporting:completeness", Permission.VIEW),
    Destination(_("Pembanding aplikasi nasional"), "reporting:comparison", Permission.VIEW),
    Destination(_("Rilis bulanan"), "reporting:release-list", Permission.VIEW),
    Destination(_("Indikator lokal"), "reporting:local-list", Permission.MANAGE_TARGETS),
    Destination(_("Batas kirim dan masa laporan"), "reporting:periods", Permission.MANAGE_TARGETS),
    Destination(_("Data ganda"), "clusters:duplicate-list", Permission.MERGE_PEOPLE),
    Destination(_("Daftar kunjungan"), "clusters:visit-list", Permission.VIEW_PEOPLE),
    Destination(_("Bantuan"), "guide:index"),
    Destination(_("Kamus singkatan"), "guide:terms"),
    Destination(_("Apa yang baru"), "guide:news"),
    Destination(_("Ganti kata sandi"), "facilities:password-change"),
    Destination(_("Pengganti sementara"), "facilities:substitutes"),
)


def menu(request: HttpRequest) -> dict[str, object]:
    """Context processor: `nav`, `district_name` and addresses of the account."""
    return {
        "nav": SimpleLazyObject(lambda: items(request)),
        "district_name": lazystr(SimpleLazyObject(district_name)),
        "logout_url": address("facilities:logout"),
        "password_url": address("facilities:password-change"),
        "search_url": address("reporting:search"),
        "help_url": lazystr(SimpleLazyObject(lambda: help_address(request))),
    }


def items(request: HttpRequest) -> list[Item]:
    """The destinations that exist and that the user may see; what finds no room is in a group."""
    found = _open_to(request, DESTINATIONS)
    if len(found) <= ROOM:
        return found
    bar, rest = found[: ROOM - 1], tuple(found[ROOM - 1 :])
    group = _("Kelola") if any(item.manages for item in rest) else _("Lainnya")
    return [*bar, Item(str(group), "", any(item.active for item in rest), items=rest)]


def pages_like(request: HttpRequest, text: str) -> list[Item]:
    """Pages that the user may see and whose name holds all the words, or begins with them."""
    words = text.lower().split()
    every = _open_to(request, (*DESTINATIONS, *BEHIND))
    return [item for item in every if all(word in item.name.lower() for word in words)]


def _open_to(request: HttpRequest, destinations: Iterable[Destination]) -> list[Item]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    seen = getattr(request, "seen", None)
    held = seen.permissions if seen else access.permissions(user)
    found = []
    for destination in destinations:
        url = address(destination.url_name)
        if url and (destination.permission is None or destination.permission in held):
            manages = destination.permission in MANAGING
            found.append(Item(str(destination.label), url, is_here(request.path, url), manages))
    return found


def is_here(path: str, url: str) -> bool:
    return path == url or (url.count("/") > 1 and path.startswith(url))


def address(name: str) -> str:
    """The address of a page, or nothing while this installation has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def help_address(request: HttpRequest) -> str:
    """The help of the page that is open; of one that has none, the list of all."""
    match = request.resolver_match
    topic = BY_PAGE.get(match.view_name) if match else None
    return reverse("guide:topic", args=[topic.slug]) if topic else reverse("guide:index")


def district_name() -> str:
    """The district that this installation serves; the registry names it."""
    named = sql.run("facilities/district_name")  # on every page: no query is put together for it
    return str(named[0][0]) if named else ""
