"""Numbers as a person reads them: at most three significant digits, units written out.

English for now; a translation brings its own module of these functions.
"""

from __future__ import annotations

import math

from desireline.engine.analyses.shares import Z_95, Share

MINUS = "\N{MINUS SIGN}"
WIDEST = 0.2
"""An interval wider than 20 percentage points says too little to be told as a finding."""
NEARLY = 1e-9
"""By so much a number may lie above a whole one and be that."""
REPEATED = 1e-6
"""By so much more than alone persons count, from which on they are counted several times."""
_UNITS = (
    ("second", 1.0, 90.0),
    ("minute", 60.0, 90 * 60.0),
    ("hour", 3600.0, 48 * 3600.0),
    ("day", 86400.0, 730 * 86400.0),
    ("year", 365.25 * 86400.0, math.inf),
)


def count(n: int) -> str:
    """A number of people or things, exactly: `41,203`."""
    return f"{n:,}"


def percent(share: float, decimals: int | None = None) -> str:
    """A share in percent without the sign: `31`, `4.2`, `0.042`; or with so many decimals."""
    points = 100 * share
    if decimals is None:
        decimals = 0 if points >= 99.5 or points == 0 else max(0, 1 - _exponent(points))
    text = f"{points:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def signed(text: str) -> str:
    """A number as Python writes it, its hyphen turned into the minus sign of print."""
    return text.replace("-", MINUS)


def with_interval(share: Share) -> str:
    """A share and its interval in one breath: `31 % (29-33 %)`.

    Where both ends read alike, the interval says nothing: `31 %`, and in place of a round 100 or 0
    what is exact: `all 1,234`, `all but 3`, `none`.
    """
    if share.share is None or share.low is None or share.high is None:
        return "none"
    decimals = _decimals(share.low, share.high)
    value, low, high = (percent(s, decimals) for s in (share.share, share.low, share.high))
    if low != high:
        return f"{value} % ({low}–{high} %)"  # noqa: RUF001 - an en dash between numbers
    if value not in ("0", "100"):
        return f"{value} %"
    missing = share.n - share.count
    if value == "100":
        return f"all but {count(missing)}" if missing else f"all {count(share.n)}"
    return count(share.count) if share.count else "none"


def duration(seconds: float) -> str:
    """A time span in the unit that fits, as it stands after "within": `45 seconds`, `2.5 hours`.

    What is shorter than a second is within `a second`.
    """
    if 0 <= seconds < 0.95:
        return "a second"
    unit, size, _ = next(u for u in _UNITS if abs(seconds) < u[2])
    number = seconds / size
    text = f"{number:.1f}" if abs(number) < 9.95 else f"{number:,.0f}"
    text = text.removesuffix(".0")
    return f"{text} {unit}" if text == "1" else f"{text} {unit}s"


def more_needed(share: Share, widest: float = WIDEST) -> int:
    """How many more must be counted until the interval is no wider than `widest`; 0 if it is.

    Takes the share as it stands (0.5 without any): the largest root n of
    `h^2 (n + z^2)^2 = z^2 (p (1 - p) n + z^2 / 4)`, Wilson's half width set equal to h. Where the
    interval is wider than that of `n`, because persons are counted several times, that many more.
    """
    if share.share is None or share.low is None or share.high is None:
        return math.ceil(_needed(0.5, widest / 2) - NEARLY)
    needed = _needed(share.share, widest / 2)
    independent = _needed(share.share, (share.high - share.low) / 2)
    repeats = share.n / independent
    needed *= repeats if repeats > 1 + REPEATED else 1.0
    return max(0, math.ceil(needed - NEARLY) - share.n)


def _needed(p: float, half: float) -> float:
    z2 = Z_95 * Z_95
    a = half * half
    b = z2 * (2 * half * half - p * (1 - p))
    c = z2 * z2 * (half * half - 0.25)
    return (-b + math.sqrt(max(b * b - 4 * a * c, 0.0))) / (2 * a)


def _decimals(low: float, high: float) -> int:
    """Decimals of a percentage that its interval deserves, within three significant digits."""
    width = 100 * (high - low)
    if width <= 0:
        return 0
    deserved = max(0, math.ceil(0.3 - math.log10(width)))
    largest = high if high < 1 else low  # the one with the most digits before the point, but 100
    allowed = max(0, 2 - _exponent(100 * (largest or high)))
    return min(deserved, allowed)


def _exponent(number: float) -> int:
    return math.floor(math.log10(abs(number))) if number else 0
