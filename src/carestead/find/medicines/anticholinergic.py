"""The anticholinergic ingredients that a person takes, by each scale that is in every run, or is chosen."""

from collections.abc import Sequence
from pathlib import Path

from carestead.core.finding import UsageError
from carestead.core.step import ReferenceTable, SetStep
from carestead.find.medicines import ingredients
from carestead.find.medicines.ingredients import BURDEN, usual
from carestead.reference import load, names

SCALES: tuple[str, ...] = tuple(n.removeprefix(BURDEN) for n in names("scores") if n.startswith(BURDEN))
"""The shipped scales."""
USUAL: tuple[str, ...] = tuple(s for s in SCALES if load("scores", BURDEN + s)["in_every_run"])
"""The scales of every run."""


def points(scale: str) -> dict[str, int]:
    """The points of each ingredient on a scale. Raises UsageError when there is no such scale.

    Of a name that the scale holds twice the higher counts; a mixture has the points of what it is made of.
    """
    if scale not in SCALES:
        raise UsageError(f"There is no anticholinergic scale {scale}.", f"There are: {', '.join(SCALES)}.")
    listed = load("scores", BURDEN + scale)["points"].items()
    rated = [(usual(name), value) for value, said in listed for name in said if not ingredients.is_mixture(name)]
    return dict(sorted(rated, key=lambda r: r[1]))


def points_table(scales: Sequence[str]) -> ReferenceTable:
    """Table `anticholinergic_points` (score, ingredient, points)."""
    rows = tuple((BURDEN + scale, *rated) for scale in scales for rated in points(scale).items())
    columns = {"score": "VARCHAR", "ingredient": "VARCHAR", "points": "INTEGER"}
    return ReferenceTable("anticholinergic_points", columns, rows)


def burden_step(scales: Sequence[str] = USUAL) -> SetStep:
    """The step over `scales`; a run takes another one in its place (`instead` of flow.run)."""
    return SetStep(
        "anticholinergic",
        Path(__file__).with_suffix(".sql"),
        reads=("medicine_history", "medicine_name"),
        gives="anticholinergic",
        references=(
            ingredients.substance_names(), ingredients.part_table(), ingredients.local_use()[1], points_table(scales),
        ),
    )  # fmt: skip


step = burden_step()
