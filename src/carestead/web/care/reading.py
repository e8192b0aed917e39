"""What was typed into the fields of a form: values, and what is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from carestead.web.shell.dates import read_date, split_date

Data = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. `kind` is text, area, day, moment (a day with a time) or select, whose `choices` are
    (code, words). `first` is what stands there before anybody types. `needed` says what to do when it is empty."""

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    first: Any = None
    needed: str = ""


def read(fields: tuple[Field, ...], data: Data, form: str = "") -> tuple[dict[str, Any], dict[str, str]]:
    """The values by name, and what is wrong, by the id of the field on the page. `form` names the form where a page has
    several: its fields are called after it there, as `hold-reason`."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in fields:
        there = on_page(field, form)
        values[field.name], error = _READ[field.kind](there, data)
        if error:
            errors[field_id(there)] = error
    return values, errors


def on_page(field: Field, form: str) -> Field:
    """The field under the name it has on a page with several forms."""
    return replace(field, name=f"{form}-{field.name}") if form else field


def first(fields: tuple[Field, ...], form: str = "") -> dict[str, str]:
    """What stands in the fields before anybody types."""
    found: dict[str, str] = {}
    for field in (on_page(f, form) for f in fields):
        if field.kind in ("day", "moment") and field.first is not None:
            local = timezone.localtime(field.first) if isinstance(field.first, datetime) else field.first
            found |= split_date(field.name, local)
            found[f"{field.name}-time"] = f"{local:%H:%M}" if isinstance(local, datetime) else ""
        else:
            found[field.name] = str(field.first or "")
    return found


def field_id(field: Field) -> str:
    """The id that an error points to."""
    return f"{field.name}-day" if field.kind in ("day", "moment") else field.name


def typed(fields: tuple[Field, ...], data: Data, form: str = "") -> list[tuple[str, str]]:
    """Label and what was typed, for a page that keeps it."""
    return [(f.label, _as_typed(on_page(f, form), data)) for f in fields]


def _as_typed(field: Field, data: Data) -> str:
    if field.kind in ("day", "moment"):
        parts = [data.get(f"{field.name}-{p}", "") for p in ("day", "month", "year", "time")]
        return " ".join(p for p in parts if p)
    value = data.get(field.name, "")
    return dict(field.choices).get(value, value)


def _text(field: Field, data: Data) -> tuple[str, str]:
    value = data.get(field.name, "").strip()
    return value, "" if value else field.needed


def _select(field: Field, data: Data) -> tuple[str, str]:
    value = data.get(field.name, "")
    return (value, "") if value in dict(field.choices) else ("", field.needed)


def _day(field: Field, data: Data) -> tuple[date | None, str]:
    if not field.needed and not any(data.get(f"{field.name}-{p}", "").strip() for p in ("day", "month", "year")):
        return None, ""
    return read_date(data, field.name)


def _moment(field: Field, data: Data) -> tuple[datetime | None, str]:
    """A day with a time in London; of an hour that comes twice the first is meant."""
    day, error = _day(field, data)
    if day is None:
        return None, error
    clock = data.get(f"{field.name}-time", "").strip() or "17:00"
    try:
        at = time.fromisoformat(clock)
    except ValueError:
        return None, f"{clock} is no time. Type hours and minutes, such as 14:30."
    return datetime.combine(day, at.replace(tzinfo=None), timezone.get_current_timezone()), ""


_READ: dict[str, Any] = {"text": _text, "area": _text, "select": _select, "day": _day, "moment": _moment}
