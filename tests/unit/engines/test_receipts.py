"""Receipts: proof of a part, where the part is."""

import shutil
from pathlib import Path

from carestead.engines.base import Receipt
from carestead.engines.work import read_receipt, write_receipt


def test_a_copied_area_reads_its_own_parts(tmp_path: Path):
    made, copied = tmp_path / "made.parquet", tmp_path / "copied.parquet"
    receipt = Receipt("step", "score", 0, str(made), 3, "0" * 16, 0.1, "key", "duckdb")
    write_receipt(receipt)
    shutil.copy(f"{made}.json", f"{copied}.json")
    assert read_receipt(str(made)) == receipt
    found = read_receipt(str(copied))
    assert found is not None and (found.path, found.rows) == (str(copied), 3)
    assert read_receipt(str(tmp_path / "never.parquet")) is None
