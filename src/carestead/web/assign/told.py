"""What a simulation found, in words and rows."""

from dataclasses import dataclass, field
from typing import Any

from carestead.assign.simulate import CHANGES, CLOSES, Broken, Taker
from carestead.web.published import Published
from carestead.web.shell.formats import count

ROLE_OF = {"gp": "named GP", "care-coordinator": "care coordinator"}
CELLS = ("code", "name", "where", "how", "people", "minutes", "left")


@dataclass
class Told:
    """What breaks, in words and rows."""

    found: Published
    broken: Broken
    who: str = field(init=False)

    def __post_init__(self) -> None:
        change, name = self.broken.change, self.found.practitioner_name
        self.who = self.found.organisation_name(change.who) if change.what == CLOSES else name(change.who)

    @property
    def question(self) -> str:
        """ "What breaks if Dr A leaves?" """
        return f"What breaks if {self.who} {CHANGES[self.broken.change.what]}?"

    @property
    def role(self) -> str:
        """Named GP or care coordinator."""
        return ROLE_OF[self.broken.role]

    @property
    def sentence(self) -> str:
        """The answer in a line or two."""
        b = self.broken
        if not b.bare:
            return f"Nobody on the register would be without a {self.role}: nobody has {self.who}."
        first = f"{count(len(b.bare), 'person', 'people')} on the register would be without a {self.role}."
        where = "other practices of the group" if b.change.what == CLOSES else "those who are left"
        many = "all of them" if not b.without else f"{b.taken:,}" if b.taken else "none of them"
        taken = f"{where[0].upper()}{where[1:]} could take {many}."
        return f"{first} {taken}{self._short() if b.without else ''}"

    def _short(self) -> str:
        b = self.broken
        stay = "1 would stay" if b.without == 1 else f"{b.without:,} would stay"
        return f" {stay} without: {b.tenths / 10:.1f} {'session' if b.tenths == 10 else 'sessions'} a week are short."

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The figures of the answer, with their names."""
        b = self.broken
        facts = [
            (f"Left without a {self.role}", f"{len(b.bare):,}"),
            ("Somebody could take", f"{b.taken:,}"),
            ("Would stay without", f"{b.without:,}"),
            ("Sessions a week short", f"{b.tenths / 10:.1f}"),
            ("Others who would have to change", f"{b.moved:,}"),
            ("Open promises of those people", f"{b.promises:,}"),
        ]
        return [*facts, *self._buddy()]

    def _buddy(self) -> list[tuple[str, str]]:
        """The practice that would cover, when a GP works alone."""
        rows = [r for r in self.found.rows("assign/buddies") if r["practitioner_code"] == self.broken.change.who]
        return [
            (
                "Works alone; proposed to cover",
                self.found.organisation_name(r["buddy_code"]) if r["buddy_code"] else "nobody",
            )
            for r in rows
        ]

    @property
    def takers(self) -> list[dict[str, Any]]:
        """Who could take how many, then whom the rule does not allow to be asked yet."""
        return [
            *(self._row(t, "by the rule") for t in self.broken.takers),
            *(self._row(t, "if practices agree to share") for t in self.broken.neighbours),
        ]

    def _row(self, taker: Taker, how: str) -> dict[str, Any]:
        return {
            "code": taker.code,
            "name": self.found.practitioner_name(taker.code),
            "where": self.found.organisation_name(taker.organisation),
            "how": how,
            "people": taker.people,
            "minutes": taker.minutes,
            "left": taker.left,
        }

    def rows(self) -> list[list[Any]]:
        """The table as rows, for CSV."""
        return [[r[cell] for cell in CELLS] for r in self.takers]
