"""The fund's books as stored: entries of the ledger's kind in rows, and balances out of them."""

from datetime import date
from uuid import uuid4

from django.db.models import Sum
from django.utils import timezone

from carestead.commission.fund import Position, position
from carestead.commission.ledger import Account, Entry
from carestead.commission.ledger import Posting as LedgerPosting
from carestead.store.actor import Actor
from carestead.store.commission.models import Fund, JournalEntry, Posting


def new_id() -> str:
    """An id for a new entry."""
    return uuid4().hex


def keep(fund: Fund, entry: Entry, *, kind: str, by: Actor) -> JournalEntry:
    """Write a balanced entry. Call it inside a transaction that holds the fund."""
    kept = JournalEntry.objects.create(
        fund=fund,
        reference=entry.id,
        at=timezone.now(),
        kind=kind,
        words=entry.memo,
        about=entry.about,
        by_role=by.role,
    )
    Posting.objects.bulk_create(
        Posting(entry=kept, account=str(p.account), amount_pence=p.amount) for p in entry.postings
    )
    return kept


def balances(fund: Fund) -> dict[Account, int]:
    """Pence in each account of the fund."""
    rows = Posting.objects.filter(entry__fund=fund).values("account").annotate(pence=Sum("amount_pence"))
    return {Account.parse(row["account"]): row["pence"] for row in rows.order_by("account")}


def so_far(fund: Fund) -> list[Entry]:
    """All entries of the fund drawn into one: what the ledger's rules need to know, however long the journal is."""
    postings = tuple(LedgerPosting(account, pence) for account, pence in balances(fund).items() if pence)
    return [Entry("so-far", date.min, "All entries so far", postings)] if postings else []


def where_the_money_is(fund: Fund) -> Position:
    """Contributed, available, committed and paid, in pence."""
    return position(balances(fund))
