"""Which release of each code list a run rests on, as a table; and what somebody should know of them, as findings."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from carestead.core.coding import title
from carestead.core.finding import Finding, Severity
from carestead.core.step import DecisionStep, Outcome, rows
from carestead.find import items
from carestead.reference import Codelist
from carestead.reference.exclusions import removed, reviewed

Row = dict[str, Any]


def used_step(releases: Mapping[str, Codelist] | None = None) -> DecisionStep:
    """The step `codelist` over `releases` of code lists, by id; else the shipped ones."""
    lists = items.releases_in_use(releases)
    params = {
        "lists": [_row(i, lists.get(i)) for i in items.wanted_lists()],
        "codes": {i: sorted(set(reviewed(found).codes())) for i, found in lists.items()},
    }
    return DecisionStep("codelist", decide, reads=("code",), gives=("codelist",), params=params)


def decide(tables: Mapping[str, Any], as_of: date, params: Mapping[str, Any]) -> Outcome:
    """Rows of `codelist`; with findings for lists without a release or without a code that any record holds, for what
    exclusions left out, and for starters. `tables` holds `code`, the codes met in records."""
    recorded = {(r["system"], r["code"]) for r in rows(tables["code"])}
    met = {i: len(recorded.intersection(map(tuple, codes))) for i, codes in params["codes"].items()}
    said = [{**row, "met": met.get(row["list_id"])} for row in params["lists"]]
    strange, unmet = _unmet(said, {system for system, _ in recorded})
    return Outcome({"codelist": said}, [*_without(said), *strange, *unmet, *_excluded(said), *_starters(said)])


def _row(id: str, found: Codelist | None) -> Row:
    asked = ", ".join(sorted({i.score for i in items.catalogue() if i.codelist == id}))
    if found is None:
        return {"list_id": id, "version": None, "is_starter": False, "asked_by": asked}
    return {
        "list_id": id,
        "version": found.version,
        "title": found.title,
        "system": found.system,
        "is_starter": found.version.startswith("starter"),
        "rows": len(found.rows),
        "excluded": len(removed(found)),
        "sha256": found.sha256,
        "asked_by": asked,
    }


def _unmet(said: list[Row], recorded: set[str]) -> tuple[list[Finding], list[Finding]]:
    """Lists of which no record holds a code: those of a system that no record is coded in, which nobody would notice,
    and those of which perhaps nobody has anything. `recorded` are the systems of the records."""
    unmet = [row for row in said if row["version"] is not None and not row["met"]]
    strange = [_strange(row, ", ".join(sorted(map(title, recorded)))) for row in unmet if row["system"] not in recorded]
    rare = [row["list_id"] for row in unmet if row["system"] in recorded]
    if not rare:
        return strange, []
    what = f"No record holds a code of {', '.join(rare)}: nobody was found by {'it' if len(rare) == 1 else 'them'}."
    do = "Right where nobody has it; else import a fuller list: carestead codes import FILE --as ID --version V"
    return strange, [Finding("codelist.unmet", Severity.INFORMATION, "codelist", what, do, len(rare), rare[0])]


def _strange(row: Row, systems: str) -> Finding:
    return Finding(
        "codelist.system",
        Severity.WARNING,
        f"codelist {row['list_id']} {row['version']}",
        f"Code list {row['list_id']}, release {row['version']}, is of {title(row['system'])}, and no record is: "
        f"nobody was found by it. Records are coded in {systems or 'nothing'}.",
        f"Use a release in the system of the records: carestead codes pin {row['list_id']} V",
    )


def _without(said: list[Row]) -> Iterator[Finding]:
    for row in said:
        if row["version"] is None:
            yield Finding(
                "codelist.none",
                Severity.WARNING,
                f"codelist {row['list_id']}",
                f"There is no release of code list {row['list_id']}, which {row['asked_by']} asks for: "
                "nobody was looked for.",
                f"Import one: carestead codes import FILE --as {row['list_id']} --version V",
            )


def _excluded(said: list[Row]) -> Iterator[Finding]:
    for row in said:
        if row.get("excluded"):
            yield Finding(
                "codelist.excluded",
                Severity.INFORMATION,
                f"codelist {row['list_id']} {row['version']}",
                f"Reviewed exclusions left out {row['excluded']:,} of {row['rows']:,} codes of code list "
                f"{row['list_id']}, release {row['version']}.",
                f"See which, and why: carestead codes excluded {row['list_id']}",
                row["excluded"],
            )


def _starters(said: list[Row]) -> Iterator[Finding]:
    short = [row["list_id"] for row in said if row["is_starter"]]
    if short:
        yield Finding(
            "codelist.starter",
            Severity.INFORMATION,
            "codelist",
            f"{len(short):,} code lists in use are short ones to start with: they find fewer people than there are.",
            "Import the site's own: carestead codes import FILE --as ID --version V",
            len(short),
            short[0],
        )
