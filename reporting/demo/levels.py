"""How common things are in the demo: near to what an officer knows of Indonesia.

As of November 2026. A level is an example ("contoh") and no finding unless a source is named.
"""

from __future__ import annotations

from types import MappingProxyType

# Shares of a population, for the sasaran.
SASARAN = MappingProxyType({
    "S_HT": 0.08,  # of those from 15, told by a doctor; contoh, in the order of SKI 2023
    "S_DM": 0.022,  # of those from 15, told by a doctor; contoh, in the order of SKI 2023
    "S_ODGJB": 0.002,  # of everybody; contoh
    "S_TBDUGA": 0.017,  # of everybody; contoh
    "S_TB": 0.0039,  # of everybody; contoh, near the national estimate
    "S_HIVR": 0.012,  # of everybody; contoh
    "S_ANAK15": 0.26,  # of everybody; contoh
    "S_KK": 0.28,  # of everybody; contoh
    "S_PUS": 0.72,  # of the women of fertile age; contoh
    "S_DIARE": 0.2,  # of the children under five; contoh
    "S_PNEU": 0.05,  # of the children under five; contoh
})  # fmt: skip

# Of a hundred thousand people in a year.
YEARLY = MappingProxyType({
    "kusta_baru": 5.5,
    "dbd_kasus": 45,
    "ghpr_indikasi": 60,
    "malaria_suspek": 150,  # a district that is free of it: nobody is found positive
    "malaria_positif": 0,
    "frambusia": 0,
    "bayi_hbsag": 35,
    "vl_dites": 140,
    "skdr_alert": 60,
    **dict.fromkeys(("sk_b", "sk_j", "sk_l", "sk_q", "sk_s", "sk_t", "sk_u", "sk_v", "sk_ac"), 0),
    "sk_a": 1_900,
    "sk_c": 110,
    "sk_d": 320,
    "sk_e": 45,
    "sk_f": 260,
    "sk_g": 3,
    "sk_h": 8,
    "sk_k": 14,
    "sk_m": 2,
    "sk_n": 0.8,
    "sk_p": 60,
    "sk_r": 1,
    "sk_w": 0.3,
    "sk_y": 900,
    "sk_z": 35,
    "sk_aa": 21_000,
    "klb": 4,
    "afp": 0.6,
    "campak_bukan": 2.5,
})  # fmt: skip

# Shares of the people of a Puskesmas at the end of a month, or in it.
OF_PEOPLE = MappingProxyType({
    "odhiv_hidup": 0.0014,
    "kusta_kohort": 0.00006,
    "popm_sasaran": 0.2,
    "jkn_peserta": 0.965,
    "jkn_terdaftar": 0.62,
    "prolanis": 0.012,
    "rujukan": 0.011,
    "sk_kunjungan": 0.055,
    "keluarga_iks": 0.24,
    "kk_jamban": 0.245,
    "kk_air": 0.235,
    "rumah_diperiksa": 0.16,
})  # fmt: skip

# Shares of the row of which another is a part; 1 where the law leaves no choice.
PARTS = MappingProxyType({
    "odhiv_arv": 0.72,
    "vl_tersupresi": 0.93,
    "hbig_24jam": 0.95,
    "malaria_diperiksa": 0.97,
    "malaria_positif": 0.0,
    "malaria_standar": 1.0,
    "dbd_meninggal": 0.007,
    "kusta_cacat2": 0.06,
    "kusta_anak": 0.07,
    "kusta_rft": 0.9,
    "popm_minum": 0.88,
    "ghpr_var": 0.9,
    "skdr_masuk": 0.96,
    "skdr_tepat": 0.92,
    "skdr_verifikasi": 0.88,
    "klb_24jam": 0.95,
    "jkn_aktif": 0.82,
    "jkn_kontak": 0.148,
    "prolanis_terkendali": 0.3,
    "rujukan_nonspesialistik": 0.03,
    "keluarga_sehat": 0.38,
    "desa_stbm": 0.4,
    "rumah_sehat": 0.7,
    "sam_diinspeksi": 0.6,
    "air_memenuhi": 0.78,
    "tpp_memenuhi": 0.66,
    "tfu_memenuhi": 0.74,
    "limbah_sesuai": 0.8,
    "hari_rawat": 0.42,
    "obat_tersedia": 0.93,
    "kader_kompeten": 0.45,
    "pkp_nilai": 0.88,
    "bumil_hiv": 0.002,
    "bumil_sifilis": 0.005,
    "bumil_hbsag": 0.016,
    "bumil_malaria": 0.0,
    "bumil_tb": 0.004,
    "bumil_sifilis_obat": 1.0,
    "sifilis_obat": 0.95,
    "perkesmas_mandiri": 0.25,
    "rj_baru": 0.55,
    "rj_jkn": 0.85,
    "rj_dirujuk": 0.09,
})  # fmt: skip
PART = 0.87  # of whatever is not named above

