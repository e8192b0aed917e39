"""Hospital messages read: what each format says, and what is doubted or refused, with nothing lost."""

import json
import tarfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests import hospital

from carestead.sources.messages import Kind, Reading, read
from carestead.sources.messages.event import instant
from carestead.sources.messages.moments import moment

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
START, END = "2026-11-20T10:00:00+00:00", "2026-11-25T14:30:00+00:00"
HEADER = "event,visit_id,happened_at,nhs_number\n"


def one(message: bytes | str, at: datetime = NOW) -> Reading:
    found = read(message.encode() if isinstance(message, str) else message, source="teasel", received_at=at)
    assert len(found) == 1
    return found[0]


def row(line: str, at: datetime = NOW) -> Reading:
    return one(HEADER + line + "\n", at)


def test_an_admission_of_a_message_bundle():
    event = one(hospital.message("notification-admit", hospital.encounter(START), sent="2026-11-20T10:05:00Z")).event
    assert event is not None
    assert (event.kind, event.visit_id, event.nhs_number) == (Kind.ADMIT, "V1", "9990000018")
    assert event.happened_at == event.admitted_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert event.sent_at == datetime(2026, 11, 20, 10, 5, tzinfo=UTC)
    assert (event.name, event.birth_date) == ("Mrs Ada Kettle", date(1941, 5, 17))
    assert (event.organisation_code, event.organisation_name, event.ward) == ("RZZ", "Teasel Hospital", "Ward 4")
    assert event.identifiers == (("urn:hospital", "H77"),)


def test_a_discharge_happened_when_the_visit_ended():
    went = {"dischargeDisposition": {"coding": [{"system": "urn:UKCore-DischargeDestinationEngland", "code": "85"}]}}
    visit = hospital.encounter(START, END, hospitalization=went, reasonCode=[{"text": "Fall at home"}])
    event = one(hospital.message("notification-discharge", visit)).event
    assert event is not None
    assert (event.kind, instant(event.happened_at)) == (Kind.DISCHARGE, "2026-11-25T14:30:00+00:00")
    assert event.admitted_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert (event.disposition, event.reason) == ("care-home", "Fall at home")


def test_a_transfer_happened_when_the_last_place_began():
    places = [
        {"location": {"display": n}, "period": {"start": f"2026-11-2{d}T08:00:00Z"}} for n, d in (("A", 1), ("B", 3))
    ]
    event = one(hospital.message("notification-transfer", hospital.encounter(START, location=places))).event
    assert event is not None
    assert (event.kind, event.ward, event.happened_at.day) == (Kind.TRANSFER, "B", 23)


def test_a_discharge_summary_tells_of_a_discharge():
    event = one(hospital.discharge_document(hospital.encounter(START, END))).event
    assert event is not None
    assert (event.kind, event.message_id) == (Kind.DISCHARGE, "doc-1")
    assert event.happened_at == datetime(2026, 11, 25, 14, 30, tzinfo=UTC)


def test_another_document_is_no_event():
    letter = {"coding": [{"system": "http://snomed.info/sct", "code": "823691000000103"}]}
    read_ = one(hospital.discharge_document(hospital.encounter(START, END), type=letter))
    assert (read_.refused, read_.codes()) == (True, {"event.unknown"})


@pytest.mark.parametrize(
    ("system", "code", "kind"),
    [
        ("http://terminology.hl7.org/CodeSystem/v2-0003", "A03", Kind.DISCHARGE),
        ("http://terminology.hl7.org/CodeSystem/v2-0003", "A11", Kind.CANCEL_ADMIT),
        ("http://snomed.info/sct", "306689006", Kind.DISCHARGE),
    ],
)
def test_events_of_other_code_systems(system, code, kind):
    coded = {"system": system, "code": code}
    event = one(hospital.message("x", hospital.encounter(START, END), sent=END, eventCoding=coded)).event
    assert event is not None
    assert event.kind == kind


