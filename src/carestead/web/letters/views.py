"""The pages of letters: what waits to be sent, one letter, and letters as PDF."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from carestead.core.calendar import local_day
from carestead.core.finding import CaresteadError
from carestead.outputs.paper.pdf import together
from carestead.store.actor import Actor, Role
from carestead.store.care.models import Notice
from carestead.store.care.notices import CHANNELS, LETTERS, give_notice, put_aside_notice
from carestead.web.letters.draw import letters
from carestead.web.letters.waiting import chosen, letter, waiting
from carestead.web.published import Published, published
from carestead.web.shell import once
from carestead.web.shell.doors import Data, Page, door
from carestead.web.shell.formats import count
from carestead.web.shell.typed import Typed

WHO = (Role.CARE_COORDINATOR, Role.LEAD)
STYLES = (("ordinary", "Ordinary print"), ("large", "Large print"), ("easy-read", "Easy words, large print"))
NOTHING_TICKED = "No letter is ticked: tick those that you mean."
MOST = 200
"""How many letters one PDF may hold: a page stays quick, and a printer's tray holds no more."""


@require_http_methods(["GET", "POST"])
@door(*WHO, discloses="people", action="see-letters")
def to_send(request: HttpRequest, actor: Actor) -> Page | HttpResponse:
    """Every letter that waits; those ticked can be printed together, and recorded as posted."""
    if seen := once.again(request, actor):
        return seen
    found = published()
    if request.method == "POST":
        return _posted(request, found, actor)
    return _list(found, actor, {"letters": NOTHING_TICKED} if "none" in request.GET else {})


@require_http_methods(["GET", "POST"])
@door(*WHO, discloses="people", action="print-letters")
def print_chosen(request: HttpRequest, actor: Actor) -> Data | Page | HttpResponse:
    """The letters ticked as one PDF. It changes nothing, and is sent as a form so that no address names anybody."""
    found = published()
    ticked = [notice_id for notice_id, _ in _ticked(request.POST)][:MOST]
    if not ticked:
        return redirect(f"{reverse('letters')}?none")
    try:
        return _pdf(found, chosen(found, actor, ticked), request.POST)
    except CaresteadError as refused:
        return _list(found, actor, {"letters": str(refused)})


@require_GET
@door(*WHO, discloses="people", action="print-letter")
def print_one(request: HttpRequest, actor: Actor, notice_id: int) -> Data | Page:
    """One letter as PDF."""
    found = published()
    notice = letter(found, actor, notice_id)
    try:
        return _pdf(found, [notice], request.GET)
    except CaresteadError as refused:
        return _one(found, notice, {"letter": str(refused)})


@require_http_methods(["GET", "POST"])
@door(*WHO, discloses="people", action="see-letter")
def one_letter(request: HttpRequest, actor: Actor, notice_id: int) -> Page | HttpResponse:
    """What the letter says, its PDFs, and how it was sent or why it need not be."""
    found = published()
    notice = letter(found, actor, notice_id)
    if seen := once.again(request, actor):
        return seen
    if request.method == "GET":
        return _one(found, notice, {})
    try:
        return once.first(request, actor, lambda: _done(_settle(notice, request.POST, actor)))
    except CaresteadError as refused:
        return _one(found, notice, {"letter": str(refused)})


def _settle(notice: Notice, typed: QueryDict, actor: Actor) -> str:
    version = Typed(typed).whole("version")
    if typed.get("act") == "put-aside":
        put_aside_notice(notice_id=notice.pk, version=version, reason=typed.get("reason", ""), by=actor)
        return "Put aside: the person is not told by letter."
    given = give_notice(notice_id=notice.pk, version=version, channel=typed.get("channel", ""), by=actor)
    return f"Recorded: {CHANNELS[given.channel]}."


def _posted(request: HttpRequest, found: Published, actor: Actor) -> Page | HttpResponse:
    ticked = dict(_ticked(request.POST))
    notices = chosen(found, actor, list(ticked))
    if not notices:
        return _list(found, actor, {"letters": NOTHING_TICKED})
    try:
        return once.first(request, actor, lambda: _done(_post(notices, ticked, actor)))
    except CaresteadError as refused:
        return _list(found, actor, {"letters": f"Nothing was recorded. {refused}"})


def _post(notices: Sequence[Notice], versions: Mapping[int, int], actor: Actor) -> str:
    for n in notices:
        give_notice(notice_id=n.pk, version=versions[n.pk], channel="letter", by=actor)
    return f"{count(len(notices), 'letter')} recorded as posted."


def _done(words: str) -> once.Outcome:
    return once.Outcome(reverse("letters"), words)


def _ticked(typed: QueryDict) -> list[tuple[int, int]]:
    """(notice, version) of each box ticked: its value is `12.1`."""
    pairs = (value.partition(".")[::2] for value in typed.getlist("letter"))
    return [(int(i), int(v)) for i, v in pairs if i.isdecimal() and v.isdecimal()]


def _pdf(found: Published, notices: Sequence[Notice], asked: QueryDict) -> Data:
    style = asked.get("style") if asked.get("style") in dict(STYLES) else "ordinary"
    today = local_day(timezone.now())
    drawn = [made.document(style) for made in letters(found, notices, today)]
    content = together(drawn, size="ordinary" if style == "ordinary" else "large", on=today)
    detail = {"letters": [n.pk for n in notices], "style": style}
    return Data(
        content, people=[n.person_id for n in notices], detail=detail, content_type="application/pdf",
        filename=f"letters-{today}.pdf",
    )  # fmt: skip


def _list(found: Published, actor: Actor, errors: dict[str, str]) -> Page:
    rows = waiting(found, actor, timezone.now())
    context = {
        "title": "Letters to send", "as_of": found.as_of, "silent": found.silent, "rows": rows, "styles": STYLES,
        "late": sum(r.late for r in rows), "errors": errors,
    }  # fmt: skip
    people = sorted({r.notice.person_id for r in rows})
    return Page("letters/to_send.jinja", context, people=people, status=400 if errors else 200)


def _one(found: Published, notice: Notice, errors: dict[str, str]) -> Page:
    drawn, style_errors = None, dict(errors)
    try:
        [drawn] = letters(found, [notice], local_day(timezone.now()))
    except CaresteadError as refused:
        style_errors = {"letter": str(refused)}
    context = {
        "title": "A letter", "as_of": found.as_of, "notice": notice, "drawn": drawn, "styles": STYLES,
        "about": LETTERS[notice.about], "channels": CHANNELS, "errors": style_errors,
        "blocks": drawn.document().blocks if drawn else [],
    }  # fmt: skip
    return Page("letters/letter.jinja", context, people=[notice.person_id], status=400 if errors else 200)
