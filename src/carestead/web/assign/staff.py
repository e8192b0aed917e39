"""The colleagues of a group of practices, as pages offer them and the hand-over table knows them."""

from collections import Counter
from collections.abc import Iterable

from carestead.care.standing import Colleague
from carestead.store.actor import Actor, Role
from carestead.store.assign.models import HandOver, Responsibility
from carestead.store.find.models import Enrolment
from carestead.web.find.people import Known
from carestead.web.published import Published

HOLDS = {"gp": "named-gp", "care-coordinator": "coordinator"}
"""Which responsibility somebody of each kind of work can hold."""

OWN_ROLE = {Role.NAMED_GP: "named-gp", Role.CARE_COORDINATOR: "coordinator"}


def group_of(found: Published, organisation_code: str | None) -> str:
    """The group of practices of a practice, or the code itself where it is a group's."""
    practice = found.practices.get(organisation_code or "") or {}
    return practice.get("group_code") or organisation_code or ""


def staff_of(found: Published, group_code: str) -> dict[str, Colleague]:
    """Everybody in the group who can hold a role, by code."""
    return {
        code: Colleague(code, row["name"] or code, frozenset({HOLDS[row["role"]]}))
        for code, row in found.practitioners.items()
        if row["role"] in HOLDS and group_of(found, row["organisation_code"]) == group_code
    }


def about(found: Published, known: Known) -> dict[str, Colleague]:
    """The colleagues among whom a person's responsibilities can move, and whoever holds them now."""
    group = known.facts.group_code or group_of(found, known.facts.practice_code)
    here = staff_of(found, group)
    return here | {code: _stranger(found, code, role) for role, code in known.holders.items() if code not in here}


def mine(found: Published, actor: Actor) -> dict[str, Colleague]:
    """The colleagues of the actor's own group."""
    return staff_of(found, group_of(found, actor.organisation_code))


def visible(found: Published, actor: Actor, people: Iterable[int]) -> set[int]:
    """Those of enrolled `people` whom the actor may see: theirs, those they are asked to take, a lead's practices'."""
    wanted, own = list(people), actor.practitioner_code or "-"
    held = Responsibility.objects.filter(person_id__in=wanted, practitioner_code=own, end__isnull=True)
    asked = HandOver.objects.filter(person_id__in=wanted, arriving_code=own, state="offered")
    home = actor.organisation_code
    led = [code for code, p in found.practices.items() if home and home in (code, p["group_code"])]
    near = Enrolment.objects.filter(person_id__in=wanted, practice_code__in=led, state="accepted")
    looks = [held, asked, *([near] if actor.role in (Role.LEAD, Role.CARE_COORDINATOR) else [])]
    return {p for look in looks for p in look.values_list("person_id", flat=True)}


def choices(found: Published, staff: dict[str, Colleague], role: str, without: str = "") -> list[tuple[str, str]]:
    """Whom one can choose for a role: code, and name with the people they hold now."""
    held = Responsibility.objects.filter(role=role, end__isnull=True, practitioner_code__in=staff)
    now = Counter(held.values_list("practitioner_code", flat=True))
    able = sorted(
        (c for c in staff.values() if role in c.roles and c.code != without), key=lambda c: (c.called, c.code)
    )
    return [(c.code, f"{c.called}, {_place(found, c.code)} (holds {now[c.code]})") for c in able]


def _place(found: Published, code: str) -> str:
    return found.organisation_name((found.practitioners.get(code) or {}).get("organisation_code"))


def _stranger(found: Published, code: str, role: str) -> Colleague:
    return Colleague(code, found.practitioner_name(code), frozenset({role}))
