"""Addresses of the page of today."""

from django.urls import path

from carestead.web.today import views

urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/seen/<slug:kind>/<int:subject_id>/", views.seen, name="today-seen"),
]
