"""One person's record from all sources: every item with who said it and when; conflicts side by side."""

from carestead.record.timeline.conflicts import Conflict, Statement, conflicts
from carestead.record.timeline.entries import Entry, Said, timeline
from carestead.record.timeline.queries import QUERIES, query

__all__ = ["QUERIES", "Conflict", "Entry", "Said", "Statement", "conflicts", "query", "timeline"]
