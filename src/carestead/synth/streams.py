"""Random numbers: one stream for each purpose, so that adding one draw moves no other."""

from zlib import crc32

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence


def stream(seed: int, *purpose: str | int) -> Generator:
    """The generator for a purpose; equal for equal arguments, whatever was drawn elsewhere before."""
    keys = [crc32(p.encode()) if isinstance(p, str) else p for p in purpose]
    return Generator(PCG64(SeedSequence([seed, *keys])))


def pick(rng: Generator, weights: np.ndarray, size: int) -> np.ndarray:
    """`size` indexes drawn with chances in proportion to `weights`, with replacement."""
    edges = np.cumsum(weights, dtype=np.float64)
    return np.searchsorted(edges, rng.random(size) * edges[-1], side="right").clip(0, len(edges) - 1)


def pick_rows(rng: Generator, weights: np.ndarray) -> np.ndarray:
    """One column index a row of the 2-D `weights`; rows that sum to nought give 0."""
    edges = np.cumsum(weights, axis=1)
    return (edges <= (rng.random(len(weights)) * edges[:, -1])[:, None]).sum(axis=1).clip(0, weights.shape[1] - 1)


def top_k(rng: Generator, weights: np.ndarray, k: np.ndarray) -> np.ndarray:
    """A mask of the shape of `weights` with `k[i]` marks in row i, drawn without replacement by weight.

    Efraimidis and Spirakis 2006: the k largest of log(u)/w. Weights of nought are never drawn.
    """
    with np.errstate(divide="ignore"):
        keys = np.where(weights > 0, np.log(rng.random(weights.shape, dtype=np.float32)) / weights, -np.inf)
    order = np.argsort(-keys, axis=1, kind="stable")
    mask = np.zeros(weights.shape, dtype=bool)
    np.put_along_axis(mask, order, np.arange(weights.shape[1]) < k[:, None], axis=1)
    return mask & (weights > 0)


def repeat(rng: Generator, rate: np.ndarray) -> np.ndarray:
    """Indexes 0..len(rate)-1, each repeated as often as a Poisson draw of its rate says, in order."""
    return np.repeat(np.arange(len(rate)), rng.poisson(np.maximum(rate, 0)))


def between(rng: Generator, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """A day from `first` up to but without `last`, each day as likely (days since 1970)."""
    return (first + rng.random(len(first)) * np.maximum(last - first, 1)).astype(np.int32)
