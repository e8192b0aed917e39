"""Tables that are added to and never changed: the database itself refuses, whoever asks."""

from typing import Any

TABLES = (
    "audit_auditevent",
    "audit_auditsubject",
    "find_decision",
    "assign_ledgerentry",
    "care_careevent",
    "commission_contribution",
    "commission_journalentry",
    "commission_posting",
)


def protect(connection: Any, *tables: str) -> None:
    """Make `tables` refuse UPDATE and DELETE (and TRUNCATE on PostgreSQL). May be called again."""
    _each(connection, tables, _PROTECT[connection.vendor])


def release(connection: Any, *tables: str) -> None:
    """Take the refusal away: for undoing a migration and for emptying a test database."""
    _each(connection, tables, _RELEASE[connection.vendor])


def _each(connection: Any, tables: tuple[str, ...], statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            for statement in statements:
                cursor.execute(statement.replace("TABLE_NAME", table))


_SQLITE = """create trigger if not exists TABLE_NAME_no_{verb} before {verb} on TABLE_NAME
begin select raise(abort, 'TABLE_NAME is added to, never changed'); end"""

_PROTECT = {
    "sqlite": tuple(_SQLITE.format(verb=verb) for verb in ("update", "delete")),
    "postgresql": (
        """create or replace function carestead_refuse() returns trigger language plpgsql as
        $$ begin raise exception '% is added to, never changed', tg_table_name using errcode = '23000'; end $$""",
        """create or replace trigger TABLE_NAME_append_only before update or delete or truncate on TABLE_NAME
        for each statement execute function carestead_refuse()""",
    ),
}
_RELEASE = {
    "sqlite": tuple(f"drop trigger if exists TABLE_NAME_no_{verb}" for verb in ("update", "delete")),
    "postgresql": ("drop trigger if exists TABLE_NAME_append_only on TABLE_NAME",),
}
