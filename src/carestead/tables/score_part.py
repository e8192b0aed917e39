"""Contract table `score_part`: the parts of scores that are added up from parts."""

from carestead.tables import evidence
from carestead.tables.schema import Table

TABLE = Table(
    "score_part",
    "A part of a score at discharge, with the record behind it: the points of a person's parts are the score's value. "
    "A part that the record cannot tell has no points, and its item ends in -not-known.",
    evidence.TABLE.columns,
    order=evidence.TABLE.order,
    room="find",
    fhir="RiskAssessment.basis",
)
