"""A made-up hospital's diagnoses in published form: ten a person, of some two thousand codes, for timing scores."""

from pathlib import Path
from typing import Any

from carestead.bench.measure import Setting
from carestead.bench.prepare import AS_OF
from carestead.core.area import Area, create_area
from carestead.engines.adopt import adopt
from carestead.engines.duckdb import connect
from carestead.engines.work import contract_select, parquet, quote, reference
from carestead.find.diagnoses.diagnosis_scores import prefix_table
from carestead.tables import table


def hospital_area(setting: Setting) -> Area:
    """An area of `setting.people` with about ten diagnoses each and no other record; made once, by a rule."""
    area = create_area(setting.area_of("hospital"), name="bench", people=setting.people, synthetic=True)
    if not (area.lake / "adopted.json").exists():
        con = connect(area.scratch, memory="2GB")
        _make(con, area.lake / "adopted", setting.people, area.buckets)
        adopt(con, area, area.lake / "adopted")
        con.close()
    return area


def _make(con: Any, out: Path, people: int, buckets: int) -> None:
    reference(con, prefix_table())
    code = _write(con, "code", out / "code" / "area.parquet", {})
    (codes,) = con.execute(f"select count(*) from read_parquet({quote(code)})").fetchone()
    for bucket in range(buckets):
        drawn = {"bucket": bucket, "buckets": buckets, "people": people, "as_of": AS_OF, "codes": codes}
        _write(con, "diagnosis", out / "diagnosis" / f"bucket={bucket:03d}.parquet", drawn)


def _write(con: Any, name: str, path: Path, params: dict[str, Any]) -> Path:
    """One part, of the table's columns in its order, as a run writes them."""
    spec = table(name)
    sql = Path(__file__).with_name(f"hospital_{name}.sql").read_text(encoding="utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    order = ", ".join(spec.order)
    con.execute(f"copy (from ({contract_select(spec, sql)}) order by {order}) to {quote(path)} {parquet()}", params)
    return path
