"""What the subjects measure on: made once, used again."""

from datetime import date
from pathlib import Path

from carestead import flow, sources, synth
from carestead.bench.measure import Setting
from carestead.core.area import Area, create_area, open_area
from carestead.engines.adopt import adopt
from carestead.engines.duckdb import DuckDB, connect

AS_OF = date(2026, 3, 31)
SEED = 1
RECORDS_PEOPLE = 30_000


def lake_area(setting: Setting) -> Area:
    """An area of `setting.people` with about 100 events each, made in published form, and adopted."""
    path = setting.area_of("lake")
    area = create_area(path, name="bench", people=setting.people, synthetic=True)
    if not (area.lake / "adopted.json").exists():
        con = connect(area.scratch, memory="6GB")
        synth.lake(con, area.lake / "adopted", people=setting.people, seed=SEED, as_of=AS_OF, buckets=area.buckets)
        adopt(con, area, area.lake / "adopted")
        con.close()
    return area


def records(setting: Setting) -> Path:
    """A neighbourhood's source files, of 30,000 people or fewer."""
    people = min(setting.people, RECORDS_PEOPLE)
    out = setting.folder / f"sources-{people}"
    if not (out / "made").exists():
        con = connect(memory="4GB")
        synth.write_sources(con, out, people=people, seed=SEED, as_of=AS_OF)
        con.close()
        (out / "made").touch()
    return out


def records_area(setting: Setting) -> Area:
    """An area into which those files were taken, nothing published yet or all of it: `flow.run` decides."""
    people = min(setting.people, RECORDS_PEOPLE)
    area = create_area(setting.folder / f"records-{people}", name="bench", people=people, synthetic=True)
    sources.ingest(connect, area.path, [records(setting)], delivered_on=AS_OF)
    return area


def publish(path: Path) -> str:
    """A whole run on DuckDB, from nothing published: the snapshot's id."""
    area = open_area(path)
    return flow.run(area, as_of=AS_OF, engine=DuckDB(area.scratch)).manifest.id
