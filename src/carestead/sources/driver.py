"""The engine's connection as this room sees it: handed in, never imported."""

from typing import Any

Connection = Any
"""An open DuckDB connection."""


def is_engine_error(error: BaseException) -> bool:
    """True when the engine refused a statement, false for our own mistakes and the disk's."""
    return any(c.__name__ == "Error" and c.__module__ in ("duckdb", "_duckdb") for c in type(error).__mro__)


def is_out_of_memory(error: BaseException) -> bool:
    """True when the engine ran out of memory and of room to spill."""
    return type(error).__name__ == "OutOfMemoryException"
