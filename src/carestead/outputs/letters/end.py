"""The letter that tells a person that the care by a named GP and coordinator ends, why, and what stays."""

from datetime import date
from typing import Literal

from carestead.outputs.letters.letter import Contact, Letter, Reader, Sender
from carestead.outputs.paper.document import Heading, Text, long_date

Why = Literal["moved", "choice", "better", "other"]

_WHY = {
    "moved": "You have moved, and another surgery looks after you now.",
    "choice": "You told us that you do not want this any more.",
    "better": "You and your GP agreed that you do not need this any more.",
    "other": "Please ask us if you would like to know why.",
}
_STAYS = {
    "moved": "Your new surgery can tell you who is in charge of your care there.",
    "choice": "You can still see any doctor or nurse here. You can change your mind at any time.",
    "better": "You can still see any doctor or nurse here. If things change, please tell us.",
    "other": "You can still see any doctor or nurse here.",
}


def end_letter(
    *, reader: Reader, sender: Sender, on: date, gp: Contact, coordinator: Contact, ended: date, why: Why
) -> Letter:
    """From `ended` on nobody is named for the person here. There is no such letter after a death."""
    return Letter(
        "end", "Your care with us changes", on, reader, sender,
        said=[
            Text(f"Until {long_date(ended)}, {gp.name} was in charge of your care outside hospital, and "
                 f"{coordinator.name} was your care coordinator. From then on they are not. {_WHY[why]}"),
            Heading("What stays"),
            Text(_STAYS[why]),
            Text("Was something promised to you that is not done? Please tell us. We will tell you who sees to it."),
        ],
        easily=[
            _WHY[why],
            f"{gp.name} and {coordinator.name} do not plan your care any more.",
            _STAYS[why].split(". ")[0].rstrip(".") + ".",
            "Did we say we would do something, and it is not done?",
            f"Then please ring us on {sender.phone}.",
        ],
    )  # fmt: skip
