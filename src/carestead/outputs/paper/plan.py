"""The care and support plan on paper. Headings and texts are passed in: what a plan has is the plan's business."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from carestead.outputs.paper.document import Block, Document, Facts, Grid, Heading, Text, long_date
from carestead.outputs.paper.who import Who

NOTHING = "Nothing is written here yet."


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its texts; `about` says who wrote it and when, in words."""

    heading: str
    texts: Sequence[str]
    about: str = ""
    level: int = 1


@dataclass(frozen=True, slots=True)
class Promised:
    """A line of what was promised: what, who, by when, and how it stands."""

    what: str
    who: str
    by: str
    stands: str


def plan_document(
    *, person: Who, sections: Sequence[Section], promises: Sequence[Promised], on: date, agreed_with: str,
    agreed_on: date | None, review_on: date | None, reviewer: str,
) -> Document:  # fmt: skip
    """The plan, its promises and who agreed to it; a plan that nobody agreed to yet says so first."""
    agreed = [
        ("Agreed with", f"{agreed_with}, {long_date(agreed_on)}" if agreed_on else "Not agreed yet"),
        ("To be looked at again", long_date(review_on) if review_on else "No date is set"),
        ("By", reviewer or "Nobody is named"),
    ]
    head: list[Block] = [person.facts(), Facts(agreed)]
    draft = [] if agreed_on else [Text("This is a draft. It has not been agreed with the person.", strong=True)]
    body = [block for section in sections for block in _section(section)]
    return Document("My care and support plan", [*draft, *head, *body, *_promises(promises)], footer=person.footer(on))


def _section(section: Section) -> list[Block]:
    texts = [Text(t) for t in section.texts if t.strip()] or [Text(NOTHING)]
    about = [Text(section.about)] if section.about else []
    return [Heading(section.heading, section.level), *texts, *about]


def _promises(promises: Sequence[Promised]) -> list[Block]:
    if not promises:
        return [Heading("What was promised"), Text("Nothing is promised at the moment.")]
    rows = [(p.what, p.who, p.by, p.stands) for p in promises]
    return [Heading("What was promised"), Grid(["What", "Who", "By when", "How it stands"], rows, (4, 3, 2, 2))]
