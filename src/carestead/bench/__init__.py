"""The benchmark: each figure a ratio of two things measured in one run. One subject a file, found by its folder."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from carestead.bench.measure import Figure, Setting

_NOT_SUBJECTS = {"crash", "hospital", "made_store", "measure", "package", "prepare"}


def subjects() -> list[str]:
    """The subjects there are."""
    return [m.name for m in iter_modules(__path__) if m.name not in _NOT_SUBJECTS]


def figures(setting: Setting, wanted: list[str]) -> Iterator[Figure]:
    """Measure the wanted subjects, one after another."""
    for name in wanted:
        yield from import_module(f"{__name__}.{name}").figures(setting)


__all__ = ["Figure", "Setting", "figures", "subjects"]
