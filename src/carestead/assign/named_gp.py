"""The named GP of each person: within every GP's time, as they wish, keeping the usual GP where possible."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from carestead.assign.holder import Holder
from carestead.assign.pool import Before, Person, Pool, by_need
from carestead.assign.settle import Settled, settle
from carestead.assign.wish import NO_WISH, Wish
from carestead.assign.work import Work

Contacts = Mapping[int, Mapping[str, int]]
"""person_id to practitioner_code to attended appointments."""


@dataclass(frozen=True)
class Asked:
    """What is known of people: `contacts`, `wishes` by person_id, who holds whom `before`."""

    contacts: Contacts
    wishes: Mapping[int, Wish]
    before: Before


@dataclass(frozen=True, slots=True)
class Choice:
    """The GP proposed for a person, None when nobody has room, and why, in words. `cost` is in points above `best`, the
    GP who would be best for the person alone."""

    gp: Holder | None
    reason: str
    is_usual: bool
    cost: int | None = None
    best: Holder | None = None
    wish: str | None = None


def named_gps(
    people: Sequence[Person],
    gps: Sequence[Holder],
    asked: Asked,
    rule: Mapping[str, Any],
    work: Work,
    groups: Mapping[str, str | None] | None = None,
) -> tuple[dict[int, Choice], list[Settled]]:
    """The choice for each person_id of `people` (rows of table placement), and each pool as it was placed. `rule` is
    reference/assign/continuity.yaml.

    Each practice is placed by itself. With `groups`, practice_code to group_code, the practices of a group are placed
    together, people with their own practice before a neighbouring one. Those left without a GP are the last by rank.
    """
    pool_of = groups or {}
    pools: dict[str, list[Person]] = defaultdict(list)
    for person in by_need(people):
        pools[pool_of.get(person["practice_code"]) or person["practice_code"]].append(person)
    at: dict[str, list[Holder]] = defaultdict(list)
    for gp in gps:
        at[pool_of.get(gp.organisation) or gp.organisation].append(gp)
    settled = settle([_pool(name, pools[name], at[name], asked, rule, work) for name in sorted(pools)])
    return {k: v for each in settled for k, v in _choices(each, asked).items()}, settled


def _pool(
    name: str, people: Sequence[Person], gps: Sequence[Holder], asked: Asked, rule: Mapping[str, Any], work: Work
) -> Pool:
    prices = _Prices(asked, rule)
    return Pool(
        name, people, gps, prices.by_home, prices.own, prices.adds, frozenset(asked.wishes), asked.before, work,
        rule["household_apart"], rule["even_step"],
    )  # fmt: skip


@dataclass(frozen=True)
class _Prices:
    """What a GP costs a person, by reference/assign/continuity.yaml."""

    asked: Asked
    rule: Mapping[str, Any]

    def by_home(self, practice: str, gp: Holder) -> int:
        return int(self.rule["any_gp" if gp.organisation == practice else "neighbouring_practice"])

    def own(self, person: Person) -> dict[str, int]:
        """The GPs whom the person knows, or asks for."""
        seen, usual = self.asked.contacts.get(person["person_id"], {}), person["usual_gp_code"]
        found = {code: self._known(code == usual, times) for code, times in seen.items()}
        if usual and usual not in found:
            found[usual] = self._known(True, 0)
        wished = self.asked.wishes.get(person["person_id"], NO_WISH).gp
        return {**found, wished: self.rule["wished_gp"]} if wished else found

    def _known(self, is_usual: bool, seen: int) -> int:
        of = self.rule["usual_gp" if is_usual else "seen_gp"]
        return int(of - self.rule["per_contact"] * min(seen, self.rule["contacts_counted"]))

    def adds(self, person: Person, gp: Holder) -> int | None:
        """What a GP who is not the one asked for costs besides; None for one whom the person will not have."""
        wish = self.asked.wishes.get(person["person_id"], NO_WISH)
        if gp.code in wish.never:
            return None
        return 0 if wish.is_met(gp.code, gp.sex) else int(self.rule["wish_not_met"])


def _choices(settled: Settled, asked: Asked) -> dict[int, Choice]:
    words = _Words(settled, asked)
    over, best = settled.best()
    found = {}
    for n, person in enumerate(settled.pool.people):
        gp, usual = settled.holder(n), person["usual_gp_code"]
        met = words.met(person, gp)
        is_usual = gp is not None and gp.code == usual
        found[person["person_id"]] = Choice(gp, words.why(person, gp), is_usual, over[n], best[n], met)
    return found


class _Words:
    """Why a choice is as it is."""

    def __init__(self, settled: Settled, asked: Asked) -> None:
        self.gps, self.asked, self.work = settled.pool.holders, asked, settled.pool.work
        self.left = dict(zip((g.key for g in self.gps), settled.left.tolist(), strict=True))
        self.together = settled.together()

    def met(self, person: Person, gp: Holder | None) -> str | None:
        wish = self.asked.wishes.get(person["person_id"], NO_WISH)
        if not wish.asks:
            return None
        return "met" if gp and wish.is_met(gp.code, gp.sex) else "not-met"

    def why(self, person: Person, gp: Holder | None) -> str:
        """The reason in words: how the GP was come by, how well they know each other, the wish, the household."""
        if gp is None:
            return self._nobody(person)
        seen = _seen(self.asked.contacts.get(person["person_id"], {}).get(gp.code, 0))
        parts = [self._how(person, gp), "" if gp.organisation != person["practice_code"] else seen]
        more = self.together.get(person["person_id"], 0)
        parts += [self._wish(person, gp), f"with {more} more of the household" if more else ""]
        return "; ".join(p for p in parts if p)

    def _how(self, person: Person, gp: Holder) -> str:
        held = self.asked.before.agreed.get(person["person_id"])
        if gp.code == held:
            return "Named GP already" + (" and usual GP" if gp.code == person["usual_gp_code"] else "")
        if held:
            return f"Named GP until now, {held}, {self._why_not(person, held)}"
        if gp.code == person["usual_gp_code"]:
            return "Usual GP"
        if gp.organisation != person["practice_code"]:
            at_work = any(g.room for g in self.gps if g.organisation == person["practice_code"])
            none = "Nobody at the practice has room" if at_work else "No GP at the practice is at work"
            return f"{none}; a GP of a neighbouring practice has{'' if at_work else ' room'}"
        usual = person["usual_gp_code"]
        return f"Usual GP {self._why_not(person, usual)}" if usual else "No usual GP on record"

    def _why_not(self, person: Person, code: str) -> str:
        """Why somebody does not get a GP."""
        wish = self.asked.wishes.get(person["person_id"], NO_WISH)
        gp = next((g for g in self.gps if g.code == code and g.organisation == person["practice_code"]), None)
        if gp is None:
            return "does not work at the practice"
        if code in wish.never:
            return "is not whom the person wishes to have"
        if gp.is_away:
            return f"is {gp.absence}"
        if not gp.room:
            return "works no sessions"
        if self.left[gp.key] < self.work.of(person["weight"]):
            return "is full"
        return "is not whom the person asks for" if wish.asks else "would have more than a fair share"

    def _wish(self, person: Person, gp: Holder) -> str:
        wish = self.asked.wishes.get(person["person_id"], NO_WISH)
        if not wish.asks:
            return ""
        if wish.is_met(gp.code, gp.sex):
            return "as the person wishes"
        return f"asks for {wish.words}, which cannot be met"

    def _nobody(self, person: Person) -> str:
        here = [g for g in self.gps if g.organisation == person["practice_code"]]
        if not any(g.room for g in here):
            return "No GP at the practice is at work"
        never = self.asked.wishes.get(person["person_id"], NO_WISH).never
        if all(g.code in never for g in here if g.room):
            return "Nobody at the practice is left whom the person would have"
        return "Nobody at the practice has room"


def _seen(times: int) -> str:
    if not times:
        return "not seen in two years"
    return f"seen {'once' if times == 1 else 'twice' if times == 2 else f'{times} times'} in two years"
