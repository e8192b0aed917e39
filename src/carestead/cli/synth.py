"""`carestead synth`: a neighbourhood of made-up people."""

import json
import shutil
from datetime import date
from pathlib import Path

import click

from carestead import synth
from carestead.cli import options
from carestead.cli.progress import progress
from carestead.core.area import create_area
from carestead.core.finding import UsageError
from carestead.engines.adopt import adopt
from carestead.engines.base import Progress
from carestead.engines.duckdb import connect

MADE = "synth.json"


@click.command()
@click.option("--people", type=click.IntRange(100), default=30_000, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed, the same people.")
@click.option("--as-of", type=options.Day(), default=date(2026, 3, 31), help="Their records end on this day.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the files.")
@click.option("--lake", is_flag=True, help="Make OUT an area whose tables are written directly, for scale; no files.")
def command(people: int, seed: int, as_of: date, out: Path, lake: bool) -> None:
    """Make a neighbourhood as its suppliers would send it, with the truth in a file of its own."""
    said = {"people": people, "seed": seed, "as_of": str(as_of), "lake": lake}
    if _made(out, said):
        click.echo(f"{out} already holds these {people:,} people.")
        return
    with progress() as report:
        (_lake if lake else _files)(out, people, seed, as_of, report)
    (out / MADE).write_text(json.dumps(said) + "\n", encoding="utf-8")
    click.echo(f"{people:,} made-up people are in {out}.")


def _made(out: Path, said: dict[str, object]) -> bool:
    if not out.exists() or not any(out.iterdir()):
        return False
    try:
        there = json.loads((out / MADE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(f"{out} is not empty.", "Name a new folder: --out DIR") from None
    if there != said:
        raise UsageError(f"{out} holds other people: {there}.", "Name a new folder: --out DIR")
    return True


def _files(out: Path, people: int, seed: int, as_of: date, report: Progress) -> None:
    """Written beside, then renamed: a stopped run leaves nothing that looks whole."""
    half = out.with_name(f"{out.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    synth.write_sources(connect(half / ".scratch"), half, people=people, seed=seed, as_of=as_of, progress=report)
    shutil.rmtree(half / ".scratch", ignore_errors=True)
    if out.exists():
        out.rmdir()
    half.replace(out)


def _lake(out: Path, people: int, seed: int, as_of: date, report: Progress) -> None:
    area = create_area(out, name=out.name, people=people, synthetic=True)
    con = connect(area.scratch, memory="6GB")
    into = area.lake / "adopted"
    synth.lake(con, into, people=people, seed=seed, as_of=as_of, buckets=area.buckets, progress=report)
    adopt(con, area, into, report)
