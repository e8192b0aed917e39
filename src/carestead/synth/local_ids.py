"""Each source numbers its people for itself: ids overlap between sources and mean nothing."""

from dataclasses import dataclass

import numpy as np

from carestead.synth.streams import stream


@dataclass(frozen=True)
class LocalIds:
    """`rows`: the people a source knows, in its own order; `text`: the id of each person there, None elsewhere."""

    rows: np.ndarray
    text: np.ndarray


def local_ids(seed: int, source: str, known: np.ndarray, prefix: str = "p", first: int = 1) -> LocalIds:
    """Ids of the people marked in `known`: `<prefix><number>`, numbered in an order of the source's own."""
    rows = stream(seed, "ids", source).permutation(np.flatnonzero(known))
    text = np.full(len(known), None, dtype=object)
    text[rows] = [f"{prefix}{i}" for i in range(first, first + len(rows))]
    return LocalIds(rows, text)
