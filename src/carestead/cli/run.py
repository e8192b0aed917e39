"""`carestead run`: publish the tables."""

import json
import os
from datetime import date
from pathlib import Path

import click

from carestead import flow, models, results
from carestead.cli import options
from carestead.cli.progress import progress
from carestead.cli.segments import rules_in
from carestead.core.area import Area, open_area
from carestead.core.finding import UsageError
from carestead.core.step import Step
from carestead.engines.base import Engine
from carestead.find.items import listed
from carestead.find.register.place import place_step
from carestead.find.risk.in_use import risk_steps
from carestead.find.rules.ruled import rule_steps
from carestead.reference import releases
from carestead.sources import decisions

STORE = "store.sqlite3"


@click.command()
@options.area
@click.option("--as-of", type=options.Day(), default=None, help="The day to run for; today when left out.")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True)
@click.option("--spark-master", default=None, help="The Spark cluster, e.g. spark://host:7077.")
@click.option("--memory", type=float, default=4.0, show_default=True, help="Gigabytes the engine may use.")
@click.option(
    "--capacity",
    type=click.IntRange(0),
    default=None,
    help="Places on each practice's register; a share of its adults when left out.",
)
@click.option(
    "--segments",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    default=None,
    help="Your own rule set of segments (carestead segments FILE checks it).",
)
@click.option("--json", "as_json", is_flag=True, help="Print the receipts as JSON.")
def command(
    area: Path, as_of: date | None, engine: str, spark_master: str | None, memory: float, capacity: int | None,
    segments: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Link people, find who has complex needs, propose who looks after whom, publish the tables."""
    opened = open_area(area)
    own = rule_steps(rules_in(segments)) if segments else {}
    runner = _engine(opened, engine, spark_master, memory)
    try:
        with progress() as report:
            run = flow.run(
                opened, as_of=as_of or options.today(), engine=runner, decisions=_decisions(opened),
                instead={
                    **listed.list_steps(releases.pinned(opened.codelists)), **own,
                    "register_place": place_step(capacity),
                },
                extra=_model(opened), progress=report,
            )  # fmt: skip
    finally:
        runner.close()
    click.echo(_as_json(run) if as_json else _summary(opened, run))


def _model(area: Area) -> list[Step]:
    """The steps of the model of risk in use, where one was chosen with `carestead risk use`."""
    used = models.chosen(area)
    return risk_steps(used.id, used.model, used.card) if used else []


def _engine(area: Area, name: str, master: str | None, memory: float) -> Engine:
    if name == "duckdb":
        from carestead.engines.duckdb import DuckDB

        return DuckDB(area.scratch, memory_gb=memory)
    if not master:
        raise UsageError("The Spark engine needs a cluster.", "Name it: --spark-master spark://host:7077")
    try:
        from carestead.engines.spark import Spark
    except ModuleNotFoundError as error:
        raise UsageError("pyspark is not installed.", "Type: pip install 'carestead[spark]'") from error
    return Spark(area.scratch, master=master, memory_gb=memory / 4)


def _decisions(area: Area) -> dict[str, list[dict[str, object]]]:
    """What people decided on pages since, if anybody has opened pages at all."""
    if (area.path / STORE).exists() or "CARESTEAD_DB" in os.environ:
        from carestead import store

        store.configure(area.path)
        store.migrate(area.path)
        from carestead.store import decisions as decided

        decided.write(area.path)
    return decisions.read(area.path)


def _summary(area: Area, run: flow.Run) -> str:
    with results.Snapshot(area, run.manifest) as snapshot:
        found = snapshot.rows(
            "select severity, count(*) as n from finding group by severity order by severity", ("finding",)
        )
        names = ("person", "event", "score", "register_entry", "assignment")
        rows = [f"  {name.replace('_', ' '):<16}{snapshot.count(name):>14,} rows" for name in names]
    said = ", ".join(f"{f['n']} {f['severity']}" for f in found) or "none"
    head = f"Published {run.manifest.id} as of {run.manifest.as_of}: {len(run.made)} parts made, the others were there."
    return "\n".join([head, *rows, f"  findings: {said} (carestead show finding --area {area.path})"])


def _as_json(run: flow.Run) -> str:
    parts = [
        {"table": p.table, "step": p.step, "bucket": p.bucket, "rows": p.rows, "checksum": p.checksum,
         "seconds": round(p.seconds, 4)}
        for p in run.manifest.parts
    ]  # fmt: skip
    head = {"snapshot": run.manifest.id, "as_of": str(run.manifest.as_of), "engine": run.manifest.engine}
    return json.dumps(head | {"made": len(run.made), "parts": parts}, indent=1)
