"""The door through which hospitals send: a token opens it, the status says what became of the message."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests import hospital

from carestead import results
from carestead.api.known import finder
from carestead.store.actor import Actor, Role
from carestead.store.audit.models import AuditEvent
from carestead.store.care.feeds import open_feed
from carestead.store.care.models import Feed, HospitalMessage, Promise, Stay
from carestead.store.find.actions import accept_proposal

NOBODY = "9990999015"
BY = Actor("lead", "The lead", Role.LEAD, "Y00001")


@pytest.fixture
def send(pages):
    token = open_feed(source="teasel", name="Teasel Hospital", expected_every_minutes=60, by=BY)
    client = pages(None)

    def post(body: bytes, *, bearer: str = token, to: str = "/api/messages/"):
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        return client.post(to, body, content_type="application/fhir+json", headers=headers)

    return post


@pytest.fixture
def somebody(small_area) -> dict:
    with results.latest(small_area) as snapshot:
        sql = """select n.person_id, n.nhs_number, n.birth_date from patient n join care_package c using (person_id)
        join person p using (person_id) where p.death_date is null order by 1 limit 1"""
        return snapshot.rows(sql, ("patient", "care_package", "person"))[0]


def discharge(who: dict, nhs_number: str | None = None) -> bytes:
    left = timezone.now() - timedelta(hours=2)
    visit = hospital.encounter((left - timedelta(days=3)).isoformat(), left.isoformat())
    patient = hospital.patient(nhs_number or who["nhs_number"], birthDate=who["birth_date"].isoformat())
    return hospital.message("notification-discharge", visit, patient)


def issues(answer) -> list[tuple[str, str]]:
    said = answer.json()
    assert said["resourceType"] == "OperationOutcome"
    return [(i["severity"], i["code"]) for i in said["issue"]]


def test_a_discharge_is_taken_once_and_the_second_is_told(send, somebody):
    body = discharge(somebody)
    first, second = send(body), send(body)
    assert (first.status_code, issues(first)) == (200, [("information", "informational")])
    assert (second.status_code, issues(second)) == (409, [("information", "duplicate")])
    assert HospitalMessage.objects.count() == 1
    assert Stay.objects.get().person_id == somebody["person_id"]


def test_an_enrolled_person_is_promised_contact(send, somebody):
    gp = Actor("quill", "Dr Ada Quill", Role.NAMED_GP, "Y00001", "G1")
    accept_proposal(person_id=somebody["person_id"], version=0, practice_code="Y00001", named_gp_code="G1",
                    coordinator_code="K1", by=gp)  # fmt: skip
    assert send(discharge(somebody)).status_code == 200
    assert Promise.objects.filter(stay_id__isnull=False).count() == 1


def test_whether_somebody_is_known_is_not_told(send, somebody):
    known, unknown = send(discharge(somebody)), send(discharge(somebody, nhs_number=NOBODY))
    assert unknown.status_code == known.status_code == 200
    assert known.json() == unknown.json()


def test_what_cannot_be_read_is_kept_and_refused_with_advice(send):
    answer = send(b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient"}}]}')
    assert (answer.status_code, issues(answer)) == (422, [("error", "invalid")])
    assert "Ask the supplier" in answer.json()["issue"][0]["diagnostics"]
    assert HospitalMessage.objects.get().outcome == "refused"
    assert send(b"").status_code == 422


def test_rows_that_can_be_read_are_taken_beside_those_that_cannot(send):
    at = timezone.now().isoformat()
    answer = send(f"event,visit_id,happened_at,nhs_number\nadmit,V1,{at},\nborn,V2,{at},\n".encode())
    assert answer.status_code == 200
    assert ("error", "invalid") in issues(answer)
    assert sorted(HospitalMessage.objects.values_list("outcome", flat=True)) == ["refused", "unmatched"]


@pytest.mark.parametrize("bearer", ["", "wrong"])
def test_without_a_token_nothing_is_taken(send, somebody, bearer):
    answer = send(discharge(somebody), bearer=bearer)
    assert (answer.status_code, issues(answer)) == (401, [("error", "login")])
    assert not HospitalMessage.objects.exists()
    assert AuditEvent.objects.filter(kind="refused", action="api-messages").count() == 1


def test_somebody_signed_in_is_no_hospital(pages, somebody):
    assert pages("gp").post("/api/messages/", discharge(somebody), content_type="text/plain").status_code == 401


def test_only_post_and_not_too_much(send, settings, pages):
    token = open_feed(source="nettle", name="Nettle Hospital", expected_every_minutes=60, by=BY)
    answer = pages(None).get("/api/messages/", headers={"Authorization": f"bearer {token}"})
    assert (answer.status_code, issues(answer)) == (405, [("error", "not-supported")])
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    assert send(b"x" * 10_001).status_code == 413


def test_a_heartbeat_is_heard(send):
    assert Feed.objects.get().last_heard_at is None
    assert send(b"", to="/api/messages/heartbeat/").status_code == 200
    assert Feed.objects.get().last_heard_at is not None


def test_people_are_found_by_number_with_what_comes_to_their_home(small_area, somebody, tmp_path):
    find = finder(small_area, date(2026, 11, 20))
    [known] = find(somebody["nhs_number"])
    assert (known.person_id, known.birth_date) == (somebody["person_id"], somebody["birth_date"])
    assert known.group_code == "GRP1"
    assert [s.partition(" from ")[0] for s in known.home_services] == ["Home care"]
    assert find(NOBODY) == []
    assert finder(tmp_path, date(2026, 11, 20))(NOBODY) == []
