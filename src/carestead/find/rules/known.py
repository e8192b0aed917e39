"""The facts that a rule may ask for, by kind and name, each with the words by which a reason tells of it.

`{value}` in the words is the fact's number and ` ({date})` its day, left out where the record gives none.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from carestead.find.items import catalogue
from carestead.find.words import in_words
from carestead.reference import load, names

Words = Mapping[str, str]

FEATURES: Words = {
    "age": "{value} years old",
    "emergency_admissions": "{value} emergency admissions in the last year",
    "emergency_attendances": "{value} A&E attendances in the last year",
    "emergency_bed_days": "{value} nights in hospital after emergency admissions in the last year",
    "last_contact": "Last seen by any service ({date})",
}
"""Columns of table `feature`."""

ENCOUNTERS: Words = {
    "contact": "Seen out of hospital ({date})",
    "gp-appointment": "GP appointment ({date})",
    "community-contact": "Community contact ({date})",
    "mental-health-contact": "Mental health contact ({date})",
    "social-care-contact": "Social care contact ({date})",
    "outpatient": "Outpatient appointment ({date})",
    "emergency-attendance": "A&E attendance ({date})",
    "emergency-admission": "Emergency admission ({date})",
    "emergency-discharge": "Home from hospital after an emergency ({date})",
    "in-hospital": "In hospital ({date})",
    "missed": "{value} appointments missed or cancelled in the last year",
}
"""What a person's encounters say. The value counts days of the last year. `contact` is a GP, community, mental health
or social care contact; the day of `emergency-discharge` is that of leaving; `in-hospital` is a stay not yet ended."""

CARE: Words = {
    "care-home": "In a care home ({date})",
    "home-care": "Home care ({date})",
    "day-care": "Day care ({date})",
    "reablement": "Reablement ({date})",
    "direct-payment": "Direct payment for care ({date})",
}
"""Care packages that go on; the day is the latest start."""

RELATIONSHIPS: Words = {"carer": "Has a carer"}


def vocabulary(diagnoses: Iterable[str] = ()) -> dict[str, Words]:
    """Words of every fact, by kind and name. `diagnoses` are those that a rule set names itself."""
    return {**_shipped(), "diagnosis": {n: f"{in_words(n)} in a hospital's diagnoses ({{date}})" for n in diagnoses}}


@cache
def bands() -> Mapping[str, list[str]]:
    """The names of each score's bands, or of the grades it is recorded in."""
    files = [load("scores", n) for n in names("scores")]
    return {f["id"]: [str(b["name"]) for b in f.get("bands") or ()] or list(f.get("grades") or ()) for f in files}


@cache
def _shipped() -> dict[str, Words]:
    scores = [load("scores", n) for n in names("scores")]
    return {
        "flag": {n: f"{load('flags', n)['title']} ({{date}})" for n in names("flags")},
        "score": {f["id"]: f"{f['title']}: {{value}}" for f in scores},
        "feature": FEATURES,
        "item": {f"{i.score}/{i.name}": f"{in_words(i.name)} ({{date}})" for i in catalogue()},
        "encounter": ENCOUNTERS,
        "care": CARE,
        "relationship": RELATIONSHIPS,
    }
