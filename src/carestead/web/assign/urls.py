"""Addresses of the load page."""

from django.urls import path

from carestead.web.assign import views

urlpatterns = [
    path("load/", views.load, name="load"),
    path("load/table.csv", views.load_csv, name="load-csv"),
]
