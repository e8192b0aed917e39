"""Addresses of lists and decisions."""

from django.urls import path

from carestead.web.find import decide, on_lists, overlaps, views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("proposed/", views.proposed, name="proposed"),
    path("lists/", overlaps.overlaps, name="lists"),
    path("lists/table.csv", overlaps.overlaps_csv, name="lists-csv"),
    path("lists/frailty-bands.csv", overlaps.frailty_csv, name="frailty-bands-csv"),
    path("lists/people/", on_lists.on_lists, name="on-lists"),
    path("people/<int:person_id>/decide/", decide.decide, name="decide"),
]
