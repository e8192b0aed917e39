"""Exact Poisson limits, by the quantiles of the gamma distribution (Garwood 1936)."""

import math
from functools import lru_cache
from statistics import NormalDist


def interval(events: int, level: float = 0.95) -> tuple[float, float]:
    """Exact confidence interval of a Poisson count: 10 events give 4.80 to 18.39 at 95%."""
    return limits(float(events), level)


def limits(expected: float, level: float) -> tuple[float, float]:
    """The counts that chance explains around an `expected` count, whole or not, at `level`, say 0.95 or 0.998: the
    gamma quantiles at `expected` and `expected` + 1."""
    tail = (1 - level) / 2
    return (gamma_quantile(tail, expected) if expected > 0 else 0.0), gamma_quantile(1 - tail, expected + 1)


@lru_cache(maxsize=4096)
def gamma_quantile(p: float, shape: float) -> float:
    """x with P(shape, x) = p, for 0 < p < 1 and shape > 0: Newton's steps inside a bracket that shrinks."""
    low, high, x = 0.0, math.inf, _first_guess(p, shape)
    for _ in range(200):
        error = regularised_gamma(shape, x) - p
        low, high = (low, x) if error > 0 else (x, high)
        density = math.exp((shape - 1) * math.log(x) - x - math.lgamma(shape))
        step = x - error / density if density > 0 else low
        if not low < step < high:
            step = (low + high) / 2 if high < math.inf else 2 * x
        if abs(step - x) <= 1e-13 * x:
            return step
        x = step
    return x


def _first_guess(p: float, shape: float) -> float:
    """Wilson and Hilferty's approximation, or where it fails, the head of the series."""
    cube = 1 - 1 / (9 * shape) + NormalDist().inv_cdf(p) / (3 * math.sqrt(shape))
    return shape * cube**3 if cube > 0.1 else math.exp((math.log(p) + math.lgamma(shape + 1)) / shape)


def regularised_gamma(shape: float, x: float) -> float:
    """P(shape, x), the lower incomplete gamma function divided by gamma(shape): its series or its continued fraction
    (Abramowitz and Stegun 6.5.29 and 6.5.31)."""
    if x <= 0:
        return 0.0
    scale = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    return scale * _series(shape, x) if x < shape + 1 else 1 - scale * _fraction(shape, x)


def _series(shape: float, x: float) -> float:
    term = total = 1 / shape
    n = shape
    while term > total * 1e-17:
        n += 1
        term *= x / n
        total += term
    return total


def _fraction(shape: float, x: float) -> float:
    tiny = 1e-300
    b = x + 1 - shape
    c, d = 1 / tiny, 1 / b
    value = d
    for n in range(1, 100_000):
        a = n * (shape - n)
        b += 2
        d = 1 / (a * d + b or tiny)
        c = b + a / c or tiny
        value *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return value
