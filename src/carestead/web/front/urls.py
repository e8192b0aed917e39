"""Addresses of a person's own page."""

from django.urls import path

from carestead.web.front import about, goals, sharing, views

urlpatterns = [
    path("my-page/", views.my_page, name="my-page"),
    path("my-page/not-done/<int:promise_id>/", views.not_done, name="not-done"),
    path("my-page/looked/", views.my_log, name="my-log"),
    path("my-page/about-me/", about.about_me, name="about-me"),
    path("my-page/about-me/<slug:heading>/", about.write, name="write-about-me"),
    path("my-page/goals/<int:goal_id>/", goals.goal, name="my-goal"),
    path("my-page/sharing/", sharing.who_sees, name="my-sharing"),
    path("my-page/sharing/<slug:audience>/", sharing.share, name="my-sharing-with"),
]
