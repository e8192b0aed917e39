"""Addresses of the letters."""

from django.urls import path

from carestead.web.letters import views

urlpatterns = [
    path("letters/", views.to_send, name="letters"),
    path("letters/print.pdf", views.print_chosen, name="print-letters"),
    path("letters/<int:notice_id>/", views.one_letter, name="letter"),
    path("letters/<int:notice_id>/letter.pdf", views.print_one, name="print-letter"),
]
