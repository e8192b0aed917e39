"""An empty area, and an ingest into it that gives back the delivered rows."""

from tests.ingesting import area, rows, take

__all__ = ["area", "rows", "take"]
