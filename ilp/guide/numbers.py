"""Help for those who read numbers and lead with them."""

from django.utils.translation import gettext_lazy as _

from facilities.roles import Permission
from ilp.guide.language import Topic

P = Permission
VIEW = frozenset({P.VIEW})
TOPICS = (
    Topic(
        "situasi",
        _("Situasi"),
        _("Keadaan wilayah Anda di satu halaman: kalimat utama, SPM, klaster, rapor, peringkat."),
        (
            _("Baca kalimat di atas dahulu: ia menyebut yang paling tertinggal dan di mana."),
            _("Ketuk satu kotak untuk ke halaman indikatornya, atau satu nama untuk ke tempatnya."),
            _("Ganti wilayah dan bulan di bilah atas; pilihan itu ikut terbawa."),
        ),
        (
            (
                _("Apa beda rilis dan sementara?"),
                _("Angka rilis dibekukan dan bertanggal. Angka sementara masih berubah."),
            ),
            (
                _("Mengapa 41,7% di bulan Mei sudah tercapai?"),
                _("Dibandingkan dengan target sampai Mei (5/12), bukan target akhir tahun."),
            ),
            (
                _("Apa arti BL?"),
                _("Belum lapor: tidak ada kunjungan atau laporan pada bulan itu. BL bukan nol."),
            ),
        ),
        ("reporting:situation",),
        VIEW,
    ),
    Topic(
        "klaster",
        _("Klaster"),
        _("Indikator satu klaster ILP dengan tangga pelayanan dan tempat yang tertinggal."),
        (
            _("Pilih klaster dari halaman Situasi: K1, K2, K3, K4, atau LK."),
            _("Tab di atas tabel memilih kelompok umur atau tahap kehidupan."),
            _("Ketuk angka untuk melihat asalnya."),
        ),
        (
            (
                _("Mengapa klaster tidak diberi warna sendiri?"),
                _("Warna dipakai hanya untuk status, supaya tetap terbaca oleh yang buta warna."),
            ),
            (
                _("Mengapa satu indikator ada di dua klaster?"),
                _("Indikator itu dipakai oleh keduanya; angkanya satu."),
            ),
            (
                _("Mengapa klaster ini masih kosong?"),
                _("Sumber angkanya, biasanya laporan bulanan, belum masuk."),
            ),
        ),
        ("reporting:cluster", "reporting:cascade-file"),
        VIEW,
        opens=False,
    ),
    Topic(
        "rapor",
        _("Rapor"),
        _("Tabel tempat menurut indikator, untuk melihat siapa tertinggal dalam hal apa."),
        (
            _("Pilih kumpulan indikator dan isi selnya: persen, jumlah, atau kekurangan."),
            _("Ketuk judul kolom untuk mengurutkan, ketuk sel untuk ke halaman indikatornya."),
            _("Saring menurut kecamatan; unduh Excel dari kanan atas."),
        ),
        (
            (
                _("Apa arti tanda bintang?"),
                _("Penyebutnya kurang dari 20 orang: persennya mudah berubah."),
            ),
            (
                _("Apa arti tanda bendera?"),
                _("Capaian melebihi sasaran atau angkanya janggal. Periksa sasaran dan datanya."),
            ),
            (
                _("Mengapa urutannya berubah?"),
                _("Tanpa pilihan, yang paling sedikit mencapai target berada di atas."),
            ),
        ),
        ("reporting:scorecard", "reporting:scorecard-file"),
        VIEW,
    ),
    Topic(
        "spm",
        _("Laporan SPM"),
        _("Dua belas pelayanan dasar minimal dengan penerima, mutu, indeks, dan kelasnya."),
        (
            _("Pilih bulan terakhir triwulan di bilah atas."),
            _("Tekan Cetak untuk laporan yang siap ditandatangani."),
            _("Ketuk satu pelayanan untuk melihat hitungannya."),
        ),
        (
            (
                _("Mengapa indeksnya rendah padahal penerimanya banyak?"),
                _("Indeks menghitung penerima dan mutu. Mutu berasal dari laporan barang dan SDM."),
            ),
            (_("Dari mana bobotnya?"), _("Dari peraturan menteri yang disebut di bawah tabel.")),
            (
                _("Mengapa angkanya berbeda dari tahun lalu?"),
                _("Definisi mengikuti aturan yang berlaku pada bulan itu."),
            ),
        ),
        ("reporting:spm",),
        VIEW,
    ),
    Topic(
        "indikator",
        _("Halaman indikator"),
        _("Satu indikator sampai ke asalnya: grafik PWS, tren, tabel, peta, definisi."),
        (
            _("Kalimat di atas menyebut capaian, target bulan ini, dan berapa orang kurang."),
            _("Tab memilih cara melihat; tabel tempat selalu ada di bawahnya."),
            _("Buka “Bagaimana angka ini dihitung” untuk rumus dengan angka sebenarnya."),
        ),
        (
            (
                _("Mengapa batang satu tempat diarsir?"),
                _("Tempat itu belum lapor (BL), jadi bukan nol."),
            ),
            (
                _("Bagaimana melihat orang di balik angka?"),
                _("Lewat “Lihat kunjungan di balik angka ini”, bagi yang memberi pelayanan."),
            ),
            (
                _("Bolehkah capaian lebih dari 100%?"),
                _("Boleh dan ditampilkan apa adanya, dengan bendera untuk memeriksa sasaran."),
            ),
        ),
        (
            *("reporting:indicator-list", "reporting:indicator", "reporting:indicator-file"),
            *("reporting:indicator-chart", "reporting:indicator-changes"),
            *("reporting:baseline-move",),
        ),
        VIEW,
    ),
    Topic(
        "indikator-lokal",
        _("Indikator lokal"),
        _("Indikator yang dibuat Dinkes sendiri dari unsur yang sudah dihitung."),
        (
            _("Tekan Indikator baru, beri nama, lalu susun pembilang dan penyebut."),
            _("Coba hitung dengan angka sebenarnya sebelum menyimpan."),
            _("Akhiri bila tidak dipakai lagi; bulan-bulan lama tetap terbaca."),
        ),
        (
            (
                _("Bolehkah mengubah rumus di tengah tahun?"),
                _("Boleh, sejak bulan tertentu. Bulan sebelumnya memakai rumus lama."),
            ),
            (_("Siapa yang melihatnya?"), _("Semua yang melihat angka di kabupaten Anda.")),
            (
                _("Mengapa unsur yang saya cari tidak ada?"),
                _("Unsur berasal dari kunjungan dan formulir. Tambahkan lewat formulir Dinkes."),
            ),
        ),
        (
            *("reporting:local-list", "reporting:local-new", "reporting:local-edit"),
            *("reporting:local-end",),
        ),
        frozenset({P.MANAGE_TARGETS}),
    ),
    Topic(
        "penyakit",
        _("Penyakit"),
        _("Penyakit terbanyak menurut kode ICD-10, umur, dan jenis kelamin."),
        (
            _("Pilih bulan atau tahun dengan tab."),
            _("Kasus baru dan lama dibedakan; jumlah keduanya di kolom terakhir."),
            _("Angka laporan LB1 yang disahkan dipakai sebagai ganti kunjungan."),
        ),
        (
            (
                _("Mengapa penyakit tertentu tidak muncul?"),
                _("Belum ada kasus tercatat, atau kodenya belum diisi."),
            ),
            (_("Apa itu kasus baru?"), _("Kunjungan pertama orang itu untuk penyakit yang sama.")),
            (_("Bolehkah mencetaknya?"), _("Boleh, lewat cetak dari peramban.")),
        ),
        ("reporting:disease-list",),
        VIEW,
    ),
    Topic(
        "tempat",
        _("Profil tempat"),
        _("Satu Puskesmas, desa, Pustu, atau Posyandu: capaian, jejaring, laporan, riwayat."),
        (
            _("Ringkasan memuat SPM, peringkat, yang paling tertinggal, dan laporan setahun."),
            _("Jejaring menunjukkan tempat di bawahnya dengan status ILP dan laporannya."),
            _("Cetak profil menyusun ringkasan dan jejaring di kertas."),
        ),
        (
            (
                _("Mengapa tidak ada peringkat?"),
                _("Peringkat hanya tampak bagi yang melihat semua tempat yang dibandingkan."),
            ),
            (
                _("Nama atau induknya salah. Siapa yang memperbaiki?"),
                _("Admin Dinkes, lewat tombol Kelola. Perubahan berlaku sejak awal bulan."),
            ),
            (
                _("Mengapa induk lama masih tertulis?"),
                _("Riwayat disimpan supaya angka bulan-bulan lama tetap di tempatnya."),
            ),
        ),
        ("reporting:place", "reporting:skdn-file"),
        VIEW,
        opens=False,
    ),
    Topic(
        "peta",
        _("Peta"),
        _("Satu indikator di semua tempat, sebagai daftar dan sebagai peta."),
        (
            _("Pilih indikator; nomor di peta mengikuti daftar di sampingnya."),
            _("Ketuk wilayah atau namanya untuk ke halaman indikator tempat itu."),
            _("Tanpa berkas batas, tiap tempat menjadi satu petak yang sama besar."),
        ),
        (
            (
                _("Mengapa wilayah yang besar tampak lebih penting?"),
                _("Luas bukan jumlah orang. Karena itu daftar dan peta petak disediakan."),
            ),
            (
                _("Bagaimana memakai batas sebenarnya?"),
                _("Petugas TI mengunggah GeoJSON dengan kolom kode di Batas peta."),
            ),
            (_("Apa arti arsiran?"), _("Belum lapor (BL).")),
        ),
        ("reporting:map",),
        VIEW,
    ),
    Topic(
        "unduhan",
        _("Unduhan dan paket lokmin"),
        _("Angka sebagai Excel atau CSV, dan paket A4 untuk lokakarya mini."),
        (
            _("Pilih indikator, bentuk, dan rentang, lalu Excel atau CSV."),
            _("Paket lokmin: pilih sampai enam grafik, tekan Cetak, simpan sebagai PDF."),
            _("Bentuk panjang cocok untuk diolah; bentuk lebar seperti rekap yang biasa."),
        ),
        (
            (
                _("Apakah angkanya sama dengan di layar?"),
                _("Sama. Di berkas tidak dibulatkan; di layar satu desimal."),
            ),
            (_("Apakah ada nama orang di dalamnya?"), _("Tidak. Hanya angka gabungan.")),
            (
                _("Mengapa tombol unduh tidak ada?"),
                _("Peran Anda belum boleh mengekspor. Mintalah admin Dinkes."),
            ),
        ),
        ("reporting:download-list", "reporting:bulletin", "reporting:number-file"),
        VIEW,
    ),
    Topic(
        "peta-jalan",
        _("Peta jalan ILP"),
        _("Berapa fasilitas sudah menerapkan ILP dibanding target tiap tahun."),
        (
            _("Kurva menunjukkan penerapan tiap bulan; garis tangga adalah target tahun."),
            _("Tabel Puskesmas menyebut status dan unit di bawahnya."),
            _("Admin Dinkes mencatat penerapan dengan tanggal dan bukti."),
        ),
        (
            (
                _("Apa beda Berjalan dan Terverifikasi?"),
                _("Terverifikasi berarti Dinkes sudah memeriksa buktinya."),
            ),
            (
                _("Posyandu bertambah. Apakah persen bulan lalu berubah?"),
                _("Tidak. Penyebutnya bertanggal."),
            ),
            (
                _("Salah mencatat status. Bagaimana?"),
                _("Batalkan catatannya; riwayatnya tetap tersimpan."),
            ),
        ),
        (
            *("reporting:rollout", "facilities:ilp-status-new", "facilities:ilp-target-new"),
            *("facilities:ilp-status-cancel", "reporting:rollout-file", "reporting:rollout-curve"),
        ),
        VIEW,
    ),
)
