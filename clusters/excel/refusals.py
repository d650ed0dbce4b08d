"""Why a row is refused or warned of: what is wrong, and how to put it right."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from clusters.excel.readers import Bad

OLDEST_YEARS = 110


def blank(label: Text) -> Bad:
    return Bad("blank", _("%(label)s kosong. Isi dahulu, lalu kirim lagi.") % {"label": label})


IN_THE_FUTURE = Bad(
    "in-the-future",
    _("Tanggal kunjungan sesudah hari ini. Periksa hari, bulan, dan tahunnya."),
)
BEFORE_BIRTH = Bad(
    "before-birth",
    _("Tanggal kunjungan sebelum tanggal lahir. Periksa kedua tanggal itu."),
)
TOO_OLD = Bad(
    "too-old",
    _("Umur lebih dari 110 tahun. Periksa tahun pada tanggal lahir."),
)
NOT_THIS_SEX = Bad(
    "not-this-sex",
    _("Layanan ini tidak untuk jenis kelamin itu. Periksa jenis kelamin atau jenis layanan."),
)
NOT_THIS_AGE = Bad(
    "not-this-age",
    _("Umur saat kunjungan di luar umur layanan ini. Periksa tanggal lahir atau jenis layanan."),
)
SAYS_NOTHING = Bad(
    "says-nothing",
    _("Tidak ada hasil pelayanan. Isi paling sedikit satu hasil, atau hapus baris ini."),
)
UNKNOWN_PLACE = Bad(
    "unknown-place",
    _("Kode faskes tidak dikenal. Pakai kode dari daftar pada templat Anda."),
)
FOREIGN_PLACE = Bad(
    "foreign-place",
    _("Faskes ini bukan wilayah kerja Anda. Pakai kode faskes Anda sendiri."),
)
NO_PLACE = Bad(
    "no-place",
    _("Tempat pelayanan tidak diketahui. Isi kolom Kode faskes dengan kode Posyandu atau faskes."),
)
CLOSED_PLACE = Bad(
    "closed-place",
    _("Faskes ini belum buka atau sudah tutup pada tanggal kunjungan. Periksa kode dan tanggal."),
)
LOCKED_MONTH = Bad(
    "locked-month",
    _(
        "Bulan kunjungan sudah dikunci Dinas Kesehatan. Minta Dinkes membuka kunci bulan itu, "
        "lalu kirim lagi."
    ),
)
NAME_WITH_NUMBER = Bad(
    "name-with-number",
    _("Kolom nama berisi nomor. Periksa apakah kolom tergeser, lalu tulis namanya."),
)
NAME_TOO_LONG = Bad("name-too-long", _("Nama lebih dari 120 huruf. Persingkat namanya."))
NIK_DAMAGED = Bad(
    "nik-damaged",
    _(
        "NIK tersimpan sebagai angka sehingga angka terakhirnya dapat hilang; NIK ini tidak "
        "dipakai untuk mencocokkan. Ubah format kolom menjadi Teks, lalu tulis ulang NIK."
    ),
)
NIK_ODD: dict[str, Bad] = {
    "nik-date": Bad(
        "nik-date", _("Angka ke-7 sampai ke-12 NIK bukan tanggal. Periksa NIK pada KTP atau KK.")
    ),
    "nik-sex": Bad(
        "nik-sex", _("NIK dan jenis kelamin tidak cocok. Periksa keduanya pada KTP atau KK.")
    ),
    "nik-born": Bad(
        "nik-born", _("NIK dan tanggal lahir tidak cocok. Periksa keduanya pada KTP atau KK.")
    ),
    "nik-serial": Bad(
        "nik-serial", _("Empat angka terakhir NIK 0000. Periksa NIK pada KTP atau KK.")
    ),
}
NIK_ROUNDED = Bad(
    "nik-rounded",
    _(
        "Banyak NIK di kolom ini berakhir 0, jadi angka terakhirnya tampaknya hilang; NIK ini "
        "tidak dipakai untuk mencocokkan. Ubah format kolom menjadi Teks, lalu tulis ulang NIK."
    ),
)
SEX_NOT_ONCE = Bad(
    "sex-not-once",
    _("Kolom L dan P harus berisi tepat satu tanda. Beri tanda v di salah satunya saja."),
)
OTHER_COLUMNS = Bad(
    "other-columns",
    _(
        "Di atas baris ini ada baris judul dengan urutan kolom lain, sehingga isinya dapat "
        "tertukar. Pindahkan tabel itu ke lembar sendiri, lalu unggah lagi."
    ),
)
LONGER_THAN_TITLES = Bad(
    "longer-than-titles",
    _(
        "Baris ini berisi lebih banyak sel daripada baris judul, sehingga kolomnya dapat tergeser "
        "(misalnya oleh koma desimal). Simpan berkas sebagai Excel (.xlsx), lalu unggah lagi."
    ),
)
OF_THE_WHOLE_ROW = frozenset({OTHER_COLUMNS.code, LONGER_THAN_TITLES.code})
SECTION = Bad(
    "place-alone",
    _(
        "Baris ini hanya menyebut tempat, jadi tidak dibaca. Bila baris di bawahnya milik tempat "
        "itu, tulis namanya di kolom Posyandu atau Desa di setiap baris."
    ),
)
TWO_COLUMNS = Bad(
    "two-columns",
    _("Ada dua kolom untuk isian ini dan isinya berbeda. Sisakan satu kolom, lalu unggah lagi."),
)
MISMATCHES = {
    "born_on": Bad(
        "other-birth-date",
        _(
            "NIK ini sudah terdaftar dengan tanggal lahir lain. Cocokkan NIK dan tanggal lahir "
            "dengan KTP atau KK, lalu perbaiki yang salah."
        ),
    ),
    "sex": Bad(
        "other-sex",
        _(
            "NIK ini sudah terdaftar dengan jenis kelamin lain. Cocokkan NIK dan jenis kelamin "
            "dengan KTP atau KK, lalu perbaiki yang salah."
        ),
    ),
    "died": Bad(
        "after-death",
        _(
            "Orang ini tercatat meninggal sebelum tanggal kunjungan. Periksa NIK dan tanggalnya, "
            "atau batalkan catatan kematiannya bila keliru."
        ),
    ),
    "seen_later": Bad(
        "seen-after-death",
        _(
            "Orang ini tercatat dilayani sesudah tanggal meninggal. Periksa NIK dan tanggalnya, "
            "atau batalkan kunjungan yang keliru."
        ),
    ),
    "name": Bad(
        "twice-since-merged",
        _(
            "Orang ini sudah digabung dengan orang lain di berkas ini, pada tempat dan tanggal "
            "yang sama. Sisakan satu baris yang benar."
        ),
    ),
}
SHOWN_AT = {"died": "seen_on", "seen_later": "seen_on"}  # the column that a mismatch is told of


def twice(row: int) -> Bad:
    return Bad(
        "twice-in-file",
        _(
            "Baris ganda dengan baris %(row)s: orang, tempat, dan tanggalnya sama tetapi isinya "
            "berbeda. Sisakan satu baris yang benar."
        )
        % {"row": row},
    )


def worth_telling(problems: list[tuple[str, Bad]]) -> list[tuple[str, Bad]]:
    """What is wrong with a row; where its cells stand in the wrong columns, only that."""
    return [one for one in problems if one[1].code in OF_THE_WHOLE_ROW] or problems


def other_month(month: str, *, all_rows: bool) -> Bad:
    """`month` is shown in words: the text that names it may also name a person."""
    if all_rows:
        text = _(
            "Semua tanggal kunjungan di lembar ini di luar bulan yang tertulis di nama lembar, "
            "judul, atau nama berkas (%(month)s). Pastikan tanggalnya."
        )
    else:
        text = _(
            "Tanggal ini di luar bulan yang tertulis di nama lembar, judul, atau nama berkas "
            "(%(month)s). Pastikan tanggalnya."
        )
    return Bad("other-month", text % {"month": month})


def not_of_the_template(month: str) -> Bad:
    text = _("Tanggal kunjungan di luar bulan templat ini (%(month)s). Pastikan tanggalnya.")
    return Bad("other-month", text % {"month": month})


def unknown_home(kind: Text, alike: str) -> Bad:
    if alike:
        text = _("%(kind)s tidak dikenal. Maksud Anda %(alike)s? Perbaiki tulisannya.")
    else:
        text = _("%(kind)s tidak dikenal di kabupaten ini. Pakai nama atau kode dari templat Anda.")
    return Bad("unknown-home", text % {"kind": kind, "alike": alike})


def ambiguous_home(kind: Text) -> Bad:
    text = _("Ada beberapa %(kind)s bernama ini. Tulis kodenya, atau isi juga kolom Desa.")
    return Bad("ambiguous-home", text % {"kind": kind})