def test_a_feed_in_csv():
    text = (
        "Visit ID,Event,Happened-At,NHS number,ward,destination,bed\n"
        "V1,Admission,20/11/2026 10:00,999 000 0018,Ward 4,,12\n"
        "V1,discharged,2026-11-25T14:30:00Z,999-000-0018,Ward 4,19,12\n"
    )
    admitted, left = read(text.encode(), source="teasel", received_at=NOW)
    assert admitted.event is not None
    assert left.event is not None
    assert admitted.event.key == ("teasel", "V1", "admit", "2026-11-20T10:00:00+00:00")
    assert (left.event.kind, left.event.disposition, left.event.nhs_number) == (
        "discharge",
        "usual-residence",
        "9990000018",
    )
    assert admitted.findings == left.findings == ()


def test_a_row_told_twice_has_the_same_key_and_says_so():
    line = f"discharge,V1,{END},9990000018\n"
    first, second = read((HEADER + line + line).encode(), source="teasel", received_at=NOW)
    assert first.event is not None
    assert second.event is not None
    assert first.event.key == second.event.key
    assert (first.codes(), second.codes()) == (set(), {"event.duplicate"})


def test_missing_columns_are_named_with_what_they_may_be_called():
    found = one("Event,Visit No,Happened at\nadmit,V1,2026-11-20\n")
    said = found.findings[0]
    assert said.code == "csv.header"
    assert said.what == "The header has no column visit_id, nhs_number."
    assert "rename visit_no to visit_id" in said.do
    assert "admit,V1" in found.text


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (f"born,V1,{START},9990000018", "event.unknown"),
        (f",V1,{START},9990000018", "event.unknown"),
        (f"admit,,{START},9990000018", "visit.no-id"),
        (f"admit,{'V' * 101},{START},9990000018", "visit.id-too-long"),
        ("admit,V1,,9990000018", "time.missing"),
        ("admit,V1,31/02/2026,9990000018", "time.bad"),
        ("admit,V1,2025-02-29T10:00:00Z,9990000018", "time.bad"),
        ("admit,V1,yesterday,9990000018", "time.bad"),
        ("admit,V1,0001-01-01T00:00:00+14:00,9990000018", "time.bad"),
        ("admit,V1,2026-11-20T25:00:00Z,9990000018", "time.bad"),
        ("admit,V1,2026-11-20T10:00:00+99:00,9990000018", "time.bad"),
        ("admit,V1,2026-12-24T10:00:00Z,9990000018", "time.future"),
        (f"admit,V1,{START}", "csv.fields"),
        (f'admit,"V1,{START},9990000018', "csv.unreadable"),
    ],
)
def test_a_row_that_tells_no_event_is_refused_with_its_text(line, code):
    found = row(line)
    assert found.refused
    assert found.codes() == {code}
    assert found.text == line
    assert all(f.do for f in found.findings)


def test_one_broken_row_leaves_the_others_alone():
    lines = [f"admit,V1,{START},9990000018", f"admit,V2,{START}", f"admit,V3,{START},9990000018"]
    found = read((HEADER + "\r\n".join(lines)).encode(), source="teasel", received_at=NOW)
    assert [r.refused for r in found] == [False, True, False]
    assert [r.text for r in found] == lines
    assert "row 3" in found[1].findings[0].where


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (f"admit,V1,{START},", "nhs-number.missing"),
        (f"admit,V1,{START},9990000019", "nhs-number.invalid"),
        ("admit,V1,2026-11-20,9990000018", "time.day-only"),
        ("admit,V1,1926-11-20T10:00:00Z,9990000018", "time.long-ago"),
        ("admit,V1,2026-11-27T10:00:00Z,9990000018", "time.future"),
    ],
)
def test_what_is_doubtful_is_taken_and_said(line, code):
    found = row(line)
    assert not found.refused
    assert found.codes() == {code}


def test_a_clock_a_few_minutes_ahead_is_believed():
    assert row("admit,V1,2026-11-27T09:14:00Z,9990000018").codes() == set()


def test_a_discharge_before_its_admission_is_taken_and_said():
    found = one(hospital.message("notification-discharge", hospital.encounter(END, START)))
    assert not found.refused
    assert found.codes() == {"visit.ends-before-it-begins"}


