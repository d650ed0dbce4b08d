"""Adults and the elderly: screening for non-communicable diseases, once in a year."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from clusters.cutoffs import KARTU_POSYANDU
from reporting.catalogue.language import Aggregation, Breakdown, Element, Indicator
from reporting.catalogue.shorthand import SPM, USUAL, attendance, by_custom, by_law, reached

PROGRAMME = "adult"
ELEMENTS: tuple[Element, ...] = (
    *attendance(PROGRAMME),
    *reached(
        PROGRAMME,
        {
            "skrining_produktif": _("Usia 15–59 tahun diskrining lengkap"),
            "dewasa_dilayani": _("Dewasa dan lansia dilayani pertama kali tahun ini"),
            "td_diukur": _("Diukur tekanan darahnya"),
            "td_tinggi": _("Tekanan darah tinggi (140/90 atau lebih)"),
            "gds_diukur": _("Diperiksa gula darahnya"),
            "gds_tinggi": _("Gula darah sewaktu 200 mg/dL atau lebih"),
            "imt_diukur": _("Diukur IMT"),
            "obesitas": _("Obesitas menurut IMT"),
            "lp_diukur": _("Diukur lingkar perut"),
            "obesitas_sentral": _("Obesitas sentral"),
            "merokok_ditanya": _("Ditanya merokok"),
            "merokok": _("Merokok"),
            "skrining_jiwa": _("Diskrining kesehatan jiwa (SRQ)"),
            "skrining_indera": _("Diskrining penglihatan dan pendengaran"),
            "perokok_40": _("Perokok 40 tahun ke atas"),
            "puma": _("Perokok 40 tahun ke atas diskrining PPOK (PUMA)"),
            "pralansia": _("Pralansia 45–59 tahun dilayani"),
            "lansia_dilayani": _("Lansia 60 tahun ke atas dilayani"),
            "risti_lansia": _("Lansia 70 tahun ke atas dilayani"),
        },
        breakdown=Breakdown.SEX,
    ),
    *reached(
        PROGRAMME,
        {
            "iva": _("Perempuan 30–50 tahun diperiksa IVA"),
            "iva_positif": _("Perempuan 30–50 tahun dengan IVA positif"),
            "sadanis": _("Perempuan 30–50 tahun diperiksa SADANIS"),
        },
    ),
)

served = partial(
    Indicator,
    cluster="K3",
    stage="produktif",
    aggregation=Aggregation.PERSONS,
    source=KARTU_POSYANDU,
    certain=False,
)
found = partial(
    served,
    aggregation=Aggregation.RATIO,
    higher_is_better=False,
    misread=_(
        "Ini hasil pada orang yang datang diskrining, bukan prevalensi penduduk. Angka naik dapat "
        "berarti penemuan membaik."
    ),
    certain=True,
)
ONCE_A_YEAR = _("Setiap orang dihitung sekali setahun, berapa kali pun ia datang.")
screened = partial(
    served,
    numerator="skrining_produktif",
    denominator="S_PROD",
    definition=_(
        "Orang 15–59 tahun yang pada tahun ini sudah diukur IMT, lingkar perut, tekanan darah, dan "
        "gula darah, ditanya merokok, serta diberi edukasi, dibagi sasaran usia produktif."
    ),
    why=_("Hipertensi dan diabetes ditemukan sebelum menimbulkan komplikasi."),
    misread=_("Skrining yang belum lengkap belum dihitung, meskipun orangnya sudah datang."),
    source=SPM,
)
INDICATORS: tuple[Indicator, ...] = (
    screened("DW01", _("Skrining kesehatan usia produktif"), goals=by_custom(100)),
    screened("SPM06", _("SPM 6: pelayanan usia produktif"), goals=by_law(), spm=6),
    found(
        "DW06",
        _("Tekanan darah tinggi"),
        numerator="td_tinggi",
        denominator="td_diukur",
        definition=_(
            "Orang yang tahun ini pertama kali ditemukan bertekanan darah 140/90 mmHg atau lebih, "
            "dibagi orang yang diukur."
        ),
        why=_("Menjadi daftar orang yang perlu dipastikan dan diobati."),
    ),
    found(
        "DW07",
        _("Gula darah tinggi"),
        numerator="gds_tinggi",
        denominator="gds_diukur",
        definition=_(
            "Orang dengan gula darah sewaktu 200 mg/dL atau lebih, dibagi orang yang diperiksa."
        ),
        why=_("Menjadi daftar orang yang perlu diperiksa ulang untuk diabetes."),
    ),
    found(
        "DW08",
        _("Obesitas"),
        numerator="obesitas",
        denominator="imt_diukur",
        definition=_("Orang dengan IMT kelas obesitas, dibagi orang yang diukur IMT."),
        why=_("Faktor risiko yang dapat diubah bagi hipertensi dan diabetes."),
    ),
    found(
        "DW09",
        _("Obesitas sentral"),
        numerator="obesitas_sentral",
        denominator="lp_diukur",
        definition=_(
            "Laki-laki dengan lingkar perut di atas 90 cm dan perempuan di atas 80 cm, dibagi "
            "orang yang diukur."
        ),
        why=_("Lemak perut menandai risiko meskipun IMT normal."),
    ),
    found(
        "DW10",
        _("Perokok dewasa"),
        numerator="merokok",
        denominator="merokok_ditanya",
        definition=_("Orang yang mengaku merokok, dibagi orang yang ditanya."),
        why=_("Menunjukkan siapa yang perlu layanan berhenti merokok."),
        certain=False,
    ),
    served(
        "DW11",
        _("Deteksi dini kanker leher rahim (IVA)"),
        numerator="iva",
        denominator="S_W3050",
        definition=_("Perempuan 30–50 tahun yang diperiksa IVA tahun ini, dibagi sasarannya."),
        why=_("Lesi prakanker dapat diobati hampir seluruhnya."),
        misread=_(
            "Target berlaku untuk jendela 3–5 tahun, sedangkan angka ini hanya tahun berjalan; tes "
            "HPV DNA belum dicatat."
        ),
        goals=by_custom(70),
    ),
    found(
        "DW12",
        _("IVA positif"),
        numerator="iva_positif",
        denominator="iva",
        definition=_("Perempuan dengan IVA positif, dibagi perempuan yang diperiksa."),
        why=_("Menjadi daftar tindak lanjut; angka yang terlalu rendah menandai mutu pemeriksaan."),
        higher_is_better=None,
        certain=False,
    ),
    served(
        "DW13",
        _("Pemeriksaan payudara klinis (SADANIS)"),
        numerator="sadanis",
        denominator="S_W3050",
        definition=_("Perempuan 30–50 tahun yang diperiksa SADANIS tahun ini, dibagi sasarannya."),
        why=_("Benjolan yang ditemukan dini lebih mudah disembuhkan."),
        misread=_("Target berlaku untuk beberapa tahun; angka ini hanya tahun berjalan."),
        goals=by_custom(70),
    ),
    served(
        "DW14",
        _("Skrining PPOK (PUMA)"),
        numerator="puma",
        denominator="perokok_40",
        aggregation=Aggregation.RATIO,
        definition=_(
            "Perokok 40 tahun ke atas yang dinilai dengan PUMA, dibagi perokok 40 tahun ke atas "
            "yang ditemukan tahun ini."
        ),
        why=_("PPOK sering baru dikenali setelah paru rusak."),
        misread=_("Orang yang terpapar asap tanpa merokok belum masuk pembagi."),
    ),
    served(
        "DW15",
        _("Skrining indera"),
        numerator="skrining_indera",
        denominator="dewasa_dilayani",
        aggregation=Aggregation.RATIO,
        definition=_(
            "Orang yang diperiksa penglihatan dan pendengarannya, dibagi orang yang dilayani tahun "
            "ini."
        ),
        why=_("Katarak dan gangguan dengar menurunkan kemandirian."),
        misread=_("Keduanya harus diperiksa; hanya mata atau hanya telinga tidak dihitung."),
    ),
    served(
        "DW16",
        _("Skrining kesehatan jiwa"),
        numerator="skrining_jiwa",
        denominator="S_PROD + S_LANSIA",
        definition=_(
            "Orang 15 tahun ke atas yang dinilai dengan SRQ-20, dibagi penduduk seumurnya."
        ),
        why=_("Depresi dan cemas jarang dikeluhkan bila tidak ditanya."),
        misread=ONCE_A_YEAR,
    ),
    served(
        "LA05",
        _("Pralansia dilayani"),
        numerator="pralansia",
        denominator="S_PRAL",
        stage="produktif",
        definition=_("Orang 45–59 tahun yang datang pertama kali tahun ini, dibagi sasarannya."),
        why=_("Menyiapkan usia tua yang sehat dan mandiri."),
        misread=ONCE_A_YEAR,
        source=USUAL,
    ),
    served(
        "LA06",
        _("Lansia risiko tinggi dilayani"),
        numerator="risti_lansia",
        denominator="S_RISTI",
        stage="lansia",
        definition=_(
            "Orang 70 tahun ke atas yang datang atau dikunjungi pertama kali tahun ini, dibagi "
            "sasarannya."
        ),
        why=_("Kelompok yang paling sering tidak terjangkau tanpa kunjungan rumah."),
        misread=_("Lansia 60–69 tahun dengan masalah kesehatan tidak termasuk di sini."),
        source=USUAL,
    ),
)
