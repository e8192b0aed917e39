"""Link records of people across sources: NHS numbers first, rules next, Splink for the rest, people's word last."""

from collections.abc import Iterable, Mapping
from typing import Any

from carestead.record.linking import outcome
from carestead.record.linking.identity import person_ids
from carestead.record.linking.join import STEPS, Progress, join_records
from carestead.record.linking.outcome import LinkOutcome
from carestead.record.linking.prepare import clear, decided, earlier_ids, prepare
from carestead.reference.linking import LinkSettings, link_settings

__all__ = ["LinkOutcome", "link"]


def link(
    con: Any,
    patients: Any,
    *,
    settings: LinkSettings | None = None,
    previous: Any = None,
    decisions: Iterable[Mapping[str, Any]] | Any = None,
    on_progress: Progress | None = None,
) -> LinkOutcome:
    """Say which record is which person.

    `con` is a DuckDB connection; `patients` a view's or table's name in it, or an arrow table, with source_id and
    source_person_id and any of nhs_number, family_name, given_name, birth_date, sex, address, town, postcode, phone,
    email, other (one row a record; of several rows with one id each column's largest value is taken). `previous` is
    the last run's `link` table: its people keep their numbers. `decisions` are rows (source_id_a, source_person_id_a,
    source_id_b, source_person_id_b, verdict `join` or `part`), which outrank everything; take the row away and the
    next run undoes it. `on_progress(done, of, what)` is called for each stage. The same input gives the same output.

    Raises InputError when an id column is missing or a verdict is neither join nor part.
    """
    settings = settings or link_settings()
    tell = on_progress or (lambda done, of, what: None)
    tell(0, STEPS, "preparing names and addresses")
    try:
        findings = prepare(con, patients, settings)
        together, apart = decided(con, decisions)
        joined = join_records(con, settings, across=False, together=together, apart=apart, on_progress=tell)
        ids = person_ids(joined.person, earlier_ids(con, previous))
        made = LinkOutcome(
            outcome.links(con, joined, ids), outcome.reviews(con, joined), findings + outcome.overruled(con, joined)
        )
    finally:
        clear(con)
    tell(STEPS, STEPS, "linked")
    return made
