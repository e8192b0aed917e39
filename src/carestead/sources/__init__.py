"""Sources: suppliers' files in, delivered contract tables out. One door: `ingest`."""

from carestead.sources.ingest import ingest
from carestead.sources.report import Report, SourceReport

__all__ = ["Report", "SourceReport", "ingest"]
