"""FHIR R4 Task as a promise: one owner, one requester, one person, one due time, or it is refused.

R4 has no due date of a Task; `restriction.period.end` is the convention ("Limit on fulfillment time").
"""

from carestead.sources.care.notes import Notes
from carestead.sources.care.shapes import PromiseRead
from carestead.sources.fhir.tree import first, meaning, named, word

OPEN = ("requested", "received", "accepted", "ready", "in-progress", "on-hold")


def promise(notes: Notes) -> PromiseRead | None:
    """The promise; None when something it cannot do without is missing."""
    task, status = notes.node, notes.status()
    due = notes.at("restriction", "period", "end")
    if due is None:
        notes.refuse(
            "Task.no-due", "It has no due date (Task.restriction.period.end), and a promise always has one.",
            "Ask the sender by when it is to be done.",
        )  # fmt: skip
    owner, requester = _party(notes, "owner"), _party(notes, "requester")
    person = notes.person("for")
    title = meaning(task, "code") or word(task, "description")
    done = notes.wanted(word(task, "description"), "Task.no-done-means", "It does not say what done means.") or title
    begun, ended = notes.at("executionPeriod", "start"), notes.at("executionPeriod", "end")
    if ended and status in OPEN:
        notes.doubt("Task.ended-but-open", f"It ended on {ended:%d/%m/%Y}, yet is {status}.")
    if notes.refused or due is None:
        return None
    return PromiseRead(
        id=word(task, "id"), status=status, title=title, done_means=done, owner=owner, requester=requester,
        person=person, due=due, begun_at=begun, ended_at=ended, asked_at=notes.at("authoredOn"),
        request=named(first(task, "focus")), reason=meaning(task, "statusReason") or meaning(task, "reasonCode"),
    )  # fmt: skip


def _party(notes: Notes, who: str) -> str:
    said = named(first(notes.node, who))
    return notes.needed(said, f"Task.no-{who}", f"It has no {who}.", f"Ask the sender who the {who} is.")
