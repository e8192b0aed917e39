"""Price lists by date, and the price of one unit of a currency, with where it was found."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from carestead import reference
from carestead.core.money import pence

Found = Literal["currency", "root", "subchapter", "default"]


@dataclass(frozen=True, slots=True)
class Price:
    """The price of one unit: `pence`, the words for what is bought, where in the list it was `found`, and in which
    `source` list. `early` is true when the list came into force after the month that is paid."""

    pence: int
    name: str
    found: Found
    source: str
    early: bool = False


@dataclass(frozen=True, slots=True)
class PriceList:
    """The prices of one file of reference/prices."""

    id: str
    title: str
    valid_from: date
    prices: tuple[dict[str, Any], ...]

    def covers(self, kind: str) -> bool:
        """True when the list prices this kind of activity."""
        return any(p["kind"] == kind for p in self.prices)

    def find(self, kind: str, method: str | None, currency: str | None) -> tuple[Found, dict[str, str]] | None:
        """Where and what: the code itself, else its HRG root (four characters), its subchapter (two), the default."""
        rows = [p for p in self.prices if p["kind"] == kind and p.get("method") in (method, None)]
        block: dict[str, Any] = max(rows, key=lambda p: p.get("method") is not None, default={})
        codes: dict[str, dict[str, str]] = block.get("currencies", {})
        code = currency or ""
        steps: tuple[tuple[Found, str], ...] = (("currency", code), ("root", code[:4]), ("subchapter", code[:2]))
        found = next(((how, codes[key]) for how, key in steps if key in codes), None)
        return found or (("default", block["default"]) if "default" in block else None)


@dataclass(frozen=True, slots=True)
class PriceBook:
    """Every price list of a rule. The newest list in force is used, kind by kind."""

    lists: tuple[PriceList, ...]

    def price(self, kind: str, method: str | None, currency: str | None, month: date) -> Price | None:
        """The price of one unit done in `month`; before the first list that price is used, marked `early`. None when
        no list prices such a unit."""
        known = sorted((x for x in self.lists if x.covers(kind)), key=lambda x: x.valid_from)
        in_force = [x for x in known if x.valid_from <= month] or known[:1]
        found = in_force[-1].find(kind, method, currency) if in_force else None
        if found is None:
            return None
        chosen, (how, entry) = in_force[-1], found
        return Price(pence(entry["price"]), entry["name"], how, chosen.title, chosen.valid_from > month)


def facts(names: list[str]) -> list[dict[str, Any]]:
    """The files of reference/prices with these names."""
    return [reference.load("prices", n) for n in names]


def book(lists: list[dict[str, Any]]) -> PriceBook:
    """Price lists, shaped as the files of reference/prices, as a book."""
    return PriceBook(tuple(PriceList(x["id"], x["title"], x["valid_from"], tuple(x["prices"])) for x in lists))
