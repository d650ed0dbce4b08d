"""Words from which the fictitious district takes its names. None is the name of a real Puskesmas
of the districts whose registers we ship, which a test makes sure of."""

from __future__ import annotations

HEALTH_CENTRES = (
    "Mekar", "Tirta", "Bukit", "Muara", "Lembah", "Wana", "Padang", "Telaga", "Fajar",
    "Surya", "Purnama", "Embun", "Cahaya", "Seruni", "Rimba", "Samudra", "Mutiara", "Pelangi",
)  # fmt: skip
HEALTH_CENTRES_TAIL = (
    "Asri", "Lestari", "Permai", "Sentosa", "Harapan", "Damai", "Makmur", "Bahagia", "Rahayu",
    "Sejati", "Mulya", "Abadi",
)  # fmt: skip
VILLAGES = (
    "Suka", "Sari", "Giri", "Banyu", "Kerta", "Marga", "Tanjung", "Wangi", "Jati", "Cempaka",
    "Sumber", "Karya", "Kencana", "Melayu", "Pinang", "Puspa", "Sinar", "Tunas", "Warna", "Sindang",
)  # fmt: skip
VILLAGES_TAIL = (
    "Tenteram", "Gembira", "Ceria", "Elok", "Rukun", "Santun", "Raya Indah", "Sembada", "Mandiri",
    "Jernih", "Teduh", "Subur", "Cerah", "Guyub", "Luhur", "Bersinar", "Waras", "Hijau",
)  # fmt: skip
FLOWERS = (
    "Melati", "Mawar", "Anggrek", "Kenanga", "Dahlia", "Flamboyan", "Teratai", "Kemuning",
    "Bougenvil", "Seroja",
)  # fmt: skip
MEN = (
    "Agus", "Ahmad", "Andi", "Arif", "Bagas", "Bayu", "Budi", "Dani", "Dedi", "Dimas", "Eko",
    "Fahri", "Fajar", "Farhan", "Galih", "Hadi", "Hasan", "Hendra", "Ilham", "Imam", "Irfan",
    "Joko", "Kurnia", "Lukman", "Made", "Nanang", "Rafi", "Rahmat", "Rangga", "Rizki", "Saiful",
    "Samsul", "Slamet", "Surya", "Taufik", "Udin", "Wahyu", "Yanto", "Yusuf", "Zaki",
)  # fmt: skip
WOMEN = (
    "Aisyah", "Anisa", "Ayu", "Citra", "Dewi", "Diah", "Dina", "Eka", "Endang", "Fatimah",
    "Fitri", "Hana", "Indah", "Intan", "Kartika", "Laras", "Lestari", "Lina", "Maya", "Mega",
    "Nadia", "Nia", "Nur", "Putri", "Rani", "Ratna", "Rini", "Rohani", "Salma", "Sari", "Siti",
    "Sri", "Sulastri", "Tuti", "Umi", "Wati", "Wulan", "Yanti", "Yuni", "Zahra",
)  # fmt: skip
FAMILY = (
    "Aditama", "Anggara", "Anwar", "Ardiansyah", "Basuki", "Darmawan", "Efendi", "Firmansyah",
    "Gunawan", "Hakim", "Halim", "Hamdani", "Handoko", "Hermawan", "Hidayat", "Irawan", "Iskandar",
    "Kusuma", "Laksana", "Mahendra", "Maulana", "Mulyono", "Nugraha", "Nurdin", "Pamungkas",
    "Permana", "Pradana", "Pranoto", "Prasetyo", "Pratama", "Purnomo", "Ramadhan", "Rohman",
    "Salim", "Santoso", "Saputra", "Setiawan", "Sukmana", "Suryadi", "Susanto", "Syahputra",
    "Utomo", "Wibowo", "Wicaksono", "Widodo", "Wijaya", "Winata", "Yulianto", "Yusran",
)  # fmt: skip
