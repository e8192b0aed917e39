"""What the database itself refuses of the ledger, and the view that reads it as intervals."""

from typing import Any

TABLE = "assign_ledgerentry"

VIEW = f"""create view assign_responsibility as
select e.id, e.person_id, e.role, e.holder_code as practitioner_code, e.seq, e.start,
  (select n.start from {TABLE} n where n.person_id = e.person_id and n.role = e.role and n.seq = e.seq + 1) as "end",
  e.basis, e.reason, e.hand_over_id, e.given_by, e.recorded_at
from {TABLE} e where e.basis <> 'ended'"""

_SAME = f"select 1 from {TABLE} o where o.person_id = new.person_id and o.role = new.role"
_LAST = f"(select max(o.seq) from {TABLE} o where o.person_id = new.person_id and o.role = new.role)"
_RULES = (
    (f"new.seq <> coalesce({_LAST}, 0) + 1", "an entry must follow the last one of the person and role"),
    (f"exists ({_SAME} and o.start >= new.start)", "an entry must start after the last one of the person and role"),
    (
        "new.basis = 'ended' and exists"
        " (select 1 from find_enrolment f where f.person_id = new.person_id and f.state = 'accepted')",
        "an enrolled person must have somebody responsible",
    ),
    (
        f"new.basis = 'ended' and not exists ({_SAME} and o.seq = new.seq - 1 and o.basis <> 'ended')",
        "nobody can follow only somebody",
    ),
)


def guard(connection: Any) -> None:
    """Make the database refuse an entry that breaks a rule of the ledger. May be called again."""
    with connection.cursor() as cursor:
        for statement in _GUARD[connection.vendor]:
            cursor.execute(statement)


def unguard(connection: Any) -> None:
    """Take the refusal away: for undoing the migration."""
    on = f" on {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"drop trigger if exists assign_ledger_order{on}")


def _sqlite() -> str:
    checks = "\n".join(f"select raise(abort, 'ledger: {said}') where {rule};" for rule, said in _RULES)
    return f"create trigger if not exists assign_ledger_order before insert on {TABLE} begin\n{checks}\nend"


def _postgresql() -> tuple[str, str]:
    checks = "\n".join(
        f"if {rule} then raise exception 'ledger: {said}' using errcode = '23000'; end if;" for rule, said in _RULES
    )
    function = (
        "create or replace function assign_ledger_order() returns trigger language plpgsql as\n"
        f"$$ begin\n{checks}\nreturn new; end $$"
    )
    trigger = (
        f"create or replace trigger assign_ledger_order before insert on {TABLE}"
        " for each row execute function assign_ledger_order()"
    )
    return function, trigger


_GUARD = {"sqlite": (_sqlite(),), "postgresql": _postgresql()}
