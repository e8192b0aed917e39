"""Messages a hospital may send, built as the published guides describe them."""

import json
from typing import Any

NOTIFICATION = "http://hl7.org/fhir/us/davinci-alerts/CodeSystem/notification-event"
NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"


def patient(nhs_number: str | None = "9990000018", **more: Any) -> dict[str, Any]:
    """A made-up patient, with a hospital number and an NHS number."""
    numbers = [{"system": "urn:hospital", "value": "H77"}]
    if nhs_number is not None:
        numbers.append({"system": NHS_NUMBER, "value": nhs_number})
    named = [{"family": "Kettle", "given": ["Ada"], "prefix": ["Mrs"]}]
    return {
        "resourceType": "Patient",
        "id": "p",
        "identifier": numbers,
        "name": named,
        "birthDate": "1941-05-17",
    } | more


def encounter(start: str | None = None, end: str | None = None, **more: Any) -> dict[str, Any]:
    """A visit of that patient, to the ward of a hospital."""
    period = {k: v for k, v in (("start", start), ("end", end)) if v}
    return {
        "resourceType": "Encounter", "id": "e", "status": "finished" if end else "in-progress",
        "identifier": [{"system": "urn:visit", "value": "V1"}], "class": {"code": "IMP"},
        "subject": {"reference": "urn:uuid:p"}, "period": period,
        "serviceProvider": {"reference": "urn:uuid:o"},
        "location": [{"location": {"reference": "urn:uuid:l", "display": "A ward"}}],
    } | more  # fmt: skip


def message(code: str, visit: dict[str, Any], who: dict[str, Any] | None = None, sent: str = "", **head: Any) -> bytes:
    """A message Bundle of Da Vinci's shape: header, visit, patient, hospital, ward."""
    header = {
        "resourceType": "MessageHeader", "id": "m1", "source": {"endpoint": "https://hospital.example"},
        "eventCoding": {"system": NOTIFICATION, "code": code}, "focus": [{"reference": "urn:uuid:e"}],
    } | head  # fmt: skip
    return _bundle("message", sent, m=header, e=visit, p=who or patient(), o=HOSPITAL, l=WARD)


def discharge_document(visit: dict[str, Any], who: dict[str, Any] | None = None, **head: Any) -> bytes:
    """A document Bundle of UK Core's shape: a discharge summary that names its encounter."""
    composition = {
        "resourceType": "Composition", "id": "c", "status": "final", "date": "2026-11-25T15:00:00+00:00",
        "type": {"coding": [{"system": "http://snomed.info/sct", "code": "373942005"}]},
        "identifier": {"value": "doc-1"}, "title": "Discharge summary",
        "subject": {"reference": "urn:uuid:p"}, "encounter": {"reference": "urn:uuid:e"},
    } | head  # fmt: skip
    return _bundle("document", "", c=composition, e=visit, p=who or patient(), o=HOSPITAL, l=WARD)


HOSPITAL = {
    "resourceType": "Organization", "id": "o", "name": "Teasel Hospital",
    "identifier": [{"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "RZZ"}],
}  # fmt: skip
WARD = {"resourceType": "Location", "id": "l", "name": "Ward 4"}


def _bundle(kind: str, sent: str, **resources: dict[str, Any]) -> bytes:
    entries = [{"fullUrl": f"urn:uuid:{k}", "resource": r} for k, r in resources.items()]
    made: dict[str, Any] = {"resourceType": "Bundle", "type": kind, "entry": entries}
    return json.dumps(made | ({"timestamp": sent} if sent else {})).encode()
