"""What every template knows."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse

from carestead.web.shell.navigation import MENU, Section
from carestead.web.shell.session import actor_of


def page(request: HttpRequest) -> dict[str, Any]:
    """The signed-in actor, their menu and other roles, messages, and the script's one-time mark."""
    actor = actor_of(request)
    tabs = _tabs(request.path, MENU[actor.role]) if actor else []
    return {
        "actor": actor,
        "cspNonce": str(request.csp_nonce),
        "demo": settings.DEMO,
        "messages": list(get_messages(request)),
        "other_roles": [r for r in request.user.roles if r != actor.role] if actor else [],
        "tabs": tabs,
        "second_row": next((t for t in tabs if t["active"] and len(t["pages"]) > 1), None),
    }


def _tabs(path: str, menu: Iterable[Section]) -> list[dict[str, Any]]:
    """The entries of the menu; the page whose address is the longest beginning of `path` is where somebody is."""
    hrefs = {name: reverse(name) for section in menu for name, _ in section.pages}
    here = max((href for href in hrefs.values() if path.startswith(href)), key=len, default="")
    return [_tab(section, hrefs, here) for section in menu]


def _tab(section: Section, hrefs: Mapping[str, str], here: str) -> dict[str, Any]:
    pages = [{"text": text, "href": hrefs[name], "active": hrefs[name] == here} for name, text in section.pages]
    active = any(p["active"] for p in pages)
    return {"text": section.text, "href": pages[0]["href"], "active": active, "pages": pages}
