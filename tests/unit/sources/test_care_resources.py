"""Care resources of FHIR R4 into our shapes: the published examples, and what each is asked."""

import gzip
import json
import re
import tarfile
from pathlib import Path
from typing import Any

import pytest

from carestead import reference
from carestead.core.finding import InputError
from carestead.sources.care import TAKEN, Taken, take
from carestead.sources.fhir.tree import UnreadableError

TASK: dict[str, Any] = {
    "resourceType": "Task", "id": "t", "status": "requested", "intent": "order", "description": "Ring and ask",
    "owner": {"reference": "Practitioner/a"}, "requester": {"reference": "Practitioner/b"},
    "for": {"reference": "Patient/p"}, "restriction": {"period": {"end": "2026-12-01T17:00:00+00:00"}},
}  # fmt: skip


def taken(node: dict[str, Any]) -> Taken:
    return take(json.dumps(node).encode())


def examples(archive: Path, kinds: tuple[str, ...]) -> dict[str, Taken]:
    """File name: how the example was taken."""
    wanted = re.compile(rf"(?:UKCore-)?({'|'.join(kinds)})-.*\.(?:json|xml)")
    with tarfile.open(archive) as files:
        names = [n for n in files.getnames() if wanted.fullmatch(Path(n).name)]
        return {Path(n).name: take(files.extractfile(n).read()) for n in names}  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def hl7(shared_data: Path) -> dict[str, Taken]:
    return examples(shared_data / "fhir-r4-hl7-examples" / "examples.tar.gz", TAKEN)


@pytest.fixture(scope="module")
def uk_core(shared_data: Path) -> dict[str, Taken]:
    return examples(shared_data / "uk-fhir-r4" / "ukcore_examples_xml.tar.gz", TAKEN)


def test_of_hl7s_twelve_tasks_seven_have_no_due_date_and_are_refused_for_it(hl7):
    tasks = {n: t for n, t in hl7.items() if t.kind == "Task"}
    refused = {n for n, t in tasks.items() if t.refused}
    assert (len(tasks), len(refused)) == (12, 7)
    assert all("Task.no-due" in tasks[n].codes("error") for n in refused)
    assert refused == {"Task-example3.json", *(f"Task-fm-example{n}.json" for n in range(1, 7))}
    assert tasks["Task-example3.json"].codes("error") == {"Task.no-due"}
    assert tasks["Task-fm-example1.json"].codes("error") == {"Task.no-due", "Task.no-person"}
    assert all(t.value.owner and t.value.requester and t.value.due for t in tasks.values() if not t.refused)


def test_a_due_time_keeps_its_instant(hl7):
    assert hl7["Task-example1.json"].value.due.isoformat() == "2016-11-01T23:45:05+00:00"


def test_hl7s_other_examples_are_all_taken(hl7):
    counts = {k: sum(t.kind == k for t in hl7.values()) for k in TAKEN}
    assert counts == {
        "Task": 12, "CarePlan": 11, "CareTeam": 1, "ServiceRequest": 20, "Consent": 12, "EpisodeOfCare": 1,
        "Encounter": 10,
    }  # fmt: skip
    assert [n for n, t in hl7.items() if t.refused and t.kind != "Task"] == []
    assert hl7["EpisodeOfCare-example.json"].value.care_manager == "Practitioner/14"
    assert hl7["ServiceRequest-ob.json"].codes() >= {"ServiceRequest.person-by-name", "ServiceRequest.no-date"}
    members = hl7["CareTeam-example.json"].value.members
    assert [m.role for m in members] == ["responsiblePerson", "adviser"]


