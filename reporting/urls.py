from django.urls import path

from reporting import api
from reporting.views import (
    clusters,
    diseases,
    downloads,
    indicators,
    local,
    persons,
    places,
    reports,
    rollout,
    scorecards,
    situation,
    spm,
    targets,
)

app_name = "reporting"
urlpatterns = [
    path("situasi/", situation.situation_page, name="situation"),
    path("klaster/<str:code>/", clusters.cluster_page, name="cluster"),
    path("penyakit/", diseases.disease_list, name="disease-list"),
    path("spm/", spm.spm_page, name="spm"),
    path("rapor/", scorecards.scorecard_page, name="scorecard"),
    path("rapor/unduh.<str:ext>", downloads.scorecard_file, name="scorecard-file"),
    path("indikator/", indicators.indicator_list, name="indicator-list"),
    path("indikator-lokal/", local.local_list, name="local-list"),
    path("indikator-lokal/baru/", local.local_edit, name="local-new"),
    path("indikator-lokal/<str:code>/ubah/", local.local_edit, name="local-edit"),
    path("indikator-lokal/<str:code>/akhiri/", local.local_end, name="local-end"),
    path("indikator/<str:code>/", indicators.indicator_page, name="indicator"),
    path("indikator/<str:code>/unduh.<str:ext>", downloads.indicator_file, name="indicator-file"),
    path("tempat/<str:code>/", places.place_page, name="place"),
    path("laporan/", reports.report_list, name="report-list"),
    path("laporan/<str:form>/<str:code>/<month:month>/", reports.report, name="report"),
    path("laporan/<int:pk>/<slug:step>/", reports.report_step, name="report-step"),
    path("sasaran/", targets.target_list, name="target-list"),
    path("sasaran/templat.xlsx", targets.target_template, name="target-template"),
    path("sasaran/periksa/", targets.target_upload, name="target-upload"),
    path("sasaran/simpan/", targets.target_confirm, name="target-confirm"),
    path("orang/<int:pk>/", persons.person_card, name="person"),
    path("api/v1/indicators/", api.IndicatorList.as_view(), name="api-indicators"),
    path("api/v1/scores/", api.ScoreList.as_view(), name="api-scores"),
    path("api/schema/", api.Description.as_view(), name="api-schema"),
    path("peta-jalan/", rollout.rollout, name="rollout"),
]
