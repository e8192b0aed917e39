"""Being away: who is asked to cover, what is refused, and who answered for whom when."""

from datetime import date, datetime, timedelta

import pytest
from tests.hand_over_store import BROWN, CLARK, DAY, HOUR, LEAD, NOW, QUILL, STAFF, TEAL, enrol, holder

from carestead.care.answering import By
from carestead.care.rota import in_words
from carestead.core.calendar import LONDON
from carestead.store.assign.absence import (
    AbsenceRefusedError,
    answer_cover,
    ask_cover,
    end_absence,
    plan_absence,
    taken_from,
)
from carestead.store.assign.answered import who_answered
from carestead.store.assign.desk import ShiftRefusedError, bare, cancel_shift, plan_shift
from carestead.store.assign.hand_over import offer_hand_over
from carestead.store.assign.models import Absence, HandOver, Responsibility

pytestmark = pytest.mark.django_db


def away(code="G1", start=NOW + DAY, end=NOW + 5 * DAY, cover="G2", by=QUILL, at=NOW, reason="leave"):
    return plan_absence(
        practitioner_code=code, start=start, end=end, reason=reason, cover_code=cover, by=by, staff=STAFF, at=at
    )


def agree(absence, by=BROWN, at=NOW, **more):
    return answer_cover(
        absence_id=absence.pk, version=absence.version, by=by, staff=STAFF, at=at, **{"accept": True, **more}
    )


def shift(start=8, end=18.5, by=TEAL, who="G3", name="Dr Cat Clark", phone="01632 960001"):
    begin = datetime.combine(NOW.date() + DAY, datetime.min.time(), LONDON)
    return plan_shift(
        group_code="GRP1", start=begin + timedelta(hours=start), end=begin + timedelta(hours=end), staffed_by=who,
        staff_name=name, phone=phone, by=by, at=NOW,
    )  # fmt: skip


def gp_at(at):
    return next(a for a in who_answered(7, at, group_code="GRP1") if a.role == "named-gp")


def test_a_cover_counts_once_they_have_agreed_and_the_holder_stays_accountable():
    enrol()
    shift()
    absence = away()
    assert gp_at(NOW + DAY + HOUR).answer.by is By.DESK
    agree(absence)
    found = gp_at(NOW + DAY + HOUR)
    assert (found.holder, found.answer.by, found.answer.code) == ("G1", By.COVER, "G2")
    assert Responsibility.objects.filter(person_id=7, role="named-gp").count() == 1
    assert gp_at(NOW + 5 * DAY).answer.by is By.OUT_OF_HOURS, "a Sunday"
    assert gp_at(NOW + 6 * DAY).answer.by is By.HOLDER


def test_what_was_agreed_later_does_not_change_who_answered_before():
    enrol()
    shift()
    agree(away(), at=NOW + DAY + 3 * HOUR)
    assert gp_at(NOW + DAY + HOUR).answer.by is By.DESK
    assert gp_at(NOW + DAY + 4 * HOUR).answer.by is By.COVER


def test_another_cover_from_now_on_leaves_who_covered_before():
    enrol()
    absence = agree(away())
    rest = ask_cover(
        absence_id=absence.pk, version=absence.version, cover_code="G3", by=LEAD, staff=STAFF, at=NOW + 2 * DAY
    )
    agree(rest, by=CLARK, at=NOW + 2 * DAY)
    assert gp_at(NOW + DAY + HOUR).answer.code == "G2"
    assert gp_at(NOW + 2 * DAY + HOUR).answer.code == "G3"


def test_declining_needs_a_reason_and_leaves_it_to_the_desk():
    absence = away()
    with pytest.raises(AbsenceRefusedError, match="decline without a reason"):
        agree(absence, accept=False)
    with pytest.raises(AbsenceRefusedError, match="not asked to cover"):
        agree(absence, by=CLARK)
    agree(absence, accept=False, reason="Away myself")
    absence.refresh_from_db()
    assert (absence.cover_state, absence.cover_answer) == ("declined", "Away myself")
    with pytest.raises(AbsenceRefusedError, match="not asked to cover"):
        agree(absence)


