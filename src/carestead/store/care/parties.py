"""Who stands on the ladder for a person's matters at an instant: those responsible, or whoever answers for them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from carestead.care.answering import Presence
from carestead.care.escalation import Party
from carestead.store.assign.models import LedgerEntry
from carestead.store.assign.now import Holders, holders, presence_at
from carestead.store.find.models import Enrolment

COMMISSIONER = "commissioner"
"""The code under which commissioners hear of something: as counts, never with a name."""


@dataclass
class Ladders:
    """The parties of each of some people. `groups` maps a practice to its group, whose desk answers."""

    present: Presence
    groups: Mapping[str, str]
    holders: Holders = field(default_factory=dict)
    practices: dict[int, str] = field(default_factory=dict)
    died: frozenset[int] = frozenset()
    gps: frozenset[str] = frozenset()

    @classmethod
    def of(cls, people: Collection[int], owners: Collection[str], at: datetime, groups: Mapping[str, str]) -> "Ladders":
        """Those of `people`, whose matters `owners` have, as they stand at `at`."""
        held = holders(people)
        enrolments = list(Enrolment.objects.filter(person_id__in=people))
        return cls(
            presence_at(at), groups, held, {e.person_id: e.practice_code for e in enrolments},
            frozenset(e.person_id for e in enrolments if e.end_kind == "died"),
            _gps({*owners, *(code for roles in held.values() for code in roles.values())}),
        )  # fmt: skip

    def parties(self, person_id: int, owner_kind: str, owner_code: str, but: str = "") -> dict[Party, tuple[str, str]]:
        """(kind, code) of each party that a matter of the person has, from the owner up; where no owner is named, the
        coordinator is the owner, or the named GP where the coordinator is `but`."""
        held = self.holders.get(person_id, {})
        if not owner_code:
            either = (held.get(role, "") for role in ("coordinator", "named-gp"))
            owner_code = next((code for code in either if code and code != but), "")
        found = {Party.OWNER: (owner_kind, owner_code)} if owner_code else {}
        if owner_code and owner_kind == "practitioner" and not self.present.here(owner_code):
            found[Party.OWNER_COVER] = self._answers(person_id, owner_code)
        for party, role in ((Party.COORDINATOR, "coordinator"), (Party.NAMED_GP, "named-gp")):
            if holder := held.get(role):
                found[party] = self._answers(person_id, holder)
        if practice := self.practices.get(person_id):
            found[Party.LEAD] = ("organisation", practice)
        return {**found, Party.COMMISSIONER: ("organisation", COMMISSIONER)}

    def _answers(self, person_id: int, code: str) -> tuple[str, str]:
        if self.present.here(code):
            return "practitioner", code
        cover = self.present.instead_of(code)
        return ("practitioner", cover) if cover else ("desk", self.desk(person_id))

    def desk(self, person_id: int) -> str:
        """The code of the desk that answers for a person; empty for somebody who was never enrolled."""
        practice = self.practices.get(person_id, "")
        return self.groups.get(practice, practice)


def _gps(codes: Collection[str]) -> frozenset[str]:
    """Which of the codes are GPs: those who hold, or held, somebody as their named GP."""
    entries = LedgerEntry.objects.filter(role="named-gp", holder_code__in=codes)
    return frozenset(entries.values_list("holder_code", flat=True))
