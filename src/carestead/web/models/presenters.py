"""What the page of a model card shows besides its tables."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from carestead import models
from carestead.reference import shared
from carestead.web.models.sheets import Card, Sheet
from carestead.web.shell.formats import day


def card_page(
    kept: models.Kept, every: Sequence[models.Kept], used: models.Kept | None, sheets: Sequence[Sheet]
) -> dict[str, Any]:
    """The context of the page."""
    card = kept.card
    return {
        "card": card,
        "version": kept.id,
        "as_of_card": dated(str(card["as_of"])),
        "not_apart": dated(card["index"]["why"]),
        "versions": [{"id": k.id, "fitted_at": dated(k.card["fitted_at"][:10]), "used": _same(k, used)} for k in every],
        "is_used": _same(kept, used),
        "headline": " ".join(s.sentence for s in sheets if s.key in ("measures", "decisions")),
        "sheets": sheets,
        "harm": shared("find", "model-performance")["harm"],
        "outcome": shared("find", "risk")["outcome"],
        "population": _population(card),
        "reported": reported(kept),
    }


def dated(text: str) -> str:
    """The text with days such as 2026-03-31 written as 31 March 2026."""
    return re.sub(r"\b\d{4}-\d\d-\d\d\b", lambda found: day(date.fromisoformat(found[0])), text)


def _same(kept: models.Kept, used: models.Kept | None) -> bool:
    return used is not None and used.id == kept.id


def _population(card: Card) -> list[tuple[str, str, str]]:
    """(what, fitted on, tested on)."""
    both = card["fitted_on"], card["tested_on"]
    practices = card["practices"]
    rows = [
        ("Practices", *(f"{len(practices[k])}" for k in ("fit", "test"))),
        ("First day of the year foretold", *(dated(card["index"][k]) for k in ("fit", "test"))),
        ("People", *(f"{c['people']:,}" for c in both)),
        ("Admitted as an emergency", *(f"{c['admitted']:,} ({c['admitted'] / c['people']:.1%})" for c in both)),
        ("Died first, not admitted", *(_few(c["died_first"]) for c in both)),
        ("Left the area first, not admitted", *(_few(c["left_first"]) for c in both)),
    ]
    return [(what, fitted, tested) for what, fitted, tested in rows]


def _few(count: int) -> str:
    return f"{count:,}" if count >= 5 else "withheld: fewer than 5"


def reported(kept: models.Kept) -> list[tuple[str, str]]:
    """Each reporting item with its answer."""
    card, facts = kept.card, shared("find", "tripod")
    index, counts = card["index"], card["fitted_on"]
    terms, events = len(kept.model["terms"]), counts["admitted"]
    composite = card["admitted_or_died"]["value"]
    said = {
        "practices": len(card["practices"]["fit"]) + len(card["practices"]["test"]), "snapshot": card["snapshot"],
        "fit_date": dated(index["fit"]), "test_date": dated(index["test"]),
        "outcome": shared("find", "risk")["outcome"],
        "features": len(card["importance"]), "fitted": f"{counts['people']:,}",
        "fitted_events": f"{events:,}", "terms": terms, "per_term": round(events / terms), "penalty": card["penalty"],
        "seed": card["seed"], "capacity": f"{card['capacity']:.0%}",
        "apart": ", in a later year" if index["apart"] else f"; the year is the same, for {dated(index['why'])}",
        "composite": "not known" if composite is None else f"{composite:.3f}",
    }  # fmt: skip
    return [(i["item"], i["answer"].format(**said)) for i in facts["items"]]
