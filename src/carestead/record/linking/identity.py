"""Numbers for people that stay the same from run to run."""

import numpy as np


def person_ids(person: np.ndarray, previous: np.ndarray) -> np.ndarray:
    """int64[n]: the id of each record's person.

    `person` int64[n] holds each record's smallest fellow record; `previous` int64[n] its id in the last run, -1 when it
    is new. A split id stays with the part that has most of its records (ties: the part with the smallest record); a
    merged person takes the smallest of the ids its records won; new people get the next numbers, in order of record.
    No number is used twice: they start after the largest of the last run, at 1 in a new area.
    """
    won = _won(person, previous)
    heads = np.unique(person)
    kept = {head: min(ids) for head, ids in won.items()}
    new = heads[[h not in kept for h in heads.tolist()]] if kept else heads
    first = max(int(previous.max(initial=0)), 0) + 1
    ids = np.zeros(len(person), dtype=np.int64)
    ids[new] = np.arange(first, first + len(new))
    ids[list(kept)] = list(kept.values())
    return ids[person]


def _won(person: np.ndarray, previous: np.ndarray) -> dict[int, list[int]]:
    """Which people (by head) won which earlier ids."""
    known = np.flatnonzero(previous >= 0)
    pairs, counts = np.unique(np.stack([previous[known], person[known]]), axis=1, return_counts=True)
    order = np.lexsort((pairs[1], -counts, pairs[0]))
    ids, heads = pairs[0][order], pairs[1][order]
    firsts = np.concatenate([[True], ids[1:] != ids[:-1]]) if len(ids) else np.zeros(0, dtype=bool)
    won: dict[int, list[int]] = {}
    for head, identity in zip(heads[firsts].tolist(), ids[firsts].tolist(), strict=True):
        won.setdefault(head, []).append(identity)
    return won
