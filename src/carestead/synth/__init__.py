"""A made-up neighbourhood: people, lives and records that nobody lived, with the truth kept apart.

`write_sources` writes real suppliers' formats; `lake` writes published tables for scale; `linkage_pair` two files of
the same people for judging links. Everything is drawn from a seed; there is no clock.
"""

from carestead.synth.lake import lake
from carestead.synth.linkage import Pair, linkage_pair
from carestead.synth.neighbourhood import Summary, write_sources

__all__ = ["Pair", "Summary", "lake", "linkage_pair", "write_sources"]
