"""Hashes that do not depend on the checkout."""

from __future__ import annotations

import hashlib

from vizspec.text.digests import content_sha256


def test_line_ends_of_a_text_do_not_count() -> None:
    assert content_sha256(b"a\r\nb\r\n") == content_sha256(b"a\nb\n")
    assert content_sha256(b"a\nb") == hashlib.sha256(b"a\nb").hexdigest()


def test_every_byte_of_a_binary_file_counts() -> None:
    assert content_sha256(b"\0\r\n") == hashlib.sha256(b"\0\r\n").hexdigest()
