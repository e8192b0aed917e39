"""Addresses of answers for programs."""

from django.urls import path

from carestead.api import messages, views

urlpatterns = [
    path("api/messages/", messages.messages, name="api-messages"),
    path("api/messages/heartbeat/", messages.heartbeat, name="api-heartbeat"),
    path("api/people/", views.people, name="api-people"),
    path("api/people/<int:person_id>/", views.person, name="api-person"),
]
