"""Addresses of promises, requests and messages."""

from django.urls import path

from carestead.web.care import asking, inbox, lists
from carestead.web.care.promise_page import promise
from carestead.web.care.request_page import request_page

urlpatterns = [
    path("asked/", lists.asked, name="asked-of-me"),
    path("waiting/", lists.waiting, name="waiting-on"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/<int:message_id>/", inbox.message, name="message"),
    path("people/<int:person_id>/promises/", lists.promises, name="promises"),
    path("people/<int:person_id>/promises/new/", asking.new_promise, name="new-promise"),
    path("people/<int:person_id>/promises/<int:promise_id>/", promise, name="promise"),
    path("people/<int:person_id>/ask/", asking.ask_team, name="ask-team"),
    path("people/<int:person_id>/requests/<int:request_id>/", request_page, name="request"),
    path("people/<int:person_id>/message/", inbox.write, name="write-message"),
]
