"""A client that writes as programs do: it makes promises, moves them, enrols people, and notes what was said yes to."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from carestead.bench.crash.session import NO_ANSWER, Answered, Session

PATIENT = 0.7
"""The share of writes that are sent again, with the same key, until somebody answers; the rest are given up."""

KEYED = 0.7
"""The share of changes that carry a key; the rest name a version alone."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A write that was answered with yes: `kind` promise or enrolment, its id, the version it then had, the act."""

    kind: str
    subject_id: int
    version: int
    act: str


@dataclass
class World:
    """What the clients share: people who may still be enrolled, people promises are made for, promises there are."""

    proposed: list[dict[str, Any]]
    people: list[int]
    coordinator: str
    promises: list[int] = field(default_factory=list)


class Client(threading.Thread):
    """Two people at one program, the GP and the coordinator of the demonstration, one story after another."""

    def __init__(self, url: str, number: int, seed: int, world: World) -> None:
        super().__init__(name=f"client-{number}", daemon=True)
        self.acknowledged: list[Acknowledged] = []
        self.keys: list[str] = []
        self.unanswered = self.sent_again = self.stale = 0
        self.odd: list[str] = []
        self._gp, self._coordinator = Session(url, "gp"), Session(url, "coordinator")
        self._name, self._world = f"{seed}-{number}", world
        self._random = random.Random(self._name)  # noqa: S311  not for secrets
        self._ended = threading.Event()

    def end(self) -> None:
        """Stop after the story in hand, and wait for that."""
        self._ended.set()
        self.join(120)

    def run(self) -> None:
        """Write until `end`."""
        self._gp.sign_in()
        self._coordinator.sign_in()
        while not self._ended.is_set():
            try:
                self._enrol()
                self._promise()
                self._meddle()
            except NO_ANSWER:
                time.sleep(0.1)

    def _enrol(self) -> None:
        """Enrol somebody who is not, while there is anybody left: two ledger entries."""
        if not self._world.proposed:
            return
        them = self._world.proposed.pop()
        address = f"/api/people/{them['person_id']}/decision/"
        holders = {"named_gp": them["named_gp_code"], "coordinator": them["coordinator_code"]}
        stands = self._gp.get(address)
        self._write(self._gp, ("enrolment", them["person_id"], "accept"), f"{address}accept/", holders, stands.version)

    def _promise(self) -> None:
        """A promise from asking to its end: each step names the version the step before gave."""
        person_id = self._random.choice(self._world.people)
        made = self._make(person_id)
        if made is None:
            return
        self._world.promises.append(made.subject_id)
        version: int | None = made.version
        for act, body in self._steps():
            if version is not None:
                version = self._act(self._coordinator, made.subject_id, act, body, version)

    def _make(self, person_id: int) -> Acknowledged | None:
        key = f"crash-{self._name}-{len(self.keys)}"
        self.keys.append(key)
        body = {
            "what": f"Ring the person ({key})",
            "done_means": "Spoke to the person",
            "due_at": (datetime.now(UTC) + timedelta(days=3)).isoformat(),
            "owner": {"kind": "practitioner", "code": self._world.coordinator, "name": "The coordinator"},
        }
        address = f"/api/people/{person_id}/promises/make/"
        return self._write(self._gp, ("promise", 0, "ask"), address, body, None, key)

    def _steps(self) -> list[tuple[str, dict[str, Any]]]:
        now = datetime.now(UTC).isoformat()
        if self._random.random() < 0.2:
            return [("open", {}), ("reject", {"reason": "No room this week"})]
        return [
            ("accept", {}),
            ("attempt", {"happened_at": now, "note": "Nobody answered"}),
            ("begin", {"happened_at": now}),
            ("complete", {"happened_at": now, "outcome": "done", "evidence": "Spoke for ten minutes"}),
        ]

    def _meddle(self) -> None:
        """Note something on a promise that another client may be moving at this moment."""
        if self._world.promises:
            promise_id = self._random.choice(self._world.promises[-8:])
            read = self._gp.get(f"/api/promises/{promise_id}/")
            if read.status == 200:
                self._act(self._gp, promise_id, "note", {"note": "Asked how it goes"}, read.version)

    def _act(self, session: Session, promise_id: int, act: str, body: dict[str, Any], version: int) -> int | None:
        key = f"crash-{self._name}-{promise_id}-{version}-{act}" if self._random.random() < KEYED else ""
        address = f"/api/promises/{promise_id}/{act}/"
        done = self._write(session, ("promise", promise_id, act), address, body, version, key)
        return done.version if done else None

    def _write(
        self, session: Session, what: tuple[str, int, str], address: str, body: dict[str, Any], version: int | None,
        key: str = "",
    ) -> Acknowledged | None:  # fmt: skip
        """Send until somebody answers, or give it up; what was acknowledged is noted."""
        answered = self._send(lambda: session.post(address, body, version=version, key=key))
        if answered is None:
            return None
        if answered.status in (200, 201):
            kind, subject_id, act = what
            done = Acknowledged(kind, subject_id or answered.json()["id"], answered.version, act)
            self.acknowledged.append(done)
            return done
        if answered.status in (409, 412):  # somebody else was first, or the write that nobody answered was done
            self.stale += 1
        else:
            self.odd.append(f"{address} answered {answered.status}: {answered.body[:200].decode(errors='replace')}")
        return None

    def _send(self, post: Callable[[], Answered]) -> Answered | None:
        patient = self._random.random() < PATIENT
        while True:
            try:
                answered = post()
                if answered.status != 503:
                    return answered
            except NO_ANSWER:
                if not patient:
                    self.unanswered += 1
                    return None
                self.sent_again += 1
            time.sleep(0.1)
