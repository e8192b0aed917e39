"""What a message of a hospital says, in plain words, and in what it differs from the record."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from carestead.core import nhs_number as nhs
from carestead.store.care.models import HospitalMessage
from carestead.web.published import Published, Row
from carestead.web.shell.formats import moment, nhs_number, short_day

EVENTS = {
    "admit": "Came into hospital",
    "transfer": "Moved within the hospital",
    "discharge": "Left hospital",
    "cancel-admit": "Did not come in: an admission is taken back",
    "cancel-transfer": "Did not move: a move is taken back",
    "cancel-discharge": "Did not leave: a discharge is taken back",
    "unread": "Cannot be read",
}
WENT = {
    "usual-residence": "home, or where they usually live",
    "other-hospital": "another hospital",
    "care-home": "a care home",
    "died": "died",
    "other": "somewhere else",
}
SAME, DIFFERS, UNSAID = "Same", "Different", "Not said"


@dataclass(frozen=True, slots=True)
class Compared:
    """One fact as the message and as the record have it; `how` is the word for whether they agree, `more` what is
    different."""

    fact: str
    message: str
    record: str
    how: str
    more: str = ""


def event(message: HospitalMessage) -> str:
    """What happened. Where the person did not go home, no more is said than that they left."""
    kind = message.event.partition("~")[0]
    return EVENTS.get(kind, kind)


def name(message: HospitalMessage) -> str:
    """Whom it names; empty when nobody."""
    return str(message.identifiers.get("name") or "")


def born(message: HospitalMessage) -> date | None:
    """The date of birth it gives."""
    said = message.identifiers.get("birth_date")
    return date.fromisoformat(said) if said else None


def settled(message: HospitalMessage) -> str:
    """How it was settled, and by whom: `Set aside by Kim Teal: Settled by telephone`."""
    how = message.matched_by
    for kept, words in (("set aside: ", "Set aside by "), ("by hand: ", "Settled by ")):
        if how.startswith(kept):
            return words + how.removeprefix(kept)
    return "Settled by carestead, when somebody with the NHS number was registered"


def number(message: HospitalMessage) -> str:
    """The NHS number it gives, without blanks; empty when none."""
    return str(message.identifiers.get("nhs_number") or "")


def number_fault(said: str) -> str:
    """What is wrong with an NHS number as such; empty when nothing is."""
    if not said:
        return "There is no NHS number."
    if not re.fullmatch(r"[0-9]{10}", said):
        return "The NHS number has not ten digits."
    return "" if nhs.is_valid(said) else "The NHS number is not valid: a digit is mistyped, or two are swapped."


def said(found: Published, message: HospitalMessage, told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the message says of the stay: heading and words, without what it does not say."""
    hospital = told.get("organisation_name") or _organisation(found, told.get("organisation"))
    went = WENT.get(str(told.get("disposition")), "")
    lines = [
        ("What happened", event(message)),
        ("When", moment(message.happened_at) if message.event != "unread" else ""),
        ("Where", ", ".join(part for part in (told.get("ward"), hospital) if part)),
        ("Why in hospital", str(told.get("reason") or "")),
        ("In hospital since", moment(datetime.fromisoformat(told["admitted_at"])) if told.get("admitted_at") else ""),
        ("Went to", went),
    ]
    return [(heading, words) for heading, words in lines if words]


def compared(message: HospitalMessage, record: Row, born_on: date | None) -> list[Compared]:
    """The message beside the record of one person."""
    return [
        _name(name(message), record),
        _birth(born(message), born_on),
        _number(number(message), record.get("nhs_number") or ""),
    ]


def digits(theirs: str, ours: str) -> str:
    """In which digits two numbers differ, counted from the left; empty when one is not ten digits."""
    if len(theirs) != 10 or len(ours) != 10 or theirs == ours:
        return ""
    places = [i for i, (a, b) in enumerate(zip(theirs, ours, strict=True)) if a != b]
    if len(places) == 2 and theirs[places[0]] == ours[places[1]] and theirs[places[1]] == ours[places[0]]:
        return f"digits {places[0] + 1} and {places[1] + 1} are swapped"
    listed = [str(i + 1) for i in places]
    return f"digit {listed[0]} differs" if len(listed) == 1 else f"{len(listed)} of 10 digits differ"


def words_of(text: str | None) -> list[str]:
    """The words of a name in small letters, without signs between them."""
    return re.sub(r"[^\w]+", " ", (text or "").casefold()).split()


def has_family(called: str, family: str | None) -> bool:
    """Whether a family name is in the name that a message gives, however it is written: `O'Brien`, `OBRIEN`."""
    wanted = words_of(family)
    there = words_of(called)
    return bool(wanted) and (set(wanted) <= set(there) or "".join(wanted) in there)


def _name(theirs: str, record: Row) -> Compared:
    ours = str(record["name"])
    if not theirs:
        return Compared("Name", "", ours, UNSAID)
    given = words_of(record.get("given_name"))
    same = has_family(theirs, record.get("family_name")), bool(given) and given[0] in words_of(theirs)
    return Compared("Name", theirs, ours, SAME if all(same) else DIFFERS, _UNLIKE[same])


_UNLIKE = {
    (True, True): "",
    (True, False): "the first name",
    (False, True): "the family name",
    (False, False): "both names",
}
"""What of a name differs, by whether family name and first name are the same."""


def _how(theirs: object, ours: object) -> str:
    return UNSAID if not theirs else SAME if theirs == ours else DIFFERS


def _birth(theirs: date | None, ours: date | None) -> Compared:
    said = short_day(theirs) if theirs else ""
    return Compared("Date of birth", said, short_day(ours), _how(theirs, ours), _day(theirs, ours))


def _number(theirs: str, ours: str) -> Compared:
    said = nhs_number(theirs) if theirs else ""
    return Compared("NHS number", said, nhs_number(ours), _how(theirs, ours), digits(theirs, ours))


def _day(theirs: date | None, ours: date | None) -> str:
    if not theirs or not ours or theirs == ours:
        return ""
    parts = [part for part in ("day", "month", "year") if getattr(theirs, part) != getattr(ours, part)]
    swapped = parts == ["day", "month"] and (theirs.day, theirs.month) == (ours.month, ours.day)
    if swapped:
        return "day and month are swapped"
    return "day, month and year" if len(parts) == 3 else f"the {' and the '.join(parts)}"


def _organisation(found: Published, code: object) -> str:
    return found.organisation_name(str(code)) if code else ""
