"""Staged resources to delivered tables: one COPY a table."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from carestead.sources.deliveries import Batch
from carestead.sources.driver import Connection
from carestead.sources.fhir.connection import cursor, literal
from carestead.sources.fhir.references import ROLES, reference_columns, role_of
from carestead.sources.fhir.stage import UNKNOWN_PERSON, Stage
from carestead.tables import delivered_tables

MAIN = {
    "Organization": "organisation",
    "Patient": "patient",
    "RelatedPerson": "relationship",
    "Encounter": "encounter",
    "Appointment": "encounter",
    "Condition": "event",
    "Procedure": "event",
    "Observation": "event",
    "DiagnosticReport": "event",
    "Immunization": "event",
    "AllergyIntolerance": "event",
    "MedicationRequest": "medication",
    "MedicationStatement": "medication",
    "ServiceRequest": "referral",
    "DocumentReference": "document",
    "Composition": "document",
    "CarePlan": "document",
}
"""The table each resource type fills, column by column of the same name. Other rows come from the files in `more/`,
`<Type>.<table>.sql`, each a SELECT over `good_<Type>`."""

WRITERS = 2
"""Tables written at a time: the engine fills one file with one thread unless it is large."""

_MORE = Path(__file__).parent / "more"
_RENAMED = {
    ("document", "organisation_code"): "author_organisation_code",
    ("referral", "organisation_code"): "from_organisation_code",
}


def good_views(stage: Stage) -> None:
    """A view `good_<Type>` for each staged type, and an empty one for each that `more/` may join with."""
    coded = _coded(stage)
    for kind in stage.kinds:
        stage.con.execute(f"create or replace view good_{kind} as {_good(stage, kind, coded)}")


def _coded(stage: Stage) -> set[str]:
    """The roles of which some ids have another code."""
    counts = ", ".join(f"(select count(*) from code_of_{role})" for role in ROLES)
    (found,) = stage.con.execute(f"select {counts}").fetchall()
    return {role for role, n in zip(ROLES, found, strict=True) if n}


def _good(stage: Stage, kind: str, coded: set[str]) -> str:
    names = reference_columns(stage, kind)
    looked_up = [c for c in names if (kind, c) in stage.conditional or role_of(c) in coded]
    joins = "".join(f" left join code_of_{role_of(c)} {c}_ on {c}_.ref = s.{c}" for c in looked_up)
    codes = "".join(f", {_target(kind, c, c in looked_up)}" for c in names)
    medicine = _medicine(stage, kind)
    known = f" and not ({UNKNOWN_PERSON})" if (kind, "ref_person") in stage.conditional else ""
    person = ", s.resource_id as source_person_id" if kind == "Patient" else ""
    return (
        f"select s.*{medicine[0]}{codes}{person}, '{kind}/' || s.resource_id as source_row_key, "
        f"coalesce(s.carestead_row, s.rowid + 1 - s.base) as source_row, s.file as source_file "
        f"from stage_{kind} s{joins}{medicine[1]} where s.problem is null{known}"
    )


def _target(kind: str, column: str, looked_up: bool) -> str:
    code = f"coalesce({column}_.code, s.{column})"
    named = f"case when contains({code}, '?identifier=') then null else {code} end" if looked_up else f"s.{column}"
    if column == "ref_encounter":
        return f"'Encounter/' || {named} as source_encounter_key"
    names = {"ref_person": "source_person_id", "ref_to_organisation": "to_organisation_code"}
    return (
        f"{named} as {names.get(column, column.removeprefix('ref_') + '_code')}"
        if not (kind == "Organization" and column == "ref_organisation")
        else f"{named} as group_code"
    )


def _medicine(stage: Stage, kind: str) -> tuple[str, str]:
    """Codes of medicines named by reference; ('', '') for types that have none."""
    if kind not in ("MedicationRequest", "MedicationStatement"):
        return "", ""
    replaced = (
        " replace (coalesce(s.code_system, m.system) as code_system, coalesce(s.code, m.code) as code, "
        "coalesce(s.code_display, m.display) as code_display)"
    )
    return replaced, " left join code_of_medication m on m.ref = s.ref_medication"


def write(stage: Stage, batch: Batch, earlier: list[Path]) -> None:
    """Write every table the staged resources fill into the batch's folder, two at a time."""
    good_views(stage)
    _practitioner_detail(stage, earlier)
    queries = {}
    for name in delivered_tables():
        parts = [_main(stage, kind, name) for kind in stage.kinds if MAIN.get(kind) == name]
        parts += [_more(path, name, stage) for path in _more_files(stage, name)]
        if parts:
            queries[name] = " union all ".join(parts)
    with ThreadPoolExecutor(WRITERS) as pool:
        counts = pool.map(lambda name: _copy(stage.con, batch.path(name), queries[name]), queries)
        batch.tables.update({name: rows for name, rows in zip(queries, counts, strict=True) if rows})


