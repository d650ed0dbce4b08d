"""What the audit trail says, in words: a word for every event and for everything it notes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from facilities.models import Axis, Facility, IlpStatus, Signatory
from facilities.roles import Role
from ilp.core import formats
from ilp.core.months import Month

EVENTS = {
    "assessment.returned": _("Penilaian mandiri dikembalikan"),
    "assessment.saved": _("Penilaian mandiri diisi"),
    "assessment.sent": _("Penilaian mandiri dikirim"),
    "assessment.verified": _("Penilaian mandiri diverifikasi"),
    "baseline.moved": _("Batas wajar dihitung ulang"),
    "deadline.ended": _("Batas kirim diakhiri"),
    "deadline.set": _("Batas kirim ditetapkan"),
    "district.loaded": _("Daftar kabupaten dimuat"),
    "demo.built": _("Data contoh dibuat"),
    "extension.cancelled": _("Perpanjangan batas dibatalkan"),
    "extension.granted": _("Batas kirim diperpanjang"),
    "follow-up.changed": _("Tindakan diubah"),
    "follow-up.done": _("Tindakan diselesaikan"),
    "follow-up.dropped": _("Tindakan dibatalkan"),
    "follow-up.made": _("Tindakan ditetapkan"),
    "follow-up.reopened": _("Tindakan dibuka lagi"),
    "form.defined": _("Formulir ditetapkan"),
    "form.ended": _("Formulir diakhiri"),
    "holidays.added": _("Hari libur ditambahkan"),
    "holiday.removed": _("Hari libur dihapus"),
    "holder.ended": _("Pengesahan program diakhiri"),
    "holder.person-added": _("Pengelola program ditunjuk"),
    "holder.person-ended": _("Pengelola program diakhiri"),
    "holder.set": _("Pengesahan program ditetapkan"),
    "innovation.added": _("Inovasi dicatat"),
    "innovation.edited": _("Inovasi diubah"),
    "innovation.ended": _("Inovasi diakhiri"),
    "ilp.cancelled": _("Catatan ILP dibatalkan"),
    "ilp.recorded": _("Penerapan ILP dicatat"),
    "ilp.target-set": _("Target ILP ditetapkan"),
    "indicator.defined": _("Indikator lokal ditetapkan"),
    "indicator.ended": _("Indikator lokal diakhiri"),
    "letterhead.cancelled": _("Kop surat dibatalkan"),
    "letterhead.recorded": _("Kop surat dicatat"),
    "login.failed": _("Gagal masuk"),
    "login.failures-cleared": _("Hitungan gagal masuk dihapus"),
    "login.succeeded": _("Masuk"),
    "map.removed": _("Batas peta dihapus"),
    "map.squares-laid": _("Petak peta diatur"),
    "map.uploaded": _("Batas peta diunggah"),
    "meeting.noted": _("Notulen rapat dicatat"),
    "meeting.opened": _("Rapat dibuka"),
    "month.locked": _("Bulan dikunci"),
    "month.released": _("Bulan dirilis"),
    "month.revised": _("Revisi bulan dirilis"),
    "month.unlocked": _("Kunci bulan dibuka"),
    "duplicates.opened": _("Daftar data ganda dibuka"),
    "needs.taken": _("Usulan kebutuhan diunduh"),
    "needs.weighted": _("Bobot kebutuhan ditetapkan"),
    "partner.added": _("Mitra dicatat"),
    "partner.edited": _("Mitra diubah"),
    "partner.ended": _("Mitra diakhiri"),
    "obstacle.ended": _("Hambatan ILP dinyatakan teratasi"),
    "obstacle.noted": _("Hambatan ILP dicatat"),
    "people.searched": _("Orang dicari"),
    "person.opened": _("Kartu orang dibuka"),
    "persons.compared": _("Dua data orang dibandingkan"),
    "persons.merged": _("Data ganda digabung"),
    "persons.merge-undone": _("Penggabungan dibatalkan"),
    "persons.told-apart": _("Dinyatakan bukan orang yang sama"),
    "place.closed": _("Tempat ditutup"),
    "place.merged": _("Tempat digabung"),
    "place.moved": _("Induk tempat diganti"),
    "place.name-learned": _("Nama lain tempat diingat"),
    "place.opened": _("Tempat dibuka"),
    "place.renamed": _("Nama tempat diganti"),
    "place.split": _("Tempat dipecah"),
    "quality.compared": _("Angka aplikasi nasional diketik"),
    "quality.confirmed": _("Angka dinyatakan benar"),
    "readiness.recorded": _("Kesiapan ILP dicatat"),
    "registry.taken": _("Daftar diunduh"),
    "report.approve": _("Laporan disahkan"),
    "report.downloaded": _("Laporan diunduh"),
    "report.gathered": _("Rekap laporan diunduh"),
    "report.opened": _("Laporan dimulai"),
    "report.return": _("Laporan dikembalikan"),
    "report.saved": _("Laporan diisi"),
    "report.seen": _("Laporan dibuka pemeriksa"),
    "report.send": _("Laporan dikirim"),
    "report.take_back": _("Laporan ditarik kembali"),
    "report.verify": _("Laporan diverifikasi"),
    "role.assigned": _("Peran diberikan"),
    "role.ended": _("Peran diakhiri"),
    "signatory.cancelled": _("Penanda tangan dibatalkan"),
    "signatory.ended": _("Penanda tangan berakhir"),
    "signatory.recorded": _("Penanda tangan dicatat"),
    "staff.recorded": _("Jumlah tenaga dicatat"),
    "standard.added": _("Standar kebutuhan ditambahkan"),
    "standard.ended": _("Standar kebutuhan diakhiri"),
    "standard.loaded": _("Standar bawaan dimuat"),
    "substitute.ended": _("Penggantian diakhiri"),
    "substitute.named": _("Pengganti ditunjuk"),
    "targets.set": _("Sasaran ditetapkan"),
    "totals.rebuilt": _("Angka dihitung ulang"),
    "unlock.asked": _("Buka kunci diminta"),
    "unlock.opened": _("Permintaan buka kunci dikabulkan"),
    "unlock.refused": _("Permintaan buka kunci ditolak"),
    "layout.remembered": _("Pemetaan kolom diingat"),
    "upload.accepted": _("Unggahan diterima"),
    "upload.asked": _("Unggahan perlu dicocokkan"),
    "upload.begun": _("Pengiriman berkas dimulai"),
    "upload.cancelled": _("Unggahan dibatalkan"),
    "upload.downloaded": _("Berkas untuk diperbaiki diunduh"),
    "upload.failed": _("Unggahan gagal"),
    "upload.original-deleted": _("Berkas asli dihapus, masa simpannya habis"),
    "upload.original-taken": _("Berkas asli diunduh"),
    "upload.received": _("Berkas diunggah"),
    "upload.redone": _("Pembatalan unggahan ditarik kembali"),
    "upload.told": _("Cara membaca unggahan dijelaskan"),
    "upload.undone": _("Unggahan yang sudah diterima dibatalkan"),
    "user.contact-set": _("Surel dan pengingat diatur"),
    "user.created": _("Akun dibuat"),
    "user.details-set": _("Nama dan HP akun diganti"),
    "user.password-changed": _("Kata sandi diganti pemiliknya"),
    "user.password-reset": _("Kata sandi diatur ulang"),
    "user.switched-off": _("Akun dinonaktifkan"),
    "user.switched-on": _("Akun diaktifkan"),
    "user.totp-off": _("Kode kedua dimatikan"),
    "user.totp-on": _("Kode kedua dinyalakan"),
    "visit.cancelled": _("Kunjungan dibatalkan"),
    "visit.corrected": _("Kunjungan diperbaiki"),
    "visit.form-opened": _("Formulir kunjungan dibuka"),
    "visit.recorded": _("Kunjungan dicatat"),
    "roster.opened": _("Daftar hadir dibuka"),
    "roster.taken": _("Templat dengan daftar sasaran diunduh"),
    "person.contradicted": _("Data orang dibandingkan dengan isian"),
    "visit.opened": _("Kunjungan dibuka"),
    "visits.imported": _("Kunjungan disimpan"),
    "visits.opened": _("Daftar kunjungan dibuka"),
}
DETAILS: dict[str, Text] = {
    "after": _("sesudah"),
    "axis": _("sebagai"),
    "basis": _("dasar"),
    "before": _("sebelum"),
    "cancelled": _("tidak lagi dihitung"),
    "changed": _("diperbaiki"),
    "check": _("pemeriksaan"),
    "children": _("tempat di bawahnya"),
    "closes_on": _("bulan laporan ditutup tanggal"),
    "code": _("kode"),
    "count": _("kali"),
    "day": _("tanggal"),
    "district": _("kabupaten"),
    "duty": _("sebagai"),
    "emptied": _("dikosongkan"),
    "filled": _("terisi"),
    "first": _("dari"),
    "form": _("formulir"),
    "indicator": _("indikator"),
    "into": _("menjadi"),
    "kept": _("tetap, sudah diubah sesudahnya"),
    "kept_as_text": _("belum terbaca"),
    "kind": _("jenis"),
    "last": _("sampai"),
    "left": _("dari induk"),
    "month": _("bulan"),
    "new": _("baru"),
    "number": _("jumlah"),
    "on_behalf": _("atas nama akun nomor"),
    "opens_after": _("dapat diisi mulai hari sesudah masa laporan"),
    "other": _("data lain"),
    "part": _("pecahan"),
    "place": _("tempat"),
    "programme": _("program"),
    "programmes": _("program"),
    "reason": _("alasan"),
    "restored": _("kembali ke isi lain"),
    "revision": _("revisi"),
    "role": _("peran"),
    "rows": _("baris"),
    "seed": _("benih"),
    "service": _("layanan"),
    "since": _("sejak"),
    "size": _("ukuran"),
    "source": _("sumber"),
    "standing": _("dihitung lagi"),
    "state": _("status"),
    "to": _("ke induk"),
    "unmatched": _("tanpa pasangan"),
    "until": _("sampai"),
    "user": _("akun nomor"),
    "version": _("versi"),
    "visits": _("kunjungan"),
    "what": _("yang diperiksa"),
    "whole": _("semua atau tidak sama sekali"),
    "year": _("tahun"),
}
# Codes that an app above this one writes; their words are its own, said here once more.
CODES: dict[str, dict[str, Text]] = {
    "axis": dict(Axis.choices),
    "basis": {"proyeksi": _("proyeksi"), "riil": _("riil")},
    "before": {
        "draft": _("Draf"),
        "sent": _("Dikirim"),
        "verified": _("Diverifikasi"),
        "approved": _("Disahkan"),
        "returned": _("Dikembalikan"),
    },
    "duty": dict(Signatory.Duty.choices),
    "kind": {
        **dict(Facility.Kind.choices),
        "pengguna": _("pengguna"),
        "tempat": _("tempat"),
        "tenaga": _("tenaga"),
        "sarana": _("sarana"),
    },
    "reason": {
        "other-person": _("Salah orang"),
        "other-day": _("Salah tanggal atau tempat"),
        "twice": _("Tercatat dua kali"),
        "not-served": _("Pelayanan tidak jadi diberikan"),
    },
    "role": dict(Role.choices),
    "state": dict(IlpStatus.State.choices),
}
MONTHS = frozenset({"month", "since", "first", "last", "day", "until"})


def tell(note: str, words: Mapping[str, Text]) -> None:
    """Take the words of an app above this one for the codes that it notes under that name."""
    CODES[note] = dict(words)


def told(detail: Mapping[str, Any]) -> str:
    """ "bulan: Mei 2025, layanan: …": what an event noted; empty notes are left out."""
    noted = [(key, _said(key, value)) for key, value in detail.items() if value not in ("", None)]
    return ", ".join(f"{DETAILS.get(key, key)}: {text}" for key, text in noted if text)


def _said(key: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if key in MONTHS:
        return _month_or_day(str(value))
    if key == "size" and isinstance(value, int):
        return now("%(size)s KB") % {"size": formats.whole(-(-value // 1024))}
    if isinstance(value, int) and key not in ("year", "user", "on_behalf", "seed"):
        return formats.whole(value)
    return str(CODES.get(key, {}).get(str(value), value))


def _month_or_day(text: str) -> str:
    """A month or a day as it was noted: "2025-05" or "2025-05-12"."""
    try:
        return formats.month(Month.parse(text))
    except ValueError:
        pass
    try:
        return formats.day(date.fromisoformat(text))
    except ValueError:
        return text
