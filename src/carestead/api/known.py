"""People of the published record, as the intake of messages asks for them: by NHS number."""

from datetime import date
from pathlib import Path

from carestead import results
from carestead.core.area import Area
from carestead.core.finding import UsageError
from carestead.store.care.people import FindPeople, Known

_NUMBERED = "select distinct person_id from patient where nhs_number = $nhs_number order by 1"
_PERSON = """select p.birth_date, p.death_date, p.practice_code, g.group_code
from person p left join practice g using (practice_code) where p.person_id = $person_id"""
_AT_HOME = """select distinct c.kind, coalesce(o.name, c.provider_code, 'a provider that is not named') as provider
from care_package c left join organisation o on o.organisation_code = c.provider_code
where c.person_id = $person_id and c.kind in ('home-care', 'reablement', 'day-care', 'direct-payment')
and c.start_date <= $as_of and (c.end_date is null or c.end_date >= $as_of) order by 1, 2"""


def finder(area: Path | Area, on: date) -> FindPeople:
    """A search in the area's newest record. `on` is the day for which home services are told. Where nothing has been
    published yet nobody is found, so that messages wait at the desk."""

    def find(nhs_number: str) -> list[Known]:
        snapshot = _newest(area)
        found = snapshot.rows(_NUMBERED, ("patient",), nhs_number=nhs_number) if snapshot else []
        return [_known(snapshot, row["person_id"], on) for row in found if snapshot]

    return find


def known_person(area: Path | Area, person_id: int, on: date) -> Known | None:
    """One person as `finder` gives them, for whoever knows who it is; None where the newest record has them not."""
    snapshot = _newest(area)
    there = (
        snapshot.rows("select 1 from person where person_id = $person_id", ("person",), person_id) if snapshot else []
    )
    return _known(snapshot, person_id, on) if snapshot and there else None


def published_id(area: Path | Area) -> str:
    """The name of the newest record; empty while there is none."""
    snapshot = _newest(area)
    return snapshot.manifest.id if snapshot else ""


def _newest(area: Path | Area) -> results.Snapshot | None:
    try:
        return results.newest(area)
    except UsageError:
        return None


def _known(snapshot: results.Snapshot, person_id: int, on: date) -> Known:
    said = snapshot.rows(_PERSON, ("person", "practice"), person_id)
    row = said[0] if said else dict.fromkeys(("birth_date", "death_date", "practice_code", "group_code"))
    at_home = snapshot.rows(_AT_HOME, ("care_package", "organisation"), person_id, as_of=on)
    services = tuple(f"{s['kind'].replace('-', ' ').capitalize()} from {s['provider']}" for s in at_home)
    return Known(
        person_id, row["birth_date"], row["death_date"], row["practice_code"] or "", row["group_code"] or "", services
    )
