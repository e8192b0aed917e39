"""An ingest of small folders: what is delivered, counted, refused, and said."""

import fcntl
import gzip
import json
from datetime import date

import pytest

from carestead.core.finding import BusyError, InputError, UsageError

NHS, ODS = "https://fhir.nhs.uk/Id/nhs-number", "https://fhir.nhs.uk/Id/ods-organization-code"
GMC = "https://fhir.hl7.org.uk/Id/gmc-number"
SNOMED = "http://snomed.info/sct"


def patient(n=1, **more):
    return {"resourceType": "Patient", "id": f"p{n}", "gender": "female", "birthDate": "1940-05-06", **more}


def condition(n=1, who="Patient/p1", **more):
    code = {"coding": [{"system": SNOMED, "code": "38341003", "display": "Hypertension"}]}
    return {"resourceType": "Condition", "id": f"c{n}", "subject": {"reference": who}, "code": code, **more}


def ndjson(folder, **files):
    folder.mkdir(exist_ok=True)
    for kind, lines in files.items():
        text = "".join((x if isinstance(x, str) else json.dumps(x)) + "\n" for x in lines)
        (folder / f"{kind}.ndjson").write_text(text)
    return folder


@pytest.fixture
def practice(tmp_path):
    folder = ndjson(
        tmp_path / "practice",
        Organization=[{"resourceType": "Organization", "id": "o1", "name": "High Street",
                       "identifier": [{"system": ODS, "value": "A81001"}],
                       "type": [{"coding": [{"code": "practice"}]}]}],
        Practitioner=[{"resourceType": "Practitioner", "id": "d1", "name": [{"family": "Who", "prefix": ["Dr"]}],
                       "identifier": [{"system": GMC, "value": "7000001"}]}],
        PractitionerRole=[{"resourceType": "PractitionerRole", "id": "r1", "code": [{"coding": [{"code": "gp"}]}],
                           "practitioner": {"reference": "Practitioner/d1"}, "organization": {"reference": "Organization/o1"},  # noqa: E501
                           "extension": [{"url": "https://carestead.org/fhir/sessions-per-week", "valueDecimal": 6.5}],
                           "notAvailable": [{"during": {"start": "2026-02-01", "end": "2026-03-01"}}]}],
        Patient=[patient(identifier=[{"system": NHS, "value": "943 476 5919"}],
                         generalPractitioner=[{"reference": "Practitioner/d1"}],
                         managingOrganization={"reference": "Organization/o1"})],
        Encounter=[{"resourceType": "Encounter", "id": "e1", "status": "finished", "class": {"code": "IMP"},
                    "subject": {"reference": f"Patient?identifier={NHS}|943 476 5919"},
                    "period": {"start": "2025-01-30", "end": "2025-02-02"},
                    "type": [{"coding": [{"system": "https://fhir.hl7.org.uk/Id/hrg", "code": "WF01A"}]}],
                    "priority": {"coding": [{"code": "EM"}]},
                    "participant": [{"individual": {"reference": f"Practitioner?identifier={GMC}|7000001"}}],
                    "diagnosis": [{"condition": {"reference": "Condition/c1"}, "rank": 2}]}],
        Condition=[condition(category=[{"coding": [{"code": "encounter-diagnosis"}]}],
                             encounter={"reference": "Encounter/e1"},
                             code={"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "F00.0"},
                                              {"system": SNOMED, "code": "26929004"}]})],
        Observation=[{"resourceType": "Observation", "id": "b1", "status": "final", "subject": {"reference": "urn:uuid:p1"},  # noqa: E501
                      "code": {"text": "Blood pressure"}, "effectiveDateTime": "2025-01-30T10:00:00Z",
                      "component": [{"code": {"coding": [{"system": "http://loinc.org", "code": "8480-6"}]},
                                     "valueQuantity": {"value": 150, "unit": "mmHg", "code": "mm[Hg]"}}]}],
        EpisodeOfCare=[{"resourceType": "EpisodeOfCare", "id": "g1", "status": "active", "patient": {"reference": "Patient/p1"},  # noqa: E501
                        "type": [{"coding": [{"code": "registration"}]}], "period": {"start": "2010-04-01"},
                        "managingOrganization": {"reference": "Organization/o1"}}],
    )  # fmt: skip
    (folder / "source.yaml").write_text("name: high-street\ntitle: High Street\nkind: gp\nexpected_every_days: 7\n")
    return folder


