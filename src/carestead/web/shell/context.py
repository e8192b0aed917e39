"""What every template knows."""

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse

from carestead.web.shell.navigation import TABS
from carestead.web.shell.session import actor_of


def page(request: HttpRequest) -> dict[str, Any]:
    """The signed-in actor, their tabs and other roles, messages, and the script's one-time mark."""
    actor = actor_of(request)
    tabs = TABS[actor.role] if actor else ()
    return {
        "actor": actor,
        "cspNonce": str(request.csp_nonce),
        "demo": settings.DEMO,
        "messages": list(get_messages(request)),
        "other_roles": [r for r in request.user.roles if r != actor.role] if actor else [],
        "tabs": [_tab(request, name, text) for name, text in tabs],
    }


def _tab(request: HttpRequest, name: str, text: str) -> dict[str, Any]:
    href = reverse(name)
    return {"text": text, "href": href, "active": request.path.startswith(href)}
