"""Values as the statistics take them in: arrays of finite numbers, and their groups."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from numpy import float64, intp
    from numpy.typing import NDArray

    Floats = NDArray[float64]
    Values = Sequence[float] | Floats


class Range(NamedTuple):
    """The lowest and the highest that one score can be; None where it has no such end."""

    lowest: float | None = None
    highest: float | None = None


UNIT = Range(0.0, 1.0)

SEED = 20_260_101
"""Fixed: the same samples have the same interval, whenever and wherever it is computed."""

ROUNDING = 1e-12
"""Numbers that differ by a smaller part of themselves are one number."""


def finite(values: Values) -> Floats:
    """The values as an array.

    Raises:
        ValueError: there are none, or one is no finite number.
    """
    import numpy as np

    array = np.asarray(values, dtype=float)
    if array.ndim != 1 or len(array) == 0:
        raise ValueError("an interval needs at least one value")
    if not np.isfinite(array).all():
        raise ValueError("a value is no finite number")
    return array


def matched(a: Values, b: Values) -> tuple[Floats, Floats]:
    """Both sides of a paired comparison as arrays of one length.

    Raises:
        ValueError: as `finite`, or the lengths differ.
    """
    first, second = finite(a), finite(b)
    if len(first) != len(second):
        raise ValueError(f"{len(first)} values cannot be paired with {len(second)}")
    return first, second


def gains(a: Floats, b: Floats) -> Floats:
    """How far each value of `a` is above that of `b`; 0 where rounding alone parts them."""
    import numpy as np

    return np.where(np.isclose(a, b, rtol=ROUNDING, atol=0), 0.0, a - b)


def is_of_rounding(spread: float, value: float) -> bool:
    """Whether a spread or a standard error is 0, or what rounding leaves of it beside this value."""
    return abs(spread) <= ROUNDING * abs(value)


def group_numbers(groups: Sequence[Hashable], length: int) -> NDArray[intp]:
    """The number of each value's group, from 0, in the order in which the groups are met.

    Raises:
        ValueError: there is not one group a value.
    """
    import numpy as np

    if len(groups) != length:
        raise ValueError(f"{length} values have {len(groups)} clusters")
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(group, len(numbers)) for group in groups], dtype=np.intp)


def are_shared(groups: Sequence[Hashable] | None, length: int) -> bool:
    """Whether some of the values are in one group.

    Raises:
        ValueError: as `group_numbers`.
    """
    return groups is not None and int(group_numbers(groups, length).max()) + 1 < length


def is_binary(values: Floats) -> bool:
    """Whether every value is 0 or 1."""
    return bool(((values == 0) | (values == 1)).all())
