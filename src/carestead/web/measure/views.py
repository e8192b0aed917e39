"""How we are doing: rates by practice, what chance explains and what it does not."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.views.decorators.http import require_GET

from carestead.measure import funnel
from carestead.outputs import svg
from carestead.store.actor import PLANNING, Actor
from carestead.web.published import Published, Row, published
from carestead.web.shell.doors import Download, Page, door


@require_GET
@door(*PLANNING, discloses="nobody", action="see-measures")
def how_we_are_doing(request: HttpRequest, actor: Actor) -> Page:
    """One funnel plot a measure, its sentence and its table."""
    found = published()
    measures = [_measure(found, rates) for rates in _newest(found)]
    context = {"title": "How we are doing", "as_of": found.as_of, "silent": found.silent, "measures": measures}
    return Page("measure/how_we_are_doing.jinja", context)


@require_GET
@door(*PLANNING, discloses="nobody", action="take-measures")
def rates_csv(request: HttpRequest, actor: Actor) -> Download:
    """Every rate, as published: small numbers are empty."""
    rows = published().rows("measure/rates")
    columns = list(rows[0]) if rows else []
    return Download("rates.csv", columns, [[r[c] for c in columns] for r in rows])


def _newest(found: Published) -> list[list[Row]]:
    """The newest period of each measure."""
    groups = [list(g) for _, g in groupby(found.rows("measure/rates"), key=lambda r: r["measure"])]
    return [[r for r in rates if r["period_end"] == rates[0]["period_end"]] for rates in groups]


def _measure(found: Published, rates: list[Row]) -> dict[str, Any]:
    names = {r["organisation_code"]: found.organisation_name(r["organisation_code"]) for r in rates}
    chart = funnel.chart(rates, names)
    marks = {p.label: p.mark for p in chart.points}
    rows = [
        {**r, "name": names[r["organisation_code"]], "mark": marks.get(names[r["organisation_code"]])} for r in rates
    ]
    return {
        "title": chart.title,
        "sentence": chart.sentence,
        "unit": chart.y_label,
        "svg": svg.funnel(chart, rates[0]["measure"]),
        "rows": rows,
        "first": rates[0]["period_start"],
        "last": rates[0]["period_end"],
    }
