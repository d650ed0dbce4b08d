"""What the table of a free health check (CKG) and of the elderly says beyond our fields.

Titles by the fields of the table that is known (domain reference 6.6); they are recognised and not
imported. A field of a service that has the same title comes first.
"""

from __future__ import annotations

NOT_IMPORTED = (
    *("nama wali", "nik wali", "hubungan wali", "status perkawinan", "status pernikahan"),
    *("rencana menikah", "hamil", "disabilitas", "status kehadiran", "konfirmasi hadir"),
    *("minat", "sedih", "cemas", "khawatir", "phq 4", "frekuensi olahraga", "durasi olahraga"),
    *("lama merokok", "jumlah rokok", "paparan rokok", "riwayat hepatitis", "riwayat kuning"),
    *("riwayat transfusi", "riwayat tato", "riwayat tindik", "narkoba suntik", "riwayat hiv"),
    *("riwayat kolesterol", "hubungan seksual", "sesak napas", "dahak", "batuk", "spirometri"),
    *("gdp", "gula darah puasa", "trigliserida", "karies", "gigi hilang", "gigi goyang"),
    *("tingkat barthel", "tingkat kemandirian", "kategori barthel", "kelas aks", "kategori aks"),
    *("berat badan", "bb", "tinggi badan", "tb", "lingkar perut", "lp", "merokok"),
    *("riwayat hipertensi", "riwayat ht", "riwayat diabetes", "riwayat dm", "penglihatan"),
    *("pendengaran", "barthel", "total barthel", "skor barthel", "bab", "bak", "bersih diri", "wc"),
    *("makan", "berpindah", "berjalan", "berpakaian", "tangga", "mandi", "risti", "kelompok umur"),
)
DONE = ("sudah ckg",)  # the portal's status of somebody who was served
