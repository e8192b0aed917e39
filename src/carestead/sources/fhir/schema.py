"""Which elements of each FHIR R4 resource type are read, and with what type.

A *spec* is `"VARCHAR"`, `"DOUBLE"`, `"BOOLEAN"` or `"BIGINT"` for a primitive, `[spec]` for a repeating element and a
dict for an object. Elements not named here are not read. Source: HL7 FHIR R4 (4.0.1), hl7.org/fhir/R4.
"""

from typing import Any

Spec = Any

TEXT = "VARCHAR"
CODING: Spec = {"system": TEXT, "code": TEXT, "display": TEXT}
CONCEPT: Spec = {"coding": [CODING], "text": TEXT}
IDENTIFIER: Spec = {"system": TEXT, "value": TEXT}
REFERENCE: Spec = {"reference": TEXT, "identifier": IDENTIFIER}
PERIOD: Spec = {"start": TEXT, "end": TEXT}
QUANTITY: Spec = {"value": "DOUBLE", "unit": TEXT, "code": TEXT}
NAME: Spec = {"use": TEXT, "text": TEXT, "family": TEXT, "given": [TEXT], "prefix": [TEXT]}
TELECOM: Spec = {"system": TEXT, "value": TEXT}
ADDRESS: Spec = {
    "use": TEXT,
    "line": [TEXT],
    "city": TEXT,
    "district": TEXT,
    "postalCode": TEXT,
    "extension": [{"url": TEXT, "valueString": TEXT}],
}
VALUE: Spec = {
    "valueQuantity": QUANTITY,
    "valueCodeableConcept": CONCEPT,
    "valueString": TEXT,
    "valueBoolean": "BOOLEAN",
    "valueInteger": "BIGINT",
    "valueDateTime": TEXT,
}
_EXTENSION: Spec = {
    "url": TEXT,
    "valueString": TEXT,
    "valueCode": TEXT,
    "valueInteger": "BIGINT",
    "valueDecimal": "DOUBLE",
    "valueCodeableConcept": CONCEPT,
}
_MEDICATION: Spec = {
    "status": TEXT,
    "medicationCodeableConcept": CONCEPT,
    "medicationReference": REFERENCE,
    "contained": [{"id": TEXT, "code": CONCEPT}],
    "subject": REFERENCE,
    "category": [CONCEPT],
}
_DOSAGE: Spec = [{"text": TEXT}]

HEAD: Spec = {"resourceType": TEXT, "id": TEXT, "carestead_row": "BIGINT", "carestead_file": "BIGINT"}
"""Elements read of every resource. The last two are ours: where a resource stood before it was re-written."""

