"""Money in, prices, and purchases: each one transaction, with its journal entry and its audit row."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from carestead.commission import fund as rules
from carestead.core.finding import CaresteadError, UsageError
from carestead.core.money import pounds, times
from carestead.store.actor import Actor
from carestead.store.audit.actions import record_write
from carestead.store.commission import books
from carestead.store.commission.models import Contribution, Fund, PriceListItem, Purchase


class OverspendError(CaresteadError):
    """The fund has less than the purchase costs. Nothing was bought. `left_pence` is what there is."""

    def __init__(self, cost: int, left: int) -> None:
        super().__init__(
            f"This costs {pounds(cost)} and the fund has {pounds(left)} left.",
            "Buy fewer hours or fewer weeks, or ask the commissioner to add to the fund.",
        )
        self.cost_pence = cost
        self.left_pence = left


@transaction.atomic
def open_fund(*, code: str, name: str, year: int, by: Actor) -> Fund:
    """A new, empty fund for the financial year that starts in April of `year`. Raises UsageError when it exists."""
    if Fund.objects.filter(code=code).exists():
        raise UsageError(f"There is already a fund called {code}.", "Choose another code.")
    fund = Fund.objects.create(code=code, name=name, year=year, opened_at=timezone.now(), opened_by=by.name)
    record_write(by=by, action="open-fund", detail={"fund": code})
    return fund


@transaction.atomic
def contribute(
    *, fund: Fund, organisation_code: str, organisation_name: str, amount_pence: int, by: Actor
) -> Contribution:
    """Put an organisation's money into the fund. Raises UsageError for an amount that is not positive."""
    if amount_pence <= 0:
        raise UsageError(f"A contribution of {pounds(amount_pence)} is no contribution.", "Give a positive amount.")
    entry = books.keep(
        fund,
        rules.contribute(
            books.new_id(), localdate(), organisation_code, amount_pence, f"Contribution of {organisation_name}"
        ),
        kind="contribution",
        by=by,
    )
    record_write(by=by, action="contribute", detail={"fund": fund.code, "pence": amount_pence})
    return Contribution.objects.create(
        entry=entry,
        organisation_code=organisation_code,
        organisation_name=organisation_name,
        amount_pence=amount_pence,
    )


@transaction.atomic
def set_price(
    *, fund: Fund, provider_code: str, provider_name: str, hour_pence: int, valid_from: date, by: Actor
) -> PriceListItem:
    """A provider's price of an hour of home care from a day on."""
    record_write(by=by, action="set-price", detail={"provider": provider_code, "pence": hour_pence})
    return PriceListItem.objects.create(
        fund=fund,
        provider_code=provider_code,
        provider_name=provider_name,
        hour_pence=hour_pence,
        valid_from=valid_from,
    )


def cost_pence(item: PriceListItem, hours_per_week: Decimal, weeks: int) -> int:
    """Price of an hour × hours a week × weeks, rounded half to even to the penny."""
    return times(item.hour_pence, hours_per_week * weeks)


@transaction.atomic
def buy_care_package(
    *,
    person_id: int,
    item: PriceListItem,
    hours_per_week: Decimal,
    weeks: int,
    start_date: date,
    token: UUID,
    by: Actor,
) -> Purchase:
    """Buy home care for a person out of the item's fund: purchase, journal and audit in one transaction.

    The same `token` twice gives the first purchase again and spends nothing. Raises OverspendError when the fund
    has too little left, and then nothing is written.
    """
    # The fund's row is the lock: on PostgreSQL by FOR UPDATE, on SQLite the transaction took the write lock at once.
    fund = Fund.objects.select_for_update().get(pk=item.fund_id)
    if done := Purchase.objects.filter(token=token).first():
        return done
    cost = cost_pence(item, hours_per_week, weeks)
    left = books.where_the_money_is(fund).available
    if cost <= 0:
        raise UsageError("Nothing is asked for.", "Give hours and weeks above nought.")
    if cost > left:
        raise OverspendError(cost, left)
    words = f"Home care, {hours_per_week:g} hours a week for {weeks} weeks from {item.provider_name}"
    entry = books.keep(
        fund,
        rules.commit(books.new_id(), localdate(), token.hex, cost, words, books.so_far(fund)),
        kind="commitment",
        by=by,
    )
    record_write(by=by, action="buy-care-package", people=[person_id], detail={"fund": fund.code, "pence": cost})
    return Purchase.objects.create(
        entry=entry,
        person_id=person_id,
        provider_code=item.provider_code,
        provider_name=item.provider_name,
        kind=item.kind,
        hours_per_week=hours_per_week,
        weeks=weeks,
        start_date=start_date,
        hour_pence=item.hour_pence,
        total_pence=cost,
        token=token,
        bought_by=by.name,
        bought_at=timezone.now(),
    )
