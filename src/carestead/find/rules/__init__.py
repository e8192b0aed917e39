"""Rules as data: which people a rule is about, said in a file that a site can write its own of (docs/rules.md).

A rule is met when any of its clauses is, a clause when all of its conditions are. Segments and needs are rule sets; one
evaluator answers them all, set by set in SQL (`ruled.py`).
"""

from carestead.find.rules.language import read

__all__ = ["read"]
