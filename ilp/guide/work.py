"""Help for those who give the care and write it down."""

from django.utils.translation import gettext_lazy as _

from facilities.roles import Permission
from ilp.guide.language import Topic

P = Permission
TOPICS = (
    Topic(
        "beranda",
        _("Beranda"),
        _("Yang harus Anda kerjakan sekarang, menurut peran dan wilayah Anda."),
        (
            _("Kerjakan dari atas: yang terlambat dan yang dikembalikan berada di atas."),
            _("Ketuk satu baris untuk langsung ke halamannya."),
            _("Daftar ini berkurang sendiri setelah pekerjaannya selesai."),
        ),
        (
            (
                _("Mengapa beranda saya kosong?"),
                _("Tidak ada yang menunggu Anda, atau peran Anda hanya melihat angka."),
            ),
            (
                _("Mengapa rekan saya melihat daftar lain?"),
                _("Daftar disusun menurut peran dan tempat tugas masing-masing."),
            ),
            (
                _("Angka di beranda berbeda dari kemarin. Apa yang terjadi?"),
                _("Kunjungan atau laporan baru masuk. Angka yang sudah dirilis tidak berubah."),
            ),
        ),
        ("home",),
    ),
    Topic(
        "catat",
        _("Catat kunjungan"),
        _("Mencatat pelayanan satu orang, satu hari, di satu tempat."),
        (
            _("Pilih tempat, tanggal, dan jenis pelayanan; muncul daftar orang yang ditunggu."),
            _("Ketuk nama, isi hasilnya, lalu Simpan. Status gizi dan lainnya langsung tampil."),
            _("Orang yang belum ada di daftar ditambah lewat tombol orang baru."),
        ),
        (
            (
                _("Saya salah mengetik. Bagaimana memperbaikinya?"),
                _("Buka kunjungannya lagi, perbaiki, simpan. Perubahan tercatat di jejak audit."),
            ),
            (
                _("Mengapa isian saya ditolak?"),
                _("Nilainya tidak mungkin, misalnya bayi 92 kg. Kalimatnya menyebut sebabnya."),
            ),
            (
                _("Kapan angka laporan ikut berubah?"),
                _("Dalam hitungan detik sampai menit, kecuali bulannya sudah dikunci."),
            ),
        ),
        (
            *("clusters:entry-start", "clusters:roster", "clusters:entry-new", "clusters:entry"),
            *("clusters:entry-try",),
        ),
        frozenset({P.RECORD}),
    ),
    Topic(
        "orang",
        _("Cari orang dan kartu orang"),
        _("Menemukan seseorang dan melihat riwayat pelayanannya."),
        (
            _("Tulis awal nama (paling sedikit tiga huruf) atau NIK lengkap."),
            _("Kartu memuat pelayanan, imunisasi, dan apa yang masih perlu dilakukan."),
            _("Setiap pencarian dan kartu yang dibuka tercatat, tanpa kata yang dicari."),
        ),
        (
            (
                _("Mengapa orangnya tidak ditemukan?"),
                _("Ejaannya lain, atau ia tinggal di luar wilayah Anda. Coba dengan NIK lengkap."),
            ),
            (
                _("Mengapa NIK disamarkan?"),
                _("Untuk melindungi orangnya. Empat angka terakhir cukup untuk memastikan."),
            ),
            (
                _("Satu orang muncul dua kali. Apa yang harus dilakukan?"),
                _("Buka Data ganda dan gabungkan kedua datanya; penggabungan dapat dibatalkan."),
            ),
        ),
        ("clusters:person-search", "reporting:person"),
        frozenset({P.VIEW_PEOPLE}),
    ),
    Topic(
        "kunjungan",
        _("Daftar kunjungan"),
        _("Kunjungan yang tercatat, dan yang ada di balik suatu angka."),
        (
            _("Pilih jenis pelayanan dan bulan; daftar hanya memuat wilayah Anda."),
            _("Buka satu baris untuk melihat isinya, siapa yang mencatat, dan dari berkas mana."),
            _("Kunjungan yang keliru dibatalkan dengan alasan; datanya tidak dihapus."),
        ),
        (
            (
                _("Mengapa jumlahnya berbeda dari laporan?"),
                _("Laporan yang disahkan menggantikan kunjungan. Laporan menyebut bedanya."),
            ),
            (
                _("Apa arti menurut domisili?"),
                _("Dihitung di tempat tinggal orangnya, bukan di tempat ia dilayani."),
            ),
            (
                _("Bolehkah membatalkan kunjungan bulan lalu?"),
                _("Boleh selama bulannya belum dikunci; sesudah itu minta buka kunci."),
            ),
        ),
        ("clusters:visit-list", "clusters:visit", "clusters:visit-cancel"),
        frozenset({P.VIEW_PEOPLE}),
    ),
    Topic(
        "data-ganda",
        _("Data ganda"),
        _("Dua data yang mungkin satu orang, untuk diperiksa dan digabung."),
        (
            _("Buka satu pasangan dan bandingkan nama, tanggal lahir, nama ibu, dan alamat."),
            _("Pilih data yang dipertahankan lalu gabungkan, atau nyatakan bukan satu orang."),
            _("Penggabungan yang keliru dapat dibatalkan dari halamannya."),
        ),
        (
            (
                _("Apa yang terjadi dengan kunjungannya?"),
                _("Semua kunjungan pindah ke data yang dipertahankan; angka dihitung ulang."),
            ),
            (
                _("Mengapa penggabungan ditolak?"),
                _("Ada yang bertentangan, misalnya kunjungan sesudah tanggal meninggal."),
            ),
            (
                _("Siapa yang melihat nama di sini?"),
                _("Hanya peran yang boleh menggabungkan; setiap pembukaan tercatat."),
            ),
        ),
        (
            *("clusters:duplicate-list", "clusters:duplicate", "clusters:duplicate-merge"),
            *("clusters:duplicate-apart", "clusters:merge", "clusters:merge-undo"),
        ),
        frozenset({P.MERGE_PEOPLE}),
    ),
    Topic(
        "unggah",
        _("Unggah Excel"),
        _("Mengirim banyak kunjungan sekaligus dari berkas Excel atau CSV."),
        (
            _("Unduh templat, atau pakai berkas Anda sendiri; seret ke halaman unggah."),
            _("Jawab pertanyaan bila kolomnya tidak dikenal, lalu periksa baris yang ditolak."),
            _("Terima bila sudah benar. Unggahan yang keliru dapat dibatalkan."),
        ),
        (
            (
                _("Sebagian baris ditolak. Apakah semuanya gagal?"),
                _("Tidak. Baris yang bersih masuk; yang ditolak kembali sebagai Excel bertanda."),
            ),
            (
                _("Bolehkah mengirim berkas yang sama dua kali?"),
                _("Boleh. Baris yang sama dikenali dan tidak dihitung dua kali."),
            ),
            (
                _("Sambungan putus saat mengirim. Apakah harus mengulang?"),
                _("Pilih berkas yang sama lagi; pengiriman dilanjutkan dari tempatnya."),
            ),
        ),
        (
            *("clusters:upload-list", "clusters:upload-new", "clusters:upload"),
            *(
                "clusters:template",
                "clusters:upload-mapping",
                "clusters:upload-repair",
                "clusters:upload-cancel",
            ),
            *(
                "clusters:upload-redo",
                "clusters:upload-accept",
                "clusters:upload-service",
                "clusters:upload-piece",
            ),
            *("clusters:upload-file", "clusters:upload-rejects"),
        ),
        frozenset({P.RECORD}),
    ),
    Topic(
        "akun",
        _("Akun saya"),
        _("Kata sandi, kode kedua, surel pengingat, dan pengganti sementara."),
        (
            _("Ketuk nama Anda di kanan atas untuk mengganti kata sandi."),
            _("Nyalakan kode kedua bila Anda mengelola pengguna."),
            _("Tunjuk pengganti bila Anda cuti; ia bekerja atas nama Anda selama tanggal itu."),
        ),
        (
            (
                _("Saya lupa kata sandi."),
                _("Mintalah admin Puskesmas atau Dinkes mengatur ulang; sandi baru tampil sekali."),
            ),
            (
                _("Mengapa kode enam angka ditolak?"),
                _("Jam HP harus tepat. Tunggu kode berikutnya lalu ketik lagi."),
            ),
            (
                _("Apakah pengganti dapat melihat semua milik saya?"),
                _("Ia mendapat peran dan tempat yang sama, hanya pada tanggal yang ditentukan."),
            ),
        ),
        (
            *("facilities:password-change", "facilities:second-factor", "facilities:contact"),
            *("facilities:substitutes", "facilities:substitute-end"),
            *("facilities:login", "facilities:login-code", "facilities:logout", "language"),
        ),
    ),
)