def test_a_practice_is_delivered_with_its_codes(practice, take, rows):
    report = take(practice)
    assert report.totals() == {"read": 8, "loaded": 8, "ignored": 0, "quarantined": 0}
    assert report.as_dict()["unresolved_references"] == 0
    (person,) = rows("patient")
    assert (person["source_person_id"], person["nhs_number"]) == ("p1", "9434765919")
    (registration,) = rows("registration")
    assert registration["practice_code"] == "A81001"
    assert registration["start_date"] == date(2010, 4, 1)
    assert registration["usual_gp_code"] == "7000001"
    (doctor,) = rows("practitioner")
    assert (doctor["practitioner_code"], doctor["name"], doctor["role"]) == ("7000001", "Dr Who", "gp")
    assert (doctor["sessions"], doctor["leave_end"], doctor["organisation_code"]) == (6.5, date(2026, 3, 1), "A81001")


def test_an_admission_is_delivered_with_its_diagnosis(practice, take, rows):
    take(practice)
    (stay,) = rows("encounter")
    assert (stay["kind"], stay["method"], stay["length_of_stay"], stay["currency"]) == (
        "admission",
        "emergency",
        3,
        "WF01A",
    )
    assert (stay["source_person_id"], stay["practitioner_code"]) == ("p1", "7000001")
    (diagnosis,) = rows("diagnosis")
    assert (diagnosis["code"], diagnosis["position"], diagnosis["date"]) == ("F000", 2, date(2025, 1, 30))
    assert diagnosis["source_encounter_key"] == stay["source_row_key"] == "Encounter/e1"
    codes = {(e["code_system"], e["code"]): e for e in rows("event")}
    assert set(codes) == {("snomed", "26929004"), ("text", "Blood pressure"), ("loinc", "8480-6")}
    assert (codes["loinc", "8480-6"]["value"], codes["loinc", "8480-6"]["unit"]) == (150, "mm[Hg]")
    assert codes["loinc", "8480-6"]["source_row_key"] == "Observation/b1#1"


def test_the_second_time_nothing_is_read_again(practice, take, rows, area):
    first = take(practice)
    again = take(practice)
    assert again.totals()["read"] == 0
    assert again.sources[0].already_loaded == 8
    assert again.sources[0].unresolved == {}
    assert len(list((area / "deliveries").glob("*/*/delivery.json"))) == len(first.sources[0].deliveries) == 1
    assert not list((area / "deliveries").glob(".tmp*"))


def test_a_new_file_is_a_new_delivery_and_finds_the_people_of_the_old(practice, take, rows, tmp_path):
    take(practice)
    later = ndjson(tmp_path / "later", Condition=[condition(9, f"Patient?identifier={NHS}|943 476 5919")])
    report = take(later, source="high-street")
    assert report.sources[0].unresolved == {}
    assert [e["source_person_id"] for e in rows("event") if e["source_row_key"] == "Condition/c9"] == ["p1"]


def test_each_refused_record_keeps_its_text_place_and_reason(tmp_path, take, rows):
    lines = [
        condition(1),
        condition(2, onsetDateTime="2019-02-30"),
        '{"resourceType":"Condition","id":"c3","subject":',
        condition(4, subject=None),
        condition(5, code={"coding": "oops"}),
        "[1, 2]",
        condition(7, id=None),
        "",
        condition(9, verificationStatus={"coding": [{"code": "entered-in-error"}]}),
        condition(10, "Group/g1"),
        '{"resourceType":"Condition","id":"c11","note":' + "[" * 3000 + "]" * 3000 + "}",
        {"resourceType": "Basic", "id": "x"},
        condition(13, "Patient?identifier=nobody|1"),
        condition(14, code=None),
    ]
    report = take(ndjson(tmp_path / "src", Patient=[patient()], Condition=lines))
    assert [(q["source_row"], q["reason"]) for q in sorted(rows("quarantine"), key=lambda q: q["source_row"])] == [
        (2, "date.impossible"), (3, "json.truncated"), (4, "reference.no-subject"), (5, "type.wrong"),
        (6, "json.not-an-object"), (7, "id.missing"), (11, "json.too-deep"), (13, "reference.unresolved"),
        (14, "code.missing"),
    ]  # fmt: skip
    assert {q["type"] for q in rows("quarantine")} == {"Condition"}
    assert '"2019-02-30"' in next(q["text"] for q in rows("quarantine") if q["source_row"] == 2)
    assert all(q["what"] and q["do"] for q in rows("quarantine"))
    assert report.totals() == {"read": 14, "loaded": 2, "ignored": 3, "quarantined": 9}
    assert [e["source_row"] for e in rows("event")] == [1]


def test_references_that_lead_nowhere_are_counted(tmp_path, take):
    src = ndjson(tmp_path / "src", Patient=[patient()], Condition=[condition(1), condition(2, "Patient/p9")])
    assert take(src).sources[0].unresolved == {"Patient": 1}
    ndjson(tmp_path / "src2", Patient=[patient(9)])
    assert take(tmp_path / "src2", source="src").sources[0].unresolved == {}


