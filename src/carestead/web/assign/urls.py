"""Addresses of load, hand-overs, cover and responsibility."""

from django.urls import path

from carestead.web.assign import cover, leaving, many, offers, responsibility, views, what_breaks

urlpatterns = [
    path("load/", views.load, name="load"),
    path("load/table.csv", views.load_csv, name="load-csv"),
    path("hand-overs/", offers.hand_overs, name="hand-overs"),
    path("hand-overs/<int:hand_over_id>/", offers.hand_over, name="hand-over"),
    path("hand-overs/many/", many.many, name="hand-over-many"),
    path("hand-overs/many/<int:bulk_id>/", many.bulk, name="hand-over-bulk"),
    path("hand-overs/leaving/", leaving.leaving, name="leaving"),
    path("cover/", cover.cover, name="cover"),
    path("people/<int:person_id>/responsibility/", responsibility.responsibility, name="responsibility"),
    path("people/<int:person_id>/hand-over/", offers.offer, name="offer-hand-over"),
    path("people/<int:person_id>/end/", leaving.end, name="end-enrolment"),
    path("load/what-breaks/", what_breaks.what_breaks, name="what-breaks"),
    path("load/what-breaks/table.csv", what_breaks.what_breaks_csv, name="what-breaks-csv"),
]
