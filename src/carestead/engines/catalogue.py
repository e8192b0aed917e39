"""The catalogue of deliveries: numbers for sources, files, codes and people, and what still has to be spread."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from carestead.core.area import Area
from carestead.core.finding import Finding, Severity
from carestead.engines import lake
from carestead.engines.base import Receipt, SpreadTask
from carestead.engines.decide import give, write_part
from carestead.engines.duckdb import Connection, connect
from carestead.engines.work import quote, read_receipt
from carestead.tables import delivered_tables, table


class Catalogue:
    """All deliveries of an area in the order they came. The numbers it gives never change as more arrive."""

    def __init__(self, area: Area, delivered: Sequence[lake.Delivery]) -> None:
        self.area = area
        self.delivered = list(delivered)
        self.source_ids = {n: i for i, n in enumerate(dict.fromkeys(d.source["name"] for d in delivered), start=1)}
        self.link_path = ""
        self._links: dict[str, dict[int, str]] = {}

    @cached_property
    def con(self) -> Connection:
        """A connection for the catalogue's own small queries."""
        return connect(self.area.scratch, memory="4GB")

    @cached_property
    def first_file_ids(self) -> dict[str, int]:
        """The file_id of each delivery's file 0."""
        ids, following = {}, 1
        for d in self.delivered:
            ids[d.id] = following
            following += len(d.files)
        return ids

    def receipts(self) -> list[Receipt]:
        """The area tables that say what was delivered: source, file, quarantine, code."""
        return [
            give(self.area, "source", "deliveries", self._sources()),
            give(self.area, "file", "deliveries", list(self._files())),
            self._cached("quarantine", self._quarantine_sql()),
            self.code,
        ]

    @cached_property
    def code(self) -> Receipt:
        """The part of table code: every code of every delivery."""
        return self._cached("code", self._code_sql())

    def _sources(self) -> list[dict[str, Any]]:
        latest = {d.source["name"]: d for d in self.delivered}
        fields = ("name", "title", "kind", "organisation_code", "expected_every_days")
        newest = {n: max(d.delivered_on for d in self.delivered if d.source["name"] == n) for n in latest}
        return [
            {f: d.source.get(f) for f in fields} | {"source_id": self.source_ids[n], "last_delivery": newest[n]}
            for n, d in latest.items()
        ]

    def _files(self) -> Iterator[dict[str, Any]]:
        for d in self.delivered:
            for f in d.files:
                for kind, counts in f["types"].items():
                    yield {
                        "file_id": self.first_file_ids[d.id] + f["file"],
                        "source_id": self.source_ids[d.source["name"]],
                        "name": f["name"],
                        "sha256": f["sha256"],
                        "bytes": f["bytes"],
                        "type": kind,
                        "delivered_on": d.delivered_on,
                        **{name: counts[name] for name in ("read", "loaded", "ignored", "quarantined")},
                    }

    def _quarantine_sql(self) -> str:
        names = [n for n in table("quarantine").names() if n != "file_id"]
        columns = ", ".join(f'"{n}"' for n in names)
        selects = [
            f"select {self.first_file_ids[d.id]} + file_id as file_id, {columns}"
            f" from {quote(d.path / 'quarantine.parquet')}"
            for d in self.delivered
            if (d.path / "quarantine.parquet").exists()
        ]
        empty = ", ".join(f'cast(null as {k}) as "{n}"' for n, k in table("quarantine").types().items())
        return " union all ".join(selects) or f"select {empty} where false"

    def _code_sql(self) -> str:
        """Every code met, numbered by the delivery that first brought it: later deliveries only add numbers."""
        selects = [f"select {i} as first, * from {quote(self._codes(d))}" for i, d in enumerate(self.delivered)]
        return f"""select row_number() over (order by first, system, code) as code_id, system, code, display
            from (select min(first) as first, system, code, arg_min(display, first) as display
                  from ({" union all ".join(selects)}) group by system, code)"""

    def _cached(self, name: str, sql: str) -> Receipt:
        key = lake.digest(name, [d.id for d in self.delivered])
        output = lake.part_path(self.area, name, "deliveries", None, key)
        return read_receipt(output) or write_part(self.area, name, "deliveries", key, f"({sql})", self.con)

    def _codes(self, d: lake.Delivery) -> Path:
        selects = [
            f"select {s}_system as system, {s} as code, {s}_display as display from {quote(d.path / f'{t}.parquet')}"
            for t in d.tables
            if t in delivered_tables()
            for s in (c.name.removesuffix("_id") for c in table(t).columns if c.role == "code")
        ]
        sql = (
            " union all ".join(selects)
            or "select null::varchar as system, null::varchar as code, null::varchar as display"
        )
        return self._cache(
            d, "codes", f"select system, code, min(display) as display from ({sql}) where code is not null group by all"
        )

    def _people(self, d: lake.Delivery) -> Path:
        selects = [f"select source_person_id from {quote(d.path / f'{t}.parquet')}" for t in self._bucket_tables(d)]
        sql = " union all ".join(selects) or "select null::varchar as source_person_id"
        return self._cache(
            d, "people", f"select distinct source_person_id from ({sql}) where source_person_id is not null"
        )

    def _cache(self, d: lake.Delivery, name: str, sql: str) -> Path:
        path = self.area.lake / "cache" / f"{d.id}-{name}.parquet"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_suffix(".tmp")
            self.con.execute(f"copy ({sql}) to {quote(temporary)} (format parquet)")
            temporary.replace(path)
        return path

    def _bucket_tables(self, d: lake.Delivery) -> list[str]:
        return [t for t in d.tables if t in delivered_tables() and table(t).per == "bucket"]

    def link(self, how: Callable[..., Any], decisions: Sequence[Mapping[str, Any]], on_progress: Any) -> list[Receipt]:
        """Link the records of people: tables link, link_review and what linking found. `how` is the record room's."""
        key = lake.digest("link", [d.id for d in self.delivered], list(decisions))
        names = ("link", "link_review", "finding")
        paths = [lake.part_path(self.area, t, "linking", None, key) for t in names]
        self.link_path = paths[0]
        found = [r for p in paths if (r := read_receipt(p))]
        if len(found) == len(names):
            return found
        self._patients()
        outcome = how(
            self.con, "patient_record", previous=self._previous(), decisions=list(decisions), on_progress=on_progress
        )
        return [
            write_part(self.area, "link", "linking", key, outcome.links),
            write_part(self.area, "link_review", "linking", key, outcome.reviews),
            give(self.area, "finding", "linking", [f.as_dict() for f in [*outcome.findings, *self._unknown()]], key),
        ]

    def _unknown(self) -> Iterator[Finding]:
        """People whom records mention but of whom no source sent a patient record."""
        sql = """select source_id, count(*), min(source_person_id) from patient_record
                 where not is_known group by source_id order by source_id"""
        names = {i: n for n, i in self.source_ids.items()}
        for source, n, example in self.con.execute(sql).fetchall():
            yield Finding(
                "record.no-patient",
                Severity.WARNING,
                names[source],
                f"{n:,} people are mentioned in records of {names[source]} that sent no patient record of them.",
                "Ask the supplier for them; until then their records are kept, but they are on nobody's list.",
                n,
                example,
            )

    def _previous(self) -> Any:
        """The links of the newest snapshot, so that people keep their numbers."""
        try:
            paths = lake.current(self.area).paths("link")
        except Exception:  # nothing published yet, or by a release whose links cannot be read: number anew
            return None
        return self.con.sql(f"select * from {quote(paths[0])}").to_arrow_table() if paths else None

    def _patients(self) -> None:
        """Table `patient_record`: each source's newest word on each of its people, and, without demographics, the
        ids that only other records mention: nobody is dropped for want of a patient record."""
        names = [n for n in table("patient").delivered() if n not in ("source_row", "source_file")]
        said = ", ".join(f'"{n}"' for n in names)
        known = [
            f"select {i} as sequence, {self._source_id(d)}::smallint as source_id, source_row, {said}"
            f" from {quote(d.path / 'patient.parquet')}"
            for i, d in enumerate(self.delivered)
            if "patient" in d.tables
        ]
        mentioned = [
            f"select {self._source_id(d)}::smallint as source_id, * from {quote(self._people(d))}"
            for d in self.delivered
        ]
        nothing = ", ".join(f'null as "{n}"' for n in names if n != "source_person_id")
        known_sql = (
            " union all ".join(known)
            or f"select 0 as sequence, 0 as source_id, 0 as source_row, '' as source_person_id, {nothing} where false"
        )
        self.con.execute(f"""create or replace temp table patient_record as
            with newest as (select * exclude (sequence, source_row) from ({known_sql})
              where source_person_id is not null
              qualify row_number() over (
                partition by source_id, source_person_id order by sequence desc, source_row desc) = 1)
            select *, true as is_known from newest union all by name
            select distinct source_id, source_person_id, false as is_known from ({" union all ".join(mentioned)}) m
            where not exists (
              select 1 from newest n where n.source_id = m.source_id and n.source_person_id = m.source_person_id)""")

    def _source_id(self, d: lake.Delivery) -> int:
        return self.source_ids[d.source["name"]]

    def people_in_buckets(self, d: lake.Delivery) -> dict[int, str]:
        """For each bucket in which the delivery has people, a hash of who its people are there."""
        if d.id not in self._links:
            rows = self.con.execute(
                f"""select l.person_id % {self.area.buckets} as bucket, bit_xor(md5_number_lower(
                        p.source_person_id || '/' || l.person_id)), count(*)
                    from {quote(self._people(d))} p join {quote(self.link_path)} l
                      on l.source_id = {self._source_id(d)} and l.source_person_id = p.source_person_id
                    group by bucket"""
            ).fetchall()
            self._links[d.id] = {bucket: lake.digest(folded, n) for bucket, folded, n in rows}
        return self._links[d.id]

    def piece(self, d: lake.Delivery, name: str, bucket: int) -> Path | None:
        """Where the rows of one delivery's table for one bucket are (to be) put; None when it can have none."""
        base = self.area.lake / "pieces" / d.id / name
        if table(name).per == "area":
            return base / "000-area"
        who = self.people_in_buckets(d).get(bucket)
        return base / f"{bucket:03d}-{who}" if who else None

    def spread_tasks(self) -> list[SpreadTask]:
        """What has not been put into buckets yet."""
        return [t for d in self.delivered for name in d.tables if (t := self._spread_task(d, name, self.code.path))]

    def _spread_task(self, d: lake.Delivery, name: str, code: str) -> SpreadTask | None:
        if name not in delivered_tables():
            return None
        buckets = range(self.area.buckets) if table(name).per == "bucket" else (0,)
        pieces = {b: self.piece(d, name, b) for b in buckets}
        wanted = {b: str(p) for b, p in pieces.items() if p and not p.exists()}
        if not wanted:
            return None
        return SpreadTask(
            name, str(d.path / f"{name}.parquet"), self.link_path, code, self._source_id(d),
            self.first_file_ids[d.id], self.area.buckets, wanted,
        )  # fmt: skip
