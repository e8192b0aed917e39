"""Addresses of the code lists."""

from django.urls import path

from carestead.web.codelists import views

urlpatterns = [
    path("code-lists/", views.code_lists, name="code-lists"),
    path("code-lists/code-lists.csv", views.code_lists_csv, name="code-lists-csv"),
    path("code-lists/<str:list_id>/", views.code_list, name="code-list"),
    path("code-lists/<str:list_id>/changes.csv", views.changes_csv, name="code-list-changes-csv"),
    path("code-lists/<str:list_id>/left-out.csv", views.left_out_csv, name="code-list-left-out-csv"),
]
