"""`carestead codes`: releases of code lists, side by side; which is in use; what changed and what is left out."""

import csv
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table as Grid

from carestead import results
from carestead.cli import options
from carestead.core.area import Area, open_area
from carestead.core.coding import SYSTEMS
from carestead.core.finding import UsageError
from carestead.engines import lake
from carestead.find import items
from carestead.reference import default_codelist, load, names, releases
from carestead.reference.exclusions import removed
from carestead.sources import codelists

TOUCHED = """select count(distinct person_id) as people from event where code_id in (
select code_id from code where (system, code) in (select unnest($systems), unnest($codes)))"""


@click.group()
def command() -> None:
    """Code lists as versioned facts: import a release, pin it, compare two, see what is left out."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@options.area
@click.option("--as", "id", required=True, metavar="ID", help="The list it is a release of, such as efi.")
@click.option("--version", required=True, help="The release; its codes never change.")
@click.option("--system", default="", help=f"Coding system, snomed when left out: {', '.join(SYSTEMS)}.")
@click.option("--group-column", default="", help="The column of groups; group or deficit when left out.")
@click.option("--code-column", default="", help="The column of codes, or its number in a file without heading.")
@click.option("--refset", default="", help="The reference set, in an RF2 file that holds several.")
@click.option("--title", default="", help="What people call it.")
@click.option("--licence", default="", help="Under which licence the site holds it.")
@click.option("--source", default="", help="Who published it, and where.")
@click.option("--expect-count", "count", type=int, default=None, help="Refuse unless it has so many codes, each "
              "counted once a group.")  # fmt: skip
@click.option("--expect-sha256", "sha256", default="", help="Refuse unless the file has this SHA-256.")
@click.option("--pin/--no-pin", "pinned", default=True, help="Use it from the next run on (the default), or not yet.")
def import_(area: Path, pinned: bool, **said: object) -> None:
    """Make a release of FILE: a CSV with a column of codes, or a SNOMED CT simple reference set (RF2)."""
    wanted = codelists.Wanted(**said)  # type: ignore[arg-type]  the options have the names of its fields
    if not wanted.title and wanted.id in names("scores"):
        wanted = replace(wanted, title=load("scores", wanted.id)["title"])
    made = codelists.import_codelist(open_area(area), wanted, _groups(wanted.id), pinned=pinned)
    name = f"{made.release.id}, release {made.release.version}"
    state = "is there now" if made.new else "was there already"
    click.echo(f"Code list {name} {state}: {made.rows:,} codes by group, {made.codes:,} different ones.")
    for f in made.findings:
        click.echo(f"  {f.severity.value}: {f.where}: {f.what}")
    left_out = len(removed(made.release.read()))
    if left_out:
        click.echo(f"  {left_out:,} are left out when it is used: carestead codes excluded {wanted.id} --area {area}")
    if wanted.id not in items.wanted_lists():
        click.echo("  No score or flag asks for it.")
    click.echo(
        f"  In use from the next run on: carestead run --area {area}" if pinned else "  Not in use: see codes pin"
    )


@command.command()
@click.argument("id")
@click.argument("version")
@options.area
def pin(id: str, version: str, area: Path) -> None:
    """Use release VERSION of code list ID from the next run on."""
    found = codelists.pin(open_area(area), id, version)
    click.echo(f"{found.id} {found.version} ({found.kind}) is in use from the next run on: carestead run --area {area}")


@command.command("list")
@options.area
def list_(area: Path) -> None:
    """Every list, its releases side by side, and which is in use."""
    site = open_area(area).codelists
    every, used = releases.releases(site), releases.in_use(site)
    rows = [_listed(r, used.get(r.id) == r) for r in every]
    rows += [(i, "none", "", "", "", "", "nobody is looked for", "") for i in items.wanted_lists() if i not in used]
    _grid(("list", "release", "in use", "kind", "codes", "sha256", "system", "licence"), sorted(rows))


@command.command()
@click.argument("id")
@click.argument("a")
@click.argument("b")
@options.area
def diff(id: str, a: str, b: str, area: Path) -> None:
    """What changed in code list ID from release A to release B, and how many people's records hold such a code."""
    opened = open_area(area)
    old, new = (releases.release(id, version, opened.codelists).read() for version in (a, b))
    found = releases.changes(old, new)
    rows = [(c.group, sign, code) for c in found for sign, codes in (("+", c.added), ("-", c.removed))
            for code in sorted(codes.values)]  # fmt: skip
    _grid(("group", "", "code"), rows)
    added, gone = (sum(len(getattr(c, what)) for c in found) for what in ("added", "removed"))
    click.echo(f"From {a} to {b}: {added:,} codes added, {gone:,} removed, in {len(found):,} groups.")
    touched = {(c.added.system, code) for c in found for code in c.added.values | c.removed.values}
    if touched and (people := _people(opened, touched)) is not None:
        click.echo(f"  {people:,} people of the newest snapshot have a record with one of these codes.")


@command.command()
@click.argument("id", required=False)
@options.area
def excluded(id: str | None, area: Path) -> None:
    """What reviewed exclusions leave out of the release in use, as CSV: of code list ID, or of all."""
    used = releases.in_use(open_area(area).codelists)
    if id is not None and id not in used:
        raise UsageError(f"There is no code list {id}.", f"There are: {', '.join(sorted(used))}.")
    out = csv.writer(sys.stdout)
    out.writerow(("list", "release", "group", "system", "code", "reason"))
    for release in [used[id]] if id else used.values():
        for e in removed(release.read()):
            out.writerow((release.id, release.version, e.group, e.code.system, e.code.code, e.reason))


def _groups(id: str) -> codelists.Groups:
    shipped = default_codelist(id)
    return codelists.Groups(items.known_groups(id), frozenset(shipped.groups() if shipped else ()))


def _listed(r: releases.Release, used: bool) -> tuple[str, ...]:
    facts = r.facts
    return (
        r.id, r.version, "yes" if used else "", r.kind, f"{facts['rows']:,}", facts["sha256"][:8],
        str(facts.get("system", "")), str(facts.get("licence", "not stated")).partition(".")[0],
    )  # fmt: skip


def _people(area: Area, codes: Iterable[tuple[str, str]]) -> int | None:
    """How many people's records hold one of these codes; None when nothing was published yet."""
    try:
        lake.current(area)
    except UsageError:
        return None
    systems, values = zip(*sorted(codes), strict=True)
    with results.latest(area) as snapshot:
        return int(snapshot.rows(TOUCHED, ("event", "code"), systems=list(systems), codes=list(values))[0]["people"])


def _grid(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    grid = Grid()
    for column in columns:
        grid.add_column(column, overflow="fold")
    for row in rows:
        grid.add_row(*row)
    Console(width=None if sys.stdout.isatty() else 200).print(grid)
