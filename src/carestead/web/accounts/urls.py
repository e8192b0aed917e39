"""Addresses for signing in and out."""

from django.urls import path

from carestead.web.accounts import views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/persona/", views.sign_in_as_persona, name="sign-in-as-persona"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("role/", views.switch_role, name="switch-role"),
]
