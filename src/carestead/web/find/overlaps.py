"""Lists and overlaps: counts for whoever plans, and on a page of its own the people, for whoever cares for them."""

from typing import Any

from django.http import HttpRequest
from django.views.decorators.http import require_GET

from carestead.measure import bands, overlap
from carestead.measure.disclosure import hidden, total_is_safe
from carestead.outputs import svg
from carestead.store.actor import DIRECT_CARE, PLANNING, Actor, Role
from carestead.web.find.naming import SUDDEN, in_order, list_name, lists, score_facts, segment_name, segment_order
from carestead.web.published import Published, published
from carestead.web.shell.doors import Download, Page, door

_COUNTERS = (*PLANNING, Role.LEAD)
_EFI = "efi"


@require_GET
@door(*_COUNTERS, discloses="nobody", action="see-lists")
def overlaps(request: HttpRequest, actor: Actor) -> Page:
    """How many people are on which lists, how frail the older are, and in which segment everybody is."""
    found = published()
    every = _overlap(found)
    chart = overlap.chart(every)
    context = {
        "title": "Lists and overlaps",
        "as_of": found.as_of,
        "silent": found.silent,
        "chart": chart,
        "svg": svg.upset(chart, "lists") if chart.combinations else "",
        "rows": [{"members": m, "words": overlap.words(every, m), "people": n} for m, n in every.shown],
        "overlap": every,
        "frailty": _frailty(found),
        "segments": _segments(found),
        "may_open": actor.role in DIRECT_CARE,
        "ids": _ids(found),
    }
    return Page("find/overlaps.jinja", context)


@require_GET
@door(*_COUNTERS, discloses="nobody", action="take-lists")
def overlaps_csv(request: HttpRequest, actor: Actor) -> Download:
    """The combinations as a table, one column a list; small numbers are not in it."""
    found = published()
    every = _overlap(found)
    columns = (*_ids(found), "people")
    return Download("lists.csv", columns, [[*("yes" if m else "no" for m in ms), n] for ms, n in every.shown])


@require_GET
@door(*_COUNTERS, discloses="nobody", action="take-frailty-bands")
def frailty_csv(request: HttpRequest, actor: Actor) -> Download:
    """The bands of the electronic Frailty Index against the published shares; withheld numbers are empty."""
    columns = ("band", "people", "per_cent", "published_per_cent", "points", "people_more")
    rows = [
        [r["name"], r["people"], _tenth(r["share"]), r["published"], _tenth(r["points"]), r["more"]]
        for r in _frailty(published())["rows"]
    ]
    return Download("frailty-bands.csv", columns, rows)


def _tenth(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _ids(found: Published) -> list[str]:
    """The separate lists: those of the rule, and any that the tables hold besides."""
    held = {i for row in found.rows_once("find/overlap") for i in row["lists"]}
    return [i for i in in_order({*lists(), *held}) if i != SUDDEN]


def _overlap(found: Published) -> overlap.Overlap:
    rows = [(r["lists"], r["people"]) for r in found.rows_once("find/overlap")]
    return overlap.Overlap.of({i: list_name(i) for i in _ids(found)}, rows, pair=("frailty", "risk"))


def _frailty(found: Published) -> dict[str, Any]:
    """The index's bands from the age it was made for, against the shares its makers expect."""
    facts = score_facts(_EFI)
    shares, from_age = facts["published_shares"], facts["valid_from_age"]
    first = next(iter(shares))
    counted = found.rows_once("find/older_bands", score=_EFI, from_age=from_age, first=first)
    compared = bands.compare({r["band"]: r["people"] for r in counted}, shares)
    chart = bands.chart(compared, f"{facts['title']} from {from_age} years")
    total = compared.total or 0
    return {
        "title": chart.title,
        "sentence": chart.sentence,
        "svg": svg.bars(chart, "frailty-bands") if chart.bars else "",
        "source": facts["shares_source"],
        "rows": [
            {"name": b.name, "people": b.people, "share": b.share, "published": b.published}
            | {"points": b.points, "more": b.more(total)}
            for b in compared.bands
        ],
    }


def _segments(found: Published) -> list[dict[str, Any]]:
    """People by segment, in the rule set's order; None where withheld."""
    counts = {r["segment"]: r["people"] for r in found.rows_once("find/segments")}
    gone = hidden(counts) if total_is_safe(counts) else set(counts)
    return [{"name": segment_name(s), "people": None if s in gone else counts[s]} for s in segment_order(counts)]
