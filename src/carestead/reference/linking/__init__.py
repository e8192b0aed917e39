"""How records are judged to be one person: the setting and the short forms of names, read from files."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True)
class LinkSettings:
    """The setting of the linking: see the comments of `default.yaml`, where each choice has its reason.

    `accept`, `accept_lone` and `review` are match probabilities; `comparisons` as in the file;
    `nicknames` maps a short form to the form it comes from.
    """

    accept: float
    accept_lone: float
    review: float
    learning: Mapping[str, Any]
    blocking: Mapping[str, Any]
    comparisons: tuple[Mapping[str, Any], ...]
    nicknames: Mapping[str, str]


@cache
def link_settings(name: str = "default") -> LinkSettings:
    """The setting in `reference/linking/<name>.yaml`. Raises FileNotFoundError when there is none."""
    read = _read(f"{name}.yaml")
    learning = {k: v["value"] if isinstance(v, dict) else v for k, v in read["learning"].items()}
    return LinkSettings(
        accept=read["thresholds"]["accept"]["probability"],
        accept_lone=read["thresholds"]["accept_lone"]["probability"],
        review=read["thresholds"]["review"]["probability"],
        learning=learning,
        blocking=read["blocking"],
        comparisons=tuple(read["comparisons"]),
        nicknames={short: name for name, shorts in _read("nicknames.yaml")["names"].items() for short in shorts},
    )


def _read(name: str) -> dict[str, Any]:
    return yaml.safe_load((files(__name__) / name).read_text(encoding="utf-8"))