def _practitioner_detail(stage: Stage, earlier: list[Path]) -> None:
    """Names of practitioners, of this batch or of earlier deliveries, for their roles."""
    files = ", ".join(literal(str(p)) for f in earlier if (p := f / "practitioner.parquet").is_file())
    relation = (
        "good_Practitioner" if "Practitioner" in stage.kinds else f"read_parquet([{files}])" if files else _NOBODY
    )
    stage.con.execute(
        "create or replace view practitioner_detail as select practitioner_code, any_value(name) as name, "
        f"any_value(sex) as sex, any_value(birth_year) as birth_year from {relation} group by practitioner_code"
    )


def _copy(con: Connection, path: Path, query: str) -> int:
    """Write the rows of a query, if there are any; how many."""
    own = cursor(con)
    try:
        copy = f"copy ({query}) to {literal(str(path))} (format parquet, compression snappy)"
        ((rows,),) = own.execute(copy).fetchall()
    finally:
        own.close()
    if not rows:
        path.unlink()
    return int(rows)


def _main(stage: Stage, kind: str, name: str) -> str:
    described = stage.con.execute(f"select column_name from (describe good_{kind})").fetchall()
    there = {_RENAMED.get((name, row[0]), row[0]): row[0] for row in described}
    return f"select {_columns(name, there)} from good_{kind}"


def _columns(name: str, there: dict[str, str]) -> str:
    columns = delivered_tables()[name].delivered()
    return ", ".join(
        f'cast({there[c]} as {t}) as "{c}"' if c in there else f'null::{t} as "{c}"' for c, t in columns.items()
    )


def _more_files(stage: Stage, name: str) -> list[Path]:
    return [p for p in sorted(_MORE.glob(f"*.{name}.sql")) if p.name.partition(".")[0] in stage.kinds]


def _more(path: Path, name: str, stage: Stage) -> str:
    text = path.read_text(encoding="utf-8")
    for other in ("PractitionerRole", "EpisodeOfCare", "Encounter", "Patient"):
        if f"good_{other}" in text and other not in stage.kinds:
            stage.con.execute(_EMPTY[other])
    text = text.replace("$source_kind", literal(stage.source_kind))
    described = stage.con.execute(f"select column_name from (describe {text})").fetchall()
    return f"select {_columns(name, {row[0]: row[0] for row in described})} from ({text})"


_NOBODY = (
    "(select null::varchar as practitioner_code, null::varchar as name, null::varchar as sex, "
    "null::smallint as birth_year where false)"
)
_EMPTY = {
    "PractitionerRole": "create or replace view good_PractitionerRole as "
    "select null::varchar as practitioner_code where false",
    "EpisodeOfCare": "create or replace view good_EpisodeOfCare as select null::varchar as source_person_id, "
    "null::varchar as organisation_code where false",
    "Encounter": "create or replace view good_Encounter as "
    "select null::varchar as resource_id, null::date as start_date, "
    "null::varchar as source_row_key, []::varchar[] as diagnosis_ids, []::bigint[] as diagnosis_ranks where false",
    "Patient": "create or replace view good_Patient as select null::varchar as source_person_id, "
    "null::varchar as practitioner_code where false",
}
