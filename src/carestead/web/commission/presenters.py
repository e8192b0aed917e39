"""What the pages about money show. They name nobody, and withhold counts of fewer than five."""

from typing import Any

from django.db.models import Count, Sum

from carestead.commission.ledger import Account, Kind
from carestead.commission.replay import replay
from carestead.store.commission import books
from carestead.store.commission.models import Contribution, Fund, JournalEntry, Purchase
from carestead.web.published import Published, Row

SMALL = 5
"""Counts of fewer people or things are withheld."""

RULES = {"activity": "by activity", "capitation": "by head"}


def fund_page(found: Published, fund: Fund) -> dict[str, Any]:
    """Where the fund's money is, who put it in, what it is committed to, its journal."""
    bought = Purchase.objects.filter(entry__fund=fund).values("provider_name")
    commitments = bought.annotate(n=Count("pk"), pence=Sum("total_pence")).order_by("-pence")
    accounts = books.balances(fund)
    return {
        "fund": fund,
        "position": books.where_the_money_is(fund),
        "contributions": [
            _contribution(c, accounts) for c in Contribution.objects.filter(entry__fund=fund).order_by("pk")
        ],
        "commitments": [{**c, "n": c["n"] if c["n"] >= SMALL else None} for c in commitments],
        "journal": [_entry(e) for e in _entries(fund)[:100]],
    }


def _contribution(row: Contribution, accounts: dict[Account, int]) -> dict[str, Any]:
    left = accounts.get(Account(Kind.AVAILABLE, row.organisation_code), 0)
    return {"name": row.organisation_name, "at": row.entry.at, "pence": row.amount_pence, "left": left}


def _entries(fund: Fund) -> Any:
    return JournalEntry.objects.filter(fund=fund).prefetch_related("postings").order_by("-pk")


def _entry(entry: JournalEntry) -> dict[str, Any]:
    change = sum(p.amount_pence for p in entry.postings.all() if p.account.startswith(f"{Kind.AVAILABLE}:"))
    return {"at": entry.at, "kind": entry.get_kind_display(), "words": entry.words, "change": change}


def journal_rows(fund: Fund) -> list[list[Any]]:
    """One row a posting, for CSV."""
    return [
        [f"{e.at:%Y-%m-%d}", e.reference, e.kind, e.words, p.account, p.amount_pence]
        for e in _entries(fund)
        for p in e.postings.all()
    ]


def two_ways(found: Published) -> dict[str, Any]:
    """The same activity paid by activity and by head, practice by practice."""
    names = {code: found.organisation_name(code) for code in found.practices}
    compared = replay(found.rows("commission/payments"), names)
    period = found.rows("commission/period")[0]
    most = max([r.activity for r in compared.rows] + [r.capitation for r in compared.rows], default=0)
    return {"compared": compared, "names": names, "period": period, "most": most}


def lines(rows: list[Row], found: Published) -> dict[str, Any]:
    """The lines behind one amount; lines of fewer than five are added up without saying what they were for."""
    shown = [{**r, "provider": found.organisation_name(r["provider_code"])} for r in rows if r["quantity"] >= SMALL]
    small = [r for r in rows if r["quantity"] < SMALL]
    return {
        "lines": shown,
        "withheld": len(small),
        "withheld_pence": sum(r["amount_pence"] for r in small),
        "total": sum(r["amount_pence"] for r in rows),
    }
