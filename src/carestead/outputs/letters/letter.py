"""A letter as data: to whom, from whom, and what it says, in ordinary and in easy words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from carestead.outputs.paper.document import Block, Bullets, Document, Heading, Text, long_date
from carestead.outputs.paper.pdf import pdf

Style = Literal["ordinary", "large", "easy-read"]
"""In 12 point, in 18 point, or in 18 point and easy words, one thought a line."""


@dataclass(frozen=True, slots=True)
class Sender:
    """The practice that writes: its name, address lines and telephone number, and the number that is to be rung
    instead when it is closed."""

    name: str
    address: Sequence[str]
    phone: str
    when_closed: str = "111"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the letter. `copy_of` is the person's name where this is a carer's copy."""

    name: str
    address: Sequence[str]
    copy_of: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody the person may ring: a name, and a number where it is not the practice's."""

    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of one `kind`. `said` is what it says; `easily` the same in easy words, one thought a line."""

    kind: str
    subject: str
    on: date
    reader: Reader
    sender: Sender
    said: Sequence[Block]
    easily: Sequence[str]

    def document(self, style: Style = "ordinary") -> Document:
        """The letter as a document: head, date, greeting, what it says, whom to ask, and the end."""
        unbroken = self.sender.phone.replace(" ", "\u00a0")
        body = [Bullets(self.easily)] if style == "easy-read" else [*self.said, *self._help()]
        return Document(
            title=self.subject,
            blocks=[*self._beginning(), *body, *self._ending(style)],
            sender=[self.sender.name, *self.sender.address, f"Phone {unbroken}", long_date(self.on)],
            address=[self.reader.name, *self.reader.address],
            footer=self.sender.name,
        )

    def pdf(self, style: Style = "ordinary") -> bytes:
        """The letter as a tagged PDF."""
        return pdf(self.document(style), size="ordinary" if style == "ordinary" else "large", on=self.on)

    def _beginning(self) -> list[Block]:
        copied = self.reader.copy_of
        copy = [Text(f"This is a copy of a letter to {copied}. “You” is {copied}.", strong=True)] if copied else []
        return [Text(f"Dear {self.reader.name},"), *copy]

    def _help(self) -> list[Block]:
        return [
            Heading("If you need help"),
            Text(f"Ring us on {self.sender.phone}. We can tell you who answers for you today."),
            Text(f"When we are closed, ring {self.sender.when_closed}. In an emergency, ring 999."),
        ]

    def _ending(self, style: Style) -> list[Block]:
        other = "large print, in easy words or" if style == "ordinary" else "ordinary print or"
        return [
            Text(f"Would you like this letter in {other} in another language? Please tell us."),
            Text("Yours sincerely,"),
            Text(self.sender.name, strong=True),
        ]
