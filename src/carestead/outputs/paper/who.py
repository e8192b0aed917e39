"""Who a paper is about, as its head and its foot say it."""

from dataclasses import dataclass
from datetime import date

from carestead.outputs.paper.document import Facts, long_date


@dataclass(frozen=True, slots=True)
class Who:
    """A person as papers name them: full name, date of birth, NHS number as written (or empty)."""

    name: str
    born: date | None = None
    nhs_number: str = ""

    def facts(self) -> Facts:
        """The lines at the head; what is not known is said to be not known."""
        born = long_date(self.born) if self.born else "Not known"
        return Facts([("Name", self.name), ("Born", born), ("NHS number", self.nhs_number or "Not known")])

    def footer(self, on: date) -> str:
        """The line at the foot of every page, so that a loose sheet is still the right person's."""
        return f"{self.name}. Printed {long_date(on)}"
