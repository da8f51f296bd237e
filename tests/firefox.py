"""The system's Firefox for tests of pages, spoken to in WebDriver BiDi: Playwright steers only its own."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
import pytest

Result = TypeVar("Result")

LIMIT_SECONDS = 60.0
PAUSE_SECONDS = 0.05
SIZE = {"width": 1280, "height": 900}
LISTENS = re.compile(rb"WebDriver BiDi listening on (ws://\S+)")
PREFERENCES = {
    "remote.active-protocols": 1,
    "network.proxy.type": 1,  # to where nobody listens; this machine itself is reached all the same
    **{f"network.proxy.{kind}": "127.0.0.1" for kind in ("http", "ssl")},
    **{f"network.proxy.{kind}_port": 9 for kind in ("http", "ssl")},
}


def needed_firefox() -> str:
    """The program; where it is missing the test is skipped."""
    found = shutil.which("firefox-esr") or shutil.which("firefox")
    if found is None:
        pytest.skip("Firefox is not installed: `apt-get install firefox-esr`, or from mozilla.org")
    return found


class Tab:
    """A page in Firefox. `complaints`: errors and warnings of its console, and addresses that it asks for."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.complaints: list[str] = []
        self._socket = socket
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._context = ""

    async def begin(self) -> None:
        """Take the first tab of the browser."""
        await self.send("session.new", capabilities={})
        await self.send("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self._context = (await self.send("browsingContext.getTree"))["contexts"][0]["context"]
        await self.send("browsingContext.setViewport", context=self._context, viewport=SIZE)

    async def listen(self) -> None:
        """Take what Firefox says, until it ends."""
        async for message in self._socket:
            said = json.loads(message.data)
            if said.get("id") in self._waiting:
                self._waiting.pop(said["id"]).set_result(said)
            elif said.get("type") == "event":
                self._note(said["params"])

    async def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command's result."""
        number = next(self._numbers)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        answer = await asyncio.wait_for(self._waiting[number], LIMIT_SECONDS)
        assert answer["type"] == "success", answer
        result: dict[str, Any] = answer["result"]
        return result

    async def open(self, address: str) -> None:
        """Load a page."""
        await self.send("browsingContext.navigate", context=self._context, url=address, wait="complete")

    async def ask(self, expression: str) -> Any:
        """What the JavaScript comes to, as JSON."""
        text = f"(async () => JSON.stringify(await ({expression})))()"
        target = {"context": self._context}
        result = await self.send("script.evaluate", expression=text, target=target, awaitPromise=True)
        assert result["type"] == "success", result
        value = result["result"].get("value")
        return None if value is None else json.loads(value)

    async def until(self, expression: str) -> None:
        """Wait until the JavaScript holds."""
        async with asyncio.timeout(LIMIT_SECONDS):
            while not await self.ask(expression):
                await asyncio.sleep(PAUSE_SECONDS)

    def _note(self, event: dict[str, Any]) -> None:
        if event.get("level") in ("error", "warn"):
            self.complaints.append(event.get("text") or "")
        elif "request" in event and event["request"]["url"].startswith("http"):
            self.complaints.append(event["request"]["url"])


def run(look: Coroutine[Any, Any, Result]) -> Result:
    """What the coroutine returns; in a thread of its own, as Playwright keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, look).result()


@asynccontextmanager
async def firefox() -> AsyncIterator[Tab]:
    """A tab of a Firefox of its own, with the network off."""
    program = needed_firefox()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        lines = (
            f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items()
        )
        (Path(profile) / "user.js").write_text("".join(lines))
        options = ("--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0")
        running = await asyncio.create_subprocess_exec(
            program, *options, stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL
        )
        try:
            address = await asyncio.wait_for(_address_of(running), LIMIT_SECONDS)
            async with aiohttp.ClientSession() as session, session.ws_connect(f"{address}/session") as socket:
                tab = Tab(socket)
                listening = asyncio.create_task(tab.listen())
                await tab.begin()
                yield tab
                listening.cancel()
        finally:
            with suppress(ProcessLookupError):
                running.terminate()
            await running.wait()


async def _address_of(running: asyncio.subprocess.Process) -> str:
    assert running.stderr is not None
    while line := await running.stderr.readline():
        if found := LISTENS.search(line):
            return found[1].decode()
    raise AssertionError("Firefox ended before it could be spoken to")
