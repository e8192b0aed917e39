"""Writing routes: what they demand, what they answer, and that the same request twice is done once."""

import json

import pytest

from carestead.store.audit.models import AuditEvent
from carestead.store.find.models import Decision, Enrolment
from carestead.store.jobs.models import IdempotencyKey

ADDRESS = "/api/people/10/decision/"


def post(client, address, body=None, **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(address, json.dumps(body or {}), content_type="application/json", headers=headers)


def decline(client, reason="Moves to Wales", **headers):
    return post(client, f"{ADDRESS}decline/", {"reason": reason}, **headers)


def issue(answer) -> dict:
    said = json.loads(answer.content)
    assert said["resourceType"] == "OperationOutcome"
    [one] = said["issue"]
    assert one["severity"] == "error"
    return one


def test_a_thing_is_read_with_its_version_and_changed_by_naming_it(pages):
    gp = pages("gp")
    read = gp.get(ADDRESS)
    assert (read.status_code, read.headers["ETag"]) == (200, 'W/"0"')
    done = decline(gp, If_Match=read.headers["ETag"])
    assert (done.status_code, done.headers["ETag"]) == (200, 'W/"1"')
    assert json.loads(done.content)["state"] == "declined"
    assert AuditEvent.objects.get(action="proposal-declined").people == [10]


def test_a_stale_version_is_refused_with_412_and_changes_nothing(pages):
    gp = pages("gp")
    decline(gp, If_Match='W/"0"')
    answer = decline(gp, "Other", If_Match='W/"0"')
    assert (answer.status_code, issue(answer)["code"]) == (412, "conflict")
    assert Enrolment.objects.get().reason == "Moves to Wales"


def test_without_a_version_it_is_428(pages):
    answer = decline(pages("gp"))
    assert (answer.status_code, issue(answer)["code"]) == (428, "required")
    assert "If-Match" in issue(answer)["diagnostics"]
    assert not Decision.objects.exists()


@pytest.mark.parametrize("given", ["*", "0", '"x"', 'W/"-1"', 'W/"1", W/"2"', "", 'W/"99999999999"'])
def test_what_is_no_version_is_400(pages, given):
    assert decline(pages("gp"), If_Match=given).status_code == 400


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[1]", "application/json", 400),
        (b'{"reason": 7}', "application/json", 400),
        (b"{}", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"reason=x", "application/x-www-form-urlencoded", 415),
        (b"{}", "text/plain", 415),
    ],
)
def test_what_cannot_be_read_is_refused_and_changes_nothing(pages, body, kind, status):
    answer = pages("gp").post(f"{ADDRESS}decline/", body, content_type=kind, headers={"If-Match": 'W/"0"'})
    assert answer.status_code == status
    assert issue(answer)["diagnostics"]
    assert not Decision.objects.exists()


def test_a_day_that_is_none_is_told(pages):
    answer = post(pages("gp"), f"{ADDRESS}defer/", {"reason": "x", "review_on": "2026-02-30"}, If_Match='W/"0"')
    assert (answer.status_code, issue(answer)["diagnostics"]) == (400, "`review_on` is no day. Send it as 2026-03-31.")


def test_holders_must_be_practitioners_of_the_area(pages):
    gp = pages("gp")
    answer = post(gp, f"{ADDRESS}accept/", {"named_gp": "K1", "coordinator": "K1"}, If_Match='W/"0"')
    assert (answer.status_code, issue(answer)["diagnostics"][:29]) == (400, "K1 is the code of no gp. See ")
    done = post(gp, f"{ADDRESS}accept/", {"named_gp": "G1", "coordinator": "K1"}, If_Match='W/"0"')
    assert (done.status_code, json.loads(done.content)["state"]) == (200, "accepted")


def test_the_same_key_gives_the_first_answer_and_does_nothing(pages):
    gp = pages("gp")
    sent = {"If_Match": 'W/"0"', "Idempotency_Key": "decline-0001"}
    first, second = decline(gp, **sent), decline(gp, **sent)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"] == 'W/"1"'
    assert Decision.objects.count() == 1
    again = AuditEvent.objects.filter(kind="read").latest("pk")
    assert (again.action, again.people, again.detail) == ("api-decline", [10], {"again": True})


def test_the_same_key_with_something_else_is_422(pages):
    gp = pages("gp")
    decline(gp, If_Match='W/"0"', Idempotency_Key="decline-0001")
    other = decline(gp, "Other", If_Match='W/"0"', Idempotency_Key="decline-0001")
    assert (other.status_code, issue(other)["code"]) == (422, "duplicate")
    version = decline(gp, If_Match='W/"1"', Idempotency_Key="decline-0001")
    assert version.status_code == 422
    assert Decision.objects.count() == 1


def test_a_refusal_is_not_kept_under_the_key(pages):
    gp = pages("gp")
    assert decline(gp, If_Match='W/"7"', Idempotency_Key="decline-0001").status_code == 412
    assert not IdempotencyKey.objects.exists()
    assert decline(gp, If_Match='W/"0"', Idempotency_Key="decline-0001").status_code == 200


@pytest.mark.parametrize("key", ["short", "x" * 101, "with space"])
def test_a_key_that_is_none_is_400(pages, key):
    assert decline(pages("gp"), If_Match='W/"0"', Idempotency_Key=key).status_code == 400


def test_another_site_cannot_make_a_browser_write(pages):
    answer = decline(pages("gp"), If_Match='W/"0"', Sec_Fetch_Site="cross-site")
    assert (answer.status_code, issue(answer)["code"]) == (403, "forbidden")
    assert not Decision.objects.exists()


def test_a_form_of_another_site_lacks_what_is_demanded(small_area, pages):
    """What a page elsewhere can make a browser send without our leave: no header of its own, no JSON."""
    from django.test import Client

    gp = pages("gp")
    strict = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    strict.cookies = gp.cookies
    forged = strict.post(f"{ADDRESS}decline/", {"reason": "forged"})
    assert forged.status_code == 428
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("who", "address", "status", "code"),
    [
        (None, f"{ADDRESS}decline/", 401, "login"),
        ("coordinator", f"{ADDRESS}decline/", 403, "forbidden"),
        ("commissioner", f"{ADDRESS}decline/", 403, "forbidden"),
        ("gp", "/api/people/190/decision/decline/", 403, "forbidden"),
    ],
)
def test_who_may_not_is_told_so_and_it_is_noted(pages, who, address, status, code):
    answer = post(pages(who), address, {"reason": "x"}, If_Match='W/"0"')
    assert (answer.status_code, issue(answer)["code"]) == (status, code)
    assert AuditEvent.objects.filter(kind="refused").count() == (who is not None)
    assert not Decision.objects.exists()


def test_a_writing_route_is_not_read_and_a_reading_one_not_written(pages):
    gp = pages("gp")
    assert gp.get(f"{ADDRESS}decline/").status_code == 405
    assert gp.post(ADDRESS).status_code in (403, 405)
    assert gp.delete(f"{ADDRESS}decline/").status_code == 405
