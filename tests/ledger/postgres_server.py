"""A PostgreSQL server of the tests' own: its port, its data folder, an unprivileged user."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

ADMIN = "keeper"
OPTIONS = "-c fsync=off -c listen_addresses=127.0.0.1 -c shared_buffers=16MB -c max_connections=20"
LETTERS = "--locale=C.UTF-8"


def programs() -> Path:
    """Where Debian puts the server's programs, which are not on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    assert found, "PostgreSQL is missing; tests/setup.sh installs it"
    return found[-1].parent


def _as_nobody_special(folder: Path) -> list[str]:
    """The server refuses to run as root."""
    if os.getuid() != 0:
        return []
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]


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

    def run(program: str, *arguments: str) -> None:
        command = [*user, str(programs() / program), *arguments]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    settings = f"{OPTIONS} -p {port} -k {folder}"
    started = ("-D", str(data), "-w", "-l", str(folder / "log"))
    try:
        run("initdb", "-D", str(data), "-U", ADMIN, "--auth=trust", "-E", "UTF8", LETTERS, "-N")
        run("pg_ctl", "start", *started, "-o", settings)
        try:
            yield f"postgresql://{ADMIN}@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "stop", "-D", str(data), "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
