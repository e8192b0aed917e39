"""What every page about one person shows around it: the banner, the sections, the silent sources."""

from typing import Any

from carestead.store.access import Action, may
from carestead.store.actor import Actor
from carestead.web.find.people import Known
from carestead.web.published import Published
from carestead.web.record.banner import banner

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
