"""Addresses of a person's plan."""

from django.urls import path

from carestead.web.plan import course, goals, sharing, steps, views, write

_PLAN = "people/<int:person_id>/plan/"
_ONE = f"{_PLAN}<int:plan_id>/"

urlpatterns = [
    path(_PLAN, views.plan, name="plan"),
    path(f"{_PLAN}sharing/", sharing.sharing, name="plan-sharing"),
    path(_ONE, views.version, name="plan-version"),
    path(f"{_ONE}print/", views.on_paper, name="plan-print"),
    path(f"{_ONE}plan.pdf", views.pdf, name="plan-pdf"),
    path(f"{_ONE}write/<slug:part>/<slug:heading>/<int:number>/", write.write, name="plan-write"),
    path(f"{_ONE}details/", steps.details, name="plan-details"),
    path(f"{_ONE}agree/", steps.agree, name="plan-agree"),
    path(f"{_ONE}sign/", steps.sign, name="plan-sign"),
    path(f"{_ONE}review/", course.review, name="plan-review"),
    path(f"{_ONE}hold/", course.hold, name="plan-hold"),
    path(f"{_ONE}resume/", course.resume, name="plan-resume"),
    path(f"{_ONE}end/", course.end, name="plan-end"),
    path(f"{_ONE}goal/", goals.new, name="plan-goal"),
    path(f"{_ONE}goals/<int:goal_id>/", goals.one, name="plan-one-goal"),
    path(f"{_ONE}action/", goals.action, name="plan-action"),
]
