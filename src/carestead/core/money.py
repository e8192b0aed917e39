"""Money: whole pence in, whole pence out. One door, named rounding, never a float."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal


def pence(pounds: str | Decimal) -> int:
    """`'12.34'` or Decimal pounds to pence. Raises ValueError for more than two decimals."""
    amount = Decimal(pounds) * 100
    if amount != amount.to_integral_value():
        raise ValueError(f"{pounds} has parts of a penny; give at most two decimals.")
    return int(amount)


def times(unit_pence: int, quantity: Decimal) -> int:
    """A price times a quantity, rounded half to even to the penny (banker's rounding, as HMRC's and ledgers')."""
    return int((unit_pence * quantity).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def share(total: int, weights: Sequence[int | Decimal]) -> list[int]:
    """Split `total` pence in proportion to `weights` so that the parts add up exactly (largest remainder; ties to
    the earlier part). Raises ValueError when no weight is positive."""
    whole = sum(Decimal(w) for w in weights)
    if whole <= 0:
        raise ValueError("A total cannot be shared over weights that are all nought.")
    exact = [Decimal(total) * Decimal(w) / whole for w in weights]
    parts = [int(e.to_integral_value(ROUND_FLOOR)) for e in exact]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def pounds(amount: int) -> str:
    """Pence as people read them: `£1,234.56`, `-£0.05`."""
    sign = "-" if amount < 0 else ""
    return f"{sign}£{abs(amount) // 100:,}.{abs(amount) % 100:02d}"
