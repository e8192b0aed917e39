"""What is found while one resource is read, and what every resource is asked."""

from datetime import date, datetime

from carestead import reference
from carestead.core.calendar import LONDON
from carestead.core.finding import Finding, Severity
from carestead.sources.fhir.tree import Node, first, named, word
from carestead.sources.messages.moments import moment


class Notes:
    """Findings of one resource, gathered while it is read."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.kind = word(node, "resourceType")
        self.where = f"{self.kind}/{word(node, 'id') or 'without an id'}"
        self.found: list[Finding] = []

    def refuse(self, code: str, what: str, do: str) -> None:
        """It cannot be one of ours, because."""
        self.found.append(Finding(code, Severity.ERROR, self.where, what, do))

    def doubt(self, code: str, what: str, do: str = "Ask the sender.") -> None:
        """It is taken, but."""
        self.found.append(Finding(code, Severity.WARNING, self.where, what, do))

    @property
    def refused(self) -> bool:
        """True when there is a reason to refuse."""
        return any(f.severity is Severity.ERROR for f in self.found)

    def status(self) -> str:
        """The status, which must be one of the standard's."""
        said, known = word(self.node, "status"), reference.shared("care", "fhir-statuses")[self.kind]
        if said not in known:
            self.refuse(
                f"{self.kind}.status", f"'{said}' is no status of a {self.kind}.", f"Known: {', '.join(known)}."
            )
        if said == "entered-in-error":
            self.doubt(f"{self.kind}.entered-in-error", "The sender says it was entered in error.", "Do not act on it.")
        return said

    def person(self, element: str) -> str:
        """Whom it is about, which must be told; a name alone finds nobody."""
        reference_ = first(self.node, element)
        said = named(reference_)
        if not said:
            self.refuse(
                f"{self.kind}.no-person", f"It does not say whom it is about ({self.kind}.{element}).",
                "Ask the sender to name the patient.",
            )  # fmt: skip
        elif said == word(reference_, "display"):
            self.doubt(f"{self.kind}.person-by-name", f"The person is named ({said}) but not referred to.")
        return said

    def needed(self, said: str, code: str, what: str, do: str) -> str:
        """What it cannot do without."""
        if not said:
            self.refuse(code, what, do)
        return said

    def wanted(self, said: str, code: str, what: str) -> str:
        """What it had better have."""
        if not said:
            self.doubt(code, what)
        return said

    def at(self, *path: str) -> datetime | None:
        """The time at a path; one that cannot be read is a doubt."""
        said = word(self.node, *path)
        if not said:
            return None
        read = moment(said, self.where)
        if read.at is None:
            self.doubt(f"{self.kind}.date", f"'{said}' ({'.'.join(path)}) is no date.")
        return read.at

    def day(self, *path: str) -> date | None:
        """The day at a path, in London."""
        found = self.at(*path)
        return found.astimezone(LONDON).date() if found else None

    def period(self, *path: str) -> tuple[date | None, date | None]:
        """A Period as days; one that ends before it begins is a doubt."""
        start, end = self.day(*path, "start"), self.day(*path, "end")
        if start and end and end < start:
            self.doubt(f"{self.kind}.ends-before-it-begins", f"It ends ({end}) before it begins ({start}).")
        return start, end