def test_a_discharge_without_an_end_is_refused():
    assert one(hospital.message("notification-discharge", hospital.encounter(START))).codes() == {"time.missing"}


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (b"", "message.empty"),
        (HEADER.encode(), "message.empty"),
        (b'{"resourceType": "Bundle", "entry": [', "json.truncated"),
        (b"[1, 2]", "json.not-an-object"),
        (b'{"entry": []}', "resource.no-type"),
        (b'{"resourceType": "Patient"}', "bundle.none"),
        (b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient"}}]}', "bundle.no-header"),
        (b'{"resourceType": "Bundle", "entry": "x"}', "bundle.no-header"),
        (b"<Bundle", "xml.invalid"),
        (b"MSH|^~\\&|PAS|RZZ|", "hl7.v2"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><Bundle xmlns="http://hl7.org/fhir"/>', "xml.declares"),
        (HEADER.encode() + b"admit,V1,2026-11-20T10:00:00Z,\xff", "encoding.not-utf8"),
        (b"\x00\x01\x02", "csv.header"),
    ],
)
def test_what_is_no_message_is_kept_with_the_reason(message, code):
    found = one(message)
    assert found.refused
    assert found.codes() == {code}
    assert found.text == message.decode("utf-8", "backslashreplace").replace("\0", "\\x00")


def test_a_message_about_several_visits_is_refused():
    two = [{"reference": "urn:uuid:e"}, {"reference": "urn:uuid:e2"}]
    bundle = json.loads(hospital.message("notification-admit", hospital.encounter(START), focus=two))
    bundle["entry"].append({"fullUrl": "urn:uuid:e2", "resource": hospital.encounter(START)})
    assert one(json.dumps(bundle)).codes() == {"bundle.several-visits"}


def test_characters_that_no_database_takes_do_not_reach_it():
    found = one(hospital.message("notification-admit", hospital.encounter(START, reasonCode=[{"text": "A\0 fall\n"}])))
    assert found.event is not None
    assert found.event.reason == "A  fall"


def test_a_ward_of_mental_health_is_known_by_its_specialty():
    visit = hospital.encounter(START, serviceType={"coding": [{"code": "715"}]})
    event = one(hospital.message("notification-admit", visit)).event
    assert event is not None
    assert event.mental_health


@pytest.mark.parametrize(
    ("told", "utc", "codes"),
    [
        ("2026-10-25T01:30:00", "2026-10-25T00:30:00+00:00", {"time.twice"}),
        ("2026-10-25T01:30:00+00:00", "2026-10-25T01:30:00+00:00", set()),
        ("2026-10-25T01:30:00+01:00", "2026-10-25T00:30:00+00:00", set()),
        ("25/10/2026 02:00", "2026-10-25T02:00:00+00:00", set()),
        ("2026-03-29 01:30", "2026-03-29T01:30:00+00:00", {"time.never"}),
        ("2026-06-01T10:00", "2026-06-01T09:00:00+00:00", set()),
        ("2028-02-29", "2028-02-29T00:00:00+00:00", {"time.day-only"}),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00", set()),
    ],
)
def test_clocks_of_london(told, utc, codes):
    """01:30 comes twice in October: without its zone the first is taken, so that what is due after it is due sooner."""
    read_ = moment(told, "row 2")
    assert read_.at is not None
    assert instant(read_.at) == utc
    assert {f.code for f in read_.findings} == codes


def test_the_published_discharge_message_of_uk_core(shared_data: Path):
    """Its header, encounter, patient and hospital are published apart; a Bundle holds them together."""
    parts = ("MessageHeader-Discharge", "Encounter-Inpatient", "Patient-RichardSmith", "Organization-LeedsTeaching")
    with tarfile.open(shared_data / "uk-fhir-r4" / "ukcore_examples_xml.tar.gz") as files:
        names = [next(n for n in files.getnames() if f"UKCore-{p}" in n) for p in parts]
        bodies = [files.extractfile(n).read().decode() for n in names]  # type: ignore[union-attr]
    entries = "".join(f"<entry><resource>{b}</resource></entry>" for b in bodies)
    found = one(f'<Bundle xmlns="http://hl7.org/fhir"><type value="message"/>{entries}</Bundle>')
    event = found.event
    assert event is not None
    assert (event.kind, event.disposition, event.reason) == (Kind.DISCHARGE, "usual-residence", "General treatment")
    assert instant(event.happened_at) == "2019-12-11T13:00:00+00:00"
    assert event.visit_id == "6f40cebe-7b55-461d-9d7f-eadb4c065762"
    assert event.birth_date is not None
    assert event.name == "Richard SMITH"
    assert found.codes() == {"time.long-ago"}
