"""Cells put right on the page of an upload, many at once or one by one."""

import pytest
from django.urls import reverse

from clusters import tasks
from clusters.actions.telling import NoLongerAsked, tell_upload
from clusters.actions.uploads import Overtaken, save_preview
from clusters.excel.imports import check_file, content
from clusters.excel.offers import Offers
from clusters.excel.told import Told, sealed
from clusters.models import Growth, Upload
from clusters.selectors.uploads import issue_groups
from facilities.models import FacilityAlias
from ilp.core.models import AuditEvent
from tests.clusters.sending import sent
from tests.clusters.workbooks import ADULT, ANTENATAL, GROWTH, file, nik
from tests.factories import worker


def child(number, **instead):
    return (
        GROWTH
        | {"NIK": nik(number, GROWTH["Tanggal lahir"], "L"), "Nama": f"Anak {number}"}
        | {title.replace("_", " "): value for title, value in instead.items()}
    )


def repaired(page, upload, **answer):
    page.post(reverse("clusters:upload-repair", args=[upload.pk]), answer)
    tasks.check_upload(upload.pk)
    upload.refresh_from_db()
    return upload


def groups(page, upload, *, warnings=False):
    found = Offers(upload).each(issue_groups(upload, warnings=warnings))
    shown = page.get(reverse("clusters:upload", args=[upload.pk])).content.decode()
    for one in found:
        assert all(f'name="cara" value="{offer.way}"' in shown for offer in one.offers)
    return found


def answer_of(one, offer, **more):
    group = one.group
    return {
        "cara": offer.way,
        "kode": group.code,
        "judul": group.column,
        "kolom": group.name,
        "nilai": group.value,
        "isi": offer.chosen,
        **more,
    }


def accepted(page, upload):
    page.post(reverse("clusters:upload-accept", args=[upload.pk]))
    tasks.write_upload(upload.pk)


def test_weights_without_their_comma_are_divided_by_ten(page, tree):
    rows = [child(n) | {"Berat badan (kg)": kg} for n, kg in ((1, 92), (2, 85), (3, 9.1))]
    upload = sent(page, tree, file(*rows), service="growth")
    assert (upload.new, upload.rejected) == (1, 2)
    (one,) = groups(page, upload)
    assert one.group.rows == 2
    tenth, blank = one.offers
    assert (tenth.way, blank.way) == ("tenth", "blank")
    repaired(page, upload, **answer_of(one, tenth))
    assert (upload.new, upload.rejected) == (3, 0)
    accepted(page, upload)
    weights = Growth.objects.order_by("weight").values_list("weight", flat=True)
    assert [float(kg) for kg in weights] == [8.5, 9.1, 9.2]


def test_no_division_is_offered_that_would_not_fit(page, tree):
    upload = sent(page, tree, file(child(1) | {"Berat badan (kg)": 9_000_000}), service="growth")
    (one,) = groups(page, upload)
    assert [offer.way for offer in one.offers] == ["blank"]


def test_what_cannot_be_read_may_be_left_blank(page, tree):
    upload = sent(page, tree, file(child(1) | {"Berat badan (kg)": 999}), service="growth")
    (one,) = groups(page, upload)
    repaired(page, upload, **answer_of(one, one.offers[-1]))
    accepted(page, upload)
    visit = Growth.objects.get()
    assert visit.weight is None
    assert float(visit.height) == 76.5


def test_an_unknown_posyandu_is_named_once_for_all_and_remembered(page, tree):
    rows = [child(n) | {"Posyandu": "Melatti"} for n in (1, 2)]
    upload = sent(page, tree, file(*rows), service="growth")
    assert upload.rejected == 2
    (one,) = groups(page, upload)
    (offer,) = one.offers
    assert offer.chosen == tree["melati"].code
    repaired(page, upload, **answer_of(one, offer, ingat="1"))
    assert (upload.new, upload.rejected) == (2, 0)
    accepted(page, upload)
    assert set(Growth.objects.values_list("home", flat=True)) == {tree["melati"].pk}
    assert FacilityAlias.objects.filter(facility=tree["melati"]).exists()
    again = sent(page, tree, file(child(3) | {"Posyandu": "melatti"}), service="growth")
    assert (again.new, again.rejected) == (1, 0)


