"""FHIR NDJSON to contract tables, against a bare typed read of the same files by the engine alone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from carestead import sources
from carestead.bench.measure import Figure, Setting, timed
from carestead.bench.prepare import AS_OF, records
from carestead.core.area import create_area
from carestead.engines.duckdb import connect
from carestead.sources.fhir.schema import columns_sql

TARGET = 3.0
KINDS = (
    "Patient", "Condition", "Observation", "Procedure", "Immunization", "AllergyIntolerance", "MedicationRequest",
    "Encounter", "Appointment", "ServiceRequest", "DocumentReference", "EpisodeOfCare", "Organization", "Practitioner",
    "PractitionerRole", "RelatedPerson",
)  # fmt: skip


def figures(setting: Setting) -> Iterator[Figure]:
    """The synthetic neighbourhood's FHIR sources, and the Synthea set where the shared data are."""
    folders = sorted(p.parent for p in records(setting).glob("*/Patient.ndjson"))
    yield _figure(setting, folders, "the neighbourhood's FHIR")
    synthea = setting.shared / "data" / "synthea-r4-600" if setting.shared else None
    if synthea and synthea.is_dir():
        yield _figure(setting, [synthea], "synthea-r4-600 (gzip)")


def _figure(setting: Setting, folders: list[Path], what: str) -> Figure:
    files = [str(f) for folder in folders for f in sorted(folder.glob("*.ndjson*")) if f.name.split(".")[0] in KINDS]
    megabytes = sum(Path(f).stat().st_size for f in files) / 1e6
    bare = timed(read_bare, files, runs=setting.runs)
    done = timed(ingest_fresh, setting.folder / "ingest", folders, runs=setting.runs)
    return Figure(
        "ingest", f"{what}, {megabytes:,.0f} MB to contract tables", "a bare typed read of the same files",
        done.seconds, bare.seconds, done.peak_mb, TARGET,
        f"{done.result:,} records; {megabytes / done.seconds:.0f} MB/s",
    )  # fmt: skip


def read_bare(files: list[str]) -> int:
    """Every file read once into typed columns held by the engine, and nothing done with them."""
    con = connect(threads=2)
    rows = 0
    for n, file in enumerate(files):
        kind = Path(file).name.split(".")[0]
        typed = f"select * from read_ndjson($file, ignore_errors = true, columns = {columns_sql(kind)})"
        con.execute(f"create temp table t{n} as {typed}", {"file": file})
        rows += con.execute(f"select count(*) from t{n}").fetchall()[0][0]
        con.execute(f"drop table t{n}")
    return rows


def ingest_fresh(path: Path, folders: list[Path]) -> int:
    """Ingest the folders into an empty area: records read."""
    shutil.rmtree(path, ignore_errors=True)
    area = create_area(path, name="ingest", synthetic=True)
    report = sources.ingest(connect, area.path, folders, delivered_on=AS_OF)
    return report.totals()["read"]
