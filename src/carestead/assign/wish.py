"""What people asked for about their GP: the newest of each kind, and findings for what cannot be meant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from carestead.core.finding import Finding, Severity

DOCTOR = {"female": "a woman doctor", "male": "a man doctor"}


@dataclass
class Wish:
    """What one person asked for: this GP, none of these, a doctor of this sex."""

    gp: str | None = None
    never: set[str] = field(default_factory=set)
    sex: str | None = None

    @property
    def asks(self) -> bool:
        """True when something is asked for that may be met or not."""
        return self.gp is not None or self.sex is not None

    def is_met(self, code: str, sex: str | None) -> bool:
        """Whether a GP of this code and sex is what the person asked for."""
        return self.gp in (None, code) and self.sex in (None, sex)

    @property
    def words(self) -> str:
        """What is asked for."""
        return " and ".join([self.gp] * bool(self.gp) + [DOCTOR.get(self.sex or "", "")] * bool(self.sex))


NO_WISH = Wish()


def wishes(rows: Iterable[Mapping[str, Any]]) -> dict[int, Wish]:
    """The wish of each person_id of `rows` of table wish. A GP somebody will not have is never one they ask for."""
    found: dict[int, Wish] = {}
    for row in sorted(rows, key=lambda r: (r["person_id"], r["said_on"], r["kind"], r["value"])):
        wish = found.setdefault(row["person_id"], Wish())
        if row["kind"] == "sex-of-gp":
            wish.sex = row["value"]
        elif row["kind"] == "this-gp":
            wish.gp = row["value"]
            wish.never.discard(row["value"])
        else:
            wish.never.add(row["value"])
            wish.gp = None if wish.gp in wish.never else wish.gp
    return found


def findings(said: Mapping[int, Wish], known: Iterable[str], not_met: int) -> list[Finding]:
    """A finding when GPs are wished for whom nobody knows, and one for wishes that are not met."""
    codes = set(known)
    strange = sorted({code for w in said.values() for code in {w.gp, *w.never} - {None} - codes})
    found = []
    if strange:
        what = f"{_count(len(strange), 'GP is', 'GPs are')} asked for, or asked not to be given, whom no source names."
        do = "Ask the person whom they mean; until then that wish changes nothing."
        found.append(Finding("wish.unknown-gp", Severity.WARNING, "wish.value", what, do, len(strange),
                             str(strange[0])))  # fmt: skip
    if not_met:
        what = f"{_count(not_met, 'person gets', 'people get')} another GP than they asked for."
        do = "The reason stands with each proposal; speak with them before it is agreed."
        found.append(Finding("wish.not-met", Severity.INFORMATION, "assignment.wish", what, do, not_met))
    return found


def _count(n: int, one: str, many: str) -> str:
    return f"{n:,} {one if n == 1 else many}"
