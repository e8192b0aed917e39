"""The only module that knows the order of the rooms: it turns deliveries into published tables.

deliveries → link people → spread into buckets → fold → the rooms' steps, by what they read and give → publish
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from carestead.core.area import Area
from carestead.core.finding import Finding, UsageError
from carestead.core.step import DecisionStep, SetStep, Step
from carestead.engines import lake
from carestead.engines.base import Engine, Progress, Receipt, Statement, Task
from carestead.engines.catalogue import Catalogue
from carestead.engines.decide import about_nobody, decide, give
from carestead.engines.earlier import assignment_before, register_before
from carestead.engines.fold import fold_tasks, pieces
from carestead.engines.work import read_receipt
from carestead.record.linking import link as link_people
from carestead.tables import check, delivered_tables, table

RECORDS = {"source", "file", "quarantine", "code", "link", "link_review"}
"""Tables about records that no room's step gives."""

ROOMS = ("record", "find", "assign", "care", "commission", "measure")


@dataclass(frozen=True)
class Run:
    """What a run published, and the receipts of the parts it had to make anew."""

    manifest: lake.Manifest
    made: tuple[Receipt, ...]


def run(
    area: Area,
    *,
    as_of: date,
    engine: Engine,
    decisions: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    instead: Mapping[str, Step] | None = None,
    extra: Sequence[Step] = (),
    progress: Progress | None = None,
) -> Run:
    """Publish a snapshot of the area as of a day. `decisions` maps kinds of what people decided to rows; `instead`
    maps names of steps to steps that take their place, such as a score over a site's own code list; `extra` are steps
    besides those of the rooms, such as those of a model that the area has chosen.

    Equal deliveries, decisions, `as_of` and code give equal receipts on every engine; parts already made are used
    again. Raises BusyError when somebody else writes to the area, UsageError when nothing was delivered.
    """
    with area.lock("a run"):
        lake.tidy(area)
        delivered, adopted = lake.deliveries(area), lake.adopted(area)
        if not delivered and not adopted:
            raise UsageError(
                f"Nothing was delivered to {area.path} yet.", f"Type: carestead ingest --area {area.path} PATH"
            )
        every = [*steps(instead), *extra]
        return _Flow(area, as_of, engine, every, progress).publish(delivered, adopted, decisions or {})


def as_known(
    area: Area,
    *,
    day: date,
    wanted: Collection[str],
    engine: Engine,
    instead: Mapping[str, Step] | None = None,
    extra: Sequence[Step] = (),
    progress: Progress | None = None,
) -> lake.Manifest:
    """The contract tables `wanted` as of another day, from the records of the newest snapshot: the same steps with
    another `as_of`. Nothing is published; the parts last until the next run. Raises as `run`, and TypeError when no
    step gives what a needed one reads.
    """
    with area.lock("looking back"):
        published = lake.current(area)
        needed = _needed([*steps(instead), *extra], wanted)
        flow = _Flow(area, day, engine, needed, progress)
        known, adopted = set(delivered_tables()) | RECORDS, {p.path for p in lake.adopted(area)}
        flow._keep(p for p in published.parts if p.table in known or p.path in adopted)
        for stage in stages(needed, known):
            flow._stage(stage)
    return replace(published, id=f"{published.id} on {day}", as_of=day, parts=tuple(flow.parts))


def link(area: Area, *, decisions: Sequence[Mapping[str, Any]] = (), progress: Progress | None = None) -> Receipt:
    """Link the people of all deliveries, without the rest of a run."""
    with area.lock("linking"):
        lake.tidy(area)
        catalogue = Catalogue(area, lake.deliveries(area))
        return catalogue.link(link_people, decisions, _stages_of(progress))[0]