def test_bundles_of_every_kind_and_single_resources(tmp_path, take, rows):
    src = tmp_path / "src"
    src.mkdir()
    for i, kind in enumerate(["transaction", "collection", "searchset", "batch", "document", "message"], 1):
        entries = [
            {"fullUrl": f"urn:uuid:u{i}", "resource": {**patient(i), "id": None} | {"id": f"q{i}"}},
            {"resource": condition(i, f"urn:uuid:u{i}")},
            {"request": {"method": "DELETE", "url": "Patient/1"}},
        ]
        (src / f"b{i}.json").write_text(
            json.dumps({"resourceType": "Bundle", "type": kind, "entry": entries}, indent=2)
        )
    (src / "one.json").write_text(json.dumps(patient(50)))
    report = take(src)
    assert report.totals() == {"read": 19, "loaded": 13, "ignored": 6, "quarantined": 0}
    assert {e["source_person_id"] for e in rows("event")} == {f"q{i}" for i in range(1, 7)}
    assert report.sources[0].unresolved == {}


def test_stu3_and_xml_and_utf16_are_refused_with_a_word(tmp_path, take, rows):
    src = ndjson(tmp_path / "src", Patient=[patient()])
    profile = "https://fhir.nhs.uk/STU3/StructureDefinition/X-1"
    (src / "old.json").write_text(json.dumps({"resourceType": "Bundle", "meta": {"profile": [profile]}, "entry": []}))
    (src / "x.xml").write_text('<Patient xmlns="http://hl7.org/fhir"/>')
    (src / "wide.ndjson").write_bytes("{}".encode("utf-16"))
    take(src)
    assert {q["reason"] for q in rows("quarantine")} == {"fhir.stu3", "fhir.xml", "encoding.not-utf8"}


def test_a_damaged_gzip_keeps_what_came_before(tmp_path, take, rows):
    src = ndjson(tmp_path / "src", Patient=[patient()])
    whole = gzip.compress("".join(json.dumps(condition(i * 7919)) + "\n" for i in range(20000)).encode())
    (src / "Condition.ndjson.gz").write_bytes(whole[: len(whole) // 2])
    report = take(src)
    assert [q["reason"] for q in rows("quarantine")][-1] == "gzip.truncated"
    assert report.sources[0].types["Condition"]["loaded"] > 1000


def test_a_folder_without_patients_is_refused_before_anything_is_written(tmp_path, take, area):
    with pytest.raises(InputError, match="no Patient file"):
        take(ndjson(tmp_path / "src", Condition=[condition()]))
    assert not list((area / "deliveries").iterdir())


def test_two_folders_of_one_name_need_names_of_their_own(tmp_path, take):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, two = ndjson(tmp_path / "a" / "gp", Patient=[patient()]), ndjson(tmp_path / "b" / "gp", Patient=[patient(2)])
    with pytest.raises(InputError, match="both called gp"):
        take(one, two)


def test_an_unknown_key_in_source_yaml_is_named(tmp_path, take):
    src = ndjson(tmp_path / "src", Patient=[patient()])
    (src / "source.yaml").write_text("naem: x\n")
    with pytest.raises(InputError, match="naem"):
        take(src)


def test_no_area_no_ingest(tmp_path, take, area):
    (area / "area.json").unlink()
    with pytest.raises(UsageError, match="carestead init"):
        take(tmp_path)


def test_two_at_once_the_second_is_told_who_holds_the_area(practice, take, area):
    with open(area / ".lock", "a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("process 42 (ingest)")
        lock.flush()
        with pytest.raises(BusyError, match="process 42"):
            take(practice)
    assert take(practice).totals()["loaded"] == 8


def test_a_file_that_changes_while_it_is_read_is_refused_alone(practice, take, rows):
    path = practice / "Condition.ndjson"
    told = []

    def meddle(label, done, total):
        told.append((done, total))

    from carestead.sources.fhir.stage import Stage

    before = Stage.load

    def load(self, read, kind, file):
        if kind == "Condition" and not told:
            told.append("changed")
            path.write_text(path.read_text() + json.dumps(condition(2)) + "\n")
        before(self, read, kind, file)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stage, "load", load)
        report = take(practice, progress=meddle)
    assert [q["reason"] for q in rows("quarantine")] == ["file.changed"]
    assert "diagnosis" not in report.sources[0].tables
    assert report.totals()["loaded"] == 7
    assert take(practice).totals()["loaded"] == 2
    assert told[-1][0] == told[-1][1]


def test_leftovers_of_a_killed_run_are_removed(practice, take, area):
    leftover = area / "deliveries" / ".tmp-dead" / "work"
    leftover.mkdir(parents=True)
    (leftover / "x").write_text("half")
    take(practice)
    assert not leftover.exists()
