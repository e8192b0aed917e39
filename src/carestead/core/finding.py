"""A finding: an error or a doubt as data (FHIR R4 OperationOutcome.issue)."""

from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad it is; the words of FHIR R4 value set issue-severity, without `fatal`."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Finding:
    """Where, what, how bad, what to do.

    `code` is a stable, machine-readable name such as `contract.not-null`; `where` a place a person can open
    (file and line, table and column, practice); `what` a sentence; `do` what to type or whom to ask; `count`
    how many rows are meant, with `example` the text of one of them.
    """

    code: str
    severity: Severity
    where: str
    what: str
    do: str = ""
    count: int = 1
    example: str = ""

    def as_dict(self) -> dict[str, str | int]:
        """The finding as one row of the `finding` contract table."""
        return {**asdict(self), "severity": self.severity.value}


class CaresteadError(Exception):
    """A refusal with a sentence for the user: what is wrong and what to type instead. Never a traceback.

    `field` names what was given wrongly, as the act that refused calls it (`reason`), so that a form can say it there;
    empty where no single one is to blame. `exit_code` is the process's exit code, documented in docs/cli.md.
    """

    exit_code = 1

    def __init__(self, what: str, do: str = "", *, field: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.do = do
        self.field = field

    def __str__(self) -> str:
        return f"{self.what} {self.do}".strip()


class UsageError(CaresteadError):
    """The words of the command, or the state of the area, do not allow what was asked."""

    exit_code = 2


class InputError(CaresteadError):
    """An input cannot be read at all; nothing was written."""

    exit_code = 3


class BusyError(CaresteadError):
    """Another process is writing to the area."""

    exit_code = 4


class StorageError(CaresteadError):
    """The disk is full, or the folder may not be written; nothing that was good is lost."""

    exit_code = 5
