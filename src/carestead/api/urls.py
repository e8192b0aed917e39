"""Addresses of answers for programs."""

from django.urls import path

from carestead.api import views

urlpatterns = [
    path("api/people/", views.people, name="api-people"),
    path("api/people/<int:person_id>/", views.person, name="api-person"),
]
