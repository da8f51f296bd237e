"""An S3-compatible server on the loopback interface, which notes every request and may answer late.

`python -m tests.s3_server NOTES DELAY` prints its address once it serves; NOTES gets a line a request, DELAY
is in seconds.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REGION = "us-east-1"
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_EC2_METADATA_DISABLED": "true",
}


@dataclass(frozen=True)
class Server:
    """A running server, and what it noted."""

    address: str
    notes: Path

    def requests(self) -> list[str]:
        """The requests since this was last asked: method, path and range."""
        lines = self.notes.read_text().splitlines()
        self.notes.write_text("")
        return lines

    @property
    def environment(self) -> dict[str, str]:
        """What leads a client to it."""
        return CREDENTIALS | {"AWS_ENDPOINT_URL": self.address}


@contextmanager
def serving(notes: Path, delay_seconds: float = 0.0) -> Iterator[Server]:
    """The server in a process of its own."""
    notes.touch()
    repository = Path(__file__).parents[1]
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.s3_server", str(notes), str(delay_seconds)],
        cwd=repository,
        env={**os.environ, **CREDENTIALS},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield Server(process.stdout.readline().strip(), notes)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def fill(server: Server, bucket: str, folder: Path, pattern: str = "*.eval") -> None:
    """Puts the files of a folder into a new bucket, under their relative paths."""
    import boto3

    client: Any = boto3.client(
        "s3",
        endpoint_url=server.address,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    client.create_bucket(Bucket=bucket)
    for path in sorted(folder.rglob(pattern)):
        client.upload_file(str(path), bucket, path.relative_to(folder).as_posix())


def main() -> None:
    """Serves until it is ended."""
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    notes, delay = Path(sys.argv[1]), float(sys.argv[2])
    application = DomainDispatcherApplication(create_backend_app)

    def noted(environ: dict[str, Any], start_response: Any) -> Any:
        with notes.open("a") as stream:
            request = (environ["REQUEST_METHOD"], environ["PATH_INFO"], environ.get("HTTP_RANGE", ""))
            stream.write(" ".join(request).strip() + "\n")
        time.sleep(delay)
        return application(environ, start_response)

    server = make_server("127.0.0.1", 0, noted, threaded=True)
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
