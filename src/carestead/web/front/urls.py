"""Addresses of a person's own page."""

from django.urls import path

from carestead.web.front import views

urlpatterns = [
    path("my-page/", views.my_page, name="my-page"),
    path("my-page/not-done/<int:promise_id>/", views.not_done, name="not-done"),
    path("my-page/looked/", views.my_log, name="my-log"),
]
