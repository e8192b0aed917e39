"""A form about a promise or a request that was sent: read, done once, or shown again with what is wrong."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from carestead.core.finding import CaresteadError
from carestead.store.actor import Actor
from carestead.store.care.log import ChangedMeanwhileError
from carestead.web.care.acts import NOT_NOW, Form
from carestead.web.care.reading import read
from carestead.web.shell import once
from carestead.web.shell.doors import Page

Again = Callable[[Any, dict[str, str]], Page]
"""Draws the page with what was typed and what is wrong with it, by the id of the field or of the form."""


def send(
    request: HttpRequest, actor: Actor, forms: Iterable[Form], do: Callable[[Form, dict[str, Any]], once.Outcome],
    again: Again,
) -> Page | HttpResponse:  # fmt: skip
    """Do the one of `forms` that was sent, once. Raises ChangedMeanwhileError when somebody was quicker: what to show
    then is for the page to say."""
    form = next((f for f in forms if f.id == request.POST.get("act")), None)
    if form is None:
        return again({}, {"acts": NOT_NOW})
    values, errors = read(form.fields, request.POST, form.id)
    if errors:
        return again(request.POST, errors)
    try:
        return once.first(request, actor, lambda: do(form, values))
    except ChangedMeanwhileError:
        raise
    except CaresteadError as refused:
        return again(request.POST, {f"form-{form.id}": str(refused)})
