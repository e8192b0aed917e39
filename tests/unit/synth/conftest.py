"""One small neighbourhood, made once."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from carestead import synth
from carestead.synth.made import Neighbourhood, make

AS_OF = date(2026, 3, 31)
PEOPLE = 4_000


@pytest.fixture(scope="session")
def made() -> Neighbourhood:
    """A neighbourhood in memory, big enough for shares."""
    return make(7, 12_000, AS_OF)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, synth.Summary]:
    """A neighbourhood as files."""
    out = tmp_path_factory.mktemp("neighbourhood") / "out"
    with duckdb.connect() as con:
        return out, synth.write_sources(con, out, people=PEOPLE, seed=3, as_of=AS_OF)
