"""A PostgreSQL server of the tests' own: its port, its data folder, an unprivileged user."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

ADMIN = "keeper"
OPTIONS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    " -c listen_addresses=127.0.0.1 -c shared_buffers=16MB -c max_connections=20"
)
LONGEST = 60.0
"""Seconds that a start may take."""


def programs() -> Path:
    """Where Debian puts the server's programs, which are not on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    assert found, "PostgreSQL is missing; tests/setup.sh installs it"
    return found[-1].parent


def _as_nobody_special(folder: Path) -> list[str]:
    """The server refuses to run as root; and it ends with the tests, however these end."""
    command = ["setpriv", "--pdeathsig", "INT"]
    if os.getuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        command += [f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
    return command


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def server() -> Iterator[str]:
    """The URL of an empty database, for as long as the block lasts."""
    # Not in pytest's own folder, which only its user may enter.
    folder = Path(mkdtemp(prefix="xladdin-postgres-"))
    user, data, port = _as_nobody_special(folder), folder / "data", free_port()

    def command(program: str, *arguments: str) -> list[str]:
        return [*user, str(programs() / program), *arguments]

    settings = [*OPTIONS.split(), "-p", str(port), "-k", str(folder)]
    made = ("--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    try:
        done = subprocess.run(
            command("initdb", "-D", str(data), "-U", ADMIN, *made),
            cwd=folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        with (folder / "log").open("wb") as log:
            running = subprocess.Popen(
                command("postgres", "-D", str(data), *settings), cwd=folder, stdout=log, stderr=log
            )
        try:
            _wait(running, port, folder / "log")
            yield f"postgresql://{ADMIN}@127.0.0.1:{port}/postgres?sslmode=disable"
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(running: subprocess.Popen[bytes], port: int, log: Path) -> None:
    asked = [str(programs() / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    until = time.monotonic() + LONGEST
    while subprocess.run(asked, check=False).returncode:
        assert running.poll() is None, log.read_text()
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.1)
