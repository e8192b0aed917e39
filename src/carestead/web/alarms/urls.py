"""Addresses of the alarms."""

from django.urls import path

from carestead.web.alarms import views

urlpatterns = [path("late/", views.late, name="late")]
