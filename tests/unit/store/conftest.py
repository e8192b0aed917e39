"""Store tests talk to a real database: SQLite here, PostgreSQL when CARESTEAD_DB names one."""

import pytest

from carestead.store.actor import Actor, Role


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/unit/store" in str(item.path):
            item.add_marker(pytest.mark.enable_socket)


@pytest.fixture
def gp() -> Actor:
    return Actor("quill", "Dr Ada Quill", Role.NAMED_GP, "Y00001", "G1")


@pytest.fixture
def coordinator() -> Actor:
    return Actor("teal", "Kim Teal", Role.CARE_COORDINATOR, "GRP1", "K1")


@pytest.fixture
def lead() -> Actor:
    return Actor("lee", "Lee Lead", Role.LEAD, "Y00001")


@pytest.fixture
def enrolled(db, gp):
    """Person 7, with G1 as named GP and K1 as coordinator."""
    from carestead.store.find.actions import accept_proposal

    return accept_proposal(
        person_id=7, version=0, practice_code="Y00001", named_gp_code="G1", coordinator_code="K1", by=gp
    )


@pytest.fixture
def commissioner() -> Actor:
    return Actor("purse", "Pat Purse", Role.COMMISSIONER, "E10001")


@pytest.fixture
def fund(db, commissioner):
    return make_fund(commissioner)


@pytest.fixture
def committed(transactional_db):
    """A database in which transactions really end, for tests with several connections. Emptying it afterwards is what
    the database refuses, so the refusal is taken away for that moment."""
    from django.db import connection

    from carestead.store import append_only

    append_only.protect(connection, *append_only.TABLES)
    yield
    append_only.release(connection, *append_only.TABLES)


@pytest.fixture
def protected(db):
    """The refusals as migrations make them: a test before may have taken them away to empty the database."""
    from django.db import connection

    from carestead.store import append_only

    append_only.protect(connection, *append_only.TABLES)


def make_fund(by: Actor, pence: int = 100_000):
    from datetime import date

    from carestead.store.commission.actions import contribute, open_fund, set_price

    fund = open_fund(code="f26", name="Neighbourhood fund", year=2026, by=by)
    contribute(fund=fund, organisation_code="nhs", organisation_name="NHS", amount_pence=pence * 6 // 10, by=by)
    contribute(
        fund=fund, organisation_code="council", organisation_name="Council", amount_pence=pence - pence * 6 // 10, by=by
    )
    set_price(
        fund=fund, provider_code="H1", provider_name="Kettle & Co", hour_pence=2_500, valid_from=date(2026, 4, 1), by=by
    )
    return fund


@pytest.fixture
def opened_fund(committed, commissioner):
    return make_fund(commissioner)
