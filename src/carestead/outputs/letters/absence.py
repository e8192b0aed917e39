"""The letter that tells a person that their named GP or coordinator is away for long, and who answers meanwhile."""

from datetime import date

from carestead.outputs.letters.change import TITLES, Role
from carestead.outputs.letters.letter import Contact, Letter, Reader, Sender
from carestead.outputs.paper.document import Heading, Text, long_date


def absence_letter(
    *, reader: Reader, sender: Sender, on: date, role: Role, away: Contact, start: date, until: date | None,
    cover: Contact | None,
) -> Letter:  # fmt: skip
    """`away` is not there from `start` to `until` (the last day away; None when nobody knows yet). `cover` answers; the
    duty team of the practice where there is none."""
    answers = f"{cover.name} answers" if cover else "Our duty team answers"
    span = f"from {long_date(start)} until {long_date(until)}" if until else f"from {long_date(start)}"
    unknown = "" if until else " We do not know yet until when. We will write to you again."
    phone = (cover.phone if cover else "") or sender.phone
    return Letter(
        "absence", f"{answers} for you while {away.name} is away", on, reader, sender,
        said=[
            Text(f"{away.name}, your {TITLES[role]}, is away {span}.{unknown}"),
            Text(f"{answers} for you in that time. Ring {phone}.", strong=True),
            Text(f"{away.name} is still your {TITLES[role]}. What was promised to you still holds."),
            Heading("You can still choose"),
            Text("You can see any doctor or nurse here, as before. You do not need to do anything."),
        ],
        easily=[
            f"{away.name} is away.",
            f"They are away {span}.",
            f"You can ring {cover.name if cover else 'our team'} on {phone}.",
            *([] if until else ["We will write to you again."]),
            f"{away.name} still looks after you.",
            "You will still get the help we said you would get.",
        ],
    )  # fmt: skip
