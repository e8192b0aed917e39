"""FHIR R4 ServiceRequest, Consent, EpisodeOfCare and Encounter."""

from carestead.sources.care.notes import Notes
from carestead.sources.care.shapes import ConsentRead, EnrolmentRead, RequestRead, VisitRead
from carestead.sources.fhir.tree import codings, each, first, meaning, named, word


def request(notes: Notes) -> RequestRead | None:
    """An ask of another team."""
    node, status, person = notes.node, notes.status(), notes.person("subject")
    what = notes.wanted(meaning(node, "code"), "ServiceRequest.no-code", "It does not say what is asked for.")
    requester = named(first(node, "requester"))
    notes.wanted(requester, "ServiceRequest.no-requester", "Nobody is named who asks, so nobody can be told.")
    performers = tuple(n for n in (named(p) for p in each(node, "performer")) if n)
    if not performers:
        notes.doubt("ServiceRequest.no-performer", "It does not say who is asked.")
    asked = notes.at("authoredOn")
    if asked is None:
        notes.doubt("ServiceRequest.no-date", "It does not say when it was asked.")
    if notes.refused:
        return None
    reason = meaning(node, "reasonCode")
    return RequestRead(word(node, "id"), status, what, person, requester, performers, asked, reason)


def consent(notes: Notes) -> ConsentRead | None:
    """What somebody agreed to, or refused."""
    node, status, person = notes.node, notes.status(), notes.person("patient")
    said = word(node, "provision", "type")
    permits = {"permit": True, "deny": False}.get(said)
    if permits is None:
        notes.doubt("Consent.neither-permits-nor-denies", "It does not say whether it permits or denies.")
    given = notes.at("dateTime")
    if given is None:
        notes.doubt("Consent.no-date", "It does not say when it was given.")
    start, end = notes.period("provision", "period")
    if notes.refused:
        return None
    about = tuple(c.code for c in codings(node, "category") if c.code)
    return ConsentRead(word(node, "id"), status, meaning(node, "scope"), person, given, permits, start, end, about)


def enrolment(notes: Notes) -> EnrolmentRead | None:
    """A time under an organisation's care."""
    node, status, person = notes.node, notes.status(), notes.person("patient")
    start, end = notes.period("period")
    if start is None:
        notes.doubt("EpisodeOfCare.no-start", "It does not say when it began.")
    if status == "finished" and end is None:
        notes.doubt("EpisodeOfCare.no-end", "It is finished, but not told when.")
    manager = named(first(node, "careManager"))
    notes.wanted(manager, "EpisodeOfCare.no-care-manager", "No care manager is named.")
    if notes.refused:
        return None
    organisation = named(first(node, "managingOrganization"))
    return EnrolmentRead(word(node, "id"), status, person, organisation, manager, start, end)


def visit(notes: Notes) -> VisitRead | None:
    """A meeting of a person with a service, a stay in hospital among them."""
    node, status, person = notes.node, notes.status(), notes.person("subject")
    start, end = notes.at("period", "start"), notes.at("period", "end")
    notes.period("period")
    if start is None:
        notes.doubt("Encounter.no-start", "It does not say when it began.")
    if status == "finished" and end is None:
        notes.doubt("Encounter.no-end", "It is finished, but not told when.")
    if notes.refused:
        return None
    organisation = named(first(node, "serviceProvider"))
    return VisitRead(word(node, "id"), status, word(node, "class", "code"), person, organisation, start, end)
