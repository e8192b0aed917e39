"""The three stages in order, on table `link_record`: numbers, rules, model; then people and doubts."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np

from carestead.record.linking.cluster import Refusals, cluster
from carestead.record.linking.model import bits
from carestead.record.linking.score import score
from carestead.reference.linking import LinkSettings

NUMBER_WEIGHT, RULE_WEIGHT = 40.0, 30.0
"""Bits given to pairs joined by an NHS number or a rule, so that they go before the model's."""

STEPS = 5
"""How often `on_progress(done, of, what)` is called."""

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Edges:
    """Pairs of records: int64 arrays `left`, `right`, float64 `weight` (bits), and the method that made each."""

    left: np.ndarray
    right: np.ndarray
    weight: np.ndarray
    method: np.ndarray

    def plus(self, other: "Edges") -> "Edges":
        return Edges(*(np.concatenate([getattr(self, f), getattr(other, f)]) for f in self.__dataclass_fields__))


@dataclass(frozen=True)
class Joined:
    """What the stages found: `person` int64[n] (smallest record of each), edges, and doubtful pairs by reason."""

    person: np.ndarray
    edges: Edges
    doubtful: list[tuple[int, int, float | None]]
    different_numbers: list[tuple[int, int, float | None]]
    shared_numbers: list[tuple[int, int, float | None]]
    refusals: Refusals


def sql(name: str) -> str:
    """The text of an SQL file of this package."""
    return sql_text(__package__, name)


def sql_text(package: str, name: str) -> str:
    """The text of the SQL file `name` of a package."""
    return (files(package) / f"{name}.sql").read_text(encoding="utf-8")


def edges(pairs: dict[str, np.ndarray], weight: np.ndarray | float, method: str) -> Edges:
    """Edges from columns rid_l and rid_r."""
    n = len(pairs["rid_l"])
    return Edges(
        pairs["rid_l"].astype(np.int64),
        pairs["rid_r"].astype(np.int64),
        np.broadcast_to(np.asarray(weight, dtype=float), n),
        np.full(n, method),
    )


def join_records(
    con: Any,
    settings: LinkSettings,
    *,
    across: bool,
    together: list[tuple[int, int]],
    apart: list[tuple[int, int]],
    on_progress: Progress,
) -> Joined:
    """Join the records of `link_record` into people. `together` and `apart` are pairs that somebody decided on."""
    number = con.sql("select coalesce(nhs, 0)::bigint as nhs from link_record order by rid").fetchnumpy()["nhs"]
    on_progress(1, STEPS, "linking by NHS number")
    con.execute(sql("numbers"))
    sure = _decided(together)
    sure = sure.plus(
        edges(_numpy(con, "select * from link_number_pair where confirmed order by all"), NUMBER_WEIGHT, "nhs-number")
    )
    on_progress(2, STEPS, "linking by rules")
    con.execute(sql("rules"))
    sure = sure.plus(edges(_numpy(con, "select * from link_rule_pair order by all"), RULE_WEIGHT, "rule"))
    group, _ = _cluster(number, sure, apart)
    _open(con, group)
    on_progress(3, STEPS, "linking by the model")
    score(con, settings, across=across)
    on_progress(4, STEPS, "joining")
    scored = _numpy(con, sql("doubt"), least=bits(settings.review), households=_households(con, len(number)))
    good = (scored["weight"] >= bits(settings.accept)) & ~scored["kin"]
    if across:
        good |= _lone(settings, number, sure, scored, good, apart)
    chosen = {k: v[good] for k, v in scored.items()}
    every = sure.plus(edges(chosen, chosen["weight"], "model"))
    person, refusals = _cluster(number, every, apart)
    return Joined(
        person=person,
        edges=every,
        doubtful=_apart_still(person, {k: v[~good] for k, v in scored.items()}),
        different_numbers=_apart_still(person, _numpy(con, sql("differing_numbers"))),
        shared_numbers=_apart_still(
            person, _numpy(con, "select * from link_number_pair where not confirmed order by all")
        ),
        refusals=refusals,
    )


def _lone(
    settings: LinkSettings,
    number: np.ndarray,
    sure: Edges,
    scored: dict[str, np.ndarray],
    good: np.ndarray,
    apart: list[tuple[int, int]],
) -> np.ndarray:
    """bool[pairs]: pairs of two sources that nothing else is near: both records are alone, and only this pair is
    likely for either, so that a lower threshold does."""
    chosen = {k: v[good] for k, v in scored.items()}
    group, _ = _cluster(number, sure.plus(edges(chosen, chosen["weight"], "model")), apart)
    busy = np.bincount(group, minlength=len(number))[group] > 1
    near = np.bincount(np.concatenate([scored["rid_l"], scored["rid_r"]]), minlength=len(number))
    free = ~busy & (near == 1)
    likely = (scored["weight"] >= bits(settings.accept_lone)) & ~scored["kin"]
    return likely & free[scored["rid_l"]] & free[scored["rid_r"]]


def _households(con: Any, records: int) -> bool:
    """True when families live together in the data, and when there is too little of it to tell."""
    con.execute(sql("agreement"))
    one_in = max(1, records // 50_000)
    neither, both = con.execute(sql("households"), {"one_in": one_in}).fetchall()[0]
    return neither + both < 10 or neither > 0.1 * both


def _numpy(con: Any, query: str, **params: Any) -> dict[str, np.ndarray]:
    return con.sql(query, params=params or None).fetchnumpy()


def _decided(together: list[tuple[int, int]]) -> Edges:
    both = np.array(together, dtype=np.int64).reshape(-1, 2)
    return edges({"rid_l": both.min(axis=1, initial=2**62), "rid_r": both.max(axis=1, initial=-1)}, np.inf, "decision")


def _cluster(number: np.ndarray, e: Edges, apart: list[tuple[int, int]]) -> tuple[np.ndarray, Refusals]:
    return cluster(len(number), e.left, e.right, e.weight, number=number, apart=apart, forced=e.method == "decision")


def _open(con: Any, group: np.ndarray) -> None:
    """Table link_open: each record with its group so far; done when its group has a record of every source."""
    rids = np.arange(len(group), dtype=np.int32)
    con.register("link_group_array", {"rid": rids, "group_id": group.astype(np.int32)})
    con.execute(sql("open"))
    con.unregister("link_group_array")


def _apart_still(person: np.ndarray, pairs: dict[str, np.ndarray]) -> list[tuple[int, int, float | None]]:
    """The pairs whose records did not end up as one person by another way."""
    weight = pairs.get("weight", np.full(len(pairs["rid_l"]), np.nan))
    rows = zip(pairs["rid_l"].tolist(), pairs["rid_r"].tolist(), weight.tolist(), strict=True)
    return [(a, b, None if w != w else w) for a, b, w in rows if person[a] != person[b]]
