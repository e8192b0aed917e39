"""Addresses of load and simulation."""

from django.urls import path

from carestead.web.assign import views, what_breaks

urlpatterns = [
    path("load/", views.load, name="load"),
    path("load/table.csv", views.load_csv, name="load-csv"),
    path("load/what-breaks/", what_breaks.what_breaks, name="what-breaks"),
    path("load/what-breaks/table.csv", what_breaks.what_breaks_csv, name="what-breaks-csv"),
]
