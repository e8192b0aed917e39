"""References: ids to codes, conditional references to ids, and a count of those that lead nowhere.

Four small tables say what is known of a source, from its earlier deliveries and this batch:
`known_<role>(h)`: hashes of the ids there are; `code_of_<role>(ref, code)`: references whose code is not their id;
`identifier(kind, id, system, value, code, display)`: what conditional references are looked up in.
"""

from dataclasses import dataclass
from pathlib import Path

from carestead.sources.driver import Connection
from carestead.sources.fhir.connection import cursor, literal
from carestead.sources.fhir.stage import Stage

ROLES = {"person": "Patient", "encounter": "Encounter", "practitioner": "Practitioner", "organisation": "Organization"}
"""What a reference column is about, and the resource type it names."""

NATIONAL = (
    "https://fhir.nhs.uk/Id/ods-organization-code",
    "https://fhir.hl7.org.uk/Id/gmc-number",
    "https://fhir.nhs.uk/Id/sds-user-id",
)
"""Identifier systems whose values are codes everywhere, so that they need no resource to be resolved."""

IDENTIFIER_FILE = "identifiers.parquet"
UNRESOLVED_FILE = "unresolved.parquet"


@dataclass
class References:
    """What is known of the references of one source."""

    con: Connection
    earlier: list[Path]

    def __post_init__(self) -> None:
        self.con.execute(
            "create or replace table identifier(kind varchar, id varchar, system varchar, value varchar, "
            "code varchar, display varchar)"
        )
        for role in ROLES:
            self.con.execute(f"create or replace table known_{role}(h ubigint)")
        files = [f / IDENTIFIER_FILE for f in self.earlier if (f / IDENTIFIER_FILE).is_file()]
        if files:
            self.con.execute(f"insert into identifier select * from read_parquet({_list(files)})")
        self._know("person", "patient", "source_person_id")
        self._know("encounter", "encounter", "source_row_key[11:]")
        for role in ("practitioner", "organisation"):
            self._know_identified(role, "identifier")

    def _know(self, role: str, table: str, column: str) -> None:
        files = [f / f"{table}.parquet" for f in self.earlier if (f / f"{table}.parquet").is_file()]
        if files:
            self.con.execute(f"insert into known_{role} select hash({column}) from read_parquet({_list(files)})")

    def _know_identified(self, role: str, relation: str) -> None:
        self.con.execute(
            f"insert into known_{role} select distinct hash(case when kind = 'PractitionerRole' then kind || '/' || id "
            f"else id end) from {relation} where kind in ('{ROLES[role]}', '{ROLES[role]}Role')"
        )

    def learn(self, stage: Stage) -> None:
        """Add what the batch says of itself; must come before `resolve`."""
        self.con.execute("create or replace table fresh as select * from identifier where false")
        for kind in ("Organization", "Practitioner", "Patient", "Encounter"):
            if kind in stage.kinds:
                self._learn_identifiers(kind)
        if "PractitionerRole" in stage.kinds:
            self.con.execute(
                "insert into fresh select 'PractitionerRole', resource_id, null, null, ref_practitioner, null "
                "from stage_PractitionerRole where problem is null"
            )
        if "Medication" in stage.kinds:
            self.con.execute(
                "insert into fresh select 'Medication', resource_id, code_system_of(c, concept.text), "
                "code_of(c, concept.text), null, coalesce(c.display, concept.text) from (select *, "
                "coalesce(coded_in(concept.coding, 'dmd'), preferred(concept.coding)) as c from stage_Medication "
                "where problem is distinct from 'type.other')"
            )
        self.con.execute("insert into identifier select * from fresh")
        for role, kind in (("person", "Patient"), ("encounter", "Encounter")):
            if kind in stage.kinds:
                self.con.execute(
                    f"insert into known_{role} select hash(resource_id) from stage_{kind} where problem is null"
                )
        for role in ("practitioner", "organisation"):
            self._know_identified(role, "fresh")

    def _learn_identifiers(self, kind: str) -> None:
        code = {"Organization": "organisation_code", "Practitioner": "practitioner_code"}.get(kind, "null")
        if code != "null":
            self.con.execute(
                f"insert into fresh select distinct '{kind}', resource_id, null, null, {code}, null "
                f"from stage_{kind} where problem is null"
            )
        self.con.execute(
            f"insert into fresh select distinct '{kind}', resource_id, coalesce(i.system, ''), i.value, {code}, null "
            f"from (select * exclude (identifiers), unnest(identifiers) as i from stage_{kind}) "
            "where problem is null and i.value is not null"
        )

    def resolve(self, stage: Stage) -> None:
        """Make `code_of_<role>(ref, code)` for the references of the staged resources."""
        self._resolve_practitioners(stage)
        for role in ("person", "encounter", "organisation"):
            self._alias(role, stage)
        self.con.execute(
            "create or replace table code_of_medication as select id as ref, any_value(system) as system, "
            "any_value(value) as code, any_value(display) as display from identifier where kind = 'Medication' "
            "group by id"
        )

    def _resolve_practitioners(self, stage: Stage) -> None:
        self._alias("practitioner", stage)
        self.con.execute(
            "insert into code_of_practitioner select 'PractitionerRole/' || i.id, any_value(coalesce(p.code, i.code)) "
            "from identifier i left join code_of_practitioner p on p.ref = i.code where i.kind = 'PractitionerRole' "
            "and i.code is not null group by all"
        )

    def _alias(self, role: str, stage: Stage) -> None:
        kind = ROLES[role]
        self.con.execute(
            f"create or replace table code_of_{role} as select id as ref, min(code) as code from identifier "
            f"where kind = '{kind}' and code is not null and code <> id group by id"
        )
        columns = [(k, c) for k, c in sorted(stage.conditional) if role_of(c) == role]
        wanted = [f"select {c} as ref from stage_{k} where contains({c}, '?identifier=')" for k, c in columns]
        if role == "practitioner":
            wanted.append(
                "select code as ref from identifier where kind = 'PractitionerRole' and contains(code, '?identifier=')"
            )
        if not wanted:
            return
        union = " union ".join(wanted)
        national = ", ".join(literal(s) for s in NATIONAL)
        self.con.execute(
            f"insert into code_of_{role} with wanted as (select ref, split_part(ref, '?identifier=', 2) as token "
            f"from ({union}) where ref is not null), parts as (select ref, "
            "case when contains(token, '|') then token[:instr(token, '|') - 1] end as system, "
            "case when contains(token, '|') then token[instr(token, '|') + 1:] else token end as value from wanted) "
            f"select ref, coalesce(min(i.code), min(i.id), case when any_value(w.system) in ({national}) "
            "then any_value(w.value) end) as code from parts w left join identifier i "
            f"on i.kind = '{kind}' and i.value = w.value and (w.system is null or i.system = w.system) "
            "group by ref having count(distinct i.id) = 1 or (count(i.id) = 0 and code is not null)"
        )

    def count_unresolved(self, stage: Stage, out: Path) -> dict[str, int]:
        """References of staged resources that lead nowhere, by type named; each distinct one is written to `out`. Has a
        connection of its own, so that it may be done while tables are written."""
        parts = []
        for kind in stage.kinds:
            for column in reference_columns(stage, kind):
                role = role_of(column)
                parts.append(
                    f"select '{role}' as role, {column} as ref, count(*) as n from stage_{kind} where problem is null "
                    f"and {column} is not null and hash({column}) not in (select h from known_{role}) "
                    f"and {column} not in (select ref from code_of_{role}) group by all"
                )
        if not parts:
            return {}
        con = cursor(self.con)
        try:
            con.execute(
                f"create or replace temp table nowhere as select role, ref, sum(n)::bigint as n "
                f"from ({' union all '.join(parts)}) group by all"
            )
            counts = con.execute("select role, sum(n)::bigint from nowhere group by role").fetchall()
            if counts:
                con.execute(f"copy nowhere to {literal(str(out))} (format parquet)")
        finally:
            con.close()
        return {ROLES[role]: n for role, n in counts}

    def still_unresolved(self, folders: list[Path]) -> dict[str, int]:
        """The references of `folders` that nothing delivered since has resolved, by type named."""
        files = [f / UNRESOLVED_FILE for f in folders if (f / UNRESOLVED_FILE).is_file()]
        if not files:
            return {}
        total: dict[str, int] = {}
        for role, kind in ROLES.items():
            rows = self.con.execute(
                f"select coalesce(sum(n), 0)::bigint from read_parquet({_list(files)}) u where role = '{role}' "
                f"and hash(ref) not in (select h from known_{role}) and not (contains(ref, '?identifier=') and exists "
                f"(select 1 from identifier i where i.kind = '{kind}' and "
                "u.ref = i.kind || '?identifier=' || i.system || '|' || i.value))"
            ).fetchall()
            if rows[0][0]:
                total[kind] = rows[0][0]
        return total


def reference_columns(stage: Stage, kind: str) -> list[str]:
    """The columns of a staging table that hold references."""
    own = ("ref_medication", "ref_person") if kind == "Patient" else ("ref_medication",)
    return [c for c in stage.columns(kind) if c.startswith("ref_") and c not in own]


def role_of(column: str) -> str:
    """What a reference column is about."""
    if column in ("ref_managing", "ref_practice", "ref_to_organisation"):
        return "organisation"
    return column.removeprefix("ref_")


def _list(files: list[Path]) -> str:
    return "[" + ", ".join(literal(str(f)) for f in files) + "]"
