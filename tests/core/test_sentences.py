"""A sentence that was put into Indonesian words is told in the language of who reads it now."""

from django.utils import translation
from django.utils.html import escape

from ilp.core.sentences import KEPT, _made, retold, told_again


def test_a_sentence_that_was_cut_off_is_told_as_far_as_it_goes():
    text = "Isian ini tidak ada dalam pilihan. Tulis salah satu: %(choices)s."
    start = "This entry is not one of the choices. Write one of: "
    room = KEPT - len(text % {"choices": ""})
    with translation.override("en"):
        whole, cut = (text % {"choices": "a" * (room + more)} for more in (0, 1))
        assert told_again(whole[:KEPT]) == f"{start}{'a' * room}."
        assert told_again(cut[:KEPT]) == f"{start}{'a' * (room + 1)}…", "its full stop is gone"
        kept = f"Kolom wajib tidak ada di lembar “Data”: {'Nama; ' * 60}. Tambahkan"[:KEPT]
        assert told_again(kept).startswith("Required columns are missing on sheet “Data”: Nama; N")
        assert told_again("a" * KEPT) is None


def test_what_is_in_no_words_of_ours_stays_and_is_marked():
    old = "NIK ini <kosong> %(label)s. Kata-kata dari versi lama."
    with translation.override("id"):
        assert retold(old) == old
    with translation.override("en"):
        assert retold("") == ""
        assert retold(old) == f'<span lang="id">{escape(old)}</span>'
        assert told_again("NIK kosong. Kata-kata dari versi lama.") is None, "half is not told"
        assert retold("NIK kosong. Isi dahulu, lalu kirim lagi.") == (
            "NIK is blank. Fill it in, then send again."
        )
        endless = ": kolom “" * 5_000
        assert told_again(f"Lembar {endless}” tidak dikenal, jadi tidak dibaca.") is None
    with translation.override("de"):  # a language without a catalogue of ours
        assert told_again("NIK kosong. Isi dahulu, lalu kirim lagi.") is None


def test_two_sentences_that_were_put_together_are_told_together():
    kept = (
        "Lembar Data. Mei: kolom “Ibu. Hamil” tidak dikenal, jadi tidak dibaca. "
        "Bila maksudnya Ibu hamil, tulis judulnya demikian."
    )
    with translation.override("en"):
        assert told_again(kept) == (
            "Sheet Data. Mei: column “Ibu. Hamil” is not recognised, so it is not read. "
            "If it means Ibu hamil, write the title like that."
        )
        assert told_again(f"{kept} Entah apa.") is None


def test_a_text_made_to_be_tried_for_ever_is_given_up():
    """Every `: ` and ` kurang ` could be where a blank ends: 150 x 150 x 30 ways and more."""
    evil = "1. " * 90 + "a: " * 90 + "b kurang " * 40 + "c, skor d"
    with translation.override("en"):
        assert told_again(evil) is None
        assert told_again(f"{evil[:900]}.") is None
        made = next(one for one in _made() if one.longest == "kurang" and len(one.blanks) > 3)
    assert not made.is_quick_in(evil)
    assert made.is_quick_in("1. Mawar: Timbangan kurang 2 buah, skor 3,5.")
