"""Addresses of answers for programs."""

from django.urls import path

from carestead.api import decisions, messages, promises, responsible, views

urlpatterns = [
    path("api/messages/", messages.messages, name="api-messages"),
    path("api/messages/heartbeat/", messages.heartbeat, name="api-heartbeat"),
    path("api/people/", views.people, name="api-people"),
    path("api/people/<int:person_id>/", views.person, name="api-person"),
    path("api/people/<int:person_id>/decision/", decisions.decision, name="api-decision"),
    path("api/people/<int:person_id>/decision/accept/", decisions.accept, name="api-accept"),
    path("api/people/<int:person_id>/decision/defer/", decisions.defer, name="api-defer"),
    path("api/people/<int:person_id>/decision/decline/", decisions.decline, name="api-decline"),
    path("api/people/<int:person_id>/promises/", promises.of_person, name="api-promises"),
    path("api/people/<int:person_id>/promises/make/", promises.make, name="api-make-promise"),
    path("api/people/<int:person_id>/responsible/", responsible.responsible, name="api-responsible"),
    path("api/promises/<int:promise_id>/", promises.promise, name="api-promise"),
    path("api/promises/<int:promise_id>/<slug:act>/", promises.act, name="api-promise-act"),
]
