"""Tasks that share an engine: a task sees nothing of the one before it."""

import duckdb
import pytest

from carestead.engines.duckdb import connect, session


def test_a_session_has_the_settings_of_a_connection():
    engine = connect(threads=1)
    settings = "select current_setting('TimeZone'), current_setting('preserve_insertion_order')"
    assert session(engine).execute(settings).fetchall() == connect().execute(settings).fetchall() == [("UTC", False)]


def test_a_session_sees_no_view_or_table_of_the_last():
    engine = connect(threads=1)
    first = session(engine)
    first.execute("create temp view event as select 1 as person_id")
    first.execute("create temp table look as select 1 as look")
    first.close()
    for name in ("event", "look"):
        with pytest.raises(duckdb.CatalogException):
            session(engine).execute(f"from {name}")
