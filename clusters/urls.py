"""Sending workbooks of visits and registries, seeing visits, finding and merging persons."""

from django.urls import path

from clusters.views import (
    duplicates,
    entry,
    mapping,
    people,
    registries,
    repairs,
    upload_history,
    uploads,
    visits,
)

app_name = "clusters"
urlpatterns = [
    path("unggah/", upload_history.upload_list, name="upload-list"),
    path("unggah/baru/", uploads.upload_new, name="upload-new"),
    path("unggah/bagian/", uploads.upload_piece, name="upload-piece"),
    path("unggah/templat/", uploads.template, name="template"),
    path("unggah/<int:pk>/", uploads.upload, name="upload"),
    path("unggah/<int:pk>/cocokkan/", mapping.upload_mapping, name="upload-mapping"),
    path("unggah/<int:pk>/layanan/", uploads.upload_service, name="upload-service"),
    path("unggah/<int:pk>/betulkan/", repairs.upload_repair, name="upload-repair"),
    path("unggah/<int:pk>/terima/", uploads.upload_accept, name="upload-accept"),
    path("unggah/<int:pk>/batal/", upload_history.upload_cancel, name="upload-cancel"),
    path("unggah/<int:pk>/kembali/", upload_history.upload_redo, name="upload-redo"),
    path("unggah/<int:pk>/berkas/", upload_history.upload_file, name="upload-file"),
    path("unggah/<int:pk>/perbaiki/", uploads.upload_rejects, name="upload-rejects"),
    path("catat/", entry.entry_start, name="entry-start"),
    path("catat/<slug:service>/", entry.roster, name="roster"),
    path("catat/<slug:service>/baru/", entry.entry_new, name="entry-new"),
    path("catat/<slug:service>/hitung/", entry.entry_try, name="entry-try"),
    path("catat/<slug:service>/<int:pk>/", entry.entry, name="entry"),
    path("kunjungan/", visits.visit_list, name="visit-list"),
    path("kunjungan/<slug:service>/<int:pk>/", visits.visit, name="visit"),
    path("kunjungan/<slug:service>/<int:pk>/batal/", visits.visit_cancel, name="visit-cancel"),
    path("daftar/<slug:which>/", registries.registry, name="registry"),
    path("daftar/<slug:which>/unduh/", registries.registry_file, name="registry-file"),
    path("daftar/<slug:which>/simpan/", registries.registry_confirm, name="registry-confirm"),
    path("orang/", people.person_search, name="person-search"),
    path("data-ganda/", duplicates.duplicate_list, name="duplicate-list"),
    path("data-ganda/<int:one>/<int:other>/", duplicates.duplicate, name="duplicate"),
    path(
        "data-ganda/<int:one>/<int:other>/gabung/",
        duplicates.duplicate_merge,
        name="duplicate-merge",
    ),
    path(
        "data-ganda/<int:one>/<int:other>/bukan/",
        duplicates.duplicate_apart,
        name="duplicate-apart",
    ),
    path("data-ganda/gabungan/<int:pk>/", duplicates.merge, name="merge"),
    path("data-ganda/gabungan/<int:pk>/batal/", duplicates.merge_undo, name="merge-undo"),
]
