"""Fixtures every test may use."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data sets beside the project; the test is skipped, with the reason, where there is none."""
    folder = Path(os.environ.get("CARESTEAD_SHARED", ROOT.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip(f"needs the real data sets in {folder}: set CARESTEAD_SHARED to the folder that holds data/")
    return folder
