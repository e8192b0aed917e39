"""Who may be asked to do something for a person: the choices of a form, and the ask that was typed."""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

from carestead.care.sharing import said_no
from carestead.store.care.asks import Ask
from carestead.store.care.sharing import choices as share_choices
from carestead.web.find.people import Known, names
from carestead.web.published import Published
from carestead.web.shell.typed import Typed

Choices = list[tuple[str, str]]

DUE_AT = time(17, 0)
"""A promise due on a day is due at the end of its office hours."""


def practitioners(found: Published, known: Known) -> Choices:
    """(code, name): the named GP and the coordinator first, then others of the practice and its group."""
    first = [c for c in (known.named_gp_code, known.coordinator_code) if c]
    homes = {known.facts.practice_code, known.facts.group_code}
    near = [c for c, p in found.practitioners.items() if p["organisation_code"] in homes and c not in first]
    return [(c, found.practitioner_name(c)) for c in [*first, *sorted(near, key=found.practitioner_name)]]


def owners(found: Published, known: Known) -> Choices:
    """(kind:code, name) of everybody who can be asked: practitioners, the person, their carer, teams."""
    person = names(found, [known.person_id]).get(known.person_id, {}).get("name") or "The person"
    teams = [(c, o["name"] or c) for c, o in found.organisations.items() if o["kind"] not in ("practice", "group")]
    return [
        *((f"practitioner:{c}", name) for c, name in practitioners(found, known)),
        (f"person:{known.person_id}", f"{person} (the person)"),
        (f"carer:{known.person_id}", "Their carer"),
        *((f"organisation:{c}", name) for c, name in sorted(teams, key=lambda t: t[1])),
    ]


@dataclass(frozen=True)
class AskForm:
    """The form of a promise: `what`, `done_means`, `owner`, `due` and `why`."""

    found: Published
    known: Known

    def read(self, typed: Typed) -> Ask:
        """What is asked; what is wrong with it is in `typed.errors`."""
        offered = dict(owners(self.found, self.known))
        chosen = typed.choice("owner", offered, "Choose who does it.")
        kind, _, code = chosen.partition(":")
        due = typed.day("due")
        return Ask(
            what=typed.text("what", "Say what is to be done."),
            done_means=typed.text("done_means", "Say how one will know that it is done."),
            due_at=timezone.make_aware(datetime.combine(due, DUE_AT)) if due else None,
            owner_code=code,
            owner_name=offered.get(chosen, ""),
            owner_kind=kind or "practitioner",
            why=typed.text("why"),
            consent_allows=self._consent_allows(kind, code),
        )

    def _consent_allows(self, kind: str, code: str) -> bool:
        """A team may be asked, unless the person said that its kind is to know nothing of the plan."""
        audience = (self.found.organisations.get(code) or {}).get("kind", "") if kind == "organisation" else ""
        return not said_no("plan", audience, share_choices(self.known.person_id))
