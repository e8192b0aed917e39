"""What every request passes through."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.db.utils import Error
from django.http import HttpRequest, HttpResponse

from carestead.core.finding import CaresteadError
from carestead.store.trouble import in_words
from carestead.web.shell.errors import sorry

Answer = Callable[[HttpRequest], HttpResponse]

_SEEN = "seen"
_TOUCH_SECONDS = 60


def no_store(answer: Answer) -> Answer:
    """Pages are never kept by browsers or proxies: the way back after signing out shows nothing."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    return respond


def idle_sign_out(answer: Answer) -> Answer:
    """Sign somebody out whose last page was longer ago than IDLE_SECONDS."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _touch(request)
        return answer(request)

    return respond


def _touch(request: HttpRequest) -> None:
    now = int(time.time())
    seen = request.session.get(_SEEN, now)
    if now - seen > settings.IDLE_SECONDS:
        logout(request)
    # Once a minute is enough to know who is idle, and spares a write on nearly every page.
    elif _SEEN not in request.session or now - seen >= _TOUCH_SECONDS:
        request.session[_SEEN] = now


def plain_words(answer: Answer) -> Answer:
    """A refusal of ours that no page has handled becomes a page in plain words."""

    def respond(request: HttpRequest) -> HttpResponse:
        return answer(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        refusal = in_words(exception) if isinstance(exception, Error) else exception
        return sorry(request, refusal.what, refusal.do, 503) if isinstance(refusal, CaresteadError) else None

    respond.process_exception = process_exception  # type: ignore[attr-defined]
    return respond
