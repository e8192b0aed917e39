"""Who can be asked to do something for a person, as choices `kind:code` with their words."""

from collections.abc import Iterator

from carestead.care.sides import Party
from carestead.store.actor import Actor
from carestead.store.care.standing import party_of
from carestead.web.find.people import Known
from carestead.web.published import Published

Choices = tuple[tuple[str, str], ...]
OWN_ROLES = {"named-gp": "the named GP", "coordinator": "the care coordinator"}
NOT_TEAMS = {"practice", "group", "commissioner"}


def key(party: Party) -> str:
    """A party as the value of a choice."""
    return f"{party.kind}:{party.code}"


def owners(found: Published, known: Known, actor: Actor) -> Choices:
    """Everybody who can own a promise about the person: oneself first, then those responsible, the person, their carer,
    and colleagues."""
    seen: dict[str, str] = {}
    for code, words in _everybody(found, known, actor):
        seen.setdefault(code, words)
    return tuple(seen.items())


def teams(found: Published, *, without: str = "") -> Choices:
    """Every organisation that can be asked, by name."""
    every = [
        (f"organisation:{c}", o["name"] or c) for c, o in found.organisations.items() if o["kind"] not in NOT_TEAMS
    ]
    return tuple(sorted(((c, n) for c, n in every if c != f"organisation:{without}"), key=lambda pair: pair[1]))


def bound(known: Known) -> dict[str, Party]:
    """Who fills each role that a template names."""
    held = {role: Party("practitioner", code) for role, code in known.holders.items()}
    return {**held, "person": Party("person", str(known.person_id)), "carer": Party("carer", str(known.person_id))}


def _everybody(found: Published, known: Known, actor: Actor) -> Iterator[tuple[str, str]]:
    yield key(party_of(actor)), f"{actor.name} (you)"
    for role, code in known.holders.items():
        yield f"practitioner:{code}", f"{found.practitioner_name(code)} ({OWN_ROLES.get(role, role)})"
    yield f"person:{known.person_id}", "The person"
    yield f"carer:{known.person_id}", "Their carer"
    homes = {known.facts.practice_code, known.facts.group_code}
    for p in found.practitioners.values():
        if p["organisation_code"] in homes:
            yield f"practitioner:{p['practitioner_code']}", p["name"] or p["practitioner_code"]
