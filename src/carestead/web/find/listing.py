"""Filters of a list of people: read from the address, applied, and said in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from carestead.core.nhs_number import normalise
from carestead.store.actor import Actor
from carestead.web.find.people import Known
from carestead.web.published import Row

PER_PAGE = 25


@dataclass(frozen=True)
class Filters:
    """What the address asks for; empty means no matter."""

    q: str = ""
    practice: str = ""
    reason: str = ""
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
            reason=query.get("reason", "").strip()[:100],
            status=query.get("status", "")[:30],
            whose=query.get("whose", whose)[:10],
            page=max(1, int(page)) if page.isdecimal() else 1,
        )

    def address(self, **changes: object) -> str:
        """The query string with some of it changed."""
        fields = {"q": self.q, "practice": self.practice, "reason": self.reason, "status": self.status}
        wanted = {**fields, "whose": self.whose, "page": self.page, **changes}
        return "?" + urlencode({k: v for k, v in wanted.items() if v not in ("", 1) or k == "whose"})


def choose(people: list[Known], filters: Filters, actor: Actor, names: Mapping[int, Row]) -> list[Known]:
    """Those of `people` that the filters ask for, in their order."""
    return [k for k in people if all(test(k) for test in _tests(filters, actor, names))]


def _tests(filters: Filters, actor: Actor, names: Mapping[int, Row]) -> list[Callable[[Known], bool]]:
    tests: list[Callable[[Known], bool]] = [
        lambda k: k.status == filters.status if filters.status else k.status != "Declined"
    ]
    if filters.whose == "mine":
        mine = actor.practitioner_code
        tests.append(lambda k: mine in (k.named_gp_code, k.coordinator_code))
    if filters.practice:
        tests.append(lambda k: k.facts.practice_code == filters.practice)
    if filters.reason:
        tests.append(lambda k: filters.reason.lower() in (k.row.get("reasons") or "").lower())
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
    said += [f"with the reason “{filters.reason}”"] if filters.reason else []
    said += [f"found by “{filters.q}”"] if filters.q else []
    people = "person" if total == 1 else "people"
    return f"{shown:,} of {total:,} {people}" + (f": {', '.join(said)}" if said else "")
