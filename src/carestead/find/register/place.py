"""How many places each practice's register has: a share of its adults, or a number of people."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.find.register.rule import rule


def place_step(capacity: int | None = None) -> SetStep:
    """The step that counts places: the rule's share of each practice's adults, or `capacity` people a practice."""
    return SetStep(
        "register_place",
        Path(__file__).with_suffix(".sql"),
        reads=("feature", "register_answer"),
        gives="register_place",
        per="area",
        params={
            "from_age": rule()["from_age"],
            "share_per_mille": round(rule()["share"] * 1000),
            "least_per_mille": round(rule()["tolerance"] * 1000),
            "margin_per_mille": round(rule()["margin"] * 1000),
            "capacity": capacity,
        },
    )


step = place_step()
