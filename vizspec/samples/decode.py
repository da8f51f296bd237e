"""JSON of logs as msgspec structs: bytes in, structs out."""

from __future__ import annotations

from threading import Lock
from typing import Annotated, TypeVar

import msgspec

from vizspec.limits.json_text import decoded

T = TypeVar("T")

RepeatNumber = Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31)]
"""The number of a repeat of a sample, or how many there are."""

_ONE_AT_A_TIME = Lock()
"""msgspec crashes where two threads work out the fields of a struct at once."""


def decode(data: bytes, form: type[T]) -> T:
    """The JSON text `data` as `form`.

    Logs write `NaN` and `Infinity` bare, which is no JSON: such a member takes the slow way through the
    standard library. ValueError (`json.JSONDecodeError`, `msgspec.ValidationError`): it is neither.
    """
    with _ONE_AT_A_TIME:
        return decoded(msgspec.json.Decoder(form), data)
