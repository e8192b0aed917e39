"""The list of a multidisciplinary meeting: each person with what is open, and room to write what comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from carestead.core.calendar import LONDON
from carestead.outputs.paper.document import Block, Document, Facts, Grid, Text, long_date
from carestead.outputs.paper.who import Who


@dataclass(frozen=True, slots=True)
class Matter:
    """A person to be discussed: why, who brings it, and what came of it so far."""

    person: Who
    why: str
    brought_by: str
    outcome: str = ""


def meeting_list(
    *, title: str, at: datetime, place: str, present: Sequence[str], matters: Sequence[Matter]
) -> Document:
    """The agenda, one row a person; an empty outcome is left open to be written in."""
    local = at.astimezone(LONDON)
    head = Facts([
        ("When", f"{long_date(local.date())}, {local:%H:%M}"), ("Where", place or "Not said"),
        ("Asked to come", ", ".join(present) or "Nobody yet"),
    ])  # fmt: skip
    rows = [(_named(m.person), m.why, m.brought_by, m.outcome) for m in matters]
    columns = ["Person", "What is open", "Brought by", "Promise, or no action because"]
    agenda: Block = Grid(columns, rows, (3, 4, 2, 5)) if rows else Text("Nobody is to be discussed.")
    footer = "Confidential: shred this list after the meeting"
    return Document(title, [head, agenda], footer=footer, landscape=True)


def _named(person: Who) -> str:
    born = f"born {long_date(person.born)}" if person.born else "born: not known"
    return f"{person.name}, {born}, {person.nhs_number or 'NHS number not known'}"
