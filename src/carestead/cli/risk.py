"""`carestead risk`: fit a risk of emergency admission, list the models there are, choose one. For evaluation only."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from carestead import __version__, flow, models, results
from carestead.cli import options
from carestead.cli.progress import progress
from carestead.core.area import Area, open_area
from carestead.core.finding import UsageError
from carestead.core.purpose import Purpose
from carestead.engines import lake
from carestead.engines.base import Engine, Progress, Receipt
from carestead.engines.duckdb import DuckDB
from carestead.find import risk
from carestead.find.items import listed
from carestead.find.risk import in_use, people, split, terms, train
from carestead.find.risk.fit import fit as fit_and_test
from carestead.reference import load, releases
from carestead.tables import delivered_tables

BETWEEN = timedelta(days=364)
"""From an index date to the last day of its year."""
PEOPLE = """select f.* exclude (practice_code), f.practice_code as practice, coalesce(p.ethnicity, '') as ethnicity,
    o.admitted, o.died, o.left_area as left
from risk_feature f join risk_outcome o using (person_id) join person p using (person_id)
where f.person_id not in (select person_id from opt_out where purpose = $purpose)
    and list_contains($practices, f.practice_code)
    and cast(person_id as bigint) * 2654435761 % 1000003 < $share * 1000003
