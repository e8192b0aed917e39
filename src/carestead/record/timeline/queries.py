"""The questions a person's page asks of one person's bucket: SQL files with `$person_id` bound."""

from importlib.resources import files

QUERIES = {
    "event": ("event", "code"),
    "medication": ("medication", "code"),
    "encounter": ("encounter", "code"),
    "diagnosis": ("diagnosis", "code"),
    "procedure": ("procedure", "code"),
    "referral": ("referral", "code"),
    "care_package": ("care_package",),
    "document": ("document", "code"),
    "patient": ("patient",),
}
"""Name of the query, and the tables it reads."""


def query(name: str) -> str:
    """The SQL of one of `QUERIES`; its rows are what `timeline` and `conflicts` take."""
    return (files(__package__) / f"{name}.sql").read_text(encoding="utf-8")
