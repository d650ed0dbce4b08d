import pytest
import tablib
from django.urls import reverse

from facilities.excel import PlaceResource, UserResource
from facilities.models import Facility, FacilityAlias
from facilities.roles import Role
from ilp.core.models import User
from tests.factories import worker

HEADERS = ["kode", "nama", "jenis", "buka", "induk_jaringan", "induk_wilayah", "kecamatan"]
PARENTS = ["P9901010101", "99.01.01.2001", ""]
NEW = ["99.01.01.2001-PSY-002", "Anggrek", "posyandu", "2025-01-01", *PARENTS]


@pytest.fixture
def root(db):
    return User.objects.create(username="root", is_superuser=True, is_staff=True)


def bring_in(resource, headers, *rows, by, **options):
    return resource.import_data(tablib.Dataset(*rows, headers=headers), user=by, **options)


def test_a_workbook_that_went_out_changes_nothing_on_its_way_back(tree, root):
    out = PlaceResource().export(Facility.objects.order_by("pk"))
    again = PlaceResource().import_data(out, user=root)
    assert again.totals["skip"] == len(tree)


def test_a_new_row_opens_a_place_and_a_new_name_renames_one(tree, root):
    melati = tree["melati"]
    renamed = [melati.code, "Melati Indah", "posyandu", "2020-01-01", "", "", ""]
    answer = bring_in(PlaceResource(), HEADERS, NEW, renamed, by=root)
    assert not answer.has_validation_errors()
    assert not answer.has_errors()
    assert Facility.objects.get(code=NEW[0]).placements.count() == 2
    assert FacilityAlias.objects.get(facility=melati).text_normalised == "melati"


def test_a_preview_writes_nothing(tree, root):
    bring_in(PlaceResource(), HEADERS, NEW, by=root, dry_run=True)
    assert Facility.objects.count() == len(tree)


def test_a_row_that_cannot_be_says_why_and_nothing_is_written(tree, root):
    wrong = ["baru", "Baru", "pustu", "2025-01-01", "99.01", "", ""]
    answer = bring_in(
        PlaceResource(), HEADERS, NEW, wrong, by=root, rollback_on_validation_errors=True
    )
    [row] = answer.invalid_rows
    assert "tidak dapat berinduk pada" in str(row.error)
    assert Facility.objects.count() == len(tree)


def test_users_come_in_without_passwords(tree, root):
    headers = ["nama_pengguna", "nama", "hp", "peran", "kode_tempat"]
    row = ["kader.satu", "Rekaan", "", "kader", tree["melati"].code]
    answer = bring_in(UserResource(), headers, row, by=root)
    assert not answer.has_errors()
    assert not answer.has_validation_errors()
    assert User.objects.get(username="kader.satu").must_change_password
    out = UserResource().export(User.objects.filter(username="kader.satu"))
    assert out.headers == headers
    assert out[0] == tuple(row)
    again = bring_in(UserResource(), headers, row, by=root)
    assert again.totals["skip"] == 1


def test_an_unknown_place_is_named(tree, root):
    headers = ["nama_pengguna", "nama", "hp", "peran", "kode_tempat"]
    answer = bring_in(UserResource(), headers, ["a", "A", "", "kader", "salah"], by=root)
    assert "Tempat dengan kode salah tidak ada" in str(answer.invalid_rows[0].error)


@pytest.mark.parametrize("name", ["facilities_facility", "core_user", "core_auditevent"])
def test_the_admin_is_for_it_staff(client, tree, name):
    path = reverse(f"admin:{name}_changelist")
    for role, status in ((Role.TI, 200), (Role.ADMIN_DINAS, 403)):
        client.force_login(worker(role, tree["district"], is_staff=True))
        assert client.get(path).status_code == status


def previewed(client, tmp_path, *rows):
    sheet = tmp_path / "tempat.csv"
    sheet.write_text("\n".join([",".join(HEADERS), *map(",".join, rows)]))
    path = reverse("admin:facilities_facility_import")
    with sheet.open("rb") as content:
        preview = client.post(path, {"import_file": content, "format": "0", "resource": "0"})
    assert preview.status_code == 200
    return preview


def test_what_became_wrong_since_the_preview_rolls_the_admins_import_back(
    client, tree, root, tmp_path
):
    client.force_login(root)
    renamed = [tree["melati"].code, "Melati Indah", "posyandu", "2020-01-01", "", "", ""]
    confirm = previewed(client, tmp_path, renamed, NEW).context["confirm_form"].initial
    Facility.objects.filter(pk=tree["desa_satu"].pk).update(closed_on="2024-12-01")
    path = reverse("admin:facilities_facility_process_import")
    answer = client.post(path, confirm, follow=True)
    assert "Tidak ada yang disimpan" in answer.content.decode()
    assert Facility.objects.get(pk=tree["melati"].pk).name == "Melati"
    assert not Facility.objects.filter(code=NEW[0]).exists()


def test_a_preview_comes_before_the_import(client, tree, root, tmp_path):
    client.force_login(root)
    preview = previewed(client, tmp_path, NEW)
    assert "Anggrek" in preview.content.decode()
    assert not Facility.objects.filter(code=NEW[0]).exists()
    confirm = preview.context["confirm_form"].initial
    client.post(reverse("admin:facilities_facility_process_import"), confirm)
    assert Facility.objects.filter(code=NEW[0]).exists()
