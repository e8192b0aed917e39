"""People of the published record, as the intake of messages asks for them: by NHS number."""

from datetime import date
from pathlib import Path
from typing import Any

from carestead import results
from carestead.core.area import Area
from carestead.core.finding import UsageError
from carestead.store.care.people import FindPeople, Known

_PEOPLE = """select distinct p.person_id, p.birth_date, p.death_date, p.practice_code, g.group_code
from patient n join person p using (person_id) left join practice g using (practice_code)
where n.nhs_number = $nhs_number order by 1"""
_AT_HOME = """select c.kind, coalesce(o.name, c.provider_code, 'a provider that is not named') as provider
from care_package c left join organisation o on o.organisation_code = c.provider_code
where c.person_id = $person_id and c.kind in ('home-care', 'reablement', 'day-care', 'direct-payment')
and c.start_date <= $as_of and (c.end_date is null or c.end_date >= $as_of) order by 1, 2"""


def finder(area: Path | Area, on: date) -> FindPeople:
    """A search in the area's newest record. `on` is the day for which home services are told. Where nothing has been
    published yet nobody is found, so that messages wait at the desk."""

    def find(nhs_number: str) -> list[Known]:
        try:
            snapshot = results.latest(area)
        except UsageError:
            return []
        with snapshot:
            rows = snapshot.rows(_PEOPLE, ("patient", "person", "practice"), nhs_number=nhs_number)
            return [_known(snapshot, row, on) for row in rows]

    return find


def published_id(area: Path | Area) -> str:
    """The name of the newest record; empty while there is none."""
    try:
        with results.latest(area) as snapshot:
            return snapshot.manifest.id
    except UsageError:
        return ""


def _known(snapshot: results.Snapshot, row: dict[str, Any], on: date) -> Known:
    at_home = snapshot.rows(_AT_HOME, ("care_package", "organisation"), row["person_id"], as_of=on)
    said = tuple(dict.fromkeys(f"{s['kind'].replace('-', ' ').capitalize()} from {s['provider']}" for s in at_home))
    return Known(
        row["person_id"],
        row["birth_date"],
        row["death_date"],
        row["practice_code"] or "",
        row["group_code"] or "",
        said,
    )
