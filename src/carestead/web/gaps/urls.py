"""Addresses of the pages of gaps."""

from django.urls import path

from carestead.web.gaps import views

urlpatterns = [
    path("gaps/", views.every, name="gaps"),
    path("gaps/<str:invariant>/", views.one, name="gap"),
]
