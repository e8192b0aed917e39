"""What a contract is, and what its check finds."""

import duckdb
import pytest

from carestead.core.finding import Severity
from carestead.tables import Table, all_tables, check, delivered_tables, table


@pytest.mark.parametrize("spec", all_tables().values(), ids=lambda t: t.name)
def test_every_table_is_sorted_by_columns_it_has_and_every_column_says_what_it_means(spec: Table):
    assert set(spec.order) <= set(spec.names())
    assert all(len(c.meaning) > 3 for c in spec.columns)
    assert len(set(spec.names())) == len(spec.names())


def test_person_tables_never_hold_a_name_or_number():
    """Names and NHS numbers live in `patient` alone (and a carer's name in `relationship`), but for the lists of the
    National Data Opt-Out service, which are NHS numbers and nothing else."""
    named = {t.name for t in all_tables().values() for c in t.columns if c.name in ("nhs_number", "family_name")}
    assert named == {"patient", "data_choice"}


def test_the_delivered_form_is_derived():
    delivered = table("event").delivered()
    assert {"source_person_id", "code_system", "code", "code_display", "source_encounter_key"} <= set(delivered)
    assert not {"person_id", "code_id", "source_id", "file_id"} & set(delivered)
    assert delivered["source_row"] == "BIGINT"


def test_only_what_suppliers_send_is_delivered():
    assert {"patient", "event", "organisation"} <= set(delivered_tables())
    assert not {"person", "score", "source", "link"} & set(delivered_tables())


def test_each_breach_is_counted():
    con = duckdb.connect()
    con.execute("""create view encounter as select * replace (
        case when n = 1 then 'rumour' else 'admission' end as kind,
        case when n = 2 then -1 else 3 end as length_of_stay,
        case when n = 3 then date '1066-10-14' else date '2026-01-01' end as start_date,
        case when n = 4 then null else 7 end as person_id)
      from (select n, null::integer person_id, null::date start_date, 'x' kind, null::varchar method, 1 length_of_stay,
        null::varchar discharge_destination, 1 source_id, 1 file_id from range(10) r(n))""")
    spec = table("encounter")
    result = con.execute(check.breaches_sql(spec, "encounter"))
    counts = dict(zip([c[0] for c in result.description], result.fetchall()[0], strict=True))
    found = {(f.code, f.where): (f.count, f.severity) for f in check.findings(spec, counts)}
    assert found == {
        ("contract.allowed", "encounter.kind"): (1, Severity.WARNING),
        ("contract.minimum", "encounter.length_of_stay"): (1, Severity.WARNING),
        ("contract.minimum", "encounter.start_date"): (1, Severity.WARNING),
        ("contract.required", "encounter.person_id"): (1, Severity.ERROR),
    }


def test_repeats_of_what_must_be_unique_are_counted():
    con = duckdb.connect()
    con.execute("create view code as select 1 as code_id, 'snomed' as system, '1' as code from range(3)")
    result = con.execute(check.breaches_sql(table("code"), "code"))
    counts = dict(zip([c[0] for c in result.description], result.fetchall()[0], strict=True))
    assert counts["code_id:unique"] == 2


def test_an_unknown_table_says_which_there_are():
    with pytest.raises(KeyError, match="There is no table evnt; there are"):
        table("evnt")
