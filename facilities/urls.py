from django.contrib.auth.views import LogoutView
from django.urls import path

from facilities.views import (
    assessments,
    contact,
    efforts,
    ilp,
    login,
    people,
    places,
    readiness,
    staff,
    standards,
    substitutes,
)

app_name = "facilities"
urlpatterns = [
    path("masuk/", login.Login.as_view(), name="login"),
    path("masuk/kode/", login.login_code, name="login-code"),
    path("keluar/", LogoutView.as_view(), name="logout"),
    path("akun/sandi/", login.password_change, name="password-change"),
    path("akun/kode/", login.second_factor, name="second-factor"),
    path("akun/surel/", contact.contact_own, name="contact"),
    path("pengguna/<int:pk>/surel/", contact.contact_of, name="user-contact"),
    path("akun/pengganti/", substitutes.substitute_list, name="substitutes"),
    path("akun/pengganti/<int:pk>/akhiri/", substitutes.substitute_end, name="substitute-end"),
    path("faskes/", places.facility_list, name="facility-list"),
    path("faskes/buka/", places.facility_open, name="facility-open"),
    path("faskes/<str:code>/kelola/", places.facility_manage, name="facility-manage"),
    path("faskes/<str:code>/kelola/<slug:change>/", places.facility_change, name="facility-change"),
    path("pengguna/", people.user_list, name="user-list"),
    path("pengguna/baru/", people.user_new, name="user-new"),
    path("pengguna/<int:pk>/", people.user_edit, name="user-edit"),
    path("pengguna/<int:pk>/sandi/", people.user_reset, name="user-reset"),
    path("pengguna/<int:pk>/aktif/", people.user_switch, name="user-switch"),
    path("peran/<int:pk>/akhiri/", people.role_end, name="role-end"),
    path("jejak/", people.audit_list, name="audit-list"),
    path("ilp/catat/<str:code>/", ilp.ilp_status_new, name="ilp-status-new"),
    path("ilp/target/<str:code>/", ilp.ilp_target_new, name="ilp-target-new"),
    path("ilp/status/<int:pk>/batal/", ilp.ilp_status_cancel, name="ilp-status-cancel"),
    path("ilp/kesiapan/<str:code>/", readiness.readiness_page, name="readiness"),
    path("ilp/hambatan/<int:pk>/teratasi/", readiness.obstacle_end, name="obstacle-end"),
    path("kebutuhan/standar/<str:code>/", standards.standard_list, name="standards"),
    path("kebutuhan/standar/<int:pk>/akhiri/", standards.standard_end, name="standard-end"),
    path("kebutuhan/penilaian/", assessments.assessment_list, name="assessments"),
    path(
        "kebutuhan/penilaian/<str:code>/<int:year>/", assessments.assessment_page, name="assessment"
    ),
    path("tenaga/<str:code>/", staff.staff_page, name="staff"),
    path("upaya/<slug:which>/<str:code>/", efforts.effort_list, name="efforts"),
    path("upaya/<slug:which>/<int:pk>/ubah/", efforts.effort_edit, name="effort-edit"),
    path("upaya/<slug:which>/<int:pk>/akhiri/", efforts.effort_end, name="effort-end"),
]
