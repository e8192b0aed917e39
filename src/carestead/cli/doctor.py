"""`carestead doctor`: is everything here that is needed, and is the area sound?"""

import importlib.metadata
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from carestead import results
from carestead.care.clocks import LONG_ABSENCE, clocks, long_absence
from carestead.care.hours import desk_facts, desk_hours
from carestead.care.rungs import differences, rungs
from carestead.cli import options
from carestead.core.area import Area, open_area
from carestead.core.finding import CaresteadError
from carestead.engines import lake
from carestead.engines.work import read_receipt
from carestead.reference import releases
from carestead.reference.calendars import working_calendar
from carestead.reference.practices import slips
from carestead.reference.site import CLOCKS, DESK, ESCALATION, PRACTICES, own

if TYPE_CHECKING:
    from carestead.store.jobs.health import Health

Check = tuple[str, bool, str]


@click.command()
@options.area
@click.option("--json", "as_json", is_flag=True, help="Print the checks as JSON.")
def command(area: Path, as_json: bool) -> None:
    """Check the installation and the area; exits with 1 when something is wrong."""
    checks = [*_installation(), *_area(area), *_worker(area)]
    if as_json:
        click.echo(json.dumps([{"check": c, "ok": ok, "says": says} for c, ok, says in checks], indent=1))
    else:
        for what, ok, says in checks:
            click.echo(f"{'ok   ' if ok else 'WRONG'}  {what}: {says}")
    sys.exit(0 if all(ok for _, ok, _ in checks) else 1)


def _installation() -> Iterator[Check]:
    yield "python", sys.version_info >= (3, 11), sys.version.split()[0]
    for package in ("duckdb", "splink", "ortools", "pyarrow"):
        try:
            yield package, True, importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            yield package, False, "not installed; type: make setup"
    optional = (("django", "pages"), ("pyspark", "clusters"), ("scikit-learn", "risks"), ("lightgbm", "risks"))
    for package, why in optional:
        try:
            yield package, True, importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            yield package, True, f"not installed; only needed for {why}"


def _area(path: Path) -> Iterator[Check]:
    try:
        area = open_area(path)
    except CaresteadError as refusal:
        yield "area", False, str(refusal)
        return
    yield "area", True, f"{area.name}, {area.buckets} buckets, {'synthetic' if area.synthetic else 'real'} people"
    free = shutil.disk_usage(area.path).free
    yield "disk", free > 2**30, f"{free / 2**30:.1f} GiB free"
    delivered = lake.deliveries(area)
    yield "deliveries", bool(delivered), f"{len(delivered)} from {len({d.source['name'] for d in delivered})} sources"
    yield _codelists(area)
    yield _changed("clocks", area.path / CLOCKS, _clocks)
    yield _practices(area)
    yield _changed("desk", area.path / DESK, _desk)
    yield _changed("escalation", area.path / ESCALATION, _escalation)
    yield from _snapshot(area)


def _codelists(area: Area) -> Check:
    """A release that is pinned must be there, unchanged, or the next run would refuse to begin."""
    try:
        used = releases.pinned(area.codelists)
    except CaresteadError as refusal:
        return "code lists", False, str(refusal)
    pins = ", ".join(f"{i} {found.version}" for i, found in used.items())
    return "code lists", True, f"pinned: {pins}" if pins else "used as shipped"


def _changed(name: str, file: Path, what_differs: Callable[[Mapping[str, Any], str], list[str]]) -> Check:
    """What a site's own file changes of what is shipped, in words: the store does not open with one that cannot be."""
    try:
        changed = what_differs(own(file), str(file))
    except CaresteadError as refusal:
        return name, False, str(refusal)
    return name, True, f"changed by {file.name}: {', '.join(changed)}" if changed else "used as shipped"


def _clocks(said: Mapping[str, Any], where: str) -> list[str]:
    """Which limits of time the site has made its own."""
    shipped, used, long = clocks(), clocks(said, where), long_absence(said, where)
    changed = [f"{c.name} {c.words} (shipped: {shipped[c.name].words})" for c in used.values() if c != shipped[c.name]]
    if long != long_absence():
        changed.append(f"{LONG_ABSENCE} {long.days} (shipped: {long_absence().days})")
    return changed


