"""Filters of a list of people: read from the address, applied, and said in words."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from carestead.core.nhs_number import normalise
from carestead.store.actor import Actor
from carestead.web.find.naming import SUDDEN, list_name, need_name
from carestead.web.find.people import Known
from carestead.web.published import Row

PER_PAGE = 25


@dataclass(frozen=True)
class Filters:
    """What the address asks for; empty means no matter. `on` are ids of lists parted by commas, and `only` asks for
    people on no other."""

    q: str = ""
    practice: str = ""
    on: str = ""
    only: bool = False
    need: str = ""
    status: str = ""
    whose: str = ""
    page: int = 1

    @classmethod
    def read(cls, query: Mapping[str, str], *, whose: str = "") -> "Filters":
        """From a query string; a page that is no number is the first."""
        page = query.get("page", "1")
        return cls(
            q=query.get("q", "").strip()[:100],
            practice=query.get("practice", "")[:20],
            on=query.get("list", "")[:100],
            only=query.get("only") == "1",
            need=query.get("need", "")[:60],
            status=query.get("status", "")[:30],
            whose=query.get("whose", whose)[:10],
            page=max(1, int(page)) if page.isdecimal() else 1,
        )

    def address(self, **changes: object) -> str:
        """The query string with some of it changed."""
        fields = {"q": self.q, "practice": self.practice, "list": self.on, "need": self.need, "status": self.status}
        wanted = {**fields, "only": "1" if self.only else "", "whose": self.whose, "page": self.page, **changes}
        return "?" + urlencode({k: v for k, v in wanted.items() if v not in ("", 1) or k == "whose"})

    @property
    def lists(self) -> list[str]:
        """The lists asked for."""
        return [i for i in self.on.split(",") if i]


def choose(
    people: list[Known], filters: Filters, actor: Actor, names: Mapping[int, Row], in_need: Container[int] = ()
) -> list[Known]:
    """Those of `people` that the filters ask for, in their order; `in_need` have the need that is asked for."""
    return [k for k in people if all(test(k) for test in _tests(filters, actor, names, in_need))]


def _tests(
    filters: Filters, actor: Actor, names: Mapping[int, Row], in_need: Container[int]
) -> list[Callable[[Known], bool]]:
    tests: list[Callable[[Known], bool]] = [
        lambda k: k.status == filters.status if filters.status else k.status != "Declined"
    ]
    if filters.whose == "mine":
        mine = actor.practitioner_code
        tests.append(lambda k: mine in (k.named_gp_code, k.coordinator_code))
    if filters.practice:
        tests.append(lambda k: k.facts.practice_code == filters.practice)
    if filters.lists:
        tests.append(lambda k: set(filters.lists) <= set(k.lists))
        # an event is not a list of its own: somebody on one list only may have had a sudden entry too
        tests.append(lambda k: not filters.only or set(k.lists) - {SUDDEN} <= set(filters.lists))
    if filters.need:
        tests.append(lambda k: k.person_id in in_need)
    if filters.q:
        tests.append(lambda k: matches(filters.q, names.get(k.person_id, {})))
    return tests


def matches(text: str, name: Mapping[str, str | None]) -> bool:
    """True when `text` is (the start of) the NHS number, or every word of it is in the name."""
    number = normalise(text) or ""
    if number.isdecimal():
        return (name.get("nhs_number") or "").startswith(number)
    words = text.replace(",", " ").lower().split()
    return all(word in (name.get("name") or "").lower() for word in words)


def in_words(filters: Filters, shown: int, total: int, practice_name: Callable[[str], str]) -> str:
    """`12 of 214 people: proposed, Quarry Lane Practice, "heart"`."""
    said = [filters.status.lower()] if filters.status else []
    said += ["yours"] if filters.whose == "mine" else []
    said += [practice_name(filters.practice)] if filters.practice else []
    said += [_on_lists(filters)] if filters.lists else []
    said += [f"with the need “{need_name(filters.need)}”"] if filters.need else []
    said += [f"found by “{filters.q}”"] if filters.q else []
    people = "person" if total == 1 else "people"
    return f"{shown:,} of {total:,} {people}" + (f": {', '.join(said)}" if said else "")


def _on_lists(filters: Filters) -> str:
    named = " and ".join(f"“{list_name(i)}”" for i in filters.lists)
    return f"on {named}{' and no other list' if filters.only else ''}"
