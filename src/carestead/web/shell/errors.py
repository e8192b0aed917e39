"""Pages for when something is not so, in plain words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def sorry(
    request: HttpRequest, what: str, do: str, status: int, title: str = "", *, in_emergency: bool = False
) -> HttpResponse:
    """A page that says what is the matter and what to do; `in_emergency` offers to open the record all the same."""
    title = title or {403: "You may not see this", 404: "There is no such page"}.get(status, "This cannot be shown now")
    said = {"title": title, "what": what, "do": do, "in_emergency": in_emergency}
    return render(request, "shell/sorry.jinja", said, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return sorry(request, "The address may be mistyped, or what it showed may be gone.", "Use the menu above.", 404)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return sorry(request, "This page is not for the role you are signed in as.", "Use the menu above.", 403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form that was sent without its one-time mark."""
    do = "Go back, load the page again, then send it. Nothing was changed."
    return sorry(request, "The form was too old to be trusted.", do, 403, "Please send the form again")


def went_wrong(request: HttpRequest) -> HttpResponse:
    """500. It must not rest on anything that may be what went wrong."""
    return HttpResponse(
        "<!DOCTYPE html><html lang='en'><title>Something went wrong - carestead</title><h1>Something went wrong</h1>"
        "<p>It is our fault, not yours, and it has been noted. Nothing was half done.</p>"
        "<p><a href='/'>Go to your first page</a></p></html>",
        status=500,
    )
