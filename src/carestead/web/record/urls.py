"""Addresses of pages about one person."""

from django.urls import path

from carestead.web.record import views

urlpatterns = [
    path("people/<int:person_id>/", views.person, name="person"),
    path("people/<int:person_id>/record/", views.record, name="record"),
    path("people/<int:person_id>/medicines/", views.medicines, name="medicines"),
    path("people/<int:person_id>/why/", views.why, name="why"),
    path("people/<int:person_id>/why/<slug:score>/", views.evidence, name="evidence"),
    path("people/<int:person_id>/looked/", views.looked, name="looked"),
]
