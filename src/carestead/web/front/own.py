"""A person's own page as whoever opened it may see it: the person all of it, their carer what the person lets them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from carestead.care.headings import PARTS
from carestead.store.actor import Actor, Role
from carestead.store.care.models import Plan
from carestead.store.care.plans import active_plan, draft_plan
from carestead.store.care.sharing import audience_of, parts_seen
from carestead.store.find.models import Enrolment
from carestead.web.find.people import names
from carestead.web.published import Published, published
from carestead.web.shell.doors import Page, Refused


@dataclass(frozen=True)
class Own:
    """`plan` is the one that holds, else the one being written; `parts` of it are those that the reader may see."""

    found: Published
    actor: Actor
    person_id: int
    plan: Plan | None
    parts: frozenset[str]

    @property
    def is_carer(self) -> bool:
        """True for who cares for the person; false for the person."""
        return self.actor.role is Role.CARER

    @property
    def enrolled(self) -> bool:
        """Whether the person is in the service now."""
        return Enrolment.objects.filter(person_id=self.person_id, state="accepted").exists()

    @property
    def name(self) -> str:
        """The person's."""
        return names(self.found, [self.person_id]).get(self.person_id, {}).get("name", "")

    def disclosed(self, shown: Collection[str]) -> dict[str, Any]:
        """For the audit row: which plan, which of its parts, and to whom as what (invariant R15 asks for it)."""
        audience = audience_of(self.actor, self.person_id, "")
        parts = sorted(self.parts.intersection(shown))
        return {"plan": self.plan.pk if self.plan else None, "audience": audience, "parts": parts}

    def page(
        self, template: str, title: str, errors: dict[str, str] | None = None, *, status: int = 0,
        shown: Collection[str] = (), **more: Any,
    ) -> Page:  # fmt: skip
        """A page of `web/front/`. The audit row says which parts of the plan (`shown`) stand on it."""
        context = {"title": title, "as_of": self.found.as_of, "own": self, "errors": errors or {}, **more}
        code = status or (400 if errors else 200)
        return Page(f"front/{template}.jinja", context, [self.person_id], self.disclosed(shown), code)


def open_own(actor: Actor) -> Own:
    """The page of the person whom the actor is, or cares for. Raises Refused while nobody said who that is."""
    if actor.person_id is None:
        raise Refused("Nobody has said yet whose page you may see.")
    person_id = actor.person_id
    plan = active_plan(person_id) or draft_plan(person_id)
    return Own(published(), actor, person_id, plan, parts_seen(actor, person_id, "", [p.id for p in PARTS]))
