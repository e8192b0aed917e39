"""The words the FHIR SQL is written in: dates, references, codes."""

from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carestead.core.coding import SYSTEMS, icd10_code
from carestead.sources.fhir.stage import prepare


@pytest.fixture(scope="module")
def con():
    con = duckdb.connect()
    prepare(con)
    yield con
    con.close()


def value(con, expression, **params):
    return con.execute(f"select {expression}", params).fetchall()[0][0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-02-28", date(2019, 2, 28)),
        ("2019-02-30", None),
        ("2019-02", date(2019, 2, 1)),
        ("2019", date(2019, 1, 1)),
        ("2019-03-04T23:59:59+13:00", date(2019, 3, 4)),
        ("today", None),
        ("infinity", None),
        ("", None),
    ],
)
def test_a_date_is_kept_as_written_or_not_at_all(con, text, day):
    assert value(con, "on_day($t)", t=text) == day
    assert value(con, "bad_day($t)", t=text) == (day is None)


@pytest.mark.parametrize(
    ("reference", "local"),
    [
        ("urn:uuid:0b-1", "0b-1"),
        ("Patient/7", "7"),
        ("https://example.org/fhir/Patient/7", "7"),
        ("Patient/7/_history/3", "7"),
        ("#contained", None),
        ("Patient?identifier=https://x/y|9", "Patient?identifier=https://x/y|9"),
        ("https://example.org/fhir/Patient?identifier=a%7C9", "Patient?identifier=a|9"),
        (None, None),
    ],
)
def test_references_name_ids(con, reference, local):
    assert value(con, "local_id($r::varchar)", r=reference) == local


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("F00.0", "F000"), ("s72.0", "S720"), ("I10X", "I10"), ("I10XD", "I10"), ("F00.1D", "F001"), ("F00†", "F00"),
     ("G30.9+", "G309"), ("A01", "A01"), ("F00.0*", "F000"), ("X59X", "X59")],
)  # fmt: skip
def test_icd10_codes_lose_dot_filler_dagger_and_asterisk(con, sent, kept):
    assert value(con, "icd10_code($c)", c=sent) == kept


def test_one_coding_is_chosen_by_system(con):
    codings = """[{'system': 'http://x', 'code': '1', 'display': 'x'},
                  {'system': 'http://hl7.org/fhir/sid/icd-10', 'code': 'F00', 'display': 'i'},
                  {'system': 'http://snomed.info/sct', 'code': '2', 'display': 's'}]"""
    assert value(con, f"preferred({codings}).code") == "2"
    assert value(con, f"preferred({codings}[:2]).code") == "F00"
    assert value(con, f"coded_in({codings}, 'icd10').display") == "i"


@pytest.mark.parametrize(("name", "uri"), [(s.name, uri) for s in SYSTEMS.values() for uri in s.uris])
def test_uris_have_one_meaning_in_sql_and_in_python(con, name, uri):
    assert value(con, "system_name($u)", u=uri) == name


@given(st.text("AIF019.X D†*+", min_size=3, max_size=8))
@settings(deadline=None)
def test_icd10_is_cleaned_alike_in_sql_and_in_python(con, sent):
    assert value(con, "icd10_code($c)", c=sent) == icd10_code(sent)