TYPES: dict[str, Spec] = {
    "Organization": {
        "identifier": [IDENTIFIER],
        "name": TEXT,
        "type": [CONCEPT],
        "partOf": REFERENCE,
        "address": [ADDRESS],
    },
    "Practitioner": {"identifier": [IDENTIFIER], "name": [NAME], "gender": TEXT, "birthDate": TEXT},
    "PractitionerRole": {
        "identifier": [IDENTIFIER],
        "practitioner": REFERENCE,
        "organization": REFERENCE,
        "code": [CONCEPT],
        "specialty": [CONCEPT],
        "extension": [_EXTENSION],
        "notAvailable": [{"during": PERIOD}],
    },
    "Medication": {"identifier": [IDENTIFIER], "code": CONCEPT},
    "Patient": {
        "identifier": [IDENTIFIER],
        "name": [NAME],
        "telecom": [TELECOM],
        "gender": TEXT,
        "birthDate": TEXT,
        "deceasedDateTime": TEXT,
        "deceasedBoolean": "BOOLEAN",
        "address": [ADDRESS],
        "extension": [_EXTENSION],
        "generalPractitioner": [REFERENCE],
        "managingOrganization": REFERENCE,
    },
    "EpisodeOfCare": {
        "status": TEXT,
        "type": [CONCEPT],
        "patient": REFERENCE,
        "managingOrganization": REFERENCE,
        "careManager": REFERENCE,
        "period": PERIOD,
    },
    "RelatedPerson": {
        "patient": REFERENCE,
        "relationship": [CONCEPT],
        "identifier": [IDENTIFIER],
        "name": [NAME],
        "telecom": [TELECOM],
        "period": PERIOD,
    },
    "Encounter": {
        "identifier": [IDENTIFIER],
        "status": TEXT,
        "class": CODING,
        "type": [CONCEPT],
        "serviceType": CONCEPT,
        "priority": CONCEPT,
        "subject": REFERENCE,
        "participant": [{"individual": REFERENCE}],
        "period": PERIOD,
        "reasonCode": [CONCEPT],
        "diagnosis": [{"condition": REFERENCE, "rank": "BIGINT"}],
        "hospitalization": {"admitSource": CONCEPT, "dischargeDisposition": CONCEPT},
        "serviceProvider": REFERENCE,
    },
    "Appointment": {
        "status": TEXT,
        "serviceType": [CONCEPT],
        "specialty": [CONCEPT],
        "reasonCode": [CONCEPT],
        "start": TEXT,
        "end": TEXT,
        "participant": [{"actor": REFERENCE}],
    },
    "Condition": {
        "extension": [_EXTENSION],
        "clinicalStatus": CONCEPT,
        "verificationStatus": CONCEPT,
        "category": [CONCEPT],
        "code": CONCEPT,
        "subject": REFERENCE,
        "encounter": REFERENCE,
        "onsetDateTime": TEXT,
        "onsetPeriod": PERIOD,
        "abatementDateTime": TEXT,
        "abatementPeriod": PERIOD,
        "recordedDate": TEXT,
        "recorder": REFERENCE,
    },
    "Procedure": {
        "status": TEXT,
        "code": CONCEPT,
        "subject": REFERENCE,
        "encounter": REFERENCE,
        "performedDateTime": TEXT,
        "performedPeriod": PERIOD,
        "performer": [{"actor": REFERENCE, "onBehalfOf": REFERENCE}],
    },
    "Observation": {
        "status": TEXT,
        "code": CONCEPT,
        "subject": REFERENCE,
        "encounter": REFERENCE,
        "effectiveDateTime": TEXT,
        "effectivePeriod": PERIOD,
        "effectiveInstant": TEXT,
        "issued": TEXT,
        "performer": [REFERENCE],
        **VALUE,
        "component": [{"code": CONCEPT, **VALUE}],
    },
    "DiagnosticReport": {
        "status": TEXT,
        "code": CONCEPT,
        "subject": REFERENCE,
        "encounter": REFERENCE,
        "effectiveDateTime": TEXT,
        "effectivePeriod": PERIOD,
        "issued": TEXT,
        "performer": [REFERENCE],
        "conclusion": TEXT,
    },
    "Immunization": {
        "status": TEXT,
        "vaccineCode": CONCEPT,
        "patient": REFERENCE,
        "encounter": REFERENCE,
        "occurrenceDateTime": TEXT,
        "occurrenceString": TEXT,
        "recorded": TEXT,
        "performer": [{"actor": REFERENCE}],
    },
    "AllergyIntolerance": {
        "clinicalStatus": CONCEPT,
        "verificationStatus": CONCEPT,
        "code": CONCEPT,
        "patient": REFERENCE,
        "encounter": REFERENCE,
        "onsetDateTime": TEXT,
        "onsetPeriod": PERIOD,
        "recordedDate": TEXT,
        "recorder": REFERENCE,
        "reaction": [{"manifestation": [CONCEPT]}],
    },
    "MedicationRequest": {
        **_MEDICATION,
        "encounter": REFERENCE,
        "authoredOn": TEXT,
        "requester": REFERENCE,
        "courseOfTherapyType": CONCEPT,
        "dosageInstruction": _DOSAGE,
        "dispenseRequest": {"validityPeriod": PERIOD, "quantity": QUANTITY, "numberOfRepeatsAllowed": "BIGINT"},
    },
    "MedicationStatement": {
        **_MEDICATION,
        "category": CONCEPT,
        "context": REFERENCE,
        "effectiveDateTime": TEXT,
        "effectivePeriod": PERIOD,
        "dateAsserted": TEXT,
        "informationSource": REFERENCE,
        "dosage": _DOSAGE,
    },
    "ServiceRequest": {
        "status": TEXT,
        "category": [CONCEPT],
        "priority": TEXT,
        "code": CONCEPT,
        "subject": REFERENCE,
        "occurrencePeriod": PERIOD,
        "authoredOn": TEXT,
        "requester": REFERENCE,
        "performer": [REFERENCE],
        "performerType": CONCEPT,
        "reasonCode": [CONCEPT],
    },
    "DocumentReference": {
        "status": TEXT,
        "type": CONCEPT,
        "subject": REFERENCE,
        "date": TEXT,
        "author": [REFERENCE],
        "custodian": REFERENCE,
        "description": TEXT,
        "content": [{"attachment": {"contentType": TEXT, "url": TEXT, "title": TEXT}}],
        "context": {"encounter": [REFERENCE]},
    },
    "Composition": {
        "status": TEXT,
        "type": CONCEPT,
        "subject": REFERENCE,
        "encounter": REFERENCE,
        "date": TEXT,
        "author": [REFERENCE],
        "title": TEXT,
        "custodian": REFERENCE,
    },
    "CarePlan": {
        "status": TEXT,
        "category": [CONCEPT],
        "title": TEXT,
        "subject": REFERENCE,
        "encounter": REFERENCE,
        "period": PERIOD,
        "created": TEXT,
        "author": REFERENCE,
    },
}
"""Types that become rows, in the order in which they must be read: what others refer to comes first."""


