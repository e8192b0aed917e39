"""Addresses of lists and decisions."""

from django.urls import path

from carestead.web.find import decide, views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("proposed/", views.proposed, name="proposed"),
    path("people/<int:person_id>/decide/", decide.decide, name="decide"),
]
