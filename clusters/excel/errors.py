"""What can be wrong with a file as a whole, each with the way out."""

from django.utils.translation import gettext_lazy as _

from ilp.core.errors import DomainError


class FileLocked(DomainError):
    code = "file-locked"
    text = _("Berkas terkunci sandi. Buka di Excel, hapus sandi, simpan, unggah lagi.")


class FileCorrupt(DomainError):
    code = "file-corrupt"
    text = _(
        "Berkas rusak dan tidak dapat dibaca. Buka di Excel, simpan sebagai Excel (.xlsx) baru, "
        "lalu unggah lagi."
    )


class FileEmpty(DomainError):
    code = "file-empty"
    text = _("Berkas kosong. Isi lembar data dahulu, simpan, lalu unggah lagi.")


class FileTooLarge(DomainError):
    code = "file-too-large"
    text = _(
        "Isi berkas terlalu besar untuk dibaca sekaligus. Bagi menjadi beberapa berkas, "
        "hapus gambar dan lembar yang tidak perlu, lalu unggah lagi."
    )


class TooManyRows(DomainError):
    code = "too-many-rows"
    text = _(
        "Berkas berisi lebih dari %(limit)s baris. Bagi menjadi beberapa berkas, misalnya satu "
        "berkas tiap bulan, lalu unggah satu per satu."
    )


class NotAWorkbook(DomainError):
    code = "not-a-workbook"
    text = _("Berkas ini %(kind)s, bukan Excel. Simpan sebagai Excel (.xlsx), lalu unggah lagi.")


class HtmlInDisguise(DomainError):
    code = "html-in-disguise"
    text = _(
        "Berkas ini halaman web yang diberi nama Excel. Buka di Excel, pilih Simpan Sebagai, "
        "jenis Buku Kerja Excel (.xlsx), lalu unggah lagi."
    )


class ZipBomb(DomainError):
    code = "zip-bomb"
    text = _(
        "Isi berkas tidak wajar: membengkak jauh melebihi ukurannya. Salin data ke buku kerja "
        "baru, simpan, lalu unggah lagi."
    )


class ReadingTookTooLong(DomainError):
    code = "reading-took-too-long"
    text = _(
        "Berkas terlalu lama dibaca, sehingga dihentikan. Salin data saja ke buku kerja baru, "
        "simpan, lalu unggah lagi."
    )


class UnknownService(DomainError):
    code = "unknown-service"
    text = _("Jenis layanan “%(service)s” tidak dikenal. Pilih salah satu: %(known)s.")


class NotUnderstood(DomainError):
    """The file was read, but not what its columns mean: somebody has to say so."""

    service = ""  # as which it was read, where that is known


class ServiceNotRecognised(NotUnderstood):
    code = "service-not-recognised"
    text = _(
        "Jenis layanan berkas ini tidak dikenali dari judul kolomnya. Pilih jenis layanannya, "
        "lalu periksa lagi."
    )


class NoHeader(NotUnderstood):
    code = "no-header"
    text = _(
        "Baris judul kolom tidak ditemukan pada 30 baris pertama. Unduh templat, salin data ke "
        "sana, lalu unggah lagi."
    )


class MissingColumns(NotUnderstood):
    code = "missing-columns"
    text = _(
        "Kolom wajib tidak ada di lembar “%(sheet)s”: %(columns)s. Tambahkan kolom itu atau "
        "pakai templat, lalu unggah lagi."
    )


class NothingOfTheService(NotUnderstood):
    code = "nothing-of-the-service"
    text = _(
        "Berkas ini tidak berisi satu pun kolom isian %(service)s. Periksa jenis layanan yang "
        "dipilih, lalu unggah lagi."
    )
