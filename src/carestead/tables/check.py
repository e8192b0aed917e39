"""A contract checked: one query over a published table, each breach a finding."""

from carestead.core.finding import Finding, Severity
from carestead.tables.schema import Column, Table


def breaches_sql(table: Table, relation: str) -> str:
    """A SELECT of one row: `n` rows in all, then for each constraint a count of the rows that break it, named
    `<column>:<constraint>`. `relation` is the view or subquery that holds the table."""
    counts = ", ".join(f'count(*) filter (where {test}) as "{name}"' for name, test in _tests(table))
    unique = ", ".join(
        f'count("{c.name}") - count(distinct "{c.name}") as "{c.name}:unique"' for c in table.columns if c.unique
    )
    return f"select {', '.join(p for p in ('count(*) as n', counts, unique) if p)} from {relation}"


def _tests(table: Table) -> list[tuple[str, str]]:
    return [(f"{c.name}:{name}", test) for c in table.columns for name, test in _column_tests(c)]


def _column_tests(c: Column) -> list[tuple[str, str]]:
    tests = []
    if c.required:
        tests.append(("required", f'"{c.name}" is null'))
    if c.allowed:
        allowed = ", ".join(f"'{a}'" for a in c.allowed)
        tests.append(("allowed", f'"{c.name}" is not null and "{c.name}" not in ({allowed})'))
    if c.minimum is not None:
        tests.append(("minimum", f"\"{c.name}\" < cast('{c.minimum}' as {c.type})"))
    if c.maximum is not None:
        tests.append(("maximum", f"\"{c.name}\" > cast('{c.maximum}' as {c.type})"))
    return tests


def findings(table: Table, counts: dict[str, int]) -> list[Finding]:
    """The breaches counted by `breaches_sql`, as findings; `counts` maps its column names to numbers."""
    broken = [(name.partition(":"), n) for name, n in counts.items() if ":" in name and n]
    return [_finding(table, column, constraint, n) for (column, _, constraint), n in broken]


def _finding(table: Table, column: str, constraint: str, n: int) -> Finding:
    c = table.column(column)
    rule = {
        "required": "must not be empty",
        "allowed": f"must be one of {', '.join(c.allowed)}",
        "minimum": f"must not be below {c.minimum}",
        "maximum": f"must not be above {c.maximum}",
        "unique": "must not repeat",
    }[constraint]
    return Finding(
        code=f"contract.{constraint}",
        severity=Severity.ERROR if constraint in ("required", "unique") else Severity.WARNING,
        where=f"{table.name}.{column}",
        what=f"{column} {rule}; {n:,} row{'s' if n != 1 else ''} of {table.name} break this.",
        do=f"Look at them with: carestead show {table.name}",
        count=n,
    )