def test_it_is_remembered_only_when_asked(page, tree):
    upload = sent(page, tree, file(child(1) | {"Posyandu": "Melatti"}), service="growth")
    (one,) = groups(page, upload)
    repaired(page, upload, **answer_of(one, one.offers[0]))
    assert not FacilityAlias.objects.filter(facility=tree["melati"]).exists()


def test_single_cells_are_typed_anew_and_the_file_stays_as_it_was(page, tree):
    wrong = child(1) | {"Tanggal lahir": "31/02/2024"}
    content = file(wrong, child(2))
    upload = sent(page, tree, content, service="growth")
    issue = upload.issues.get(is_warning=False)
    repaired(page, upload, **{f"sel-{issue.pk}": "10/03/2024"})
    assert (upload.new, upload.rejected) == (2, 0)
    assert sent(page, tree, content, service="growth").rejected == 1


def test_a_typed_cell_that_is_wrong_again_is_told_again(page, tree):
    upload = sent(page, tree, file(ANTENATAL | {"LILA (cm)": 999}))
    issue = upload.issues.get(is_warning=False)
    repaired(page, upload, **{f"sel-{issue.pk}": "777"})
    assert upload.rejected == 1
    assert upload.issues.get(is_warning=False).value == "777"


def test_what_was_typed_before_stays(page, tree):
    rows = [child(n) | {"Berat badan (kg)": 999, "Posyandu": "Melatti"} for n in (1,)]
    upload = sent(page, tree, file(*rows), service="growth")
    weight, home = upload.issues.filter(is_warning=False).order_by("name").reverse()
    repaired(page, upload, **{f"sel-{weight.pk}": "9,9"})
    home = upload.issues.get(is_warning=False)
    repaired(page, upload, **{f"sel-{home.pk}": "Melati"})
    assert (upload.new, upload.rejected) == (1, 0)


@pytest.mark.parametrize("sent_back", [{}, {"sel-x": "1"}, {"cara": "blank", "kode": "no-such"}])
def test_nothing_typed_is_said(page, tree, sent_back):
    upload = sent(page, tree, file(ANTENATAL | {"LILA (cm)": 999}))
    address = reverse("clusters:upload-repair", args=[upload.pk])
    answer = page.post(address, sent_back, follow=True)
    assert "Belum ada yang diperbaiki" in answer.content.decode()
    upload.refresh_from_db()
    assert upload.status == "previewed"


def test_what_is_typed_appears_in_no_event(page, tree):
    upload = sent(page, tree, file(ANTENATAL | {"Nama": ""}))
    issue = upload.issues.get(is_warning=False)
    repaired(page, upload, **{f"sel-{issue.pk}": "Contoh Rahasia"})
    assert upload.new == 1
    assert not [e for e in AuditEvent.objects.all() if "Rahasia" in str(vars(e))]


def test_others_do_not_find_the_upload(page, client, tree):
    upload = sent(page, tree, file(ANTENATAL | {"LILA (cm)": 999}))
    client.force_login(worker("admin_puskesmas", tree["second"]))
    address = reverse("clusters:upload-repair", args=[upload.pk])
    assert client.post(address, {"cara": "blank"}).status_code == 404


