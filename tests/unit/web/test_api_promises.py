"""Promises by the API: asked for, moved by version, kept; and what a client hears when it is late or wrong."""

import json
from datetime import UTC, datetime

import pytest
from tests.unit.web.test_api_writes import issue, post

from carestead.api.promises import ACTS
from carestead.care.promise import PROMISE
from carestead.care.sides import Party
from carestead.store.actor import Actor, Role
from carestead.store.audit.models import AuditEvent
from carestead.store.care.log import untold
from carestead.store.care.models import Promise
from carestead.store.care.promises import make_promise
from carestead.store.jobs.models import Outbox

MAKE = "/api/people/10/promises/make/"
ASKED = {
    "what": "Ring about the new tablets",
    "done_means": "Spoke to the person",
    "due_at": "2031-03-31T09:30:00+01:00",
    "owner": {"kind": "practitioner", "code": "K1", "name": "Kim Teal"},
}


def made(client, key="promise-0001", **changed):
    return post(client, MAKE, {**ASKED, **changed}, Idempotency_Key=key)


def said(answer) -> dict:
    return json.loads(answer.content)


def act(client, promise_id, name, version, **body):
    return post(client, f"/api/promises/{promise_id}/{name}/", body, If_Match=f'W/"{version}"')


def test_a_promise_from_asking_to_its_end(both):
    gp, coordinator = both
    asked = made(gp)
    assert (asked.status_code, asked.headers["ETag"]) == (201, 'W/"1"')
    number = said(asked)["id"]
    assert said(asked)["state"] == "requested"
    happened = "2026-11-01T10:00:00+00:00"
    steps = (
        ("open", {}, "received"),
        ("accept", {}, "accepted"),
        ("attempt", {"happened_at": happened, "note": "Nobody answered"}, "accepted"),
        ("begin", {"happened_at": happened}, "in-progress"),
        ("complete", {"happened_at": happened, "outcome": "done"}, "completed"),
    )
    for version, (name, body, state) in enumerate(steps, 1):
        done = act(coordinator, number, name, version, **body)
        assert (done.status_code, said(done).get("state")) == (200, state), done.content
        assert done.headers["ETag"] == f'W/"{version + 1}"'
    read = coordinator.get(f"/api/promises/{number}/")
    assert (read.headers["ETag"], said(read)["outcome"]) == ('W/"6"', "done")
    listed = said(gp.get("/api/people/10/promises/"))["promises"]
    assert [(p["id"], p["version"], p["state"]) for p in listed] == [(number, 6, "completed")]
    assert list(untold()) == []
    kinds = list(Outbox.objects.filter(subject=f"promise/{number}").order_by("pk").values_list("kind", flat=True))
    assert kinds == [f"promise.{name}" for name in ("ask", "open", "accept", "attempt", "begin", "complete")]


def test_the_same_key_makes_one_promise(both):
    gp, _ = both
    first, second = made(gp), made(gp)
    assert first.content == second.content
    assert Promise.objects.count() == 1
    assert made(gp, what="Something else").status_code == 422


def test_who_comes_second_is_told_and_reads_it_again(both):
    gp, coordinator = both
    number = said(made(gp))["id"]
    assert act(coordinator, number, "accept", 1).status_code == 200
    late = act(gp, number, "cancel", 1, reason="Not needed")
    assert (late.status_code, issue(late)["code"]) == (412, "conflict")
    assert act(gp, number, "cancel", 2, reason="Not needed").status_code == 200


def test_what_its_life_cycle_does_not_allow_is_409(both):
    gp, coordinator = both
    number = said(made(gp))["id"]
    answer = act(coordinator, number, "begin", 1, happened_at="2026-11-01T10:00:00+00:00")
    assert (answer.status_code, issue(answer)["code"]) == (409, "conflict")
    assert Promise.objects.get().state == "requested"


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"owner": "K1"}, 400),
        ({"owner": {"kind": 3}}, 400),
        ({"owner": {"kind": "practitioner", "code": ""}}, 409),
        ({"due_at": "2031-03-31T09:30:00"}, 400),
        ({"due_at": "tomorrow"}, 400),
        ({"what": ""}, 409),
        ({"done_means": None}, 400),
    ],
)
def test_what_is_no_promise_is_refused(both, changed, status):
    answer = made(both[0], **changed)
    assert (answer.status_code, bool(issue(answer)["diagnostics"])) == (status, True)
    assert not Promise.objects.exists()


def test_a_promise_one_may_not_see_is_answered_as_one_there_is_not(pages):
    """Person 190 is of another practice, and the promise is between others."""
    other = Actor("swan", "Dr Cy Swan", Role.NAMED_GP, "Y00002", "G3")
    hidden = make_promise(
        person_id=190, owner=Party("practitioner", "K2", "Lou Vane"), requester=Party("practitioner", "G3"), by=other,
        what="Ring", done_means="Spoke", due_at=datetime(2031, 3, 31, tzinfo=UTC),
    )  # fmt: skip
    gp = pages("gp")
    for number in (hidden.pk, 999999):
        assert gp.get(f"/api/promises/{number}/").status_code == 403
        assert act(gp, number, "note", 1, note="x").status_code == 403
    assert AuditEvent.objects.filter(kind="refused", action__startswith="api-promise").count() == 4


def test_an_act_there_is_not_is_404(both):
    gp, _ = both
    number = said(made(gp))["id"]
    answer = act(gp, number, "vanish", 1)
    assert (answer.status_code, issue(answer)["code"]) == (404, "not-found")


def test_every_act_of_the_life_cycle_has_its_address():
    acts = {t.act for t in PROMISE.transitions}
    assert acts - {"ask"} == set(ACTS) - {"send"}