@pytest.mark.parametrize(
    ("planned", "says"),
    [
        ({"cover": "G1"}, "cannot cover for themselves"),
        ({"cover": "K1"}, "Kim Teal has another role"),
        ({"cover": "G3"}, "Dr Cat Clark is away in that time and is covered by the very person"),
        ({"by": BROWN}, "Only they themselves or the practice lead"),
        ({"end": NOW}, "ends before it starts"),
        ({"reason": " "}, "no reason"),
    ],
)
def test_a_plan_that_could_not_work_is_refused(planned, says):
    agree(away("G3", NOW + 2 * DAY, NOW + 4 * DAY, cover="G1", by=CLARK), by=QUILL)
    with pytest.raises(AbsenceRefusedError, match=says):
        away(**planned)
    assert Absence.objects.count() == 1


def test_two_absences_of_one_person_at_once_are_refused():
    away()
    with pytest.raises(AbsenceRefusedError, match="There is an absence from 5 May 2027 at 10:00 already"):
        away(start=NOW + 2 * DAY)


def test_a_cover_who_has_since_planned_to_be_away_cannot_agree():
    absence = away()
    away("G2", by=BROWN, cover="")
    with pytest.raises(AbsenceRefusedError, match="Dr Ben Brown is away in that time"):
        agree(absence)


def test_going_away_names_whom_it_takes_the_cover_from():
    first = agree(away())
    second = away("G2", by=BROWN, cover="")
    assert [a.code for a in taken_from(second)] == [first.practitioner_code]


def test_an_offer_lapses_when_the_absence_of_whom_it_was_made_to_begins():
    enrol()
    offer_hand_over(person_id=7, role="named-gp", to_code="G2", reason="x", by=QUILL, staff=STAFF, at=NOW)
    away("G2", start=NOW, cover="", by=BROWN)
    offer = HandOver.objects.get()
    assert (offer.state, offer.answer_reason, holder()) == (
        "lapsed",
        "Dr Ben Brown is away.".replace("Dr Ben Brown", "G2"),
        "G1",
    )


def test_back_early_ends_it_and_one_that_has_not_begun_is_cancelled():
    agree(absence := away())
    absence.refresh_from_db()
    ended = end_absence(absence_id=absence.pk, version=absence.version, by=QUILL, at=NOW + 2 * DAY)
    assert ended.end == NOW + 2 * DAY
    later = away(start=NOW + 20 * DAY, end=NOW + 21 * DAY)
    assert end_absence(absence_id=later.pk, version=1, by=LEAD, at=NOW + 2 * DAY).cancelled_at is not None
    with pytest.raises(AbsenceRefusedError, match="ended on"):
        end_absence(absence_id=ended.pk, version=ended.version, by=QUILL, at=NOW + 3 * DAY)


def test_bare_hours_of_the_desk_are_told():
    shift(8, 12)
    tomorrow = date(2027, 5, 5)
    assert [in_words(s) for s in bare("GRP1", tomorrow, tomorrow)] == ["Wednesday 5 May 2027, 12:00 to 18:30"]
    assert bare("GRP1", date(2027, 5, 3), date(2027, 5, 3)) == [], "a bank holiday"


def test_nobody_answers_where_the_desk_is_bare_and_that_is_told():
    enrol()
    away(cover="")
    assert gp_at(NOW + DAY + HOUR).answer.by is By.NOBODY


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"by": QUILL}, "planned by the practice lead or a coordinator"),
        ({"end": 7}, "ends after it starts"),
        ({"phone": " "}, "no number"),
        ({"start": 12, "end": 14}, "Dr Cat Clark staffs a desk from 5 May 2027 at 08:00 already"),
        ({"who": "G1", "name": "Dr Quill"}, "Dr Quill is away from"),
    ],
)
def test_a_shift_that_could_not_work_is_refused(wrong, says):
    shift()
    away(cover="")
    with pytest.raises(ShiftRefusedError, match=says):
        shift(**wrong)


def test_a_cancelled_shift_was_still_staffed_before():
    enrol()
    away(cover="")
    rota = shift()
    cancel_shift(shift_id=rota.pk, by=LEAD, at=NOW + DAY + 2 * HOUR)
    assert gp_at(NOW + DAY + HOUR).answer.by is By.DESK
    assert gp_at(NOW + DAY + 3 * HOUR).answer.by is By.NOBODY
    with pytest.raises(ShiftRefusedError, match="not in the rota any more"):
        cancel_shift(shift_id=rota.pk, by=LEAD)
