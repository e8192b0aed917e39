"""The same real activity paid under two rules, side by side, practice by practice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from carestead import reference
from carestead.commission import words
from carestead.core.money import pounds, share

By = Literal["practice_code", "provider_code"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One practice's year under both rules, in pence. `same_pot` is what payment by head would give it if the whole
    pot were what payment by activity costs: `mix` (same_pot less activity) is who gains by the rule itself, `level`
    (capitation less same_pot) is only that the pot is larger or smaller. `sentence` says it in words."""

    code: str
    activity: int
    capitation: int
    same_pot: int
    sentence: str

    @property
    def difference(self) -> int:
        return self.capitation - self.activity

    @property
    def mix(self) -> int:
        return self.same_pot - self.activity

    @property
    def level(self) -> int:
        return self.capitation - self.same_pot


@dataclass(frozen=True, slots=True)
class Replay:
    """Each practice, then all together; pence of activity that both rules pay alike; pence for people of no practice
    of the group, whom no list pays for; and the finding in words."""

    rows: tuple[Comparison, ...]
    total: Comparison
    paid_alike: int
    unlisted: int
    sentence: str


def replay(payment_lines: Iterable[Mapping[str, Any]], names: Mapping[str, str] | None = None) -> Replay:
    """Compare rows of `payment_line` of the rules `activity` and `capitation`, for the kinds of activity that the
    capitation covers. `names` maps practice codes to names for the sentences."""
    lines = list(payment_lines)
    covered = covered_items()
    of = {r: [x for x in lines if x["rule"] == r] for r in ("activity", "capitation")}
    alike = [x for x in of["activity"] if not _is_covered(x["item"], covered)]
    compared = [x for x in of["activity"] if _is_covered(x["item"], covered)]
    by_head = add_up(of["capitation"], "practice_code")
    by_activity = add_up((x for x in compared if x["practice_code"]), "practice_code")
    rows = _compare(by_activity, by_head, names or {})
    total = _total(rows)
    unlisted = sum(x["amount_pence"] for x in compared if not x["practice_code"])
    return Replay(rows, total, sum(x["amount_pence"] for x in alike), unlisted, _summary(rows, total))


def add_up(lines: Iterable[Mapping[str, Any]], by: By) -> dict[str, int]:
    """Pence by practice or by provider; lines that name none are under the empty text."""
    total: dict[str, int] = defaultdict(int)
    for line in lines:
        total[line[by] or ""] += line["amount_pence"]
    return dict(total)


def by_provider(payment_lines: Iterable[Mapping[str, Any]]) -> list[tuple[str, int, int]]:
    """(provider, pence by activity, pence by head) for all that each rule pays: where the money lands."""
    lines = list(payment_lines)
    paid = {r: add_up((x for x in lines if x["rule"] == r), "provider_code") for r in ("activity", "capitation")}
    codes = sorted(set(paid["activity"]) | set(paid["capitation"]))
    return [(c, paid["activity"].get(c, 0), paid["capitation"].get(c, 0)) for c in codes]


def by_item(payment_lines: Iterable[Mapping[str, Any]], rule: str) -> list[tuple[str, float, int]]:
    """(what is paid for, quantity, pence) of one rule over all practices and months, dearest first."""
    total: dict[str, tuple[float, int]] = {}
    for line in (x for x in payment_lines if x["rule"] == rule):
        quantity, amount = total.get(line["item"], (0.0, 0))
        total[line["item"]] = (quantity + line["quantity"], amount + line["amount_pence"])
    return sorted(((i, q, a) for i, (q, a) in total.items()), key=lambda x: (-x[2], x[0]))


def covered_items() -> tuple[str, ...]:
    """The words with which the items of covered kinds start."""
    kinds = reference.load("payments", "capitation")["covers"]
    return tuple(words.activity(k, m, None) for k in kinds for m in (None, *words.METHODS))


def _is_covered(item: str, covered: tuple[str, ...]) -> bool:
    return any(item == start or item.startswith(f"{start} ") for start in covered)


def _compare(activity: Mapping[str, int], head: Mapping[str, int], names: Mapping[str, str]) -> tuple[Comparison, ...]:
    codes = sorted(set(activity) | set(head))
    pot = sum(activity.values())
    weights = [head.get(c, 0) for c in codes]
    same_pot = share(pot, weights) if sum(weights) else [0] * len(codes)
    return tuple(
        Comparison(
            c, activity.get(c, 0), head.get(c, 0), s, _sentence(names.get(c, c), activity.get(c, 0), head.get(c, 0), s)
        )
        for c, s in zip(codes, same_pot, strict=True)
    )


def _total(rows: tuple[Comparison, ...]) -> Comparison:
    activity, head = sum(r.activity for r in rows), sum(r.capitation for r in rows)
    pot = sum(r.same_pot for r in rows)
    return Comparison("", activity, head, pot, _sentence("All practices together", activity, head, pot))


def _sentence(name: str, activity: int, head: int, same_pot: int) -> str:
    first = f"{name}: {pounds(activity)} by activity, {pounds(head)} by head, {_more(head - activity)}"
    if name == "All practices together":
        return f"{first}."
    return f"{first}; with the same money in all, {pounds(same_pot)} by head, {_more(same_pot - activity)}."


def _more(difference: int) -> str:
    return "the same" if not difference else f"{pounds(abs(difference))} {'more' if difference > 0 else 'less'}"


def _summary(rows: tuple[Comparison, ...], total: Comparison) -> str:
    if not rows:
        return "There is nothing to compare: neither rule pays a practice."
    moved = sum(r.mix for r in rows if r.mix > 0)
    part = f" ({100 * moved / total.activity:.1f}%)" if total.activity else ""
    winners = sum(r.mix > 0 for r in rows)
    return (
        f"Payment by head comes to {_more(total.difference)} in all, beside payment by activity. "
        f"With the same money in all, {pounds(moved)}{part} would move to {winners} of {len(rows)} practices "
        "from the others."
    )
