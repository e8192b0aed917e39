"""One care resource of FHIR R4, JSON or XML, into our shape, with everything that is missing or doubtful said."""

from collections.abc import Callable, Mapping

from carestead.core.finding import InputError
from carestead.sources.care import others, plan, promise
from carestead.sources.care.notes import Notes
from carestead.sources.care.shapes import Shape, Taken
from carestead.sources.fhir import tree

_READERS: Mapping[str, Callable[[Notes], Shape | None]] = {
    "Task": promise.promise,
    "CarePlan": plan.plan,
    "CareTeam": plan.team,
    "ServiceRequest": others.request,
    "Consent": others.consent,
    "EpisodeOfCare": others.enrolment,
    "Encounter": others.visit,
}
TAKEN = tuple(_READERS)
"""The resource types that can be taken."""


def take(text: bytes) -> Taken:
    """The resource in `text`. Raises tree.UnreadableError when it is no FHIR resource, InputError when it is of a
    type that is not taken."""
    node = tree.read(text)
    notes = Notes(node)
    if notes.kind not in _READERS:
        raise InputError(f"A {notes.kind} is not taken.", f"Taken are: {', '.join(TAKEN)}.")
    value = _READERS[notes.kind](notes)
    return Taken(notes.kind, value, tuple(notes.found))
