"""A pooled fund (section 75, NHS Act 2006): what partners put in, what is committed, paid and left to spend.

Each movement is a journal entry made here and posted by the caller: contribute, commit, pay, release. Whatever is
drawn is drawn from the partners in proportion to what each has left, to the penny, so nobody is overdrawn by rounding.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from carestead.commission.ledger import Account, Entry, Kind, LedgerError, Posting, balances
from carestead.core.finding import Finding, Severity
from carestead.core.money import pounds, share


@dataclass(frozen=True, slots=True)
class Position:
    """Where the money is, in pence: contributed = available + committed + paid."""

    contributed: int
    available: int
    committed: int
    paid: int

    def can_commit(self, amount: int) -> bool:
        """True when `amount` pence, more than nought, is left to spend."""
        return can_commit(self.available, amount)


def can_commit(balance: int, amount: int) -> bool:
    """True when `amount` pence, more than nought, can be taken from `balance` pence."""
    return 0 < amount <= balance


def position(accounts: Mapping[Account, int], partner: str | None = None) -> Position:
    """The fund's position, of all partners or of one, from account balances."""

    def total(kind: Kind) -> int:
        return sum(v for a, v in accounts.items() if a.kind is kind and partner in (None, a.partner))

    return Position(-total(Kind.CONTRIBUTED), total(Kind.AVAILABLE), total(Kind.COMMITTED), total(Kind.PAID))


def contribute(id: str, on: date, partner: str, amount: int, memo: str) -> Entry:
    """A partner puts `amount` pence into the fund."""
    return _move(id, on, memo, Kind.CONTRIBUTED, Kind.AVAILABLE, {partner: _positive(amount)})


def commit(id: str, on: date, purchase: str, amount: int, memo: str, entries: Iterable[Entry]) -> Entry:
    """Set `amount` pence aside for a purchase. Raises LedgerError when less is left."""
    left = _by_partner(balances(entries), Kind.AVAILABLE)
    parts = _draw(left, _positive(amount), "the fund has left to spend")
    return _move(id, on, memo, Kind.AVAILABLE, Kind.COMMITTED, parts, purchase)


def pay(id: str, on: date, purchase: str, amount: int, memo: str, entries: Iterable[Entry]) -> Entry:
    """Pay `amount` pence of what was committed for a purchase. Raises LedgerError when less is committed."""
    parts = _draw(open_commitment(entries, purchase), _positive(amount), f"is committed for {purchase}")
    return _move(id, on, memo, Kind.COMMITTED, Kind.PAID, parts, purchase)


def release(id: str, on: date, purchase: str, memo: str, entries: Iterable[Entry]) -> Entry:
    """Give back to each partner all that is still committed for a purchase: it ended, or was not delivered."""
    left = open_commitment(entries, purchase)
    if not sum(left.values()):
        raise LedgerError(f"Nothing is committed for {purchase}.")
    return _move(id, on, memo, Kind.COMMITTED, Kind.AVAILABLE, left, purchase)


def open_commitment(entries: Iterable[Entry], purchase: str) -> dict[str, int]:
    """Pence still committed for a purchase, by partner."""
    return _by_partner(balances(e for e in entries if e.about == purchase), Kind.COMMITTED)


def reconcile(entries: Iterable[Entry]) -> list[Finding]:
    """What does not add up, with no tolerance: the whole, each partner, the accounts and each purchase. None when all
    is well."""
    entries = list(entries)
    accounts = balances(entries)
    found = [*_whole(accounts), *_partners(accounts), *_below_nought(accounts, "")]
    for purchase in sorted({e.about for e in entries if e.about}):
        of_purchase = balances(e for e in entries if e.about == purchase)
        spent = {a: v for a, v in of_purchase.items() if a.kind in (Kind.COMMITTED, Kind.PAID)}
        found += _below_nought(spent, f" of {purchase}")
    return found


def _whole(accounts: Mapping[Account, int]) -> list[Finding]:
    rest = sum(accounts.values())
    return [_fault("unbalanced", "journal", f"All accounts sum to {pounds(rest)}, not £0.00.")] if rest else []


def _partners(accounts: Mapping[Account, int]) -> list[Finding]:
    held = {p: position(accounts, p) for p in sorted({a.partner for a in accounts})}
    gaps = {p: h.contributed - h.available - h.committed - h.paid for p, h in held.items()}
    return [
        _fault("partner-unbalanced", partner, f"{pounds(gap)} of {partner}'s money is unaccounted for.")
        for partner, gap in gaps.items()
        if gap
    ]


def _below_nought(accounts: Mapping[Account, int], of: str) -> list[Finding]:
    return [
        _fault("overdrawn", f"{account}{of}", f"{account}{of} is overdrawn by {pounds(-amount)}.")
        for account, amount in sorted(accounts.items())
        if account.kind is not Kind.CONTRIBUTED and amount < 0
    ]


def _fault(code: str, where: str, what: str) -> Finding:
    return Finding(f"ledger.{code}", Severity.ERROR, where, what, "Stop payments and find the entry.")


def _move(id: str, on: date, memo: str, source: Kind, to: Kind, parts: Mapping[str, int], about: str = "") -> Entry:
    postings = tuple(
        Posting(Account(kind, partner), sign * amount)
        for partner, amount in sorted(parts.items())
        if amount
        for kind, sign in ((source, -1), (to, 1))
    )
    return Entry(id, on, memo, postings, about)


def _draw(left: Mapping[str, int], amount: int, what: str) -> dict[str, int]:
    total = sum(left.values())
    if not can_commit(total, amount):
        raise LedgerError(f"{pounds(amount)} is asked for, and {pounds(total)} {what}.", "Ask for no more than that.")
    partners = sorted(left)
    return dict(zip(partners, share(amount, [left[p] for p in partners]), strict=True))


def _by_partner(accounts: Mapping[Account, int], kind: Kind) -> dict[str, int]:
    return {a.partner: v for a, v in accounts.items() if a.kind is kind}


def _positive(amount: int) -> int:
    if amount <= 0:
        raise LedgerError(f"{pounds(amount)} cannot be moved.", "Give an amount above nought.")
    return amount
