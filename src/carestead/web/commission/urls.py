"""Addresses of the fund, of buying and of paying."""

from django.urls import path

from carestead.web.commission import buy, views

urlpatterns = [
    path("people/<int:person_id>/buy/", buy.buy, name="buy"),
    path("fund/", views.fund, name="fund"),
    path("fund/journal.csv", views.journal, name="journal"),
    path("ways-to-pay/", views.ways_to_pay, name="ways-to-pay"),
    path("ways-to-pay/table.csv", views.ways_to_pay_csv, name="ways-to-pay-csv"),
    path("ways-to-pay/<slug:rule>/<str:practice>/", views.payment_lines, name="payment-lines"),
]
