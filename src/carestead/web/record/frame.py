"""What every page about one person shows around it: the banner, the sections, the silent sources."""

from typing import Any

from carestead.store.access import READS_ONLY, Action, Verdict, may
from carestead.store.actor import Actor
from carestead.web.find.people import Known, reads_only
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
    """What every page about a person shows: banner, sections, silent sources; and what may be done from there."""
    only_read = reads_only(actor, known)
    decides = known.status != "Enrolled" and may(actor, Action.DECIDE, known.facts).allowed
    return {
        "as_of": found.as_of,
        "silent": found.silent,
        "banner": banner(found, known),
        "known": known,
        "sections": SECTIONS,
        "section": section,
        "person_id": known.person_id,
        "may_decide": decides and not only_read,
        "may_buy": Verdict(False, READS_ONLY) if only_read else may(actor, Action.BUY, known.facts),
        "reads_only": only_read,
    }
