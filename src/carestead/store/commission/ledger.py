"""The fund's books: entries whose postings add up to nought, and balances made of them."""

from collections.abc import Mapping

from django.db.models import Sum
from django.utils import timezone

from carestead.core.finding import CaresteadError
from carestead.store.actor import Actor
from carestead.store.commission.models import Fund, JournalEntry, Posting

AVAILABLE = "available"
COMMITTED = "committed"
CONTRIBUTED = "contributed"


class UnbalancedError(CaresteadError):
    """An entry's postings do not add up to nought; nothing was written."""


def post(fund: Fund, *, kind: str, words: str, postings: Mapping[str, int], by: Actor) -> JournalEntry:
    """Write one balanced entry. `postings` maps accounts to pence. Call it inside a transaction."""
    if sum(postings.values()) or not any(postings.values()):
        raise UnbalancedError(f"The entry '{words}' does not balance: {dict(postings)}.")
    entry = JournalEntry.objects.create(fund=fund, at=timezone.now(), kind=kind, words=words, by_role=by.role)
    Posting.objects.bulk_create(Posting(entry=entry, account=a, amount_pence=p) for a, p in postings.items() if p)
    return entry


def balances(fund: Fund) -> dict[str, int]:
    """Pence on each account of the fund. Contributions are shown negative: the fund owes what it was given."""
    rows = Posting.objects.filter(entry__fund=fund).values("account").annotate(pence=Sum("amount_pence"))
    return {row["account"]: row["pence"] for row in rows.order_by("account")}


def available(fund: Fund) -> int:
    """Pence that nothing has been promised out of."""
    return balances(fund).get(AVAILABLE, 0)
