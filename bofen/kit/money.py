"""Money is a whole number of fen. Rates are basis points. Nothing here is a float."""

from collections.abc import Sequence
from typing import NewType

Fen = NewType("Fen", int)
BasisPoints = NewType("BasisPoints", int)

WHOLE = BasisPoints(10_000)
FEN_MAX = Fen(100_000_000_00)
"""One hundred million yuan: no price, order or balance of one shop is larger."""


def share(amount: Fen, rate: BasisPoints) -> Fen:
    """The part of `amount` that `rate` buys, rounded down: we never promise a fen we lack."""
    return Fen(amount * rate // WHOLE)


def yuan(amount: Fen) -> str:
    """As people read it, without the sign of the currency: `1,234.50`, `-0.05`."""
    whole, rest = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{whole:,}.{rest:02d}"


def apportion(amount: Fen, weights: Sequence[int]) -> list[Fen]:
    """Divide `amount` by `weights`, by largest remainder; the parts always add up to `amount`.

    Equal remainders go to the earlier part, so the result depends on nothing but the arguments.
    """
    total = sum(weights)
    assert amount >= 0
    assert total > 0
    assert min(weights) >= 0
    parts = [amount * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % total), i))
    for i in by_remainder[: amount - sum(parts)]:
        parts[i] += 1
    return [Fen(part) for part in parts]


def units(amount: Fen, quantity: int) -> list[Fen]:
    """What each of `quantity` pieces cost: equal, the first pieces a fen more, exact in sum."""
    assert quantity > 0
    each, rest = divmod(amount, quantity)
    return [Fen(each + 1)] * rest + [Fen(each)] * (quantity - rest)
