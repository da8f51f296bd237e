"""The hash of a file's content, the same in every checkout."""

from __future__ import annotations

import hashlib

_GIT_LOOKS_AT_BYTES = 8000


def content_sha256(content: bytes) -> str:
    """The SHA-256 of a file's content, a text taken with the line ends of Unix.

    Version control may check texts out with other line ends than they were committed with. A text is what
    has no zero byte among its first 8,000, as Git tells.
    """
    is_text = b"\0" not in content[:_GIT_LOOKS_AT_BYTES]
    return hashlib.sha256(content.replace(b"\r\n", b"\n") if is_text else content).hexdigest()
