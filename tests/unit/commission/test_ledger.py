"""The journal balances, always, whatever is done to it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from carestead.commission import fund
from carestead.commission.ledger import Account, Entry, Journal, Kind, LedgerError, Posting, balances, journal
from carestead.core.money import share

DAY = date(2026, 4, 1)
NHS, COUNCIL = "nhs", "council"


def accounts(kind=Kind.AVAILABLE, partner=NHS):
    return Account(kind, partner)


def moved(*amounts, id="e1", **more):
    kinds = [Kind.CONTRIBUTED, Kind.AVAILABLE, Kind.COMMITTED, Kind.PAID]
    return Entry(id, DAY, "", tuple(Posting(accounts(k), a) for k, a in zip(kinds, amounts, strict=False)), **more)


def funded(nhs=60_000_00, council=40_000_00):
    book = Journal().post(fund.contribute("c1", DAY, NHS, nhs, "NHS contribution"))
    return book.post(fund.contribute("c2", DAY, COUNCIL, council, "Council contribution"))


@pytest.mark.parametrize("amounts", [(-100, 99), (100,), (), (0, 0), (-100, 50, 0, 50), (-1.0, 1.0), (True, -1)])
def test_an_entry_that_does_not_balance_is_refused(amounts):
    with pytest.raises(LedgerError):
        moved(*amounts)


def test_an_id_is_used_once():
    book = funded()
    with pytest.raises(LedgerError, match="already"):
        book.post(fund.contribute("c1", DAY, NHS, 1, "again"))


def test_posting_leaves_the_journal_before_as_it_was():
    before = funded()
    after = before.post(fund.commit("p1", DAY, "home-care-1", 100, "", before.entries))
    assert len(before.entries) == 2
    assert after.entries[:2] == before.entries


def test_a_commitment_is_drawn_from_the_partners_by_what_they_have_left():
    book = funded()
    entry = fund.commit("p1", DAY, "home-care-1", 1_000_01, "Home care for 6 weeks", book.entries)
    assert fund.open_commitment([entry], "home-care-1") == {NHS: 600_01, COUNCIL: 400_00}


def test_the_last_penny_can_be_committed_and_no_more():
    book = funded(nhs=2, council=1)
    book = book.post(fund.commit("p1", DAY, "a", 2, "", book.entries))
    book = book.post(fund.commit("p2", DAY, "b", 1, "", book.entries))
    assert fund.position(book.balances()) == fund.Position(contributed=3, available=0, committed=3, paid=0)
    with pytest.raises(LedgerError, match=r"£0\.01 is asked for, and £0\.00 the fund has left to spend"):
        fund.commit("p3", DAY, "c", 1, "", book.entries)


def test_paying_and_releasing_go_back_to_the_partners_who_gave():
    book = funded()
    book = book.post(fund.commit("p1", DAY, "a", 1_000_00, "", book.entries))
    book = book.post(fund.pay("p2", DAY, "a", 250_00, "first invoice", book.entries))
    book = book.post(fund.release("p3", DAY, "a", "moved to a care home", book.entries))
    assert fund.position(book.balances(), NHS) == fund.Position(60_000_00, 59_850_00, 0, 150_00)
    assert fund.position(book.balances(), COUNCIL) == fund.Position(40_000_00, 39_900_00, 0, 100_00)
    with pytest.raises(LedgerError, match="Nothing is committed"):
        fund.release("p4", DAY, "a", "again", book.entries)


def test_more_than_is_committed_cannot_be_paid():
    book = funded()
    book = book.post(fund.commit("p1", DAY, "a", 100, "", book.entries))
    book = book.post(fund.commit("p2", DAY, "b", 100, "", book.entries))
    with pytest.raises(LedgerError, match=r"£1.01 is asked for, and £1.00 is committed for a"):
        fund.pay("p3", DAY, "a", 101, "", book.entries)


def test_a_reversal_is_a_new_entry_and_happens_once():
    book = funded()
    entry = fund.commit("p1", DAY, "a", 100, "", book.entries)
    book = book.post(entry).post(entry.reversed("r1", DAY, "bought twice by mistake"))
    assert fund.position(book.balances()).committed == 0
    assert [e.id for e in book.entries] == ["c1", "c2", "p1", "r1"]
    with pytest.raises(LedgerError, match="reversed before"):
        book.post(entry.reversed("r2", DAY, ""))


def test_a_reversal_of_what_is_not_there_or_of_another_amount_is_refused():
    book = funded()
    with pytest.raises(LedgerError, match="not in the journal"):
        book.post(moved(-1, 1, id="r1", reverses="nothing"))
    with pytest.raises(LedgerError, match="does not take back exactly"):
        book.post(moved(1, -1, id="r1", reverses="c1"))


def test_a_contribution_that_is_spent_cannot_be_taken_back():
    book = Journal().post(fund.contribute("c1", DAY, NHS, 100, ""))
    book = book.post(fund.commit("p1", DAY, "a", 100, "", book.entries))
    with pytest.raises(LedgerError, match=r"takes £1\.00 from available:nhs, which holds £0\.00"):
        book.post(book.entries[0].reversed("r1", DAY, ""))


def test_reversing_a_commitment_that_was_released_cannot_eat_another_purchase():
    book = funded()
    first = fund.commit("p1", DAY, "a", 100, "", book.entries)
    book = book.post(first)
    book = book.post(fund.release("p2", DAY, "a", "", book.entries))
    book = book.post(fund.commit("p3", DAY, "b", 100, "", book.entries))
    with pytest.raises(LedgerError, match="takes"):
        book.post(first.reversed("r1", DAY, ""))
    stored = [*book.entries, first.reversed("r1", DAY, "")]
    assert {f.where for f in fund.reconcile(stored)} == {"committed:council of a", "committed:nhs of a"}


@pytest.mark.parametrize("amount", [0, -5])
def test_nothing_and_less_cannot_be_moved(amount):
    with pytest.raises(LedgerError):
        fund.contribute("c1", DAY, NHS, amount, "")
    assert not fund.can_commit(100, amount)


def test_can_commit_to_the_penny():
    assert fund.can_commit(100, 100)
    assert not fund.can_commit(100, 101)


def test_an_account_has_a_name_that_reads_back():
    assert str(Account.parse("available:nhs")) == "available:nhs"
    for wrong in ("savings:nhs", "available", "available:"):
        with pytest.raises(LedgerError, match="is not an account"):
            Account.parse(wrong)


def test_reconciling_finds_what_is_wrong_in_stored_rows():
    assert fund.reconcile(funded().entries) == []
    lost = moved(-100, 100)
    object.__setattr__(lost, "postings", (Posting(accounts(Kind.CONTRIBUTED), -100), Posting(accounts(), 90)))
    assert [f.code for f in fund.reconcile([lost])] == ["ledger.unbalanced", "ledger.partner-unbalanced"]
    overdrawn = Entry("x", DAY, "", (Posting(accounts(), -100), Posting(accounts(Kind.PAID), 100)))
    assert [f.code for f in fund.reconcile([overdrawn])] == ["ledger.overdrawn"]


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**9), min_size=1).filter(any))
def test_shares_add_up_and_no_share_is_a_penny_off(total, weights):
    parts = share(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    assert all(abs(p * whole - total * w) < whole for p, w in zip(parts, weights, strict=True))


class Fund(RuleBasedStateMachine):
    """Any sequence of contributing, committing, paying, releasing and reversing."""

    def __init__(self):
        super().__init__()
        self.book, self.count = Journal(), 0

    def post(self, make, *args):
        """Post what `make` makes; what is refused changes nothing."""
        self.count += 1
        before = self.book
        try:
            self.book = self.book.post(make(f"e{self.count}", DAY, *args))
            return True
        except LedgerError:
            assert self.book is before
            return False

    @rule(partner=st.sampled_from([NHS, COUNCIL, "charity"]), amount=st.integers(1, 10**7))
    def contribute(self, partner, amount):
        assert self.post(fund.contribute, partner, amount, "")

    @rule(purchase=st.sampled_from("abc"), amount=st.integers(1, 10**7))
    def commit(self, purchase, amount):
        left = fund.position(self.book.balances()).available
        assert self.post(fund.commit, purchase, amount, "", self.book.entries) == fund.can_commit(left, amount)

    @rule(purchase=st.sampled_from("abc"), amount=st.integers(1, 10**6))
    def pay(self, purchase, amount):
        left = sum(fund.open_commitment(self.book.entries, purchase).values())
        assert self.post(fund.pay, purchase, amount, "", self.book.entries) == fund.can_commit(left, amount)

    @rule(purchase=st.sampled_from("abc"))
    def release(self, purchase):
        self.post(fund.release, purchase, "", self.book.entries)
        assert not any(fund.open_commitment(self.book.entries, purchase).values())

    @precondition(lambda self: self.book.entries)
    @rule(data=st.data())
    def reverse(self, data):
        entry = data.draw(st.sampled_from(self.book.entries))
        self.post(entry.reversed, "")

    @invariant()
    def nothing_is_lost(self):
        assert sum(balances(self.book.entries).values()) == 0
        assert fund.reconcile(self.book.entries) == []
        assert journal(self.book.entries) == self.book


TestFund = Fund.TestCase
