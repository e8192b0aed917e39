"""A double-entry journal in whole pence: entries that balance, added and never changed."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from carestead.core.finding import CaresteadError
from carestead.core.money import pounds


class LedgerError(CaresteadError):
    """An entry that the journal refuses: it does not balance, is there already, or spends what is not there."""

    exit_code = 2


class Kind(StrEnum):
    """What an account holds. Money enters from `contributed` (whose balance is minus what was put in)."""

    CONTRIBUTED = "contributed"
    AVAILABLE = "available"
    COMMITTED = "committed"
    PAID = "paid"


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """One partner's part of one kind of money; its name is `available:nhs`."""

    kind: Kind
    partner: str

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.partner}"

    @classmethod
    def parse(cls, name: str) -> "Account":
        """The account of a name such as `available:nhs`. Raises LedgerError."""
        kind, _, partner = name.partition(":")
        if kind not in list(Kind) or not partner:
            raise LedgerError(f"{name} is not an account.", "Write kind and partner, such as available:nhs.")
        return cls(Kind(kind), partner)


@dataclass(frozen=True, slots=True)
class Posting:
    """So many pence to (or, when negative, from) an account."""

    account: Account
    amount: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated movement of money. Its postings sum to nought, or it is refused.

    `about` names the purchase it belongs to; `reverses` the entry it takes back.
    """

    id: str
    date: datetime.date
    memo: str
    postings: tuple[Posting, ...]
    about: str = ""
    reverses: str | None = None

    def __post_init__(self) -> None:
        amounts = [p.amount for p in self.postings]
        if any(type(a) is not int for a in amounts):
            raise LedgerError(f"Entry {self.id} has parts of a penny.", "Give whole pence.")
        if len(amounts) < 2 or 0 in amounts:
            raise LedgerError(f"Entry {self.id} moves nothing.", "Give at least two postings, none of them nought.")
        if sum(amounts):
            raise LedgerError(f"Entry {self.id} does not balance: its postings sum to {pounds(sum(amounts))}.")

    def reversed(self, id: str, on: datetime.date, memo: str) -> "Entry":
        """A new entry that takes this one back."""
        postings = tuple(Posting(p.account, -p.amount) for p in self.postings)
        return Entry(id, on, memo, postings, self.about, reverses=self.id)


@dataclass(frozen=True, slots=True)
class Journal:
    """The entries in the order they were posted. Posting gives a new journal; nothing takes an entry out."""

    entries: tuple[Entry, ...] = ()

    def post(self, entry: Entry) -> "Journal":
        """The journal with `entry` at its end. Raises LedgerError when the id is used, when the reversal reverses
        nothing that is there or what was reversed before, or when an account would fall below nought."""
        self._check_new(entry)
        refuse_overdraft(self.balances(), balances(e for e in self.entries if e.about == entry.about), entry)
        return Journal((*self.entries, entry))

    def balances(self) -> dict[Account, int]:
        """Pence in each account."""
        return balances(self.entries)

    def _check_new(self, entry: Entry) -> None:
        if any(e.id == entry.id for e in self.entries):
            raise LedgerError(f"Entry {entry.id} is in the journal already.", "Give a new id; to correct, reverse it.")
        if entry.reverses is None:
            return
        target = next((e for e in self.entries if e.id == entry.reverses), None)
        if target is None:
            raise LedgerError(f"Entry {entry.id} reverses {entry.reverses}, which is not in the journal.")
        if any(e.reverses == target.id for e in self.entries):
            raise LedgerError(f"Entry {target.id} was reversed before.", "Post a new entry instead.")
        if _net(entry.postings) != _net(target.reversed("", entry.date, "").postings):
            raise LedgerError(f"Entry {entry.id} does not take back exactly what {target.id} did.")


def journal(entries: Iterable[Entry]) -> Journal:
    """A journal of stored entries, in their order, each checked as if posted now."""
    result = Journal()
    for entry in entries:
        result = result.post(entry)
    return result


def balances(entries: Iterable[Entry]) -> dict[Account, int]:
    """Pence in each account that was ever posted to."""
    total: dict[Account, int] = defaultdict(int)
    for entry in entries:
        for posting in entry.postings:
            total[posting.account] += posting.amount
    return dict(total)


def refuse_overdraft(all: Mapping[Account, int], purchase: Mapping[Account, int], entry: Entry) -> None:
    """Raises LedgerError when `entry` takes more than is there: of money available, in the whole fund (`all`
    balances); of money committed or paid, for the same purchase (`purchase`: balances of the entries about it)."""
    for account, change in sorted(_net(entry.postings).items()):
        left = (all if account.kind is Kind.AVAILABLE else purchase).get(account, 0)
        if account.kind is not Kind.CONTRIBUTED and change < 0 and left + change < 0:
            raise LedgerError(
                f"Entry {entry.id} takes {pounds(-change)} from {account}, which holds {pounds(left)}.",
                "Take no more than that, or add a contribution first.",
            )


def _net(postings: Iterable[Posting]) -> dict[Account, int]:
    total: dict[Account, int] = defaultdict(int)
    for posting in postings:
        total[posting.account] += posting.amount
    return dict(total)
