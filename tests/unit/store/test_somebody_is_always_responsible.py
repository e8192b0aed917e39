"""Random histories of offers, answers, absences, leavings and ends: at every instant of each, somebody was responsible
for every enrolled person, that somebody had not left, and somebody answered."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.hand_over_store import NOW, STAFF, enrol_many
from tests.search import times

from carestead.care.answering import By
from carestead.care.ledger import Enrolled, Entry, offenders
from carestead.care.standing import ROLES, Basis
from carestead.core.finding import CaresteadError
from carestead.store.actor import Actor, Role
from carestead.store.assign.absence import answer_cover, ask_cover, end_absence, plan_absence
from carestead.store.assign.answered import who_answered
from carestead.store.assign.bulk import accept_bulk, offer_bulk, open_people, undo_bulk
from carestead.store.assign.clocks import hand_over_clocks
from carestead.store.assign.ending import end_enrolment
from carestead.store.assign.hand_over import (
    accept_hand_over,
    acknowledge_interim,
    assign_interim,
    decline_hand_over,
    offer_hand_over,
    withdraw_hand_over,
)
from carestead.store.assign.leaving import give_notice
from carestead.store.assign.models import (
    Absence,
    BulkHandOver,
    Departure,
    DeskShift,
    HandOver,
    LedgerEntry,
    Responsibility,
)
from carestead.store.care.log import untold
from carestead.store.find.models import Enrolment

PEOPLE = (1, 2, 3)
SIGN_IN = {"G": Role.NAMED_GP, "K": Role.CARE_COORDINATOR}
ACTORS = {c.code: Actor(c.code.lower(), c.name, SIGN_IN[c.code[0]], "Y1", c.code) for c in STAFF.values()}
ACTORS["lead"] = Actor("moss", "Lee Moss", Role.LEAD, "Y1")
MINUTE = timedelta(minutes=1)

person, role, code, by = (st.sampled_from(xs) for xs in (PEOPLE, tuple(ROLES), tuple(STAFF), tuple(ACTORS)))


class Practice(RuleBasedStateMachine):
    """A group of practices with five colleagues and a duty desk that is always staffed."""

    @initialize()
    def begin(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        enrol_many(PEOPLE)
        self.now = NOW
        self.begun = LedgerEntry.objects.order_by("start").first().start
        days = [NOW.replace(hour=0) + timedelta(days=n) for n in range(-200, 200)]
        DeskShift.objects.bulk_create(
            DeskShift(
                group_code="GRP1", start=day, end=day + timedelta(days=1), staffed_by="N1", staff_name="Nurse Ives",
                phone="01632 960001", planned_by="Lee Moss", planned_at=NOW,
            )
            for day in days
        )  # fmt: skip

    def teardown(self) -> None:
        if not hasattr(self, "atomic"):
            return
        try:
            self.the_whole_history_holds()
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def tries(self, act, **how) -> None:
        """Do it a minute later than the last; to be refused in words is fine, anything else is not."""
        self.now += MINUTE
        try:
            act(**how, at=self.now)
        except CaresteadError as refused:
            assert len(str(refused)) > 10

    @rule(hours=st.sampled_from([1, 20, 70, 200]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        hand_over_clocks(at=self.now)

    @rule(person=person, role=role, to=code, by=by)
    def offers(self, person: int, role: str, to: str, by: str) -> None:
        how = {"person_id": person, "role": role, "to_code": to, "reason": "x", "by": ACTORS[by], "staff": STAFF}
        self.tries(offer_hand_over, **how)

    @rule(which=st.integers(0, 5), how=st.sampled_from(["accept", "accept", "decline", "withdraw", "phone"]))
    def answers(self, which: int, how: str) -> None:
        made = list(HandOver.objects.order_by("-pk")[:6])
        if which >= len(made):
            return
        offer = made[which]
        common = {"hand_over_id": offer.pk, "version": offer.version, "staff": STAFF, "by": ACTORS[offer.arriving_code]}
        if how == "accept":
            self.tries(accept_hand_over, **common)
        elif how == "phone":
            self.tries(accept_hand_over, **{**common, "by": ACTORS["lead"]}, channel="phone")
        elif how == "decline":
            self.tries(decline_hand_over, **common, reason="full")
        else:
            self.tries(withdraw_hand_over, **{**common, "by": ACTORS["lead"]}, reason="changed")

    @rule(person=person, role=role, to=code)
    def stands_in(self, person: int, role: str, to: str) -> None:
        self.tries(
            assign_interim, person_id=person, role=role, to_code=to, reason="ill", by=ACTORS["lead"], staff=STAFF
        )

    @rule(person=person, role=role, by=code)
    def acknowledges(self, person: int, role: str, by: str) -> None:
        self.tries(acknowledge_interim, person_id=person, role=role, by=ACTORS[by], staff=STAFF)

    @rule(who=code, cover=st.sampled_from(["", *STAFF]), after=st.integers(-1, 3), days=st.sampled_from([None, 1, 9]))
    def goes_away(self, who: str, cover: str, after: int, days: int | None) -> None:
        start = self.now + timedelta(days=after)
        end = start + timedelta(days=days) if days else None
        self.tries(
            plan_absence, practitioner_code=who, start=start, end=end, reason="leave", cover_code=cover,
            by=ACTORS["lead"], staff=STAFF,
        )  # fmt: skip

    @rule(which=st.integers(0, 3), what=st.sampled_from(["agree", "agree", "decline", "back", "another"]), cover=code)
    def changes_an_absence(self, which: int, what: str, cover: str) -> None:
        found = list(Absence.objects.order_by("-pk")[:4])
        if which >= len(found):
            return
        absence = found[which]
        common = {"absence_id": absence.pk, "version": absence.version, "by": ACTORS["lead"]}
        asked = {**common, "by": ACTORS.get(absence.cover_code, ACTORS["lead"]), "staff": STAFF}
        if what == "back":
            self.tries(end_absence, **common)
        elif what == "another":
            self.tries(ask_cover, **common, cover_code=cover, staff=STAFF)
        else:
            self.tries(answer_cover, **asked, accept=what == "agree", reason="no")

    @rule(who=code, stand_in=code, days=st.sampled_from([0, 1, 8]))
    def leaves(self, who: str, stand_in: str, days: int) -> None:
        # Somebody of each role stays: the last one is replaced from elsewhere first.
        gone = Departure.objects.filter(practitioner_code__startswith=who[0]).count()
        if gone + 1 < sum(c[0] == who[0] for c in STAFF):
            self.tries(
                give_notice, practitioner_code=who, leaves_at=self.now + timedelta(days=days), reason="retires",
                stand_in_code=stand_in, by=ACTORS["lead"], staff=STAFF,
            )  # fmt: skip

    @rule(who=code, role=role, to=code)
    def offers_many(self, who: str, role: str, to: str) -> None:
        receivers = dict.fromkeys(open_people(who).get(role, []), to)
        how = {"role": role, "leaving_code": who, "receivers": receivers, "reason": "many", "by": ACTORS["lead"]}
        self.tries(offer_bulk, **how, staff=STAFF)

    @rule(undo=st.booleans(), by=code)
    def answers_many(self, undo: bool, by: str) -> None:
        bulk = BulkHandOver.objects.order_by("-pk").first()
        if bulk and undo:
            self.tries(undo_bulk, bulk_id=bulk.pk, reason="mistake", by=ACTORS["lead"], staff=STAFF)
        elif bulk:
            self.tries(accept_bulk, bulk_id=bulk.pk, by=ACTORS[by], staff=STAFF)

    @rule(person=person, kind=st.sampled_from(["died", "moved"]))
    def ends(self, person: int, kind: str) -> None:
        if Enrolment.objects.filter(state="accepted").count() > 1:
            self.tries(
                end_enrolment, person_id=person, version=1, kind=kind, reason="x", by=ACTORS["lead"], fates={},
                receiver="Leeds",
            )  # fmt: skip

    @invariant()
    def somebody_answers_now(self) -> None:
        if hasattr(self, "now"):
            for p in Enrolment.objects.filter(state="accepted").values_list("person_id", flat=True):
                self._somebody(p, self.now)

    def _somebody(self, person: int, at: datetime) -> None:
        for found in who_answered(person, at, group_code="GRP1"):
            assert found.holder, (person, found.role, at)
            assert found.answer.by is not By.NOBODY, (person, found.role, at)

    def the_whole_history_holds(self) -> None:
        hand_over_clocks(at=self.now)
        entries = [
            Entry(e.person_id, e.role, e.seq, e.start, e.holder_code, Basis(e.basis)) for e in LedgerEntry.objects.all()
        ]
        ended = dict(Enrolment.objects.filter(state="ended").values_list("person_id", "decided_at"))
        stays = [Enrolled(p, self.begun, ended.get(p)) for p in PEOPLE]
        assert offenders(entries, stays, tuple(ROLES)) == []
        self._nobody_held_after_leaving()
        assert list(untold()) == []
        for p, at in ((p, at) for p in PEOPLE for at in self._instants() if at < ended.get(p, self.now + MINUTE)):
            self._somebody(p, at)

    def _nobody_held_after_leaving(self) -> None:
        gone = dict(Departure.objects.filter(leaves_at__lte=self.now).values_list("practitioner_code", "leaves_at"))
        for held in Responsibility.objects.filter(practitioner_code__in=gone):
            assert held.end is not None
            assert held.end <= max(gone[held.practitioner_code], held.start), "not an instant after leaving"

    def _instants(self) -> list[datetime]:
        """Each instant at which something changed, and a moment before and after."""
        changes = [
            *LedgerEntry.objects.values_list("start", flat=True), *Absence.objects.values_list("start", flat=True),
            *Absence.objects.exclude(end=None).values_list("end", flat=True),
            *Absence.objects.exclude(cover_answered_at=None).values_list("cover_answered_at", flat=True),
        ]  # fmt: skip
        near = {c + d for c in changes for d in (-MINUTE / 2, timedelta(0), MINUTE / 2)}
        return sorted(at for at in near if self.begun <= at <= self.now)


@pytest.mark.slow
@pytest.mark.django_db
def test_at_every_instant_of_every_history():
    run_state_machine_as_test(
        Practice,
        settings=settings(
            max_examples=times(25),
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
        ),
    )
