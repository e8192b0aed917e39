"""Message Bundles (HL7 Da Vinci Unsolicited Notifications, UK Core MessageHeader) and discharge documents (UK Core
Composition of a Transfer of Care) in FHIR R4."""

from datetime import datetime

from carestead.sources.fhir import tree
from carestead.sources.fhir.tree import Node, Resources, each, first, meaning, word
from carestead.sources.messages.event import Kind, Reading
from carestead.sources.messages.judge import Told, facts, judge, kind_of, without_event

NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
ODS = ("https://fhir.nhs.uk/Id/ods-organization-code", "https://fhir.nhs.uk/Id/ods-site-code")


def from_bundle(bundle: Node, source: str, where: str, text: str, received_at: datetime) -> Reading:
    """A Bundle that begins with a MessageHeader or a Composition, as an event."""
    found = Resources.of(bundle)
    head = found.all[0] if found.all else {}
    told = _HEADS.get(word(head, "resourceType"))
    if len(_focused(head, found)) > 1:
        return without_event(
            "bundle.several-visits", "The message is about several visits.",
            "Ask the supplier for a message for each.", where, text,
        )  # fmt: skip
    if told is None:
        return without_event(
            "bundle.no-header", "The Bundle begins with neither a MessageHeader nor a Composition.",
            "Ask the supplier for a message or a document Bundle.", where, text,
        )  # fmt: skip
    return judge(told(head, bundle, found, source), where, text, received_at)


def _message(head: Node, bundle: Node, found: Resources, source: str) -> Told:
    """The event is in `eventCoding`, the visit the Encounter in focus."""
    event = tree.coding(first(head, "eventCoding"))
    visit = next(iter(_focused(head, found) or found.of_type("Encounter")), {})
    kind = kind_of(event.system, event.code)
    sent = word(bundle, "timestamp") or word(bundle, "meta", "lastUpdated")
    return _told(visit, found, source, kind, event.code, sent, word(head, "id") or word(bundle, "id"))


def _focused(head: Node, found: Resources) -> list[Node]:
    return [e for f in each(head, "focus") if (e := found.at(f, "Encounter"))]


def _document(head: Node, bundle: Node, found: Resources, source: str) -> Told:
    """A discharge summary tells of a discharge; the visit is the Composition's encounter."""
    types = tree.codings(head, "type")
    known = facts()["documents"]
    kind = next((k for c in types if (k := known.get(c.system, {}).get(c.code))), "")
    visit = found.at(first(head, "encounter"), "Encounter") or next(iter(found.of_type("Encounter")), {})
    code = next((c.code for c in types), "")
    sent = word(head, "date") or word(bundle, "timestamp")
    return _told(visit, found, source, kind, code, sent, word(head, "identifier", "value") or word(bundle, "id"))


_HEADS = {"MessageHeader": _message, "Composition": _document}


def _told(visit: Node, found: Resources, source: str, kind: str, code: str, sent: str, message_id: str) -> Told:
    person = found.at(first(visit, "subject"), "Patient") or next(iter(found.of_type("Patient")), {})
    numbers = tuple(tree.identifiers(person))
    organisation = found.at(first(visit, "serviceProvider"), "Organization")
    return Told(
        source=source, kind=kind, code=code, visit_id=_visit_id(visit), happened=_happened(visit, kind, sent),
        sent=sent, admitted=word(visit, "period", "start"),
        nhs_number=next((v for s, v in numbers if s == NHS_NUMBER), ""),
        identifiers=tuple(n for n in numbers if n[0] != NHS_NUMBER), name=_name(person),
        birth_date=word(person, "birthDate"), organisation_code=_ods(visit, organisation),
        organisation_name=word(organisation, "name") or word(visit, "serviceProvider", "display"),
        ward=_ward(visit, found), destination=_destination(visit), reason=_reason(visit, found),
        specialty=_specialty(visit), message_id=message_id,
    )  # fmt: skip


def _visit_id(visit: Node) -> str:
    """The hospital's own number of the visit, else the resource's id."""
    return next((value for _, value in tree.identifiers(visit)), "") or word(visit, "id")


def _happened(visit: Node, kind: str, sent: str) -> str:
    """When it happened: the visit's beginning or end; of a move, when the last place began. What is taken back
    happened when the message was sent."""
    if kind == Kind.ADMIT:
        return word(visit, "period", "start")
    if kind == Kind.DISCHARGE:
        return word(visit, "period", "end")
    if kind == Kind.TRANSFER:
        return max((word(place, "period", "start") for place in each(visit, "location")), default="") or sent
    return sent


def _name(person: Node) -> str:
    called = first(person, "name")
    parts = [*each(called, "prefix"), *each(called, "given"), *each(called, "family")]
    return word(called, "text") or " ".join(str(p) for p in parts)


def _ods(visit: Node, organisation: Node) -> str:
    here = [*tree.identifiers(organisation), *tree.identifiers(first(visit, "serviceProvider"))]
    return next((value for system, value in here if system in ODS), "")


def _ward(visit: Node, found: Resources) -> str:
    """The name of the last place of the visit."""
    places = [first(p, "location") for p in each(visit, "location")]
    names = [word(found.at(p, "Location"), "name") or word(p, "display") for p in places]
    return next((n for n in reversed(names) if n), "")


def _destination(visit: Node) -> str:
    """The NHS Data Dictionary's code; a code of another country's list is not understood."""
    went = tree.codings(visit, "hospitalization", "dischargeDisposition")
    return next((c.code for c in went if "DischargeDestination" in c.system), "")


def _specialty(visit: Node) -> str:
    """The NHS Data Dictionary's code of the specialty: a treatment function, which has three digits."""
    return next((c.code for c in tree.codings(visit, "serviceType") if c.code.isdigit() and len(c.code) == 3), "")


def _reason(visit: Node, found: Resources) -> str:
    """Why, in words: the visit's reason, else its first diagnosis."""
    diagnosis = found.at(first(visit, "diagnosis", "condition"), "Condition")
    return meaning(visit, "reasonCode") or meaning(diagnosis, "code")
