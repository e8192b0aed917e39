"""The data dictionary as a Markdown page, made of the contract tables themselves."""

from collections.abc import Iterator

from carestead.tables import Column, Table, all_tables

HEAD = """# Data dictionary

Made of `src/carestead/tables/` by `python -m carestead.outputs.dictionary > docs/data-dictionary.md`; a test fails
when it is not current. *Published* names are what steps and pages read. A source *delivers* `source_person_id` for
`person_id`, `x_system`, `x` and `x_display` for a coded `x_id`, and `source_x_key` for `x_key`.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(line for t in all_tables().values() for line in _table(t))])


def _table(t: Table) -> Iterator[str]:
    yield f"## {t.name}\n"
    yield f"{t.meaning} Made by: {t.room}. One part per {t.per}." + (f" FHIR R4: {t.fhir}." if t.fhir else "") + "\n"
    yield "| column | type | unit | meaning | constraint |"
    yield "|---|---|---|---|---|"
    yield from (f"| `{c.name}` | {c.type} | {c.unit} | {c.meaning} | {_constraint(c)} |" for c in t.columns)
    yield ""


def _constraint(c: Column) -> str:
    rules = [
        "required" if c.required else "",
        "unique" if c.unique else "",
        f"one of {', '.join(c.allowed)}" if c.allowed else "",
        f"≥ {c.minimum}" if c.minimum is not None else "",
        f"≤ {c.maximum}" if c.maximum is not None else "",
    ]
    return "; ".join(r for r in rules if r)


if __name__ == "__main__":
    import sys

    sys.stdout.write(page())
