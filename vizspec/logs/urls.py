"""Which file system a URL leads to, through fsspec, how long it may take, and the URLs of what it holds."""

from __future__ import annotations

import inspect
import os
from collections.abc import Mapping
from typing import Any

CONNECT_SECONDS, SILENT_SECONDS = 5, 15
"""How long a server may take to be reached, and then say nothing."""
TRIES = 2
"""How often a store is asked that says nothing, where `AWS_MAX_ATTEMPTS` is not set."""


def located(url: str, *, is_own: bool = False) -> tuple[Any, str]:
    """The file system that a URL leads to, and the path there; an instance of one's own where it `is_own`.

    Two colons are part of a name, unless the URL's file system is that of another's file, as an archive is.
    Raises one of `file_errors()`: `ValueError` where the URL lacks what its file system needs.
    """
    from fsspec import filesystem
    from fsspec.core import url_to_fs

    head = url.partition("::")[0]
    protocol = head.partition("://")[0]
    try:
        if head != url and _stands_on_another(protocol):
            fs, path = url_to_fs(url, skip_instance_cache=is_own)
            return fs, str(path)
        fs = filesystem(protocol, skip_instance_cache=is_own, **_options(protocol, url))
        return fs, str(fs._strip_protocol(url))
    except (TypeError, AttributeError) as error:  # a file system that is not made by a URL alone
        raise ValueError(f"a URL alone does not lead to '{protocol}' ({error})") from error


def url_of(fs: Any, name: str, url: str) -> str:
    """The URL of what a file system has under a name; `url` is the one that led to the file system."""
    found = str(fs.unstrip_protocol(name))
    protocol = f"{found.partition('://')[0]}://"
    heads = url.split("::")
    place = next((at for at, head in enumerate(heads) if head.startswith(protocol)), 0)
    is_chain = len(heads) > place + 1 and _stands_on_another(protocol.removesuffix("://"))
    return "::".join((found, *heads[place + 1 :])) if is_chain else found


def _stands_on_another(protocol: str) -> bool:
    """Whether a file system is that of a file, or of files, of another one: archives and caches are."""
    from fsspec import get_filesystem_class

    made_by = (inspect.signature(base.__init__).parameters for base in get_filesystem_class(protocol).__mro__)
    return any(not parameters.keys().isdisjoint({"fo", "target_protocol"}) for parameters in made_by)


def _options(protocol: str, url: str) -> Mapping[str, Any]:
    """What the URL itself says to its file system, and where nobody set that up, when to give up waiting."""
    from fsspec import get_filesystem_class
    from fsspec.config import conf

    said: Mapping[str, Any] = get_filesystem_class(protocol)._get_kwargs_from_urls(url)
    if protocol in conf:
        return said
    if protocol in ("s3", "s3a"):
        config: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, "read_timeout": SILENT_SECONDS}
        if "AWS_MAX_ATTEMPTS" not in os.environ:
            config["retries"] = {"total_max_attempts": TRIES}
        return {"config_kwargs": config, **said}
    if protocol in ("http", "https"):
        from aiohttp import ClientTimeout

        timeout = ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=SILENT_SECONDS)
        return {"client_kwargs": {"timeout": timeout}, **said}
    return said
