"""FHIR R4 CarePlan and CareTeam."""

from carestead.sources.care.notes import Notes
from carestead.sources.care.shapes import ActivityRead, MemberRead, PlanRead, TeamRead
from carestead.sources.fhir.tree import Node, each, first, meaning, named, word


def plan(notes: Notes) -> PlanRead | None:
    """The plan, with its activities; who wrote it and who does what is wanted, not needed."""
    node, status, person = notes.node, notes.status(), notes.person("subject")
    start, end = notes.period("period")
    created = notes.day("created")
    if created and end and end < created:
        notes.doubt("CarePlan.ends-before-it-was-made", f"It ends ({end}) before it was made ({created}).")
    author = notes.wanted(named(first(node, "author")), "CarePlan.no-author", "Nobody is named as its author.")
    activities = tuple(_activity(notes, a) for a in each(node, "activity"))
    if notes.refused:
        return None
    title = word(node, "title") or word(node, "description") or meaning(node, "category")
    goals = tuple(g for g in (named(g) for g in each(node, "goal")) if g)
    return PlanRead(word(node, "id"), status, title, person, author, start, end, created, goals, activities)


def _activity(notes: Notes, activity: Node) -> ActivityRead:
    detail = first(activity, "detail")
    what = meaning(detail, "code") or word(detail, "description") or named(first(activity, "reference"))
    performer = next((n for n in (named(p) for p in each(detail, "performer")) if n), "")
    if detail and not performer:
        notes.doubt("CarePlan.activity-without-performer", f"Nobody is named to do '{what}'.")
    return ActivityRead(what, word(detail, "status"), performer)


def team(notes: Notes) -> TeamRead | None:
    """The team; a member without a role or a time cannot be held to anything, which is said."""
    node, status, person = notes.node, notes.status(), notes.person("subject")
    if status != "active":
        notes.doubt("CareTeam.not-active", f"The team is {status}.")
    members = tuple(_member(notes, number, m) for number, m in enumerate(each(node, "participant"), 1))
    if not members:
        notes.doubt("CareTeam.no-members", "Nobody is in the team.")
    if notes.refused:
        return None
    organisation = named(first(node, "managingOrganization"))
    return TeamRead(word(node, "id"), status, word(node, "name"), person, organisation, members)


def _member(notes: Notes, number: int, participant: Node) -> MemberRead:
    who = named(first(participant, "member"))
    called = who or f"Member {number}"
    role = meaning(participant, "role")
    inner = Notes({"resourceType": "CareTeam", "id": word(notes.node, "id"), **participant})
    start, end = inner.period("period")
    notes.found += inner.found
    notes.wanted(who, "CareTeam.member-unnamed", f"{called} is not named.")
    notes.wanted(role, "CareTeam.member-without-role", f"{called} has no role.")
    if start is None:
        notes.doubt("CareTeam.member-without-start", f"It is not told since when {called} is in the team.")
    return MemberRead(who, role, start, end)
