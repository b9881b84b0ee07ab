"""Where a ledger is: a file beside the master, or a PostgreSQL database by its URL."""

from __future__ import annotations

import os
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from xladdin.problems import Place, Problem, ProblemsFound

LEDGER_NAME = "绩效台账.db"
POSTGRES, SQLITE = "postgresql", "sqlite"
DRIVERS = {"postgresql": "postgresql+pg8000", "postgres": "postgresql+pg8000"}
PASSWORD = "PGPASSWORD"  # noqa: S105 - the variable's name, as PostgreSQL's own programs have it
ENCRYPTED = ("require", "verify-ca", "verify-full")
OPEN = "disable"
ANSWER = 30.0
"""Seconds after which a server that says nothing is taken for gone."""
EXAMPLE = "postgresql://用户名@主机:5432/数据库名"


@dataclass(frozen=True, slots=True)
class LedgerPlace:
    """A file (SQLite), or a URL (PostgreSQL); and the master's folder, for what lies beside."""

    folder: Path
    file: Path | None = None
    url: URL | None = None

    @property
    def name(self) -> str:
        """As messages say it: never with a password."""
        if self.file is not None:
            return self.file.name
        assert self.url is not None  # noqa: S101 - one of the two, by ledger_place
        host = self.url.host or "localhost"
        return f"{POSTGRES}://{host}/{self.url.database or ''}"

    @property
    def at(self) -> Place:
        """For problems."""
        return Place(file=self.name)

    def problem(self, code: str, message: str) -> Problem:
        """Something that is wrong with this ledger."""
        return Problem(code, message, self.at)

    def refuse(self, code: str, message: str) -> NoReturn:
        """Raise that as the one reason why nothing is done."""
        raise ProblemsFound([self.problem(code, message)])


def ledger_place(master: Path, url: str | None = None) -> LedgerPlace:
    """The ledger of a master: by URL, by the path of a file, or the file beside the master.

    Raises ProblemsFound where the URL is none that we understand.
    """
    folder = master.absolute().parent
    if not url:
        return LedgerPlace(folder, file=folder / LEDGER_NAME)
    if "://" not in url:
        return LedgerPlace(folder, file=Path(url).absolute())
    try:
        parsed = make_url(url)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise _wrong("看不懂这个台账地址") from error
    if parsed.get_backend_name() == SQLITE and parsed.database:
        return LedgerPlace(folder, file=Path(parsed.database).absolute())
    driver = DRIVERS.get(parsed.drivername, parsed.drivername)
    if driver != DRIVERS[POSTGRES] or not parsed.database:
        raise _wrong("台账地址的开头或数据库名不对")
    return LedgerPlace(folder, url=parsed.set(drivername=driver))


def _wrong(said: str) -> ProblemsFound:
    # Not quoted: it may hold a password.
    message = f"{said}，请写成 {EXAMPLE}；不用 --ledger 时台账是总表旁边的 {LEDGER_NAME}"
    return ProblemsFound([Problem("ledger_url", message, Place(file="--ledger"))])


def postgres_engine(place: LedgerPlace, seconds: float) -> sa.Engine:
    """An engine for one connection at a time; a password may come from the environment.

    ``sslmode`` is understood as PostgreSQL's own programs do, except that an encrypted connection
    always asks for a valid certificate.  Raises ProblemsFound without the driver.
    """
    assert place.url is not None  # noqa: S101 - asked for by the caller
    url, settings = place.url, dict[str, Any]()
    mode = url.query.get("sslmode")
    if mode in ENCRYPTED:
        settings["ssl_context"] = ssl.create_default_context()
    elif mode == OPEN:
        # Otherwise the driver asks the server for it first, and reads the system's certificates.
        settings["ssl_context"] = False
    url = url.difference_update_query(["sslmode"])
    if url.password is None and (word := os.environ.get(PASSWORD)):
        url = url.set(password=word)
    # Whoever waits for a lock is told so by the server, long before.
    settings["timeout"] = max(ANSWER, 3 * seconds)
    settings["application_name"] = "xladdin"
    try:
        return sa.create_engine(
            url, poolclass=sa.NullPool, connect_args=settings, hide_parameters=True
        )
    except ImportError:
        place.refuse(
            "ledger_driver",
            "用 PostgreSQL 保存台账还缺一个组件，请先运行 pip install 'xladdin[postgres]'",
        )
