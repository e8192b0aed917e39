"""Delivery: is what was promised done? Counts only, each with how it is reckoned."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.views.decorators.http import require_GET

from carestead.measure import delivery as measure
from carestead.measure.disclosure import BELOW
from carestead.measure.distribution import Distribution
from carestead.outputs import svg
from carestead.reference import shared
from carestead.store.actor import Actor, Role
from carestead.store.care import delivery as store
from carestead.store.care.models import Alarm
from carestead.store.care.parties import COMMISSIONER
from carestead.web.published import Published, published
from carestead.web.shell.doors import Download, Page, door

WHO = (Role.ANALYST, Role.LEAD, Role.COMMISSIONER)
Sentence = Callable[[Distribution], str]


@require_GET
@door(*WHO, discloses="nobody", action="see-delivery")
def delivery(request: HttpRequest, actor: Actor) -> Page:
    """One distribution a measure: its sentence, its picture, its table."""
    found = published()
    measures = [_measure(n, d) for n, d in enumerate(_distributions(found))]
    context = {
        "title": "Delivery", "as_of": found.as_of, "silent": found.silent, "measures": measures,
        "weeks": shared("care", "delivery")["weeks"], "long_overdue": _long_overdue(actor),
    }  # fmt: skip
    return Page("measure/delivery.jinja", context)


@require_GET
@door(*WHO, discloses="nobody", action="take-delivery")
def delivery_csv(request: HttpRequest, actor: Actor) -> Download:
    """Every count of the page; those withheld are empty."""
    rows = [(d.title, d.of, band, n) for d in _distributions(published()) for band, n in d.shown()]
    return Download("delivery.csv", ["measure", "of", "band", "count"], rows)


def _long_overdue(actor: Actor) -> str:
    """What the last rung of the ladder tells a commissioner: how many promises nobody below got moving."""
    if actor.role is not Role.COMMISSIONER:
        return ""
    waiting = Alarm.objects.filter(to_code=COMMISSIONER, acted_at__isnull=True).values("subject_id").distinct().count()
    few = waiting < BELOW
    said = f"Fewer than {BELOW} promises are" if few else f"{waiting:,} promises are"
    return f"{said} so long overdue that you are told: everybody nearer to the person was asked before."


def _distributions(found: Published) -> list[Distribution]:
    groups = {code: p["group_code"] for code, p in found.practices.items() if p["group_code"]}
    return [*store.distributions(timezone.now(), groups), *_continuity(found)]


def _continuity(found: Published) -> list[Distribution]:
    facts, enrolled = shared("care", "delivery"), store.enrolled()
    people, gps, since = zip(*enrolled, strict=True) if enrolled else ((), (), ())
    rows = found.rows(
        "measure/continuity", people=list(people), gps=list(gps), since=list(since), days=facts["continuity_days"],
        at_least=facts["contacts_at_least"],
    )  # fmt: skip
    edges = facts["bands"]["continuity_percent"]
    return [
        measure.continuity([r["percent"] for r in rows if r["afterwards"] is after], edges, f"{when} enrolment")
        for after, when in ((False, "before"), (True, "after"))
    ]


def _measure(number: int, found: Distribution) -> dict[str, Any]:
    sentence, reckoned = _WORDS[found.title]
    said = sentence(found) if found.total else f"There are no {found.of} in this time."
    return {
        "title": found.title, "of": found.of, "sentence": said, "reckoned": reckoned, "rows": found.shown(),
        "total": found.total_shown(), "svg": svg.bars(found.chart(said), f"m{number}") if found.total else "",
    }  # fmt: skip


def _share(words: str) -> Sentence:
    """A sentence that begins with the share of the headline; where that would give a small number away, with words."""

    def say(found: Distribution) -> str:
        return f"{_how_many(found)} {found.of} {words}"

    return say


def _how_many(found: Distribution) -> str:
    percent = found.percent()
    if percent is not None:
        return f"{percent:.0f}% of"
    part = sum(n for band, n in found.counts if band in found.headline)
    return (
        "All or nearly all" if found.total - part < BELOW else "None or nearly none of the" if part < BELOW else "Some"
    )


def _most(found: Distribution) -> str:
    shown = [(n, band) for band, n in found.shown() if n is not None]
    return f"Most often: {max(shown)[1]}." if shown else f"Too few {found.of} to tell."


_PAUSE = shared("care", "delivery")["longest_pause_minutes"]

_WORDS: dict[str, tuple[Sentence, str]] = {
    "Promises that fell due": (
        _share("were kept on time."),
        "By the due time last agreed and the day it really happened. What nobody has closed counts as open: nothing "
        "drops out by waiting. What somebody took over that was long late counts as that for whoever had promised it, "
        "and once more, by its own due time, for whoever took it over.",
    ),
    "Contact after a discharge": (
        _share("had real contact within 72 hours."),
        "From the discharge, as the hospital dates it, to the first real contact; an attempt is none. Only discharges "
        "for which contact was promised.",
    ),
    "Hours in which nobody answered": (
        _share("had no hour in which nobody answered."),
        "A responsibility is one person's named GP or coordinator. Opening hours in which the holder was away, no "
        "cover had agreed or the cover was away too, and the desk of the group was not staffed; for today's holders.",
    ),
    "Alarms for each GP and day": (
        _share("were without any alarm."),
        "Every alarm addressed to a GP, at once or in the digest, by the working day on which it came.",
    ),
    "Alarms acted on": (
        _share("were followed by an act."),
        "Somebody did something to the promise, request or letter after its alarm; nobody has to tick the alarm off.",
    ),
    "Clicks": (_most, "Pages opened and acts of whoever signs in as a GP, from the log of who looked, in whole weeks."),
    "Minutes": (
        _most,
        f"From each page or act to the next; a pause over {_PAUSE} minutes, and the last act of a visit, count as "
        f"{_PAUSE}. Thinking and talking away from the screen is not in it.",
    ),
    "Contacts with the named GP, before enrolment": (
        _most,
        "Attended appointments with a GP in the year before enrolment: the share with today's named GP.",
    ),
    "Contacts with the named GP, after enrolment": (
        _most,
        "The same in the year after enrolment. People who were enrolled because they know their GP well differ from "
        "others: a change is not proof of an effect.",
    ),
}