def _desk(said: Mapping[str, Any], where: str) -> list[str]:
    """When the site's duty desks are open, and who answers when they are not, where it says so itself."""
    shipped = desk_hours(desk_facts(), working_calendar())
    used = desk_hours(desk_facts(said, where), working_calendar())
    pairs = ((used.words, shipped.words), ("out of hours " + used.elsewhere, shipped.elsewhere))
    return [f"{mine} (shipped: {was})" for mine, was in pairs if not mine.endswith(was)]


def _escalation(said: Mapping[str, Any], where: str) -> list[str]:
    """What differs of the ladder by which people hear that something is late."""
    return differences(rungs(said, where))


def _practices(area: Area) -> Check:
    """Whether what the site wrote of its practices can be used, and of which it says nothing."""
    file, known = area.path / PRACTICES, _practice_codes(area)
    try:
        said = own(file)
    except CaresteadError as refusal:
        return "practices", False, str(refusal)
    if wrong := list(slips(said, known, str(file))):
        return "practices", False, " ".join(wrong)
    return "practices", True, f"{len(said)} as {file.name} says{_silent(sorted((known or set()) - said.keys()), area)}"


def _silent(practices: list[str], area: Area) -> str:
    """Which practices nobody said the number of, and what comes of it: the first of them by code."""
    if not practices:
        return ""
    instead = "with made-up telephone numbers" if area.synthetic else "print no letters until it says their number"
    more = f" and {len(practices) - 5} more" if len(practices) > 5 else ""
    return f"; {len(practices)} {instead}: {', '.join(practices[:5])}{more}"


def _practice_codes(area: Area) -> set[str] | None:
    """The published practices; None where nothing is published, or its parts are gone."""
    try:
        snapshot = results.latest(area)
    except CaresteadError:
        return None
    if any(read_receipt(path) is None or not Path(path).exists() for path in snapshot.manifest.paths("practice")):
        return None
    with snapshot:
        return {row["practice_code"] for row in snapshot.rows("select practice_code from practice", ("practice",))}


def _snapshot(area: Area) -> Iterator[Check]:
    try:
        manifest = lake.current(area)
    except CaresteadError as refusal:
        yield "snapshot", False, str(refusal)
        return
    yield "snapshot", True, f"{manifest.id} as of {manifest.as_of}, published {manifest.published_at}"
    missing = [p.path for p in manifest.parts if not Path(p.path).exists() or read_receipt(p.path) is None]
    yield (
        "parts",
        not missing,
        f"{len(manifest.parts)} parts, {len(missing)} missing" + (f": {missing[0]}" if missing else ""),
    )


def _worker(path: Path) -> Iterator[Check]:
    """Whether what is done later is done. Without a store nothing waits, so nothing is wrong."""
    if not (os.environ.get("CARESTEAD_DB") or (path / "store.sqlite3").exists()):
        return
    from carestead import store

    try:
        store.configure(path)
    except CaresteadError as refusal:
        yield "store", False, str(refusal)
        return
    from django.db.utils import Error
    from django.utils import timezone

    from carestead.store.jobs.health import health

    try:
        found = health(timezone.now())
    except Error as error:
        yield "store", False, f"it cannot be read ({error}); type: carestead serve --area {path}"
        return
    yield from _figures(found)


def _figures(found: "Health") -> Iterator[Check]:
    age = "never seen" if found.beat_age is None else f"heartbeat {found.beat_age.total_seconds():.0f} s ago"
    waits = f"{found.waiting} jobs due, the longest for {found.late_by.total_seconds():.0f} s"
    idle = "" if found.working else "; none runs: carestead serve or carestead worker starts one"
    yield "worker", found.on_time, f"{age}, {waits}{idle}"
    yield (
        "outbox",
        found.tells,
        f"{found.outbox_lag.total_seconds():.0f} s behind, {found.unsent} unsent, "
        f"{found.switched_off} subscriptions switched off",
    )
    yield "dead jobs", not found.dead, f"{found.dead} given up"
