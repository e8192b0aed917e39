"""Any order of acts upon a promise by the API, fresh, stale, without a version, sent twice: a version moves by one
exactly when the answer is yes, and the row is what its events tell."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.search import times
from tests.unit.web.test_api_promises import MAKE
from tests.unit.web.test_api_writes import post

from carestead.api.promises import ACTS
from carestead.care.promise import PROMISE
from carestead.store.care.log import fold
from carestead.store.care.models import Promise
from carestead.store.care.things import CareEvent

GIVEN = {
    "reason": "Because", "note": "Noted", "happened_at": "2026-11-01T10:00:00+00:00", "outcome": "done",
    "resume_on": "2031-01-01", "new_due": "2031-05-01T09:00:00+01:00", "channel": "phone", "accepted_by": "Kim Teal",
}  # fmt: skip
LEAVES_AS_IT_IS = {"decide-next", "not-done"}


class Moves(RuleBasedStateMachine):
    """Two clients and one promise; `version` and `state` are what they must be."""

    clients: tuple
    count = 0

    @initialize()
    def make(self) -> None:
        Moves.count += 1
        self.keys, self.last = 0, None
        body = {"what": "Ring", "done_means": "Spoke", "due_at": "2031-03-31T09:30:00+01:00",
                "owner": {"kind": "practitioner", "code": "K1", "name": "Kim Teal"}}  # fmt: skip
        made = post(self.clients[0], MAKE, body, Idempotency_Key=f"machine-{Moves.count}")
        assert made.status_code == 201
        self.promise_id, self.version, self.state = json.loads(made.content)["id"], 1, "requested"

    def send(self, who: int, act: str, **headers: str):
        return post(self.clients[who], f"/api/promises/{self.promise_id}/{act}/", GIVEN, **headers)

    @rule(who=st.integers(0, 1), act=st.sampled_from(sorted(ACTS)), keyed=st.booleans())
    def fresh(self, who: int, act: str, keyed: bool) -> None:
        self.keys += 1
        headers = {"If_Match": f'W/"{self.version}"'}
        headers |= {"Idempotency_Key": f"machine-{self.promise_id}-{self.keys}"} if keyed else {}
        answer = self.send(who, act, **headers)
        assert answer.status_code in (200, 409), answer.content
        if answer.status_code == 409:
            return
        if act != "not-done":  # that answers with the new promise
            assert answer.headers["ETag"] == f'W/"{self.version + 1}"'
        self.version += 1
        if act not in LEAVES_AS_IT_IS:
            self.state = PROMISE.after(self.state, "ask" if act == "send" else act)
        self.last = (who, act, headers, answer.content) if keyed else None

    @precondition(lambda self: self.last)
    @rule()
    def again(self) -> None:
        who, act, headers, content = self.last
        answer = self.send(who, act, **headers)
        assert (answer.status_code, answer.content) == (200, content)

    @rule(who=st.integers(0, 1), act=st.sampled_from(sorted(ACTS)), behind=st.integers(1, 5))
    def stale(self, who: int, act: str, behind: int) -> None:
        answer = self.send(who, act, If_Match=f'W/"{max(self.version - behind, 0)}"')
        assert answer.status_code == 412

    @rule(who=st.integers(0, 1), act=st.sampled_from(sorted(ACTS)))
    def blind(self, who: int, act: str) -> None:
        assert self.send(who, act).status_code == 428

    @invariant()
    def the_row_is_what_its_events_tell(self) -> None:
        kept = Promise.objects.get(pk=self.promise_id)
        events = list(CareEvent.objects.filter(kind="promise", subject_id=kept.pk).order_by("version"))
        assert (kept.version, kept.state) == (self.version, self.state)
        assert [e.version for e in events] == list(range(1, self.version + 1))
        assert fold(events) == kept.facts()


@pytest.mark.slow
def test_any_order_of_acts_keeps_versions_rows_and_events_together(both):
    Moves.clients = both
    assert datetime.now(UTC).year < 2031, "the days in GIVEN must lie ahead"
    run_state_machine_as_test(
        Moves,
        settings=settings(
            max_examples=times(20), stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
