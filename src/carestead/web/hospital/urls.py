"""Addresses of hospitals' messages that wait."""

from django.urls import path

from carestead.web.hospital import views

urlpatterns = [
    path("hospital-messages/", views.hospital_messages, name="hospital-messages"),
    path("hospital-messages/<int:message_id>/", views.hospital_message, name="hospital-message"),
]
