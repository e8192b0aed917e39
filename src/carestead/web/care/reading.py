"""What was typed into the fields of a form: values, and what is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from carestead.web.shell.dates import split_date
from carestead.web.shell.typed import Typed

Data = Mapping[str, str]
END_OF_DAY = time(17)


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
    typed_in = Typed(data)
    values = {f.name: _READ[f.kind](typed_in, on_page(f, form)) for f in fields}
    return values, typed_in.errors


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


def typed(fields: tuple[Field, ...], data: Data, form: str = "") -> list[tuple[str, str]]:
    """Label and what was typed, for a page that keeps it."""
    return [(f.label, _as_typed(on_page(f, form), data)) for f in fields]


def _as_typed(field: Field, data: Data) -> str:
    if field.kind in ("day", "moment"):
        parts = [data.get(f"{field.name}-{p}", "") for p in ("day", "month", "year", "time")]
        return " ".join(p for p in parts if p)
    value = data.get(field.name, "")
    return dict(field.choices).get(value, value)


def _text(form: Typed, field: Field) -> str:
    return form.text(field.name, field.needed)


def _select(form: Typed, field: Field) -> str:
    offered = dict(field.choices) if field.needed else {**dict(field.choices), "": ""}
    return form.choice(field.name, offered, field.needed or "Choose one of them.")


def _day(form: Typed, field: Field) -> date | None:
    return form.day(field.name, optional=not field.needed)


def _moment(form: Typed, field: Field) -> datetime | None:
    """A day with its time, the end of the working day where none is typed."""
    clock = f"{field.name}-time"
    if form.data.get(clock, "").strip():
        return form.moment(field.name, clock)
    day = _day(form, field)
    return timezone.make_aware(datetime.combine(day, END_OF_DAY)) if day else None


_READ: dict[str, Any] = {"text": _text, "area": _text, "select": _select, "day": _day, "moment": _moment}
