"""The methods of intervals by the names that results give them."""

from __future__ import annotations

from enum import StrEnum


class Method(StrEnum):
    """How an interval was worked out."""

    WILSON = "wilson"
    WILSON_EFFECTIVE = "wilson-effective-n"
    HALF_OBSERVATION = "half-observation"
    STUDENT = "student-t"
    NORMAL = "normal"
    CLUSTERED = "cr2"
    DELONG = "delong-logit"
    NEWCOMBE = "newcombe"
    TEST_INVERSION = "test-inversion"
    TANGO = "tango"
    MOVER = "mover"
    NEWCOMBE_HYBRID = "newcombe-hybrid"
    AGRESTI_CAFFO = "agresti-caffo"
    WELCH = "welch"
    LOGGED = "logged"
    NONE = "none"
