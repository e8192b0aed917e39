"""Addresses of the measures."""

from django.urls import path

from carestead.web.measure import delivery, views

urlpatterns = [
    path("how-we-are-doing/", views.how_we_are_doing, name="how-we-are-doing"),
    path("how-we-are-doing/rates.csv", views.rates_csv, name="rates-csv"),
    path("delivery/", delivery.delivery, name="delivery"),
    path("delivery/delivery.csv", delivery.delivery_csv, name="delivery-csv"),
]
