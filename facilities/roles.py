"""Who may do what. Data only: read it as a table."""

from enum import StrEnum, auto

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """One thing that may be allowed. Held through a role, at a place and all below it."""

    VIEW = auto()  # aggregated numbers
    VIEW_PEOPLE = auto()  # rows with names
    VIEW_LIFE = auto()  # the whole life of a person, tests and diseases included
    MERGE_PEOPLE = auto()  # say that two records are one person, or are not
    RECORD = auto()  # visits, by hand and by workbook
    FILL = auto()  # edit a monthly report
    SEND = auto()
    VERIFY = auto()
    APPROVE = auto()
    RETURN = auto()
    RELEASE = auto()  # publish a month's numbers, and open them again for corrections
    EXPORT = auto()  # take aggregated numbers out of the house
    PLAN = auto()  # say what is to be done about a number, by whom and until when
    MANAGE_PLACES = auto()
    MANAGE_TARGETS = auto()
    MANAGE_USERS = auto()
    MANAGE_ILP = auto()
    MANAGE_LETTERHEADS = auto()  # the head of its reports, and who signs them
    KEEP_REGISTERS = auto()  # staff, kader, self-assessments, innovations, partners
    MANAGE_MAPS = auto()  # boundaries, and the squares that stand in for them
    SYSTEM = auto()  # health of the installation, the audit trail, Django's admin


WORDS = {
    Permission.VIEW: _("Melihat angka gabungan"),
    Permission.VIEW_PEOPLE: _("Melihat data orang"),
    Permission.VIEW_LIFE: _("Melihat seluruh riwayat orang"),
    Permission.MERGE_PEOPLE: _("Menggabungkan data ganda"),
    Permission.RECORD: _("Mencatat dan mengunggah kunjungan"),
    Permission.FILL: _("Mengisi laporan bulanan"),
    Permission.SEND: _("Mengirim laporan"),
    Permission.VERIFY: _("Memverifikasi laporan"),
    Permission.APPROVE: _("Mengesahkan laporan"),
    Permission.RETURN: _("Mengembalikan laporan"),
    Permission.RELEASE: _("Merilis angka bulanan"),
    Permission.EXPORT: _("Mengunduh angka gabungan"),
    Permission.PLAN: _("Menetapkan tindakan dan mencatat rapat"),
    Permission.MANAGE_PLACES: _("Mengelola faskes dan wilayah"),
    Permission.MANAGE_TARGETS: _("Menetapkan sasaran"),
    Permission.MANAGE_USERS: _("Mengelola pengguna"),
    Permission.MANAGE_ILP: _("Mencatat penerapan ILP"),
    Permission.MANAGE_LETTERHEADS: _("Mengatur kop dan penanda tangan"),
    Permission.KEEP_REGISTERS: _("Mencatat tenaga, sarana, inovasi, dan mitra"),
    Permission.MANAGE_MAPS: _("Mengatur peta"),
    Permission.SYSTEM: _("Merawat sistem"),
}


class Role(models.TextChoices):
    """What a person is at a place. The labels are the words used in the office."""

    KEPALA_DINAS = "kepala_dinas", _("Kepala Dinas")
    PROGRAMMER = "programmer", _("Pengelola program Dinkes")
    ADMIN_DINAS = "admin_dinas", _("Admin Dinkes")
    ADMIN_PUSKESMAS = "admin_puskesmas", _("Admin Puskesmas")
    KEPALA_PUSKESMAS = "kepala_puskesmas", _("Kepala Puskesmas")
    NAKES = "nakes", _("Tenaga kesehatan")
    KADER = "kader", _("Kader Posyandu")
    TI = "ti", _("Petugas TI")
    LIHAT = "lihat", _("Hanya lihat")


P = Permission
# The Dinkes works with aggregates: names stay with those who give the care. Its admins see those of
# two records that may be one person, side by side, and each opening is on record.
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.KEPALA_DINAS: frozenset({P.VIEW, P.EXPORT, P.RELEASE, P.PLAN}),
    Role.PROGRAMMER: frozenset({P.VIEW, P.EXPORT, P.APPROVE, P.RETURN, P.PLAN}),
    Role.ADMIN_DINAS: frozenset(
        {P.VIEW, P.EXPORT, P.APPROVE, P.RETURN, P.RELEASE}
        | {P.MANAGE_PLACES, P.MANAGE_TARGETS, P.MANAGE_USERS, P.MANAGE_ILP, P.MERGE_PEOPLE}
        | {P.MANAGE_LETTERHEADS, P.KEEP_REGISTERS, P.MANAGE_MAPS, P.PLAN}
    ),
    Role.ADMIN_PUSKESMAS: frozenset(
        {P.VIEW, P.VIEW_PEOPLE, P.EXPORT, P.RECORD, P.FILL, P.SEND, P.MANAGE_USERS}
        | {P.VIEW_LIFE, P.MERGE_PEOPLE, P.MANAGE_LETTERHEADS}
        | {P.KEEP_REGISTERS, P.PLAN}
    ),
    Role.KEPALA_PUSKESMAS: frozenset(
        {P.VIEW, P.VIEW_PEOPLE, P.VIEW_LIFE, P.EXPORT, P.VERIFY, P.RETURN, P.PLAN}
    ),
    Role.NAKES: frozenset({P.VIEW, P.VIEW_PEOPLE, P.VIEW_LIFE, P.RECORD, P.MERGE_PEOPLE}),
    Role.KADER: frozenset({P.VIEW, P.VIEW_PEOPLE}),
    Role.TI: frozenset({P.SYSTEM, P.MANAGE_USERS, P.MANAGE_MAPS}),
    Role.LIHAT: frozenset({P.VIEW}),
}
# Losing one of these accounts harms the most, so they are offered a second factor.
SECOND_FACTOR_ROLES = frozenset({Role.ADMIN_DINAS, Role.ADMIN_PUSKESMAS, Role.TI})


def roles_with(permission: Permission) -> list[Role]:
    return [role for role, granted in GRANTS.items() if permission in granted]


# Which roles a holder of MANAGE_USERS may give, at the places that the holder's own role reaches.
ASSIGNABLE: dict[Role, frozenset[Role]] = {
    Role.ADMIN_DINAS: frozenset(Role),
    Role.TI: frozenset(Role),
    Role.ADMIN_PUSKESMAS: frozenset({Role.NAKES, Role.KADER}),
}
