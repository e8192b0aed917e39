"""Addresses of the data pages."""

from django.urls import path

from carestead.web.sources import views

urlpatterns = [
    path("data/", views.data, name="data"),
    path("data/refused/", views.refused, name="refused"),
    path("data/doubtful/", views.doubtful, name="doubtful"),
]
