"""On which sides of a promise or a request somebody stands. Pure: who they are, and who is away, go in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from carestead.care import promise, request
from carestead.care.answering import Presence

PERSON, CARER, LEAD = "person", "carer", "lead"


@dataclass(frozen=True, slots=True)
class Party:
    """Who owns, asks or is told. `kind` is practitioner, organisation, desk, person or carer; `code` a practitioner's,
    an organisation's, a group's (for its desk), or the person_id as text; `name` what people call them."""

    kind: str
    code: str
    name: str = ""

    def is_same(self, other: "Party") -> bool:
        """Whether both are one party, however their name is written."""
        return (self.kind, self.code) == (other.kind, other.code)


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Somebody as these rules see them. `codes` is their practitioner code, if they have one; `answers_for` those who
    are away and whom they answer for now; `teams` the organisations they work for; `desks` the groups whose desk they
    staff now; `person_id` whose page they see, as that person or (`carer`) as somebody who cares for them."""

    username: str
    codes: frozenset[str] = frozenset()
    answers_for: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    desks: frozenset[str] = frozenset()
    lead: bool = False
    person_id: int | None = None
    carer: bool = False

    def is_party(self, party: Party) -> bool:
        """Whether they are the party itself, or of it."""
        named = {"practitioner": self.codes, "organisation": self.teams, "desk": self.desks}
        if party.kind in named:
            return party.code in named[party.kind]
        return self.person_id is not None and party.code == str(self.person_id) and self._speaks_as(party.kind)

    def stands_in_for(self, party: Party) -> bool:
        """Whether they answer for the party while it is away."""
        return party.kind == "practitioner" and party.code in self.answers_for

    def holds(self, code: str | None) -> bool:
        """Whether they hold what the practitioner `code` holds, or answer for them now."""
        return bool(code) and code in self.codes | self.answers_for

    def _speaks_as(self, kind: str) -> bool:
        # a carer does what the person has to do as well as what was asked of the carer
        return kind == PERSON or self.carer


@dataclass(frozen=True, slots=True)
class Matter:
    """What the sides of something are told from. `owner` is a promise's owner or a request's team, `requester` who
    asked; `holders` maps `named-gp` and `coordinator` to the codes that hold them for the person now."""

    person_id: int | None
    owner: Party
    requester: Party
    author: str = ""
    holders: Mapping[str, str] = field(default_factory=dict)


def answered_for(codes: frozenset[str], on_desk: bool, there: Presence) -> frozenset[str]:
    """Those for whom somebody with `codes` answers now: whom they cover; on the desk also everybody whom nobody
    answers instead of."""
    instead = {code: there.instead_of(code) for code in {*there.covers, *there.gone}}
    return frozenset(code for code, cover in instead.items() if cover in codes or (on_desk and not cover)) - codes


def of_promise(who: Standpoint, matter: Matter) -> frozenset[str]:
    """The sides of a promise on which `who` stands."""
    sides = _shared(who, matter)
    if who.is_party(matter.owner):
        sides.add(promise.OWNER)
    if who.stands_in_for(matter.owner) or _writes_for(sides, matter.owner):
        sides.add(promise.COVER)
    if _asks(who, matter.requester):
        sides.add(promise.REQUESTER)
    return frozenset(sides)


def of_request(who: Standpoint, matter: Matter) -> frozenset[str]:
    """The sides of a request on which `who` stands."""
    sides = _shared(who, matter)
    if who.is_party(matter.owner):
        sides.add(request.TEAM)
    if _asks(who, matter.requester):
        sides.add(request.ASKER)
    return frozenset(sides)


def _shared(who: Standpoint, matter: Matter) -> set[str]:
    own_page = matter.person_id is not None and who.person_id == matter.person_id
    found = {
        promise.GP: who.holds(matter.holders.get("named-gp")),
        promise.COORDINATOR: who.holds(matter.holders.get("coordinator")),
        promise.AUTHOR: bool(matter.author) and who.username == matter.author,
        LEAD: who.lead,
        PERSON: own_page and not who.carer,
        CARER: own_page and who.carer,
    }
    return {side for side, stands in found.items() if stands}


def _asks(who: Standpoint, requester: Party) -> bool:
    return who.is_party(requester) or who.stands_in_for(requester)


def _writes_for(sides: set[str], owner: Party) -> bool:
    """Not everybody signs in: what a person or carer did is written down by those who look after the person."""
    return owner.kind in (PERSON, CARER) and bool(sides & {promise.GP, promise.COORDINATOR})
