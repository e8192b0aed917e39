"""A model told by its measures: what a model card shows of people the model has never seen."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from carestead.find.risk import measures, train
from carestead.find.risk.measures import AtCut, Estimate


def measured(outcome: np.ndarray, odds: np.ndarray, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Every measure with its interval, calibration by tenths, and what each cut would choose. `odds` are log-odds."""
    chance = 1 / (1 + np.exp(-odds))
    calibration = measures.calibration(outcome, chance)
    at = measures.at_cut(outcome, odds, settings["capacity"])
    estimates = {
        "auroc": measures.auroc(outcome, odds),
        "auprc": measures.auprc(outcome, odds, times=settings["bootstrap"], seed=settings["seed"]),
        "slope": calibration.slope,
        "intercept": calibration.intercept,
        "brier": measures.brier(outcome, chance),
        "ppv": at.ppv,
        "sensitivity": at.sensitivity,
    }
    below = settings["withhold_below"]
    return {
        "measures": {name: e.as_dict() for name, e in estimates.items()},
        "tenths": tenths(outcome, chance, below),
        "cuts": [_cut(measures.at_cut(outcome, odds, share), below) for share in settings["cuts"]],
        "curve": precision_recall(outcome, odds, below),
    }


def tenths(outcome: np.ndarray, chance: np.ndarray, below: int = 5) -> list[dict[str, Any]]:
    """People in ten equal parts by chance: what was said, what happened. Parts with fewer than `below` admitted, or
    not admitted, are put together with the next."""
    order = np.argsort(chance, kind="stable")
    parts: list[np.ndarray] = []
    for part in np.array_split(order, 10):
        if parts and _small(outcome[parts[-1]], below):
            parts[-1] = np.concatenate([parts[-1], part])
        else:
            parts.append(part)
    if len(parts) > 1 and _small(outcome[parts[-1]], below):
        last = parts.pop()
        parts[-1] = np.concatenate([parts[-1], last])
    return [_part(outcome[p], chance[p]) for p in parts if len(p)]


def precision_recall(outcome: np.ndarray, odds: np.ndarray, below: int = 5) -> list[dict[str, float]]:
    """The share admitted and the share of all admitted, at each hundredth of the people; none from small numbers."""
    points = [measures.at_cut(outcome, odds, n / 100) for n in range(1, 101)]
    kept = [p for p in points if p.right >= below and p.chosen - p.right >= below]
    return [
        {"share": p.share, "precision": round(p.ppv.value, 4), "recall": round(p.sensitivity.value, 4)} for p in kept
    ]


def recalibrations(
    fitted: tuple[np.ndarray, np.ndarray], tested: tuple[np.ndarray, np.ndarray]
) -> list[dict[str, Any]]:
    """Each way to recalibrate, learned from (outcome, log-odds) out of fold and tested on others of whom it knows
    nothing: none, logistic, isotonic."""
    outcome, odds = tested
    shift, slope = train.recalibration(*fitted)
    ways = {
        "none": 1 / (1 + np.exp(-odds)),
        "logistic": 1 / (1 + np.exp(-(shift + slope * odds))),
        "isotonic": train.isotonic(fitted[1], fitted[0])(odds),
    }
    return [{"way": way} | _calibrated(outcome, chance) for way, chance in ways.items()]


def _calibrated(outcome: np.ndarray, chance: np.ndarray) -> dict[str, Any]:
    found = measures.calibration(outcome, chance)
    named = {"brier": measures.brier(outcome, chance), "slope": found.slope, "intercept": found.intercept}
    return {name: e.as_dict(5) for name, e in named.items()}


def _part(outcome: np.ndarray, chance: np.ndarray) -> dict[str, Any]:
    happened: Estimate = measures.wilson(int(outcome.sum()), len(outcome))
    return {"people": len(outcome), "said": round(float(chance.mean()), 4), "happened": happened.as_dict()}


def _cut(at: AtCut, below: int) -> dict[str, Any]:
    row: dict[str, Any] = {"share": at.share, "chosen": at.chosen}
    if at.right < below or at.chosen - at.right < below:
        return row | {"withheld": True}
    return row | {
        "withheld": False, "right": at.right, "ppv": at.ppv.as_dict(), "sensitivity": at.sensitivity.as_dict(),
    }  # fmt: skip


def _small(outcome: np.ndarray, below: int) -> bool:
    return min(int(outcome.sum()), int((~outcome).sum())) < below
