"""What is only added to: the database itself refuses to change it."""

import pytest
from django.db import DatabaseError, connection, transaction
from tests.unit.store.test_care_log import promise

from carestead.store import append_only
from carestead.store.assign.actions import open_responsibility
from carestead.store.assign.models import LedgerEntry
from carestead.store.audit.actions import record_read
from carestead.store.audit.models import AuditEvent, AuditSubject
from carestead.store.care.log import Act, begin
from carestead.store.care.things import CareEvent
from carestead.store.commission.models import Contribution, JournalEntry, Posting
from carestead.store.find.actions import decline_proposal
from carestead.store.find.models import Decision

MODELS = [AuditEvent, AuditSubject, Decision, LedgerEntry, CareEvent, Contribution, JournalEntry, Posting]


@pytest.fixture
def filled(protected, fund, gp):
    decline_proposal(person_id=1, version=0, practice_code="Y00001", reason="Moved", by=gp)
    open_responsibility(person_id=1, role="named-gp", practitioner_code="G1", by=gp)
    begin(promise(), Act("ask", gp))
    record_read(by=gp, action="see-person", people=[1])


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("act", ["update", "delete"])
def test_rows_can_be_added_and_not_changed(filled, model, act):
    before = model.objects.count()
    column = model._meta.get_fields()[-1].column
    table = model._meta.db_table
    sql = f'update {table} set "{column}" = "{column}"' if act == "update" else f"delete from {table}"
    with (
        pytest.raises(DatabaseError, match="added to, never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert model.objects.count() == before > 0


def test_every_append_only_table_is_tested():
    assert sorted(m._meta.db_table for m in MODELS) == sorted(append_only.TABLES)
