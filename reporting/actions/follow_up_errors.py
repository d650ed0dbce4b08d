"""Why a follow-up or a meeting cannot be written as it was typed, and what to do about it."""

from django.utils.translation import gettext_lazy as _

from ilp.core.errors import DomainError


class ProblemMissing(DomainError):
    code = "follow-up-problem-missing"
    text = _("Tulis masalahnya, misalnya “3 desa belum menimbang bulan ini”.")


class ActionMissing(DomainError):
    code = "follow-up-action-missing"
    text = _("Tulis apa yang akan dilakukan, misalnya “sweeping balita di Desa Satu”.")


class OwnerMissing(DomainError):
    code = "follow-up-owner-missing"
    text = _("Pilih penanggung jawab dari daftar, atau tulis jabatannya.")


class OwnerUnclear(DomainError):
    code = "follow-up-owner-unclear"
    text = _("Ada %(count)s akun bernama “%(name)s”. Pilih salah satu dari daftar.")


class DueMissing(DomainError):
    code = "follow-up-due-missing"
    text = _("Isi batas waktu, misalnya akhir bulan ini.")


class DueInThePast(DomainError):
    code = "follow-up-due-past"
    text = _("Batas waktu sudah lewat. Isi %(day)s atau sesudahnya.")


class NoSuchDay(DomainError):
    code = "follow-up-no-such-day"
    text = _("Tanggal ini tidak ada. Tulis tanggal-bulan-tahun, mis. 25/05/2025.")


class TooLong(DomainError):
    code = "follow-up-too-long"
    text = _("Paling panjang %(limit)s huruf. Ringkas isian ini.")


class DoneMissing(DomainError):
    code = "follow-up-done-missing"
    text = _("Tulis dengan satu kalimat apa yang sudah dilakukan.")


class ReasonMissing(DomainError):
    code = "follow-up-reason-missing"
    text = _("Tulis alasannya, supaya yang membaca riwayat mengerti.")


class WrongState(DomainError):
    code = "follow-up-wrong-state"
    text = _("Tindakan ini berstatus “%(state)s”. Muat ulang halaman untuk melihat yang terbaru.")


class NotEmptied(DomainError):
    code = "follow-up-not-emptied"
    text = _(
        "Kesepakatan ini sudah lengkap dan sampai ke penanggung jawabnya, jadi tidak dapat "
        "dikosongkan. Batalkan dengan alasan lewat halaman tindakannya."
    )


class WrittenMeanwhile(DomainError):
    code = "follow-up-written-meanwhile"
    text = _("Orang lain sudah menulis “%(standing)s” di sini. Ketikan Anda tetap ada: pilih satu.")


class MeetingInTheFuture(DomainError):
    code = "meeting-in-the-future"
    text = _("Rapat pada %(day)s belum berlangsung. Buka pada harinya.")


class MeetingBeforeItsMonth(DomainError):
    code = "meeting-before-its-month"
    text = _("Rapat membahas bulan yang sudah berjalan. Pilih tanggal pada atau sesudah %(day)s.")


class NoSlides(DomainError):
    code = "meeting-no-slides"
    text = _("Pilih paling sedikit satu indikator untuk ditayangkan.")