# From and to, of what every Puskesmas has whatever its size.
AT_A_PLACE = MappingProxyType({
    "skdr_wajib": (16, 20),  # four units, four or five weeks
    "obat_indikator": (40, 40),
    "pagu": (900, 1900),
    "penyuluhan_rencana": (8, 14),
    "sam_terdaftar": (60, 160),
    "air_sampel": (8, 20),
    "tpp_terdaftar": (20, 60),
    "tfu_terdaftar": (15, 40),
    "limbah_faskes": (2, 5),
    "pkp_maksimum": (100, 100),
    "ikm_responden": (90, 150),
    "outpatient_visits": (700, 1800),
    "ri_masuk": (15, 40),
    "ri_pulang": (14, 36),
    "gigi_kunjungan": (40, 140),
    "gigi_karang": (2, 12),
    "gigi_sulung": (5, 30),
    "lab_pasien": (150, 400),
    "lab_darah": (120, 350),
    "lab_urine": (60, 150),
    "lab_tinja": (0, 12),
    "lab_dahak": (10, 40),
    "lab_lain": (5, 40),
    "uks_dibina": (4, 15),
    "uks_dokter_kecil": (0, 20),
    "penyuluhan_hadir": (200, 600),
    "ukbm_dibina": (5, 20),
    "sanitasi_konseling": (5, 25),
    "sanitasi_kunjungan": (4, 20),
    "perkesmas_keluarga": (10, 30),
    "perkesmas_kunjungan": (20, 60),
    "bumil_malaria_tes": (0, 10),
    "bumil_tb_tes": (10, 40),
    "bumil_donor": (5, 30),
    "kbps_mkjp": (0, 6),
    "kbps_non": (2, 15),
    "posbindu_aktif": (4, 14),
    "sam_rendah": (40, 120),
    "sam_sedang": (10, 40),
    "sam_tinggi": (2, 12),
    "sam_amat_tinggi": (0, 5),
})  # fmt: skip

# How many of a hundred Puskesmas say yes.
YES = MappingProxyType({
    "pkm_tenaga": 66,
    "pkm_vaksin": 95,
    "pkm_inm": 60,
    "pkm_rme": 70,
    "lokmin_bulanan": 92,
    "lokmin_lintas": 33,  # once in three months
    "pkm_aspak": 66,
    "pkm_akreditasi": 98,
    "pkm_paripurna": 35,
    "pkm_blud": 55,
})  # fmt: skip
BEDS = 10  # of a Puskesmas with inpatients
# From and to, as multiples of another row.
OUT_OF = MappingProxyType({
    "realisasi": ("pagu", 0.84, 1.0),
    "penyuluhan": ("penyuluhan_rencana", 0.78, 1.0),
    "ikm_jumlah": ("ikm_responden", 78, 90),
})  # fmt: skip
SPENT = frozenset({"realisasi"})  # in the course of a year
CADRES = 5  # of a Posyandu
GROWN_UP = 0.55  # of its Posyandu are purnama or mandiri
