"""The fund: contributions in, purchases out, never more than there is."""

from datetime import date
from decimal import Decimal
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Sum
from django.utils import timezone
from tests.at_once import at_once

from carestead.core.finding import UsageError
from carestead.store.audit.models import AuditEvent
from carestead.store.commission import books
from carestead.store.commission.actions import OverspendError, buy_care_package, contribute, open_fund
from carestead.store.commission.models import JournalEntry, Posting, PriceListItem, Purchase


def buy(by, *, person_id=7, hours="10", weeks=2, token=None):
    item = PriceListItem.objects.get()
    return buy_care_package(
        person_id=person_id,
        item=item,
        hours_per_week=Decimal(hours),
        weeks=weeks,
        start_date=date(2026, 11, 23),
        token=token or uuid4(),
        by=by,
    )


def test_a_purchase_draws_on_every_partner_and_the_books_balance(fund, coordinator):
    bought = buy(coordinator)
    assert bought.total_pence == 50_000
    where = books.where_the_money_is(fund)
    assert (where.contributed, where.available, where.committed) == (100_000, 50_000, 50_000)
    assert {str(a): p for a, p in books.balances(fund).items() if a.kind == "available"} == {
        "available:nhs": 30_000,
        "available:council": 20_000,
    }
    assert Posting.objects.aggregate(s=Sum("amount_pence"))["s"] == 0


def test_the_journal_names_nobody(fund, coordinator):
    buy(coordinator)
    words = JournalEntry.objects.get(kind="commitment").words
    assert words == "Home care, 10 hours a week for 2 weeks from Kettle & Co"


def test_overspending_writes_nothing_and_says_what_is_left(fund, coordinator):
    before = (JournalEntry.objects.count(), AuditEvent.objects.count())
    with pytest.raises(OverspendError, match=r"costs £1,025\.00 and the fund has £1,000\.00 left"):
        buy(coordinator, hours="10.25", weeks=4)
    assert (JournalEntry.objects.count(), AuditEvent.objects.count()) == before
    assert not Purchase.objects.exists()


def test_the_last_penny_can_be_spent(fund, coordinator):
    buy(coordinator, hours="10", weeks=4)
    assert books.where_the_money_is(fund).available == 0
    with pytest.raises(OverspendError):
        buy(coordinator, hours="0.25", weeks=1)


def test_the_same_token_twice_buys_once(fund, coordinator):
    token = uuid4()
    first, second = buy(coordinator, token=token), buy(coordinator, token=token)
    assert first.pk == second.pk
    assert books.where_the_money_is(fund).committed == 50_000


@pytest.mark.parametrize("pence", [0, -1])
def test_a_contribution_is_positive(fund, commissioner, pence):
    with pytest.raises(UsageError, match="is no contribution"):
        contribute(fund=fund, organisation_code="nhs", organisation_name="NHS", amount_pence=pence, by=commissioner)


def test_a_fund_is_opened_once(fund, commissioner):
    with pytest.raises(UsageError, match="already a fund called f26"):
        open_fund(code="f26", name="Again", year=2026, by=commissioner)


def test_many_buyers_at_once_cannot_overspend(opened_fund, coordinator):
    """Sixteen buyers want a sixth of the fund each: six get it, ten are refused, nothing is lost or made."""

    def one(person_id: int) -> str:
        try:
            buy(coordinator, person_id=person_id, hours="3", weeks=2)  # 15,000 of 100,000 pence
        except OverspendError:
            return "refused"
        return "bought"

    results = at_once([partial(one, n) for n in range(16)])
    assert sorted(results) == ["bought"] * 6 + ["refused"] * 10
    assert books.where_the_money_is(opened_fund).available == 10_000
    assert Purchase.objects.aggregate(s=Sum("total_pence"))["s"] == 90_000
    assert AuditEvent.objects.filter(action="buy-care-package").count() == 6
    assert JournalEntry.objects.filter(kind="commitment", at__lte=timezone.now()).count() == 6


@pytest.mark.django_db
def test_the_database_is_set_up_to_keep_what_it_acknowledged():
    if connection.vendor != "sqlite":
        pytest.skip("these are SQLite's settings; this run is on PostgreSQL")
    with connection.cursor() as cursor:
        cursor.execute("pragma journal_mode")
        assert cursor.fetchone()[0] in ("wal", "memory")
        cursor.execute("pragma synchronous")
        assert cursor.fetchone()[0] == 2
    assert connection.transaction_mode == "IMMEDIATE"
