"""Two answer the same offer, or take up the same person, at the same instant."""

from collections.abc import Callable
from functools import partial

from tests.at_once import at_once
from tests.hand_over_store import BROWN, LEAD, QUILL, STAFF, enrol, holder

from carestead.core.finding import CaresteadError
from carestead.store.assign.hand_over import accept_hand_over, offer_hand_over, withdraw_hand_over
from carestead.store.assign.models import HandOver, LedgerEntry


def tried(acts: list[Callable[[], object]]) -> list[str]:
    """What came of each act, all done at the same instant."""

    def one(act: Callable[[], object]) -> str:
        try:
            act()
        except CaresteadError as refused:
            return str(refused)
        return "done"

    return at_once([partial(one, act) for act in acts])


def offered() -> HandOver:
    enrol()
    return offer_hand_over(person_id=7, role="named-gp", to_code="G2", reason="x", by=QUILL, staff=STAFF)


def test_of_several_acceptances_one_counts(committed):
    made = offered()

    def accept():
        accept_hand_over(hand_over_id=made.pk, version=1, by=BROWN, staff=STAFF)

    said = tried([accept] * 6)
    assert said.count("done") == 1
    assert all("accepted already" in s or "at the same moment" in s for s in said if s != "done"), said
    assert holder() == "G2"
    assert LedgerEntry.objects.filter(role="named-gp").count() == 2


def test_accepting_and_withdrawing_at_once_gives_one_of_the_two(committed):
    made = offered()
    said = tried(
        [
            lambda: accept_hand_over(hand_over_id=made.pk, version=1, by=BROWN, staff=STAFF),
            lambda: withdraw_hand_over(hand_over_id=made.pk, version=1, reason="x", by=QUILL, staff=STAFF),
        ]
    )
    assert said.count("done") == 1
    assert (HandOver.objects.get().state, holder()) in (("accepted", "G2"), ("withdrawn", "G1"))


def test_of_several_offers_at_once_one_stands(committed):
    enrol()

    def offer(to):
        return lambda: offer_hand_over(person_id=7, role="named-gp", to_code=to, reason="x", by=LEAD, staff=STAFF)

    said = tried([offer("G2"), offer("G3"), offer("G2"), offer("G3")])
    assert said.count("done") == 1
    assert HandOver.objects.filter(state="offered").count() == 1
