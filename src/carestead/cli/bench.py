"""`carestead bench`: the benchmark table."""

import json
import os
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table as Grid

from carestead import bench


@click.command()
@click.option("--people", type=click.IntRange(1000), default=1_000_000, show_default=True)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("build/bench"), show_default=True)
@click.option("--runs", type=click.IntRange(1), default=3, show_default=True, help="Counted runs of short figures.")
@click.option("--only", multiple=True, type=click.Choice(bench.subjects()), help="Only these subjects.")
@click.option("--shared", type=click.Path(path_type=Path), default=None, envvar="CARESTEAD_SHARED",
              help="The folder that holds data/ with real data sets.")  # fmt: skip
def command(people: int, out: Path, runs: int, only: tuple[str, ...], shared: Path | None) -> None:
    """Measure carestead against the bare engine, each figure a ratio in one run; saves figures.json."""
    out.mkdir(parents=True, exist_ok=True)
    setting = bench.Setting(people, out, runs, shared if shared and (shared / "data").is_dir() else None)
    found = []
    for figure in bench.figures(setting, list(only) or bench.subjects()):
        found.append(figure)
        click.echo(f"{figure.subject}: {figure.what}: {figure.ratio:.2f} x {figure.against}", err=True)
    said = {"people": people, "cores": os.cpu_count(), "figures": [f.as_dict() for f in found]}
    (out / "figures.json").write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    (out / "figures.md").write_text(_markdown(found), encoding="utf-8")
    _print(found)
    click.echo(f"Saved in {out / 'figures.json'} and {out / 'figures.md'}.")


def _print(found: list[bench.Figure]) -> None:
    grid = Grid(title="Ratios, measured in this run")
    for name in ("subject", "what", "seconds", "ratio", "of", "its seconds", "target", "peak MB", "note"):
        grid.add_column(name, overflow="fold")
    for f in found:
        grid.add_row(
            f.subject, f.what, f"{f.seconds:.3f}", f"{f.ratio:.2f}", f.against, f"{f.against_seconds:.3f}",
            f.bar, f"{f.peak_mb:,.0f}", f.note,
        )  # fmt: skip
    Console(width=200).print(grid)


def _markdown(found: list[bench.Figure]) -> str:
    names = ("subject", "what", "against", "ratio", "bar", "seconds", "its seconds", "peak MB", "note")
    head = f"| {' | '.join(names)} |\n{'|---' * len(names)}|\n"
    return head + "".join(
        f"| {f.subject} | {f.what} | {f.against} | **{f.ratio:.2f}** | {f.bar} "
        f"| {f.seconds:.3g} | {f.against_seconds:.3g} | {f.peak_mb:,.0f} | {f.note} |\n"
        for f in found
    )
