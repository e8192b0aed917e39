"""The data pages: what each source sent, what was refused and why, which records may be one person."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.views.decorators.http import require_GET

from carestead.store.actor import DIRECT_CARE, Actor, Role
from carestead.store.care.at_desk import waits
from carestead.store.care.feeds import feeds
from carestead.web.hospital.waiting import verdict
from carestead.web.published import Published, published
from carestead.web.shell.doors import Page, door
from carestead.web.shell.formats import person_name
from carestead.web.sources.findings import by_kind, in_all

SEES_SOURCES = (Role.NAMED_GP, Role.CARE_COORDINATOR, Role.LEAD, Role.COMMISSIONER, Role.ANALYST)
PER_PAGE = 50
REASONS = {
    "doubtful": "alike, but not enough to be sure",
    "different-nhs-numbers": "alike, but with two valid NHS numbers",
    "shared-nhs-number": "one NHS number, but unlike in name or birth",
}


@require_GET
@door(*SEES_SOURCES, discloses="nobody", action="see-data")
def data(request: HttpRequest, actor: Actor) -> Page:
    """Each source's last delivery and counts. Counts of records, never of people."""
    found, now = published(), timezone.now()
    context = {
        "title": "Data",
        "as_of": found.as_of,
        "published_at": datetime.fromisoformat(found.snapshot.published_at),
        "silent": found.silent,
        "sources": found.sources,
        "types": _by_source(found),
        "organisation": found.organisation_name,
        # A source that refused two patients' records would tell planners of two people, and so would a finding.
        "sees_counts": actor.role in DIRECT_CARE,
        "findings": by_kind(found) if actor.role in DIRECT_CARE else [],
        "findings_in_all": in_all,
        "feeds": _feeds(now) if actor.role in DIRECT_CARE else [],
        "settles": actor.role in DIRECT_CARE and verdict(actor, now).allowed,
        "now": now,
        "sees_rows": actor.role in (Role.LEAD, Role.NAMED_GP),
    }
    return Page("sources/data.jinja", context)


@require_GET
@door(Role.LEAD, Role.NAMED_GP, discloses="people", action="see-refused-rows")
def refused(request: HttpRequest, actor: Actor) -> Page:
    """Each refused row with its text, its place, the reason and what to do."""
    found = published()
    source = request.GET.get("source", "")[:60]
    asked = request.GET.get("page", "1")
    page = max(1, int(asked)) if asked.isdecimal() else 1
    rows = found.rows("sources/refused", source=source, most=PER_PAGE, start=(page - 1) * PER_PAGE)
    total = found.rows("sources/refused_count", source=source)[0]["n"]
    context = {
        "title": "Refused rows",
        "as_of": found.as_of,
        "rows": rows,
        "total": total,
        "source": source,
        "page": page,
        "last": max(1, -(-total // PER_PAGE)),
    }
    return Page("sources/refused.jinja", context, detail={"source": source, "page": page})


@require_GET
@door(Role.LEAD, Role.NAMED_GP, discloses="people", action="see-doubtful-links")
def doubtful(request: HttpRequest, actor: Actor) -> Page:
    """Records that may be one person: too doubtful to join, too alike to leave."""
    found = published()
    pairs = [_pair(r) for r in found.rows("sources/doubtful", practices=_practices(found, actor))]
    people = [p for pair in pairs for p in pair["people"]]
    context = {"title": "Doubtful links", "as_of": found.as_of, "pairs": pairs}
    return Page("sources/doubtful.jinja", context, people=people)


def _feeds(now: datetime) -> list[dict[str, object]]:
    """The hospitals that send messages, and how many of each wait at the duty desk."""
    waiting = waits().by_source
    return [{"said": said, "waits": waiting.get(said.feed.source, 0)} for said in feeds(now)]


def _by_source(found: Published) -> dict[int, list[dict[str, object]]]:
    by: dict[int, list[dict[str, object]]] = {}
    for row in found.rows("sources/types"):
        by.setdefault(row["source_id"], []).append(row)
    return by


def _practices(found: Published, actor: Actor) -> list[str]:
    """The actor's practice; for a lead of a group, the group's."""
    home = actor.organisation_code
    group = [c for c, p in found.practices.items() if actor.role is Role.LEAD and p["group_code"] == home]
    return [home, *group]


def _pair(row: dict[str, object]) -> dict[str, object]:
    sides = [
        {
            "source": row[f"source_{s}"],
            "name": person_name(row[f"family_{s}"], row[f"given_{s}"]),  # type: ignore[arg-type]
            "born": row[f"born_{s}"],
            "number": row[f"number_{s}"],
            "postcode": row[f"postcode_{s}"],
        }
        for s in "ab"
    ]
    return {
        "people": [row["person_a"], row["person_b"]],
        "why": REASONS.get(str(row["reason"]), row["reason"]),
        "probability": row["match_probability"],
        "sides": sides,
    }
