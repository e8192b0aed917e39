"""Buying home care for an enrolled person: a form, a page to check the answers, one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from carestead.core.finding import UsageError
from carestead.core.money import pounds
from carestead.store.access import Action
from carestead.store.actor import Actor, Role
from carestead.store.commission import books
from carestead.store.commission.actions import OverspendError, buy_care_package, cost_pence
from carestead.store.commission.models import Fund, PriceListItem
from carestead.web.find.people import Known, one, require
from carestead.web.published import Published, published
from carestead.web.record.banner import banner
from carestead.web.shell.dates import split_date
from carestead.web.shell.doors import Page, Refused, door
from carestead.web.shell.typed import Typed

MOST_HOURS = 168
MOST_WEEKS = 104


@dataclass
class BuyForm:
    """What was typed, and what is wrong with it."""

    data: Mapping[str, str]
    prices: dict[str, PriceListItem]
    earliest: date
    errors: dict[str, str] = field(default_factory=dict)
    item: PriceListItem | None = None
    hours: Decimal = Decimal(0)
    weeks: int = 0
    start: date | None = None
    token: UUID | None = None

    def check(self) -> bool:
        """True when it can be bought, if the fund has enough; else `errors` says what to type where."""
        self.item = self.prices.get(self.data.get("provider", ""))
        if self.item is None:
            self.errors["provider"] = "Choose who gives the care."
        self._numbers()
        self.start = Typed(self.data, self.errors).day("start")
        if self.start and self.start < self.earliest:
            self.errors["start-day"] = f"The first day cannot be before {self.earliest:%-d %B %Y}."
        try:
            self.token = UUID(self.data.get("token", ""))
        except ValueError:
            self.errors["provider"] = "The form was incomplete. Load the page again."
        return not self.errors

    def _numbers(self) -> None:
        try:
            self.hours = Decimal(self.data.get("hours", "").strip())
            wrong = not self.hours.is_finite() or not 0 < self.hours <= MOST_HOURS or self.hours * 4 % 1 != 0
        except InvalidOperation:
            wrong = True
        if wrong:
            self.errors["hours"] = "Type the hours a week, more than 0 and at most 168, in quarters: for example 7.5."
        self.weeks = Typed(self.data).whole("weeks")
        if not 0 < self.weeks <= MOST_WEEKS:
            self.errors["weeks"] = f"Type for how many weeks, from 1 to {MOST_WEEKS}."


@require_http_methods(["GET", "POST"])
@door(Role.CARE_COORDINATOR, discloses="people", action="buy-home-care")
def buy(request: HttpRequest, actor: Actor, person_id: int) -> Page | HttpResponse:
    """The form; then the answers to check; then the purchase."""
    found = published()
    known = one(found, actor, person_id)
    require(actor, Action.BUY, known)
    if known.row["death_date"]:
        raise Refused("This person has died; no care can be bought.", [person_id])
    fund = Fund.objects.order_by("-year", "pk").first()
    if fund is None:
        raise UsageError("There is no fund to buy from.", "The commissioner opens one.")
    if request.method == "GET":
        first = {"token": str(uuid4()), **split_date("start", found.as_of)}
        return _form(found, known, fund, first, {})
    form = BuyForm(request.POST, _prices(fund, found.as_of), found.as_of)
    if not form.check():
        return _form(found, known, fund, request.POST, form.errors)
    return _second(request, actor, found, known, fund, form)


def _second(
    request: HttpRequest, actor: Actor, found: Published, known: Known, fund: Fund, form: BuyForm
) -> Page | HttpResponse:
    assert form.item is not None
    cost, left = cost_pence(form.item, form.hours, form.weeks), books.where_the_money_is(fund).available
    step = request.POST.get("step")
    if step == "change":
        return _form(found, known, fund, request.POST, {})
    if step != "confirm" and cost <= left:
        return _check(found, known, form, cost, left)
    try:
        assert form.start is not None and form.token is not None
        bought = buy_care_package(
            person_id=known.person_id,
            item=form.item,
            hours_per_week=form.hours,
            weeks=form.weeks,
            start_date=form.start,
            token=form.token,
            by=actor,
        ) if step == "confirm" else None  # fmt: skip
        if bought is None:
            raise OverspendError(cost, left)
    except OverspendError as refused:
        return _form(found, known, fund, request.POST, {"hours": str(refused)})
    now_left = pounds(books.where_the_money_is(fund).available)
    messages.success(
        request,
        f"Bought: {bought.hours_per_week:g} hours of home care a week for {bought.weeks} weeks from "
        f"{bought.provider_name}, {pounds(bought.total_pence)}. The fund has {now_left} left. "
        f"Next: tell {bought.provider_name} when to come first; it is listed under Care in place.",
    )
    return redirect("person", person_id=known.person_id)


def _prices(fund: Fund, day: date) -> dict[str, PriceListItem]:
    """The price in force of each provider, by provider code."""
    items = PriceListItem.objects.filter(fund=fund, kind="home-care", valid_from__lte=day).order_by("valid_from", "pk")
    return {i.provider_code: i for i in items}


def _form(found: Published, known: Known, fund: Fund, data: Mapping[str, str], errors: dict[str, str]) -> Page:
    prices = _prices(fund, found.as_of)
    context = {
        "title": "Buy home care",
        "as_of": found.as_of,
        "banner": banner(found, known),
        "person_id": known.person_id,
        "fund": fund,
        "left": books.where_the_money_is(fund).available,
        "providers": [(c, f"{i.provider_name}, {pounds(i.hour_pence)} an hour") for c, i in prices.items()],
        "data": data,
        "errors": errors,
    }
    return Page("commission/buy.jinja", context, people=[known.person_id], status=400 if errors else 200)


def _check(found: Published, known: Known, form: BuyForm, cost: int, left: int) -> Page:
    context = {
        "title": "Check before you buy",
        "as_of": found.as_of,
        "banner": banner(found, known),
        "person_id": known.person_id,
        "form": form,
        "cost": cost,
        "left": left,
        "after": left - cost,
        "kept": [(k, v) for k, v in form.data.items() if k not in ("csrfmiddlewaretoken", "step")],
    }
    return Page("commission/check.jinja", context, people=[known.person_id])
