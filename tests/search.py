"""How far a search for new cases goes: CARESTEAD_SEARCH times the usual number, drawn anew; 0 is the usual cases."""

import os

SEARCH = int(os.environ.get("CARESTEAD_SEARCH", "0"))


def times(examples: int) -> int:
    """So many examples, or as many times more as the search asks for."""
    return examples * (SEARCH or 1)
