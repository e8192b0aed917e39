"""How facts are written on a page."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from markupsafe import Markup, escape

from carestead.core import nhs_number as nhs
from carestead.core.coding import SYSTEMS
from carestead.core.period import age


def day(value: date | datetime | None) -> str:
    """`3 March 2026`, or `not known`."""
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{value.day} {value:%B %Y}" if value else "not known"


def short_day(value: date | None) -> str:
    """`03-Mar-2026`, as the NHS Common User Interface asks for dates about people."""
    return f"{value:%d-%b-%Y}" if value else "Not known"


def moment(value: datetime) -> str:
    """`3 March 2026 at 14:30`, in local time."""
    return f"{day(value)} at {timezone.localtime(value):%H:%M}"


def ago(value: date | None, today: date) -> str:
    """How long before `today`, in the words people use."""
    if value is None:
        return "never"
    days = (today - value).days
    if days < 0:
        return f"in {-days} days" if days < -1 else "tomorrow"
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def when(value: datetime, now: datetime) -> str:
    """An instant both ways: `in 3 hours (today at 14:30)`, `2 days ago (Friday 20 November at 09:00)`."""
    return f"{_far(value - now)} ({_clock(value, now)})"


def _far(gap: timedelta) -> str:
    minutes = int(abs(gap).total_seconds() // 60)
    size, unit = (
        (minutes, "minute")
        if minutes < 60
        else (minutes // 60, "hour")
        if minutes < 48 * 60
        else (minutes // 1440, "day")
    )
    if not minutes:
        return "now"
    words = f"{size} {unit}{'' if size == 1 else 's'}"
    return f"in {words}" if gap >= timedelta(0) else f"{words} ago"


def _clock(value: datetime, now: datetime) -> str:
    local = timezone.localtime(value)
    days = (local.date() - timezone.localdate(now)).days
    day = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days, f"{local:%A} {local.day} {local:%B %Y}")
    return f"{day} at {local:%H:%M}"


def person_name(family: str | None, given: str | None) -> str:
    """`SURNAME, Given`."""
    return ", ".join(part for part in ((family or "").upper(), given or "") if part) or "Name not known"


def born(birth: date | None, on: date, death: date | None = None) -> str:
    """`14-Jul-1945 (81y)`; for somebody who has died, the age they reached."""
    return f"{short_day(birth)} ({age(birth, death or on)}y)" if birth else "Not known"


def nhs_number(number: str | None) -> str:
    """`999 728 7652`, `Not known`, or the number as sent with a warning."""
    if not number:
        return "Not known"
    return nhs.display(number) if nhs.is_valid(number) else f"{number} (not a valid number)"


def count(number: int, one: str, many: str = "") -> str:
    """`1 person`, `2 people`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def number(value: float | int | None, places: int = 0) -> str:
    """A number with commas, or a dash."""
    return "–" if value is None else f"{value:,.{places}f}"


def coding(system: str) -> str:
    """What people call a coding system: `SNOMED CT`; one sent as an address stands for itself."""
    return SYSTEMS[system].title if system in SYSTEMS else system


ABBREVIATIONS = {
    "eFI": "electronic Frailty Index",
    "A&E": "accident and emergency",
    "HFRS": "Hospital Frailty Risk Score",
}
"""Short forms that the rooms write: pages say what they mean."""


def spelled(text: str) -> Markup:
    """The text with each known abbreviation marked up with its meaning."""
    marked = escape(text)
    for short, meaning in ABBREVIATIONS.items():
        marked = Markup(str(marked).replace(str(escape(short)), f'<abbr title="{meaning}">{escape(short)}</abbr>'))  # noqa: S704
    return marked


FILTERS = {
    f.__name__: f
    for f in (day, short_day, moment, ago, person_name, born, nhs_number, count, number, coding, spelled, when)
}
