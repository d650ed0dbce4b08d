from django.urls import path

from ilp.guide import views

app_name = "guide"
urlpatterns = [
    path("", views.index, name="index"),
    path("kamus/", views.terms, name="terms"),
    path("baru/", views.news, name="news"),
    path("<slug:slug>/", views.topic, name="topic"),
]
