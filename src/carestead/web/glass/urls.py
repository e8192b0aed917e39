"""Addresses of opening a record in an emergency."""

from django.urls import path

from carestead.web.glass import views

urlpatterns = [
    path("break-glass/", views.open_record, name="break-glass"),
    path("break-glass/<int:opening_id>/", views.end_opening, name="end-break-glass"),
]
