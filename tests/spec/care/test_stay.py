"""A stay in hospital as messages tell of it: late, twice, in any order, taken back."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from carestead.care.stay import LEFT_BEFORE_ARRIVING, NO_ADMISSION, State, StayEvent, fold

T0 = datetime(2026, 11, 20, 10, tzinfo=UTC)


def told(kind: str, hour: int, told_hour: int | None = None, **more) -> StayEvent:
    happened, said = T0 + timedelta(hours=hour), T0 + timedelta(hours=hour if told_hour is None else told_hour)
    return StayEvent(said, happened, kind, f"{kind}{hour}{more}", **more)


def test_somebody_admitted_is_in_hospital_until_they_leave():
    came, left = told("admit", 0, ward="A&E"), told("discharge", 30, disposition="usual-residence")
    assert fold([came]).state is State.IN_HOSPITAL
    stay = fold([came, left])
    assert (stay.state, stay.admitted_at, stay.discharged_at) == (State.LEFT, T0, T0 + timedelta(hours=30))
    assert (stay.disposition, stay.doubts) == ("usual-residence", ())


def test_a_move_changes_the_ward_and_nothing_else():
    stay = fold([told("admit", 0, ward="A&E", reason="Fall"), told("transfer", 5, ward="Ward 4")])
    assert (stay.state, stay.ward, stay.reason, stay.admitted_at) == (State.IN_HOSPITAL, "Ward 4", "Fall", T0)


def test_a_discharge_of_which_the_admission_was_never_told():
    stay = fold([told("discharge", 30, admitted_at=T0)])
    assert (stay.state, stay.admitted_at, stay.doubts) == (State.LEFT, T0, (NO_ADMISSION,))


def test_a_discharge_before_its_admission_is_kept_and_doubted():
    stay = fold([told("admit", 30), told("discharge", 0)])
    assert (stay.state, stay.doubts) == (State.LEFT, (LEFT_BEFORE_ARRIVING,))


def test_the_last_word_stands():
    first, corrected = told("discharge", 30, 30), told("discharge", 28, 40)
    assert fold([told("admit", 0), corrected, first]).discharged_at == T0 + timedelta(hours=28)


def test_a_discharge_taken_back_leaves_the_person_in_hospital():
    events = [told("admit", 0), told("discharge", 30), told("cancel-discharge", 31)]
    assert fold(events).state is State.IN_HOSPITAL
    assert fold([*events, told("discharge", 50)]).discharged_at == T0 + timedelta(hours=50)


def test_an_admission_taken_back_is_no_stay():
    assert fold([told("admit", 0), told("cancel-admit", 1)]).state is State.TAKEN_BACK


def test_nothing_told_is_no_stay():
    assert fold([]).state is State.TAKEN_BACK


_KINDS = ("admit", "transfer", "discharge", "cancel-admit", "cancel-transfer", "cancel-discharge")
_EVENTS = st.lists(
    st.builds(
        told, st.sampled_from(_KINDS), st.integers(0, 6), st.integers(0, 6), ward=st.sampled_from(("", "A", "B")),
        disposition=st.sampled_from(("", "care-home")),
    ),
    max_size=8,
)  # fmt: skip


@given(_EVENTS, st.data())
def test_duplicated_late_and_reordered_messages_give_the_same_stay(events, data):
    copies = data.draw(st.lists(st.sampled_from(events), max_size=4)) if events else []
    assert fold(data.draw(st.permutations(events + copies))) == fold(events)


@given(_EVENTS)
def test_whoever_left_has_a_time_of_leaving_and_whoever_is_in_hospital_has_none(events):
    stay = fold(events)
    assert (stay.discharged_at is not None) == (stay.state is State.LEFT)
