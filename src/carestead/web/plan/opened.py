"""A plan as one reader may see it: opened through the person, part by part as the person agreed."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from carestead.care import plan as rules
from carestead.care.headings import PARTS
from carestead.store.actor import Actor
from carestead.store.care.models import Plan
from carestead.store.care.plans import active_plan, draft_plan, sides
from carestead.store.care.sharing import audience_of, parts_seen
from carestead.web.find.people import Known, one, reads_only
from carestead.web.published import Published, published
from carestead.web.record.frame import frame
from carestead.web.shell.doors import Page, Refused


@dataclass(frozen=True)
class Opened:
    """`plan` is None while there is none; `parts` are those that the reader may see, as `audience`; `on` the sides they
    stand on."""

    found: Published
    known: Known
    actor: Actor
    plan: Plan | None
    parts: frozenset[str]
    on: frozenset[str]
    audience: str

    @property
    def person_id(self) -> int:
        """The person."""
        return self.known.person_id

    @property
    def acts(self) -> tuple[str, ...]:
        """What the reader may do to the plan now."""
        return rules.PLAN.acts(self.plan.state, self.on) if self.plan else ()

    def require(self, part: str) -> None:
        """Raises Refused for a part that the person does not share with the reader."""
        if part not in self.parts:
            raise Refused("The person has not agreed that you see this part of their plan.", [self.person_id])

    def disclosed(self, shown: Collection[str]) -> dict[str, Any]:
        """For the audit row: which plan, which of its parts, and to whom as what (invariant R15 asks for it)."""
        parts = sorted(self.parts.intersection(shown))
        return {"plan": self.plan.pk if self.plan else None, "audience": self.audience, "parts": parts}

    def page(
        self, template: str, title: str, errors: dict[str, str] | None = None, *, status: int = 0, room: str = "plan",
        shown: Collection[str] = (), **more: Any,
    ) -> Page:  # fmt: skip
        """A page about the plan, of `web/<room>/`. The audit row says which plan and which of its parts (`shown`)."""
        around = frame(self.found, self.actor, self.known, "plan")
        context = {**around, "title": title, "plan": self.plan, "opened": self, "errors": errors or {}, **more}
        detail = self.disclosed(shown)
        code = status or (400 if errors else 200)
        return Page(f"{room}/{template}.jinja", context, people=[self.person_id], detail=detail, status=code)


def open_person(actor: Actor, person_id: int) -> Opened:
    """The plan that holds, else the one being written, else none."""
    return _opened(actor, person_id, active_plan(person_id) or draft_plan(person_id))


def open_plan(actor: Actor, person_id: int, plan_id: int) -> Opened | None:
    """One plan of the person, of whatever version; None when there is no such plan."""
    plan = Plan.objects.filter(pk=plan_id, person_id=person_id).first()
    opened = _opened(actor, person_id, plan)
    return opened if plan else None


def _opened(actor: Actor, person_id: int, plan: Plan | None) -> Opened:
    found = published()
    known = one(found, actor, person_id)
    kind = (found.organisations.get(actor.organisation_code) or {}).get("kind", "")
    parts = parts_seen(actor, person_id, kind, [p.id for p in PARTS])
    on = frozenset[str]() if reads_only(actor, known) else sides(actor, person_id)
    return Opened(found, known, actor, plan, parts, on, audience_of(actor, person_id, kind))
