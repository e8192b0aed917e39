"""The letter that tells a person who their named GP and coordinator are, within 21 days (SI 2015/196, regulation 7)."""

from datetime import date

from carestead.outputs.letters.letter import Contact, Letter, Reader, Sender
from carestead.outputs.paper.document import Heading, Text, long_date


def named_gp_letter(
    *, reader: Reader, sender: Sender, on: date, gp: Contact, coordinator: Contact, since: date
) -> Letter:
    """Who the named GP and the care coordinator are from `since`, what they do, and that choice stays free."""
    return Letter(
        "named-gp", f"{gp.name} is your named GP", on, reader, sender,
        said=[
            Text(f"From {long_date(since)}, {gp.name} is your named GP. {coordinator.name} is your care coordinator."),
            Text("You do not need to do anything."),
            Heading("What they do"),
            Text("Your named GP is in charge of your care outside hospital. They make sure that the help you need is "
                 "planned, and that it comes."),
            Text("Your care coordinator checks that what was promised to you is done. You can ask them how things "
                 f"stand. Their number is {coordinator.phone or sender.phone}."),
            Heading("When they are away"),
            Text(f"When {gp.name} is away, somebody else answers for you. {gp.name} is still in charge."),
            Heading("You can still choose"),
            Text("You can still see any doctor or nurse here. Would you like a different named GP? Please tell us, "
                 "and we will do our best."),
        ],
        easily=[
            f"{gp.name} is your doctor now.",
            "Your doctor looks after all your care at home.",
            f"{coordinator.name} helps too.",
            "They check that you get the help you need.",
            f"You can ring us on {sender.phone}.",
            "You can still see any doctor or nurse here.",
            "Do you want a different doctor? Please tell us.",
            f"If we are closed, ring {sender.when_closed}.",
            "If your life is in danger, ring 999.",
        ],
    )  # fmt: skip
