"""Help for monthly reports: filling in, checking, publishing."""

from django.utils.translation import gettext_lazy as _

from facilities.roles import Permission
from ilp.guide.language import Topic

P = Permission
VIEW = frozenset({P.VIEW})
TOPICS = (
    Topic(
        "laporan",
        _("Laporan bulanan"),
        _("Formulir tiap bulan, minggu, atau triwulan, sebagian besar sudah terisi."),
        (
            _("Buka laporan; angka dari kunjungan sudah diusulkan dan tinggal diperiksa."),
            _("Isi yang kosong; 0 berarti nihil, TA berarti tidak ada layanan."),
            _("Tulis alasan untuk angka yang janggal, lalu Kirim."),
        ),
        (
            (
                _("Sudah dikirim tetapi ada yang salah."),
                _("Tarik kembali selama belum dibuka pemeriksa, atau minta dikembalikan."),
            ),
            (
                _("Bolehkah mengisi dari Excel?"),
                _("Boleh. Pilih “Isi dari Excel”; yang berubah ditampilkan sebelum disimpan."),
            ),
            (
                _("Dua orang mengisi bersamaan. Apakah hilang?"),
                _("Tidak. Hanya sel yang sama yang ditanyakan."),
            ),
        ),
        (
            *("reporting:report-list", "reporting:report", "reporting:report-cells"),
            *("reporting:report-from-excel", "reporting:report-step", "reporting:counted"),
            *("reporting:unlock",),
        ),
        VIEW,
    ),
    Topic(
        "cetak",
        _("Cetak laporan, rekap, dan kop"),
        _("Laporan di kertas A4 dengan kop dan penanda tangan, dan rekap sekabupaten."),
        (
            _("Buka laporan, pilih Cetak; simpan sebagai PDF dari dialog cetak."),
            _("Rekap mengumpulkan laporan yang sudah disahkan dari semua tempat."),
            _("Atur kop dan penanda tangan sekali; berlaku sejak tanggalnya."),
        ),
        (
            (
                _("Mengapa tertulis DRAF?"),
                _("Laporannya belum disahkan. Sesudah disahkan tulisan itu hilang."),
            ),
            (
                _("Penanda tangan berganti. Apakah laporan lama ikut berubah?"),
                _("Tidak. Laporan memakai pejabat pada hari dikirim."),
            ),
            (_("Kolomnya terlalu banyak untuk satu halaman?"), _("Tabel dipotong sendiri.")),
        ),
        (
            *("reporting:report-print", "reporting:report-workbook", "reporting:recap"),
            *("reporting:recap-workbook", "reporting:letterhead", "reporting:letterhead-cancel"),
        ),
        VIEW,
        opens=False,
    ),
    Topic(
        "kelengkapan",
        _("Kelengkapan dan ketepatan laporan"),
        _("Siapa sudah mengirim laporan, kapan, dan siapa yang belum."),
        (
            _("Pilih formulir dan tahun; tiap baris satu tempat, tiap kolom satu bulan."),
            _("Buka satu Puskesmas untuk melihat unit di bawahnya."),
            _("Salin teks pengingat dan kirim lewat WA."),
        ),
        (
            (
                _("Apa arti L?"),
                _("Terlambat: dikirim sesudah batas waktunya. ✓ berarti tepat waktu."),
            ),
            (
                _("Mengapa satu tempat kosong?"),
                _("Pada bulan itu tempatnya belum buka atau sudah tutup."),
            ),
            (
                _("Batas waktunya berubah. Apakah yang lama dihitung ulang?"),
                _("Tidak. Batas berlaku sejak bulan yang ditentukan."),
            ),
        ),
        ("reporting:completeness", "reporting:completeness-file"),
        VIEW,
    ),
    Topic(
        "formulir",
        _("Formulir Dinkes"),
        _("Formulir laporan yang dibuat atau disesuaikan Dinkes lewat Excel."),
        (
            _("Unduh formulir yang ada, ubah di Excel, lalu unggah untuk diperiksa."),
            _("Simpan dengan bulan mulai berlaku; bulan lama memakai formulir lama."),
            _("Akhiri formulir yang tidak dipakai lagi."),
        ),
        (
            (
                _("Mengapa unggahan formulir ditolak?"),
                _("Kalimatnya menyebut lembar dan baris yang harus diperbaiki."),
            ),
            (
                _("Apakah data lama hilang?"),
                _("Tidak. Laporan yang sudah ada tetap dengan formulirnya."),
            ),
            (_("Siapa yang mengisi?"), _("Jenis tempat yang disebut di formulir.")),
        ),
        (
            *("reporting:form-list", "reporting:form-upload", "reporting:form-confirm"),
            *("reporting:form-workbook", "reporting:form-end"),
        ),
        frozenset({P.MANAGE_TARGETS}),
    ),
    Topic(
        "batas",
        _("Batas kirim dan masa laporan"),
        _("Sampai tanggal berapa laporan tepat waktu, hari libur, dan perpanjangan."),
        (
            _("Tetapkan tanggal batas sejak suatu bulan; hari libur menggesernya."),
            _("Beri perpanjangan untuk satu tempat bila ada alasan."),
            _("Masa laporan dapat 1 sampai akhir bulan, atau 21 sampai 20."),
        ),
        (
            (
                _("Apakah laporan lama berubah statusnya?"),
                _("Tidak. Aturan berlaku sejak bulan yang dipilih."),
            ),
            (_("Bagaimana bila sinyal mati?"), _("Beri perpanjangan untuk tempat itu.")),
            (
                _("Dari mana batas bawaan?"),
                _("Dari katalog; aturan Dinkes menggantikannya."),
            ),
        ),
        ("reporting:periods", "reporting:period-end"),
        frozenset({P.MANAGE_TARGETS}),
    ),
    Topic(
        "verifikasi",
        _("Verifikasi dan pengesahan"),
        _("Memeriksa laporan yang masuk, mengesahkan, atau mengembalikan dengan catatan."),
        (
            _("Yang paling banyak tandanya berada di atas; buka dan periksa."),
            _("Sahkan, atau kembalikan dengan catatan pada selnya."),
            _("Yang tidak bertanda dapat disahkan beberapa sekaligus."),
        ),
        (
            (
                _("Mengapa saya tidak dapat mengesahkan?"),
                _("Pengelola program lain yang memegangnya, atau laporannya belum diverifikasi."),
            ),
            (
                _("Apa yang terjadi sesudah disahkan?"),
                _("Angkanya berlaku sebagai ganti kunjungan tempat itu pada bulan itu."),
            ),
            (
                _("Salah mengesahkan. Bagaimana?"),
                _("Kembalikan laporannya dengan catatan; angkanya kembali ke kunjungan."),
            ),
        ),
        ("reporting:verify-list", "reporting:holders", "reporting:holder-change"),
        frozenset({P.VERIFY, P.APPROVE}),
    ),
    Topic(
        "rilis",
        _("Rilis bulanan"),
        _("Menerbitkan angka satu bulan: dibekukan, bertanggal, dan bernomor revisi."),
        (
            _("Buka bulannya, periksa yang belum masuk dan angka yang berubah."),
            _("Rilis dan kunci. Sesudah itu halaman menampilkan angka rilis."),
            _("Koreksi diterbitkan sebagai revisi dengan alasan."),
        ),
        (
            (
                _("Laporan terlambat masuk sesudah rilis."),
                _("Buka kunci bulan, terima laporannya, lalu terbitkan revisi."),
            ),
            (
                _("Mengapa angka sementara berbeda?"),
                _("Ada yang berubah sesudah rilis. Halaman rilis menyebut apa saja."),
            ),
            (_("Siapa yang boleh merilis?"), _("Kepala Dinas dan admin Dinkes.")),
        ),
        ("reporting:release-list", "reporting:release"),
        VIEW,
    ),
    Topic(
        "mutu",
        _("Mutu data"),
        _("Angka yang tampak salah: melompat, melebihi sasaran, atau tidak cocok."),
        (
            _("Kerjakan dari atas; tiap temuan menyebut tempat, bulan, dan sebabnya."),
            _("Perbaiki di sumbernya, atau nyatakan benar dengan alasan."),
            _("Pembanding mencocokkan angka dengan aplikasi nasional."),
        ),
        (
            (
                _("Angka itu memang benar. Bagaimana menghilangkannya?"),
                _("Nyatakan benar dengan alasan; temuannya hilang selama angkanya tetap."),
            ),
            (
                _("Siapa yang harus memperbaiki?"),
                _("Tempat yang disebut. Kirimkan tautannya."),
            ),
            (
                _("Apakah temuan mengubah angka?"),
                _("Tidak. Tidak ada angka yang diubah diam-diam."),
            ),
        ),
        (
            *("reporting:quality", "reporting:quality-confirm", "reporting:findings"),
            *("reporting:comparison",),
        ),
        VIEW,
    ),
    Topic(
        "sasaran",
        _("Sasaran"),
        _("Jumlah orang tiap kelompok di tiap tempat: penyebut semua cakupan."),
        (
            _("Unduh templat, isi per tempat, lalu unggah untuk diperiksa."),
            _("Yang berubah ditampilkan sebelum disimpan."),
            _("Versi baru berlaku sejak bulannya; yang lama tetap tersimpan."),
        ),
        (
            (
                _("Apa beda proyeksi dan riil?"),
                _("Proyeksi dari perkiraan penduduk; riil dari pendataan kader."),
            ),
            (
                _("Mengapa persen tidak muncul?"),
                _("Sasaran tempat itu belum diisi (TA)."),
            ),
            (
                _("Jumlah desa tidak sama dengan Puskesmas?"),
                _("Selisihnya ditandai di tabel; perbaiki salah satunya."),
            ),
        ),
        (
            *("reporting:target-list", "reporting:target-template", "reporting:target-upload"),
            *("reporting:target-confirm", "reporting:target-names", "reporting:target-marks"),
            *("reporting:population", "reporting:population-file"),
        ),
        VIEW,
    ),
)
