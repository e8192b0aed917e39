"""What was typed into a form, read field by field; what is wrong is kept with the name of its field."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse

from carestead.core.finding import CaresteadError, UsageError
from carestead.store.actor import Actor
from carestead.web.shell import once
from carestead.web.shell.dates import read_date, read_moment


@dataclass
class Typed:
    """A form's fields, and `errors`: field to what to type instead."""

    data: Mapping[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        """True while nothing is wrong."""
        return not self.errors

    def text(self, name: str, missing: str = "") -> str:
        """A text without the spaces around it; `missing` is said when there is none."""
        said = self.data.get(name, "").strip()
        if missing and not said:
            self.errors[name] = missing
        return said

    def choice(self, name: str, among: Iterable[str], missing: str) -> str:
        """One of the values offered, else '' and `missing` is said."""
        said = self.data.get(name, "")
        if said not in set(among):
            self.errors[name] = missing
            return ""
        return said

    def day(self, name: str, *, optional: bool = False) -> date | None:
        """A date of three fields; None when it is wrong, or empty where that is allowed."""
        empty = not any(self.data.get(f"{name}-{part}", "").strip() for part in ("day", "month", "year"))
        if optional and empty:
            return None
        found, error = read_date(self.data, name)
        if error:
            self.errors[f"{name}-day"] = error
        return found

    def moment(self, day_name: str, time_name: str) -> datetime | None:
        """The instant, in UTC, of a day and a time of this country's clock, such as 14:30. An hour that comes twice is
        meant the first time, unless the field `<day_name>-again` is ticked."""
        day = self.day(day_name)
        again = bool(self.data.get(f"{day_name}-again"))
        at, error = read_moment(day, self.data.get(time_name, ""), again=again)
        if error:
            self.errors[time_name] = error
        return at

    def score(self, name: str) -> int | None:
        """A whole number from 1 to 10, or None."""
        said = self.data.get(name, "").strip()
        if not said:
            return None
        number = self.whole(name)
        if not 1 <= number <= 10:
            self.errors[name] = "Type a whole number from 1 to 10, or leave it empty."
        return number

    def whole(self, name: str) -> int:
        """A whole number that the page itself put there; 0 for anything else."""
        said = self.data.get(name, "").strip()
        return int(said) if said.isdecimal() and said.isascii() and len(said) < 10 else 0

    def send(
        self, request: HttpRequest, actor: Actor, name: str, do: Callable[[], once.Outcome]
    ) -> HttpResponse | None:
        """Do what was typed, once, and go on; None, with `errors`, when something is wrong. `do` reads the fields and
        acts when they are good; what it refuses is said at field `name`, and then nothing was written."""
        if seen := once.again(request, actor):
            return seen
        try:
            return once.first(request, actor, lambda: self._whole(do()))
        except CaresteadError as refused:
            if self.good:
                self.errors[name] = str(refused)
        return None

    def _whole(self, outcome: once.Outcome) -> once.Outcome:
        """The outcome; raised away, with all that was written, when a field was wrong."""
        if not self.good:
            raise UsageError("Something that was typed is wrong.", "See what is said at its field.")
        return outcome
