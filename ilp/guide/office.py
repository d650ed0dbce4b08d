"""Help for those who keep places, accounts and maps."""

from django.utils.translation import gettext_lazy as _

from facilities.roles import Permission
from ilp.guide.language import Topic

P = Permission
TOPICS = (
    Topic(
        "faskes",
        _("Faskes dan wilayah"),
        _("Daftar semua tempat: mencari, membuka, memindahkan, menutup, menggabung."),
        (
            _("Cari dengan nama atau kode; saring menurut jenis dan kecamatan."),
            _("Kelola satu tempat untuk mengganti nama, induk, atau menutupnya."),
            _("Banyak perubahan sekaligus lewat Excel, dengan pratinjau."),
        ),
        (
            (
                _("Apakah angka lama ikut pindah?"),
                _("Tidak. Bulan sebelumnya tetap di induk lama."),
            ),
            (
                _("Bolehkah menghapus tempat?"),
                _("Tidak. Tutup tempatnya; riwayatnya tetap terbaca."),
            ),
            (_("Siapa yang boleh mengubah?"), _("Admin Dinkes.")),
        ),
        (
            *("facilities:facility-list", "facilities:facility-open", "facilities:facility-manage"),
            *("facilities:facility-change", "clusters:registry", "clusters:registry-file"),
            *("clusters:registry-confirm",),
        ),
        frozenset({P.VIEW}),
    ),
    Topic(
        "batas-peta",
        _("Batas dan petak peta"),
        _("Dari apa peta digambar: batas wilayah GeoJSON, atau petak yang disusun sendiri."),
        (
            _("Unggah GeoJSON (WGS 84) yang punya kolom kode desa atau kode Puskesmas."),
            _("Periksa yang tanpa pasangan dan tempat tanpa batas, perbaiki, unggah lagi."),
            _("Tanpa berkas batas, susun petak: kolom dari kiri, baris dari atas."),
        ),
        (
            (
                _("Berkas saya terlalu besar."),
                _("Sederhanakan di QGIS atau mapshaper; server tetap menyederhanakannya lagi."),
            ),
            (
                _("Mengapa tidak ada yang berpasangan?"),
                _("Kolom kodenya berbeda. Pesan menyebut contoh kode di sini dan di berkas."),
            ),
            (_("Apakah peta memerlukan internet?"), _("Tidak.")),
        ),
        ("reporting:map-boundaries", "reporting:map-squares", "reporting:map-remove"),
        frozenset({P.MANAGE_MAPS}),
    ),
    Topic(
        "pengguna",
        _("Pengguna dan peran"),
        _("Membuat akun, memberi peran di suatu tempat, mengatur ulang kata sandi."),
        (
            _("Buat akun satu per satu atau lewat Excel; kata sandi tampil sekali."),
            _("Peran berlaku di tempatnya dan semua tempat di bawahnya."),
            _("Nonaktifkan akun orang yang pindah; jejaknya tetap ada."),
        ),
        (
            (
                _("Apa yang boleh dilakukan tiap peran?"),
                _("Lihat tabel peran di bawah daftar pengguna."),
            ),
            (
                _("Mengapa saya tidak dapat memberi peran itu?"),
                _("Admin Puskesmas memberi peran tenaga kesehatan dan kader di wilayahnya saja."),
            ),
            (_("Bolehkah satu orang punya dua peran?"), _("Boleh, juga di dua tempat.")),
        ),
        (
            *("facilities:user-list", "facilities:user-new", "facilities:user-edit"),
            *("facilities:user-reset", "facilities:user-switch", "facilities:role-end"),
            *("facilities:user-contact",),
        ),
        frozenset({P.MANAGE_USERS}),
    ),
    Topic(
        "jejak",
        _("Jejak audit"),
        _("Siapa melakukan apa, kapan, dan di mana; tidak dapat diubah."),
        (
            _("Saring menurut peristiwa, akun, dan tanggal."),
            _("Yang terbaru di atas."),
            _("Nama orang dan NIK tidak pernah ditulis di sini."),
        ),
        (
            (_("Bolehkah menghapus baris?"), _("Tidak, oleh siapa pun.")),
            (
                _("Mengapa saya tidak melihat semuanya?"),
                _("Anda melihat tempat yang Anda kelola; petugas TI melihat semuanya."),
            ),
            (
                _("Apa arti pelaku kosong?"),
                _("Dikerjakan sistem sendiri, misalnya menurut jadwal."),
            ),
        ),
        ("facilities:audit-list",),
        frozenset({P.MANAGE_USERS, P.SYSTEM}),
    ),
    Topic(
        "cari",
        _("Cari dan bantuan"),
        _("Satu kotak di atas setiap halaman untuk faskes, indikator, dan halaman."),
        (
            _("Tekan tombol / atau ketuk kotak cari, ketik, lalu Enter."),
            _("Indikator langsung tampil dengan angkanya; salah ketik dimaafkan."),
            _("Tanda ? di kanan atas membuka bantuan halaman yang sedang dibuka."),
        ),
        (
            (
                _("Mengapa nama orang tidak dicari di sini?"),
                _("Kata yang dicari tampak di alamat halaman. Orang dicari di halaman Cari orang."),
            ),
            (
                _("Bagaimana mematikan tombol /?"),
                _("Di halaman hasil pencarian, paling bawah; berlaku untuk peramban itu."),
            ),
            (
                _("Tempat yang saya cari tidak muncul."),
                _("Mungkin di luar wilayah Anda, atau namanya lain. Coba kodenya."),
            ),
        ),
        (*("reporting:search", "guide:index", "guide:topic", "guide:terms", "guide:news"),),
    ),
    Topic(
        "kebutuhan",
        _("Kebutuhan sarana dan tenaga"),
        _("Apa yang kurang di mana, dan mana yang didahulukan; bahan kajian dan usulan RUK."),
        (
            _("Pilih kelompok: sarana, prasarana, alat, SDM, atau obat; Pustu juga sendiri."),
            _("Buka satu hal untuk melihat tempatnya, lalu formulirnya."),
            _("Cetak kajian, atau unduh usulan untuk RUK."),
        ),
        (
            (
                _("Dari mana angkanya?"),
                _("Dari penilaian mandiri yang dikirim, dan dari daftar tenaga."),
            ),
            (
                _("Bagaimana urutan prioritas dihitung?"),
                _("Rumus dan bobotnya tertulis di atas daftar; admin Dinas dapat mengubah bobot."),
            ),
            (
                _("Mengapa suatu tempat tidak terhitung?"),
                _("Penilaiannya belum dikirim. Daftar penilaian menyebut yang mana."),
            ),
        ),
        (
            *("reporting:needs", "reporting:need-weights", "reporting:needs-print"),
            *("reporting:needs-workbook", "facilities:standards", "facilities:standard-end"),
        ),
        frozenset({P.VIEW}),
    ),
    Topic(
        "penilaian-mandiri",
        _("Penilaian mandiri"),
        _("Tempat Anda menyebut apa yang ada: baik, rusak ringan, rusak berat."),
        (
            _("Isi tiap baris; angka tahun lalu sudah tertulis sebagai usulan."),
            _("Simpan kapan saja; kirim bila semua baris lengkap."),
            _("Dinas memverifikasi, atau mengembalikan dengan komentar per baris."),
        ),
        (
            (_("Angka saya ditolak."), _("Baik ditambah rusak harus sama dengan yang ada.")),
            (
                _("Mengapa tidak dapat diubah lagi?"),
                _("Penilaian sudah dikirim atau diverifikasi. Minta Dinas mengembalikannya."),
            ),
            (_("Bolehkah lewat Excel?"), _("Boleh: Isi lewat Excel di daftar penilaian.")),
        ),
        ("facilities:assessments", "facilities:assessment"),
        frozenset({P.VIEW}),
    ),
    Topic(
        "tenaga",
        _("Tenaga dan kader"),
        _("Berapa orang bekerja di suatu tempat menurut jenisnya, di samping standarnya."),
        (
            _("Tulis jumlah per jenis tenaga dan sejak kapan; riwayatnya tetap ada."),
            _("Kader ditulis menurut tingkat: purwa, madya, utama."),
            _("Pilih jenis tempat untuk melihat semua yang di bawahnya."),
        ),
        (
            (_("Mengapa Pustu bertanda kurang?"), _("Pustu memerlukan perawat dan bidan.")),
            (_("Apa arti BL?"), _("Belum dicatat: bukan nol.")),
            (_("Siapa yang mencatat?"), _("Admin Puskesmas, atau admin Dinas.")),
        ),
        ("facilities:staff",),
        frozenset({P.VIEW}),
        opens=False,
    ),
    Topic(
        "kesiapan-ilp",
        _("Kesiapan ILP"),
        _("Apa yang sudah siap di suatu tempat untuk menerapkan ILP, dan apa hambatannya."),
        (
            _("Jawab tiap butir: Ya, Proses, Belum, atau Tidak berlaku; tulis buktinya."),
            _("Hanya jawaban yang berubah dicatat, sejak tanggal yang Anda isi."),
            _("Catat satu hambatan utama dengan batas janjinya; nyatakan bila sudah teratasi."),
        ),
        (
            (
                _("Bagaimana persennya dihitung?"),
                _("Butir Ya dibagi butir yang berlaku; yang belum diisi ikut dihitung."),
            ),
            (_("Apakah ini penilaian resmi?"), _("Bukan. Butirnya yang lazim dipakai.")),
            (_("Siapa yang mengisi?"), _("Admin Puskesmas, atau admin Dinas.")),
        ),
        ("facilities:readiness", "facilities:obstacle-end"),
        frozenset({P.VIEW}),
        opens=False,
    ),
    Topic(
        "inovasi-mitra",
        _("Inovasi dan mitra"),
        _("Apa yang dibuat suatu tempat untuk menjawab masalahnya, dan dengan siapa."),
        (
            _("Catat nama, masalah, klaster, sejak kapan, dan hasilnya."),
            _("Ubah bila hasilnya berkembang."),
            _("Akhiri bila tidak berjalan lagi; riwayatnya tetap terbaca."),
        ),
        (
            (_("Siapa yang mencatat?"), _("Admin Puskesmas atau admin Dinas.")),
            (_("Ke mana dokumennya?"), _("Tulis tautannya; berkasnya tidak disimpan di sini.")),
            (_("Di mana mitra?"), _("Di tab sebelah inovasi.")),
        ),
        ("facilities:efforts", "facilities:effort-edit", "facilities:effort-end"),
        frozenset({P.VIEW}),
        opens=False,
    ),
    Topic(
        "tindak-lanjut",
        _("Tindak lanjut"),
        _("Apa yang harus dilakukan tentang suatu angka, oleh siapa, sampai kapan."),
        (
            _("Tekan + Tindakan di samping angka; tulis masalah, tindakan, orang, dan batasnya."),
            _("Tindakan tampil di beranda orang itu sampai selesai, dan ditandai bila terlambat."),
            _("Tandai selesai dengan satu kalimat tentang apa yang dilakukan."),
        ),
        (
            (
                _("Siapa yang boleh mengubah atau membatalkannya?"),
                _("Kantor yang menetapkannya. Penanggung jawab menandai selesai."),
            ),
            (
                _("Orangnya tidak punya akun. Bolehkah?"),
                _("Boleh; tulis namanya, lalu ingatkan sendiri."),
            ),
            (_("Bolehkah dibuka lagi?"), _("Boleh, dengan alasan; riwayatnya tetap ada.")),
        ),
        (
            *("reporting:follow-up-list", "reporting:follow-up-new", "reporting:follow-up"),
            *("reporting:follow-up-brief",),
        ),
        frozenset({P.VIEW}),
    ),
    Topic(
        "lokmin",
        _("Mode lokmin"),
        _("Lokakarya mini di proyektor: satu indikator tiap layar, kesepakatan langsung diketik."),
        (
            _("Maju dan mundur dengan panah kanan dan kiri; B menggelapkan layar."),
            _("Ketik kesepakatan di bawah angka; tersimpan sendiri, huruf demi huruf."),
            _("Layar terakhir memuat semua kesepakatan; cetak sebagai notulen."),
        ),
        (
            (_("Sinyal putus di tengah rapat."), _("Teruskan; yang diketik dikirim kemudian.")),
            (
                _("Kapan kesepakatan sampai ke orangnya?"),
                _("Begitu keempat isiannya lengkap, ia tampil di beranda orang itu."),
            ),
            (_("Angka mana yang tampil?"), _("Rilis bulan itu bila ada; selain itu sementara.")),
        ),
        (
            *("reporting:meeting-list", "reporting:meeting", "reporting:meeting-cells"),
            *("reporting:meeting-minutes",),
        ),
        frozenset({P.VIEW}),
    ),
)
