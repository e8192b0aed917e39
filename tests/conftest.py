"""Fixtures every test may use."""

import atexit
import os
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from carestead import flow, sources, synth
from carestead.core.area import create_area
from carestead.engines.duckdb import DuckDB, connect
from tests.search import SEARCH

ROOT = Path(__file__).parents[1]

# Cases drawn at random are the same ones every time, so that a red run says something of the change at hand. New ones
# are looked for on purpose: `make search`.
settings.register_profile("carestead", derandomize=not SEARCH, max_examples=100 * (SEARCH or 1), deadline=None)
settings.load_profile("carestead")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data sets beside the project; the test is skipped, with the reason, where there is none."""
    folder = Path(os.environ.get("CARESTEAD_SHARED", ROOT.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip(f"needs the real data sets in {folder}: set CARESTEAD_SHARED to the folder that holds data/")
    return folder


@pytest.fixture(scope="session")
def made_up_area(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An area of 1,000 made-up people, through every floor: files, ingest, run. Do not write to it: copy it."""
    return make_area(tmp_path_factory.mktemp("made-up"), people=1000)


def make_area(folder: Path, *, people: int) -> Path:
    """An area of made-up people in `folder`, through every floor."""
    as_of = date(2026, 3, 31)
    synth.write_sources(connect(folder / "scratch"), folder / "sources", people=people, seed=1, as_of=as_of)
    area = create_area(folder / "area", name="Made-up neighbourhood", people=people, synthetic=True)
    sources.ingest(lambda: connect(area.scratch), area.path, [folder / "sources"], delivered_on=as_of)
    flow.run(area, as_of=as_of, engine=DuckDB(area.scratch))
    return area.path


_ended: list[int] = []


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    _ended.append(int(exitstatus))


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """End here: on leaving, the engine prints pages about objects alive, below the summary people look for."""
    if hasattr(config, "workerinput"):  # one of several: it still has to tell what it found
        atexit.register(os._exit, 0)
    elif _ended:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(_ended[0])
