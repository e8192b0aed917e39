"""The letter that tells a person that their named GP or their coordinator has changed."""

from datetime import date
from typing import Literal

from carestead.outputs.letters.letter import Contact, Letter, Reader, Sender
from carestead.outputs.paper.document import Block, Heading, Text, long_date

Role = Literal["named-gp", "coordinator"]

TITLES = {"named-gp": "named GP", "coordinator": "care coordinator"}
DUTIES = {
    "named-gp": "Your named GP is in charge of your care outside hospital.",
    "coordinator": "Your care coordinator checks that what was promised to you is done.",
}


def change_letter(
    *, reader: Reader, sender: Sender, on: date, role: Role, before: Contact, after: Contact, since: date,
    interim: bool = False,
) -> Letter:  # fmt: skip
    """`after` holds the role from `since`, and `before` no longer does; `interim` until somebody is found to stay."""
    title = TITLES[role]
    new = f"{after.name} is your {title} for now" if interim else f"{after.name} is your new {title}"
    return Letter(
        "change", new, on, reader, sender,
        said=[
            Text(f"Until now, {before.name} was your {title}. From {long_date(since)} it is {after.name}."),
            *_for_now(interim, title),
            Text("You do not need to do anything. What was promised to you still holds. "
                 f"{after.name} knows about it and will see to it."),
            Heading("What they do"),
            Text(f"{DUTIES[role]} You can reach {after.name} on {after.phone or sender.phone}."),
            *_choice(role),
        ],
        easily=[
            f"{before.name} does not look after you any more.",
            f"{after.name} looks after you now.",
            *(["This is just for now.", "We will write to you again soon."] if interim else []),
            "You will still get the help we said you would get.",
            f"You can ring us on {sender.phone}.",
            "Do you want to ask for somebody else? Please tell us.",
        ],
    )  # fmt: skip


def _for_now(interim: bool, title: str) -> list[Block]:
    said = f"This is for now. We are looking for a {title} who can stay with you, and we will write to you again."
    return [Text(said)] if interim else []


def _choice(role: Role) -> list[Block]:
    if role != "named-gp":
        return []
    return [
        Heading("You can still choose"),
        Text("Would you like a different named GP? Please tell us, and we will do our best."),
    ]
