"""What the pages about one person show, made ready for their templates."""

from collections import defaultdict
from typing import Any

from django.utils import timezone

from carestead.store.access import Action, may
from carestead.store.actor import Actor
from carestead.store.assign.models import Responsibility
from carestead.store.commission.models import Purchase
from carestead.web.care.lists import open_lines
from carestead.web.find.people import Known
from carestead.web.find.presenters import standing
from carestead.web.find.reasons import of_register
from carestead.web.plan.presenters import about_me
from carestead.web.published import Published, Row
from carestead.web.record.answers import answering
from carestead.web.record.banner import banner
from carestead.web.record.story import told

SECTIONS = (
    ("person", "Now"),
    ("plan", "Plan"),
    ("why", "Why"),
    ("record", "Record"),
    ("medicines", "Medicines"),
    ("responsibility", "Responsibility"),
    ("looked", "Who looked"),
)


def frame(found: Published, actor: Actor, known: Known, section: str) -> dict[str, Any]:
    """What every page about a person shows: banner, sections, silent sources."""
    return {
        "as_of": found.as_of,
        "silent": found.silent,
        "banner": banner(found, known),
        "known": known,
        "sections": SECTIONS,
        "section": section,
        "person_id": known.person_id,
        "may_decide": known.status != "Enrolled" and may(actor, Action.DECIDE, known.facts).allowed,
        "may_buy": may(actor, Action.BUY, known.facts),
        "reads_only": may(actor, Action.SEE, known.facts).reads_only,
    }


def now(found: Published, actor: Actor, known: Known) -> dict[str, Any]:
    """The first page: who, who answers now, why, what matters, what is promised, what is in place, whom to ring."""
    person_id = known.person_id
    return {
        "answers": answering(found, known.holders, known.facts.group_code, timezone.now()),
        "me": about_me(actor, person_id),
        "open_promises": open_lines(found, known, actor),
        "may_ask": known.facts.enrolled,
        "status": known.status,
        "standing": standing(known),
        "who": _who(found, known),
        "reasons": of_register(found, known),
        "packages": [_package(found, p) for p in found.rows("record/care_packages", person_id=person_id)],
        "purchases": list(Purchase.objects.filter(person_id=person_id).order_by("-bought_at")),
        "contacts": found.rows("record/contacts", person_id=person_id),
        "homes": _homes(found.rows("record/addresses", person_id=person_id)),
        "practice": found.organisation_name(known.facts.practice_code),
        "disagreements": len(told(found, person_id).conflicts()),
    }


def _who(found: Published, known: Known) -> list[dict[str, Any]]:
    since = {r.role: r.start for r in Responsibility.objects.filter(person_id=known.person_id, end__isnull=True)}
    roles = (("named-gp", "Named GP", known.named_gp_code), ("coordinator", "Care coordinator", known.coordinator_code))
    return [
        {"key": role, "role": text, "name": found.practitioner_name(code), "since": since.get(role), "code": code}
        for role, text, code in roles
    ]


def _homes(rows: list[Row]) -> dict[str, list[str]]:
    """Address, postcode and telephone as sources give them, each with the sources that say so."""
    homes: dict[str, list[str]] = {}
    for row in rows:
        if words := ", ".join(w for w in (row["address"], row["postcode"], row["phone"]) if w):
            said_by = homes.setdefault(words, [])
            said_by += [row["source"]] if row["source"] not in said_by else []
    return homes


def _package(found: Published, row: Row) -> dict[str, Any]:
    names = {f"{who}_name": found.organisation_name(row[f"{who}_code"]) for who in ("provider", "funder")}
    return {**row, **names, "kind": row["kind"].replace("-", " ").capitalize()}


def medicines(rows: list[Row]) -> dict[str, Any]:
    """Medicines to be taken now, side by side: what the practice lists and what the hospital said at discharge."""
    current = sorted((r for r in rows if r["current"]), key=lambda r: (r["medicine"].lower(), r["source"]))
    places: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in current:
        places[row["medicine"]].setdefault("gp" if row["setting"] == "gp" else "hospital", row)
    hospital_speaks = any(r["setting"] == "hospital-discharge" for r in current)
    table = [{"medicine": m, "gp": p.get("gp"), "hospital": p.get("hospital")} for m, p in places.items()]
    for line in table:
        line["differs"] = hospital_speaks and (line["gp"] is None or line["hospital"] is None)
    past = sorted((r for r in rows if not r["current"]), key=lambda r: r["date"], reverse=True)
    return {
        "table": sorted(table, key=lambda t: (not t["differs"], t["medicine"].lower())),
        "differences": sum(bool(t["differs"]) for t in table),
        "past": past,
        "hospital_speaks": any(t["hospital"] for t in table),
    }