class _Flow:
    """One run: what has been published so far, part by part."""

    def __init__(
        self, area: Area, as_of: date, engine: Engine, every: Sequence[Step], progress: Progress | None
    ) -> None:
        self.area, self.as_of, self.engine, self.steps, self.progress = area, as_of, engine, every, progress
        self.parts: list[Receipt] = []
        self.made: list[Receipt] = []
        self.findings: list[Finding] = []

    def publish(
        self,
        delivered: list[lake.Delivery],
        adopted: list[Receipt],
        decisions: Mapping[str, Sequence[Mapping[str, Any]]],
    ) -> Run:
        self._keep(adopted)
        if delivered:
            self._records(Catalogue(self.area, delivered), decisions)
        decided = list(decisions.get("decision", ()))
        self._keep([give(self.area, "decision", "decisions", decided)])
        self._keep([give(self.area, "wish", "decisions", list(decisions.get("wish", ())))])
        self.findings += about_nobody(self.area, self._paths("link", None), decided)
        self._keep([earlier(self.area, self.as_of) for earlier in (register_before, assignment_before)])
        ready = set(delivered_tables()) | RECORDS | {p.table for p in self.parts}
        for stage in stages(self.steps, ready):
            self._stage(stage)
        self._keep([give(self.area, "finding", "flow", [f.as_dict() for f in self._all_findings()])])
        manifest = lake.publish(
            self.area,
            as_of=self.as_of,
            engine=self.engine.name,
            published_at=datetime.now(UTC).isoformat(timespec="seconds"),
            inputs=[d.id for d in delivered],
            parts=self.parts,
        )
        return Run(manifest, tuple(self.made))

    def _records(self, catalogue: Catalogue, decisions: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Deliveries become contract tables: linked, coded, in buckets, each row once."""
        self._keep(catalogue.receipts())
        self._keep(catalogue.link(link_people, decisions.get("link", ()), _stages_of(self.progress)))
        spread = catalogue.spread_tasks()
        self.engine.spread(spread, label="Putting people's records together", progress=self.progress)
        self._keep(self._run(fold_tasks(self.area, pieces(catalogue)), "Sorting each person's record"))

    def _stage(self, stage: Sequence[Step]) -> None:
        sets = [s for s in stage if isinstance(s, SetStep)]
        if sets and sets[0].per == "bucket":
            tasks = [self._task(sets, b) for b in range(self.area.buckets)]
        else:
            tasks = [self._task([s], None) for s in sets]
        if tasks:
            self._keep(self._run(tasks, _label(sets)))
        for step in stage:
            if isinstance(step, DecisionStep):
                self._decide(step)

    def _task(self, sets: Sequence[SetStep], bucket: int | None) -> Task:
        """One task that runs several steps on a bucket, so that the bucket's rows are near when the next needs them."""
        given: dict[str, list[tuple[str, str]]] = {}
        views: dict[str, tuple[str, ...]] = {}
        statements = []
        for step in sets:
            for name in step.reads:
                views.setdefault(name, self._paths(name, bucket))
            inputs = {n: sorted([*self._identities(n, bucket), *given.get(n, [])]) for n in step.reads}
            params = step.bound(self.as_of)
            key = lake.digest(step.name, step.text(), [r.rows for r in step.references], params, inputs)
            output = lake.part_path(self.area, step.gives, step.name, bucket, key)
            statements.append(Statement(step.name, step.gives, step.text(), output, key, params, step.references))
            given.setdefault(step.gives, []).append((step.name, key))
        return Task(bucket, views, tuple(statements))

    def _decide(self, step: DecisionStep) -> None:
        """A decision is made here, not on the engine: it reads small tables and writes small tables."""
        inputs = {n: sorted(self._identities(n, None)) for n in step.reads}
        views = {n: self._paths(n, None) for n in step.reads}
        receipts, findings, new = decide(self.area, step, views, self.as_of, inputs)
        self.findings += findings
        self._keep(receipts)
        self.made += receipts if new else []

    def _run(self, tasks: Iterable[Task], label: str) -> list[Receipt]:
        tasks = list(tasks)
        before = {r for t in tasks for r in _there(t)}
        receipts = self.engine.run(tasks, label=label, progress=self.progress)
        self.made += [r for r in receipts if r.path not in before]
        return receipts

    def _paths(self, name: str, bucket: int | None) -> tuple[str, ...]:
        return tuple(p.path for p in self._of(name, bucket))

    def _identities(self, name: str, bucket: int | None) -> list[tuple[str, str]]:
        return [(p.step, f"{p.rows}-{p.checksum}") for p in self._of(name, bucket)]

    def _of(self, name: str, bucket: int | None) -> Iterator[Receipt]:
        every = bucket is None or table(name).per == "area"
        return (p for p in self.parts if p.table == name and (every or p.bucket == bucket))

    def _keep(self, receipts: Iterable[Receipt]) -> None:
        self.parts += receipts

    def _all_findings(self) -> list[Finding]:
        """What steps found, and each breach of a contract, counted over the buckets."""
        counts: dict[tuple[str, str], int] = {}
        for part in self.parts:
            for name, n in part.breaches.items():
                counts[part.table, name] = counts.get((part.table, name), 0) + n
        breaches = [f for (t, name), n in sorted(counts.items()) for f in check.findings(table(t), {name: n})]
        return [*self.findings, *breaches]


def steps(instead: Mapping[str, Step] | None = None) -> list[Step]:
    """Every step of every room, found by its folder: a module's `step`, or its `steps`; or what is to stand for it."""
    found: list[Step] = []
    for room in ROOMS:
        package = import_module(f"carestead.{room}")
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            loaded = import_module(module.name)
            found += [*getattr(loaded, "steps", ()), *([loaded.step] if hasattr(loaded, "step") else [])]
    return sorted(((instead or {}).get(s.name, s) for s in found), key=lambda s: s.name)


def stages(every: Sequence[Step], ready: set[str]) -> Iterator[list[Step]]:
    """Steps in an order in which each finds what it reads: alternating runs of bucket steps and area steps.

    Raises TypeError when steps wait for one another, or for a table nobody gives.
    """
    waiting, ready = list(every), set(ready)
    while waiting:
        per = "bucket" if _ready(waiting, ready, "bucket") else "area"
        stage: list[Step] = []
        while now := _ready(waiting, ready, per):
            stage += now
            waiting = [s for s in waiting if s not in now]
            ready |= {t for s in now for t in gives(s) if not any(t in gives(w) for w in waiting)}
            if per == "area":
                break
        if not stage:
            wants = {t for s in waiting for t in s.reads} - ready
            raise TypeError(f"Steps {', '.join(s.name for s in waiting)} wait for {', '.join(sorted(wants))}.")
        yield stage


def gives(step: Step) -> tuple[str, ...]:
    """The tables a step gives rows to."""
    return (step.gives,) if isinstance(step, SetStep) else step.gives


def _needed(every: Sequence[Step], wanted: Collection[str]) -> list[Step]:
    """The steps that give the wanted tables, and those that give what these read, and so on."""
    names, before = set(wanted), set[str]()
    while names != before:
        before = set(names)
        names |= {t for s in every if names & set(gives(s)) for t in s.reads}
    return [s for s in every if names & set(gives(s))]


def _ready(waiting: Sequence[Step], ready: set[str], per: str) -> list[Step]:
    return [s for s in waiting if s.per == per and all(t in ready for t in s.reads)]


def _there(task: Task) -> list[str]:
    return [s.output for s in task.statements if read_receipt(s.output)]


def _stages_of(progress: Progress | None) -> Callable[[int, int, str], None]:
    """Linking tells how far it is by stage; here that is one line of progress."""
    return lambda done, of, what: progress("Linking people across sources", done, of) if progress else None


def _label(sets: Sequence[SetStep]) -> str:
    names = sorted({s.gives for s in sets})
    return "Working out " + ", ".join(n.replace("_", " ") for n in names[:3]) + (" …" if len(names) > 3 else "")


__all__ = ["Run", "as_known", "link", "run", "stages", "steps"]
