"""Every need that is declared has words, and none of them is the name of a column."""

import pytest
from django.db.models import Q

from clusters.milestones import MILESTONES, Need
from clusters.selectors.wording import in_words


@pytest.mark.parametrize("milestone", MILESTONES, ids=lambda m: f"{m.service}-{m.code}")
def test_needs_are_told_in_words(milestone):
    for need in milestone.needs:
        words = in_words(need, milestone.service)
        assert words
        assert "_" not in words
        assert "None" not in words
        assert "False" not in words


@pytest.mark.parametrize(
    ("service", "when", "words"),
    [
        ("antenatal", Q(trimester=3) & Q(examiner="dokter"), "Trimester 3, Pemeriksa: Dokter"),
        ("antenatal", Q(tablets_so_far__gte=90), "TTD diterima sejauh ini minimal 90"),
        ("antenatal", Q(gestation__lte=12),
         "Usia kehamilan, dari isian atau HPHT (minggu) maksimal 12"),
        ("antenatal", Q(anaemia__in=["ringan", "sedang"]),
         "Anemia: Anemia ringan atau Anemia sedang"),
        ("growth", Q(age_months__gte=12) & Q(weight__isnull=False), "Berat badan"),
        ("growth", Q(kpsp__isnull=False) | Q(checklist=True),
         "Skor KPSP atau Checklist perkembangan lengkap"),
        ("growth", Q(haz_class__in=["pendek", "sangat_pendek"]),
         "Kelas TB/U: Pendek atau Sangat pendek"),
        ("immunisation", Q(antigens__contains=["MR1"], age_days__gte=270), "MR 1"),
        ("adult", Q(person__isnull=False), "Kunjungan"),
        ("adult", ~Q(smoker=True), "bukan (Merokok)"),
        ("adult", Q(sex="L") | Q(married=False) | Q(iva__isnull=False),
         "IVA (kecuali Menikah: tidak)"),
    ],
)  # fmt: skip
def test_a_need_reads_as_it_is_said(service, when, words):
    assert in_words(Need(when), service) == words
