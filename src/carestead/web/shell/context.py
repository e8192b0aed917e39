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
    tabs = [(reverse(name), text) for name, text in (TABS[actor.role] if actor else ())]
    here = max((href for href, _ in tabs if request.path.startswith(href)), key=len, default="")
    return {
        "actor": actor,
        "cspNonce": str(request.csp_nonce),
        "demo": settings.DEMO,
        "messages": list(get_messages(request)),
        "other_roles": [r for r in request.user.roles if r != actor.role] if actor else [],
        "tabs": [{"text": text, "href": href, "active": href == here} for href, text in tabs],
    }
