"""Code lists: which release is in use, under which licence, what changed between two and what is left out."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest
from django.views.decorators.http import require_GET

from carestead.core.area import open_area
from carestead.reference import releases
from carestead.reference.exclusions import removed
from carestead.store.actor import Actor, Role
from carestead.web.codelists import presenters
from carestead.web.published import published
from carestead.web.shell.doors import Download, Page, door

SEES_LISTS = (Role.ANALYST, Role.LEAD)


@require_GET
@door(*SEES_LISTS, discloses="nobody", action="see-code-lists")
def code_lists(request: HttpRequest, actor: Actor) -> Page:
    """Every list with the release in use."""
    found = published()
    lists = presenters.listed(found, _site())
    context = {
        "title": "Code lists",
        "as_of": found.as_of,
        "lists": [(one, presenters.asked_by(one)) for one in lists],
        "licences": presenters.licences(lists),
        "sentence": presenters.sentence(lists),
        "faults": found.rows("codelists/faults"),
        "has_starter": any(one.release and one.release.starter for one in lists),
        "is_written_down": any(one.used for one in lists),
    }
    return Page("codelists/code_lists.jinja", context)


@require_GET
@door(*SEES_LISTS, discloses="nobody", action="take-code-lists")
def code_lists_csv(request: HttpRequest, actor: Actor) -> Download:
    """Every list as a table."""
    columns = ("list", "title", "release_of_newest_run", "release_of_next_run", "kind", "system", "codes", "left_out",
               "in_records", "sha256", "licence", "source")  # fmt: skip
    rows = [
        [
            one.id, one.title, one.version, one.release and one.release.version, one.kind, one.system,
            one.facts.get("rows"), one.of_run("excluded"), one.of_run("met"), one.facts.get("sha256"), one.licence,
            one.facts.get("source"),
        ]
        for one in presenters.listed(published(), _site())
    ]  # fmt: skip
    return Download("code-lists.csv", columns, rows)


@require_GET
@door(*SEES_LISTS, discloses="nobody", action="see-code-list")
def code_list(request: HttpRequest, actor: Actor, list_id: str) -> Page:
    """One list: its releases side by side, what changed, what is left out."""
    found = published()
    made = presenters.page(found, _site(), list_id, request.GET.dict())
    if made is None:
        raise Http404
    return Page("codelists/code_list.jinja", {"title": made["one"].title, "as_of": found.as_of, **made})


@require_GET
@door(*SEES_LISTS, discloses="nobody", action="take-code-list-changes")
def changes_csv(request: HttpRequest, actor: Actor, list_id: str) -> Download:
    """Every code that changed between two releases."""
    rows = presenters.changes(_site(), list_id, request.GET.dict())
    return Download(f"{list_id}-changes.csv", ("group", "change", "system", "code"), rows)


@require_GET
@door(*SEES_LISTS, discloses="nobody", action="take-code-list-left-out")
def left_out_csv(request: HttpRequest, actor: Actor, list_id: str) -> Download:
    """Every code that reviewed exclusions leave out, with the reason."""
    chosen = releases.in_use(_site()).get(list_id)
    found = removed(chosen.read()) if chosen else ()
    rows = [(list_id, chosen.version, e.group, e.code.system, e.code.code, e.reason) for e in found] if chosen else []
    return Download(f"{list_id}-left-out.csv", ("list", "release", "group", "system", "code", "reason"), rows)


def _site() -> Path:
    return open_area(Path(settings.AREA)).codelists
