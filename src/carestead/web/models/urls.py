"""Addresses of the model card: the one in use, and every version."""

from django.urls import path

from carestead.web.models import views

urlpatterns = [
    path("model-card/", views.model_card, name="model-card"),
    path("model-card/<slug:version>/", views.model_card, name="model-card-version"),
    path("model-card/<slug:version>/<slug:sheet>.csv", views.sheet_csv, name="model-card-csv"),
]