order by person_id"""
MEETINGS = "select count(*) as n from encounter where start_date < $day and start_date >= $day - interval 365 day"


@click.group()
def command() -> None:
    """Risk of emergency admission in the next year: for evaluation, until conformity is assessed."""


@command.command()
@options.area
@click.option("--index-date", type=options.Day(), default=None, help="First day of the year that is to be foretold.")
@click.option("--use", is_flag=True, help="Use the model from the next run on.")
@click.option("--memory", type=float, default=4.0, show_default=True, help="Gigabytes the engine may use.")
def fit(area: Path, index_date: date | None, use: bool, memory: float) -> None:
    """Fit on some practices, test on others, keep the model and its card."""
    opened = open_area(area)
    with progress() as report:
        kept = _fit(opened, index_date, DuckDB(opened.scratch, memory_gb=memory), report)
    if use:
        models.choose(opened, kept.id)
    for line in _said(kept):
        click.echo(line)
    if not use:
        click.echo(f"Use it with: carestead risk use {kept.id} --area {area}")


@command.command("list")
@options.area
def list_models(area: Path) -> None:
    """The models there are, the newest first; the one in use has a star."""
    opened = open_area(area)
    used = models.chosen(opened)
    for kept in models.every(opened):
        figures = kept.card["models"]["logistic"]["measures"]["auroc"]
        star = "*" if used and used.id == kept.id else " "
        click.echo(f"{star} {kept.id}  index date {kept.card['index']['test']}  AUROC {_interval(figures)}")
    if not models.every(opened):
        click.echo(f"There are none. Type: carestead risk fit --area {area}")


@command.command()
@options.area
@click.argument("model")
def use(area: Path, model: str) -> None:
    """Use MODEL from the next run on; `none` uses none."""
    opened = open_area(area)
    models.choose(opened, None if model == "none" else model)
    click.echo(f"From the next run on: {model} ({risk.LABEL}). Type: carestead run --area {area}")


def _fit(area: Area, index_date: date | None, engine: Engine, report: Progress) -> models.Kept:
    settings = load("find", "risk")
    with results.latest(area) as newest:
        test = _index_date(newest.as_of, index_date)
        counts = {d: newest.rows(MEETINGS, ("encounter",), day=d)[0]["n"] for d in (test, test - split.YEAR)}
        snapshot, as_of, records = newest.manifest.id, str(newest.as_of), _records(newest.manifest)
    dates = split.by_time(test, counts)
    tested = _cohort(area, dates.test, engine, report)
    fitted = _cohort(area, dates.fit, engine, report) if dates.apart else tested
    with results.Snapshot(area, tested) as at_test, results.Snapshot(area, fitted) as at_fit:
        drawn = split.by_practice(_practices(at_test), test_share=settings["test_share"], seed=settings["seed"])
        groups = _people(at_fit, drawn.fit, settings), _people(at_test, drawn.test, settings)
        everybody = _people(at_test, drawn.fit | drawn.test, settings)
        found = fit_and_test(*groups, everybody, settings, report)
    card = {
        "title": settings["title"], "settings": settings["id"], "synthetic": area.synthetic, "records": records,
        "as_of": as_of,
        "index": {"fit": str(dates.fit), "test": str(dates.test), "apart": dates.apart, "why": dates.why},
        "practices": {"fit": sorted(drawn.fit), "test": sorted(drawn.test)},
        "capacity": settings["capacity"], "seed": settings["seed"],
        "versions": {"carestead": __version__, **train.versions()},
        **found.figures,
    }  # fmt: skip
    made = {"fitted_at": datetime.now(UTC).isoformat(timespec="seconds"), "snapshot": snapshot}
    return models.keep(area, model=found.model.as_dict(), trees=found.trees, card=card, made=made)


def _records(manifest: lake.Manifest) -> str:
    """Names the records that were looked at, whatever was made of them since."""
    return lake.digest([p.identity for p in manifest.parts if p.table in delivered_tables()])


def _index_date(as_of: date, asked: date | None) -> date:
    latest = as_of - BETWEEN
    if asked and asked > latest:
        raise UsageError(
            f"The year from {asked} is not over on {as_of}, the date of the newest snapshot.",
            f"Name a day up to {latest}: --index-date {latest}",
        )
    return asked or latest


def _cohort(area: Area, index: date, engine: Engine, report: Progress) -> Any:
    """What was known of people by the end of the day before, and what became of them from the day on, as a snapshot."""
    extra, instead = in_use.looking_steps(), listed.list_steps(releases.pinned(area.codelists))
    before = flow.as_known(
        area,
        day=index - timedelta(days=1),
        wanted={"risk_feature"},
        engine=engine,
        instead=instead,
        extra=extra,
        progress=report,
    )
    after = flow.as_known(
        area, day=index + BETWEEN, wanted={"risk_outcome"}, engine=engine, instead=instead, extra=extra, progress=report
    )
    parts = [p for p in before.parts if p.table in ("risk_feature", "person")]
    parts += [p for p in after.parts if p.table == "risk_outcome"]
    return replace(before, parts=(*parts, *_opt_outs(area)))


def _opt_outs(area: Area) -> list[Receipt]:
    """Opt-outs as they stand today, whatever the index date: evaluation is research."""
    found = [p for p in lake.current(area).parts if p.table == "opt_out"]
    if not found:
        raise UsageError(
            "The newest snapshot does not say who has opted out.", f"Type: carestead run --area {area.path}"
        )
    return found


def _practices(snapshot: results.Snapshot) -> dict[str, int]:
    sql = "select practice_code, count(*) as n from risk_feature group by practice_code order by practice_code"
    return {r["practice_code"]: r["n"] for r in snapshot.rows(sql, ("risk_feature",))}


def _people(snapshot: results.Snapshot, codes: frozenset[str], settings: Mapping[str, Any]) -> people.People:
    share = min(1.0, settings["most_people"] / max(1, sum(n for c, n in _practices(snapshot).items() if c in codes)))
    table = snapshot.arrow(
        PEOPLE,
        ("risk_feature", "risk_outcome", "person", "opt_out"),
        practices=sorted(codes),
        share=share,
        purpose=str(Purpose.RESEARCH),
    )
    columns = {name: table[name].to_numpy(zero_copy_only=False) for name in table.column_names}
    return people.from_columns(columns, terms.labels())


def _said(kept: models.Kept) -> list[str]:
    card = kept.card
    fitted, tested = card["fitted_on"], card["tested_on"]
    lines = [
        f"{card['title']}, model {kept.id}: {card['for']}.",
        f"  fitted on {fitted['people']:,} people of {len(card['practices']['fit'])} practices"
        f" from {card['index']['fit']},"
        f" tested on {tested['people']:,} of {len(card['practices']['test'])} others from {card['index']['test']}",
    ]
    if not card["index"]["apart"]:
        lines.append(f"  not tested in a later year: {card['index']['why']}")
    for name in ("logistic", "lightgbm"):
        m = card["models"][name]["measures"]
        lines.append(
            f"  {name:<9} AUROC {_interval(m['auroc'])}  slope {_interval(m['slope'])}  PPV {_interval(m['ppv'])}"
        )
    if card["synthetic"]:
        lines.append(
            "  Everybody is made up: these figures show that the parts work together, not that it helps anybody."
        )
    return lines


def _interval(e: Mapping[str, float | None]) -> str:
    return "not known" if e["value"] is None else f"{e['value']:.3f} ({e['lower']:.3f} to {e['upper']:.3f})"