def test_a_place_for_those_without_one_moves_nobody_else(client, tree):
    client.force_login(worker("nakes", tree["district"]))
    rows = [child(1), child(2) | {"Posyandu": None}]
    upload = sent(client, tree, file(*rows), service="growth", at="district")
    assert (upload.new, upload.rejected) == (1, 1)
    (one,) = groups(client, upload)
    answer = answer_of(one, one.offers[0], isi=tree["mawar"].code)
    repaired(client, upload, **answer)
    assert (upload.new, upload.rejected) == (2, 0)
    accepted(client, upload)
    assert set(Growth.objects.values_list("facility", flat=True)) == {
        tree["melati"].pk, tree["mawar"].pk,
    }  # fmt: skip


def test_a_sex_typed_under_l_is_not_a_tick_there(page, tree):
    row = {k: v for k, v in child(1).items() if k != "Jenis kelamin"} | {"L": None, "P": None}
    upload = sent(page, tree, file(row), service="growth")
    issue = upload.issues.get(is_warning=False)
    repaired(page, upload, **{f"sel-{issue.pk}": "P"})
    assert upload.rejected == 1


def test_two_repairs_at_once_do_not_lose_one_another(page, tree):
    upload = sent(page, tree, file(child(1) | {"Berat badan (kg)": 999}), service="growth")
    late = Upload.objects.get(pk=upload.pk)
    issue = upload.issues.get(is_warning=False)
    page.post(reverse("clusters:upload-repair", args=[upload.pk]), {f"sel-{issue.pk}": "9,9"})
    tasks.check_upload(upload.pk)
    with pytest.raises(NoLongerAsked):
        tell_upload(upload=late, told=sealed(Told()), by=None)
    upload.refresh_from_db()
    assert (upload.status, upload.new) == ("previewed", 1)


def test_what_was_not_seen_is_not_accepted(page, tree):
    upload = sent(
        page, tree, file(child(1), child(2) | {"Berat badan (kg)": 999}), service="growth"
    )
    seen = upload.preview
    issue = upload.issues.get(is_warning=False)
    repaired(page, upload, **{f"sel-{issue.pk}": "9,9"})
    address = reverse("clusters:upload-accept", args=[upload.pk])
    answer = page.post(address, {"pratinjau": seen}, follow=True)
    assert "Periksa sekali lagi, lalu terima" in answer.content.decode()
    assert f'value="{upload.preview}"' in answer.content.decode()
    page.post(address, {"pratinjau": upload.preview})
    upload.refresh_from_db()
    assert upload.status == "accepted"


def test_a_preview_that_came_late_does_not_undo_an_answer(page, tree):
    upload = sent(page, tree, file(child(1) | {"Berat badan (kg)": 999}), service="growth")
    Upload.objects.filter(pk=upload.pk).update(status="checking")
    late = Upload.objects.get(pk=upload.pk)
    checked = check_file(path=content(late), service="growth", facility=tree["first"], by=None)
    Upload.objects.filter(pk=upload.pk).update(told=sealed(Told(skipped=["Lain"])))
    with pytest.raises(Overtaken):
        save_preview(upload=late, checked=checked, by=None)
    assert Upload.objects.get(pk=upload.pk).told is not None


def test_a_pressure_typed_goes_where_both_stand(page, tree):
    upload = sent(page, tree, file(ADULT | {"Tekanan darah": "400/95"}), service="adult")
    issue = upload.issues.get(is_warning=False)
    repaired(page, upload, **{f"sel-{issue.pk}": "140/95"})
    assert (upload.new, upload.rejected) == (1, 0)


def test_an_answer_without_a_cell_is_said_to_have_none(page, tree):
    row = {k: v for k, v in child(1).items() if k not in ("Berat badan (kg)", "Vitamin A")}
    row |= {"Panjang/tinggi badan (cm)": None, "Cara ukur": None}
    upload = sent(page, tree, file(row), service="growth")
    issue = upload.issues.get(is_warning=False)
    assert issue.code == "says-nothing"
    address = reverse("clusters:upload-repair", args=[upload.pk])
    answer = page.post(address, {f"sel-{issue.pk}": "9,9"}, follow=True)
    assert "kolomnya tidak ada di berkas" in answer.content.decode()
