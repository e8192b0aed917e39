"""Addresses of meetings of the team, and of lessons."""

from django.urls import path

from carestead.web.meetings import agenda, item, lessons, prepare, views

_ONE = "mdt/<int:meeting_id>/"

urlpatterns = [
    path("mdt/", views.meetings, name="mdt"),
    path("mdt/prepare/", prepare.prepare, name="meeting-prepare"),
    path("mdt/lessons/", lessons.lessons, name="lessons"),
    path("mdt/lessons/<int:lesson_id>/", lessons.one, name="lesson"),
    path(_ONE, agenda.meeting, name="meeting"),
    path(f"{_ONE}print/", views.on_paper, name="meeting-print"),
    path(f"{_ONE}list.pdf", views.pdf, name="meeting-pdf"),
    path(f"{_ONE}people/<int:person_id>/", item.person, name="meeting-person"),
    path("people/<int:person_id>/lesson/", lessons.new, name="lesson-new"),
]
