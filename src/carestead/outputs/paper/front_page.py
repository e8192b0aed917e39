"""The sheet for the person and their carer: who is in charge, who answers now, what comes next, what was not done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from carestead.outputs.paper.document import Block, Bullets, Document, Facts, Heading, Text
from carestead.outputs.paper.who import Who


@dataclass(frozen=True, slots=True)
class Answers:
    """Who is in charge and who answers: a name and a number each. `now` says who answers at the moment, in words;
    `when_closed` is the number out of hours."""

    gp: tuple[str, str]
    coordinator: tuple[str, str]
    now: tuple[str, str]
    when_closed: str = "111"


def front_page(*, person: Who, answers: Answers, coming: Sequence[str], not_done: Sequence[str], on: date) -> Document:
    """One sheet. `coming` and `not_done` are sentences, the soonest and the oldest first."""
    who = [
        ("My named GP", _ring(answers.gp)),
        ("My care coordinator", _ring(answers.coordinator)),
        ("Who answers now", _ring(answers.now)),
        ("When they are closed", f"ring {answers.when_closed}. In an emergency, ring 999."),
    ]
    blocks: list[Block] = [
        Heading("Who looks after me"), Facts(who),
        Heading("What happens next"), _list(coming, "Nothing is planned at the moment."),
        Heading("What was promised and is not done"), _list(not_done, "Everything that is due has been done."),
        Heading("Something was not done?"),
        Text(f"Ring {_ring(answers.coordinator)} and say: “This was not done.” It is then open again, and somebody "
             "has to see to it."),
    ]  # fmt: skip
    return Document(f"{person.name}: who looks after me", blocks, footer=person.footer(on))


def _ring(contact: tuple[str, str]) -> str:
    name, phone = contact
    return f"{name}, {phone}" if phone else name


def _list(sentences: Sequence[str], otherwise: str) -> Block:
    return Bullets(sentences) if sentences else Text(otherwise)