@pytest.mark.parametrize(
    ("name", "doubts"),
    [
        ("UKCore-CarePlan-WellnessPlan-Example.xml", {"CarePlan.ends-before-it-was-made"}),
        (
            "UKCore-CareTeam-WeightManagementTeam-Example.xml",
            {"CareTeam.not-active", "CareTeam.member-without-role", "CareTeam.member-without-start"},
        ),
        ("UKCore-Task-Colonoscopy-Example.xml", {"Task.no-done-means", "Task.ended-but-open"}),
        ("UKCore-Consent-ForInformationAccess-Example.xml", {"Consent.neither-permits-nor-denies"}),
        (
            "UKCore-EpisodeOfCare-SmokingCessationTherapy-Example.xml",
            {"EpisodeOfCare.no-start", "EpisodeOfCare.no-end", "EpisodeOfCare.no-care-manager"},
        ),
        ("UKCore-Encounter-InpatientEncounter-Example.xml", set()),
        ("UKCore-ServiceRequest-HipReplacement-Example.xml", set()),
    ],
)
def test_uk_core_examples_are_taken_with_warnings(uk_core, name, doubts):
    assert not uk_core[name].refused
    assert uk_core[name].codes() == doubts
    assert uk_core[name].codes("error") == set()


def test_every_uk_core_example_of_a_care_resource_is_taken(uk_core):
    assert len(uk_core) >= 10
    assert [n for n, t in uk_core.items() if t.refused] == []
    care_plan = uk_core["UKCore-CarePlan-WellnessPlan-Example.xml"].value
    assert care_plan.person == "Patient/UKCore-Patient-RichardSmith-Example"
    assert [(a.what, a.status) for a in care_plan.activities] == [("Body weight", "completed")]


def test_statuses_are_those_of_the_published_schema(shared_data: Path):
    """The schema has no list for the statuses of CarePlan and ServiceRequest: they share the code system
    request-status, which is not at hand."""
    with gzip.open(shared_data / "fhir-r4-schema" / "fhir.schema.r4.json.gz") as file:
        published = json.load(file)["definitions"]
    ours = {k: v for k, v in reference.load("care", "fhir-statuses").items() if isinstance(v, list)}
    unlisted = set()
    for kind, statuses in ours.items():
        properties = published[kind.replace(".activity", "_Detail")]["properties"]
        listed = (properties.get("lifecycleStatus") or properties["status"]).get("enum")
        if listed is None:
            unlisted.add(kind)
        else:
            assert set(statuses) == set(listed), kind
    assert unlisted == {"CarePlan", "ServiceRequest"}
    assert set(TAKEN) <= set(ours)


def test_a_whole_task_is_a_promise_without_doubts():
    found = taken(TASK)
    assert found.findings == ()
    assert (found.value.owner, found.value.done_means) == ("Practitioner/a", "Ring and ask")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"restriction": None}, "Task.no-due"),
        ({"restriction": {"period": {"end": "2026-02-30"}}}, "Task.no-due"),
        ({"owner": None}, "Task.no-owner"),
        ({"requester": None}, "Task.no-requester"),
        ({"for": None}, "Task.no-person"),
        ({"status": "pending"}, "Task.status"),
        ({"status": None}, "Task.status"),
    ],
)
def test_a_task_that_cannot_be_a_promise_says_why(change, code):
    found = taken({k: v for k, v in (TASK | change).items() if v is not None})
    assert found.refused
    assert code in found.codes("error")
    assert all(f.where == "Task/t" and f.do for f in found.findings)


@pytest.mark.parametrize("kind", TAKEN)
def test_an_empty_resource_is_refused_in_words(kind):
    found = taken({"resourceType": kind})
    assert found.refused
    assert found.codes("error") >= {f"{kind}.status", f"{kind}.no-person"}


def test_an_entry_in_error_says_so():
    assert "Task.entered-in-error" in taken(TASK | {"status": "entered-in-error"}).codes()


def test_what_cannot_be_taken_is_an_error_with_advice():
    with pytest.raises(InputError, match="Taken are: Task"):
        taken({"resourceType": "Patient"})
    with pytest.raises(UnreadableError):
        take(b"{")


def test_xml_and_json_are_read_alike():
    xml = b"""<Task xmlns="http://hl7.org/fhir"><id value="t"/><status value="requested"/><intent value="order"/>
    <description value="Ring and ask"/><for><reference value="Patient/p"/></for>
    <requester><reference value="Practitioner/b"/></requester><owner><reference value="Practitioner/a"/></owner>
    <restriction><period><end value="2026-12-01T17:00:00+00:00"/></period></restriction></Task>"""
    assert take(xml) == taken(TASK)