def columns(kind: str) -> dict[str, Spec]:
    """The spec of all elements read of a resource of type `kind`; only the head for a type nobody asked for."""
    return {**HEAD, **TYPES.get(kind, {})}


def sql_type(spec: Spec) -> str:
    """The DuckDB type of a spec."""
    if isinstance(spec, list):
        return f"{sql_type(spec[0])}[]"
    if isinstance(spec, dict):
        return "STRUCT(" + ", ".join(f'"{name}" {sql_type(inner)}' for name, inner in spec.items()) + ")"
    return str(spec)


def columns_sql(kind: str) -> str:
    """The `columns` argument of `read_ndjson` for a resource type."""
    return "{" + ", ".join(f"'{name}': '{sql_type(spec)}'" for name, spec in columns(kind).items()) + "}"


def misfit(value: Any, spec: Spec, path: str = "") -> str | None:
    """The path of the first element of `value` whose JSON type is not the one of `spec`; None when all fit."""
    if value is None:
        return None
    if isinstance(spec, dict):
        return _misfit_object(value, spec, path)
    if isinstance(spec, list):
        return _misfit_list(value, spec[0], path)
    return None if _primitive_fits(value, spec) else path


def _misfit_object(value: Any, spec: dict[str, Spec], path: str) -> str | None:
    if not isinstance(value, dict):
        return path or "resource"
    pairs = ((name, misfit(value.get(name), inner, f"{path}.{name}".strip("."))) for name, inner in spec.items())
    return next((where for _, where in pairs if where), None)


def _misfit_list(value: Any, spec: Spec, path: str) -> str | None:
    if not isinstance(value, list):
        return path
    return next((where for i, one in enumerate(value) if (where := misfit(one, spec, f"{path}[{i}]"))), None)


def _primitive_fits(value: Any, spec: str) -> bool:
    if isinstance(value, dict | list):
        return False
    if spec == "BOOLEAN":
        return isinstance(value, bool)
    if spec in ("DOUBLE", "BIGINT"):
        return not isinstance(value, bool | str) and (spec == "DOUBLE" or abs(value) < 2**63)
    return True
