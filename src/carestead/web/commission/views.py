"""The commissioner's pages: the fund, and the two ways to pay."""

from django.http import Http404, HttpRequest
from django.views.decorators.http import require_GET

from carestead.core.finding import UsageError
from carestead.store.actor import PLANNING, Actor, Role
from carestead.store.commission.models import Fund
from carestead.web.commission import presenters
from carestead.web.published import published
from carestead.web.shell.doors import Download, Page, door


def _fund() -> Fund:
    fund = Fund.objects.order_by("-year", "pk").first()
    if fund is None:
        raise UsageError("No fund has been opened yet.", "Open one before looking at it.")
    return fund


@require_GET
@door(Role.COMMISSIONER, discloses="nobody", action="see-fund")
def fund(request: HttpRequest, actor: Actor) -> Page:
    """How much is left, who put it in, what it is doing."""
    found = published()
    context = {"title": "Fund", "as_of": found.as_of, **presenters.fund_page(found, _fund())}
    return Page("commission/fund.jinja", context)


@require_GET
@door(Role.COMMISSIONER, discloses="nobody", action="take-journal")
def journal(request: HttpRequest, actor: Actor) -> Download:
    """The fund's journal, one row a posting."""
    columns = ("date", "entry", "kind", "words", "account", "amount_pence")
    return Download("fund-journal.csv", columns, presenters.journal_rows(_fund()))


@require_GET
@door(*PLANNING, discloses="nobody", action="see-ways-to-pay")
def ways_to_pay(request: HttpRequest, actor: Actor) -> Page:
    """The same activity paid two ways."""
    found = published()
    context = {"title": "Two ways to pay", "as_of": found.as_of, "silent": found.silent, **presenters.two_ways(found)}
    return Page("commission/ways_to_pay.jinja", context)


@require_GET
@door(*PLANNING, discloses="nobody", action="take-ways-to-pay")
def ways_to_pay_csv(request: HttpRequest, actor: Actor) -> Download:
    """The comparison as a table."""
    made = presenters.two_ways(published())
    rows = [
        [r.code, made["names"].get(r.code, r.code), r.activity, r.capitation, r.same_pot] for r in made["compared"].rows
    ]
    columns = ("practice_code", "practice", "by_activity_pence", "by_head_pence", "by_head_same_total_pence")
    return Download("two-ways-to-pay.csv", columns, rows)


@require_GET
@door(*PLANNING, discloses="nobody", action="see-payment-lines")
def payment_lines(request: HttpRequest, actor: Actor, rule: str, practice: str) -> Page:
    """The lines behind one practice's amount under one rule."""
    found = published()
    if rule not in presenters.RULES or practice not in found.practices:
        raise Http404
    rows = found.rows("commission/lines", rule=rule, practice=practice)
    name = found.organisation_name(practice)
    context = {
        "title": f"{name}, paid {presenters.RULES[rule]}",
        "as_of": found.as_of,
        "rule": rule,
        "name": name,
        **presenters.lines(rows, found),
    }
    return Page("commission/payment_lines.jinja", context)
