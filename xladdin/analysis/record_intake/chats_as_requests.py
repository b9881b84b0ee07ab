"""服务请求 of a shop that has chats and no tickets: each conversation is one request."""

from __future__ import annotations

from collections.abc import Mapping

from xladdin.analysis.metrics.opinions import CLASSES
from xladdin.analysis.service_records import COLUMNS, WHEN, Source

from .record_database import Connection

ONLINE = "在线"
_SATISFIED, _MIDDLING, _DISSATISFIED = CLASSES
_SAME: Mapping[str, str] = {
    "id": "id",
    "channel": f"'{ONLINE}'",
    "agent": "agent",
    "customer": "customer",
    "opened": "started",
    **{name: name for name in WHEN},
    # Nobody takes a chat on before answering it: whoever waits, waits for the first answer.
    "wait": '"first"',
    "reply": '"first"',
    "score": "score",
    "satisfaction": f"CASE WHEN score >= 400 THEN '{_SATISFIED}' WHEN score >= 300 THEN '{_MIDDLING}' "
    f"WHEN score IS NOT NULL THEN '{_DISSATISFIED}' END",
    "file": "file",
    "line": "line",
}
"""Column of the requests -> what says so of a chat; whatever is not here, a chat does not tell."""


def fill_requests(connection: Connection) -> None:
    """Make the chats the table of requests."""
    there = {row[0] for row in connection.execute(f"DESCRIBE {Source.CHATS}").fetchall()}
    # A column that no file has is not in the table either.
    lost = frozenset(COLUMNS[Source.CHATS]) - there
    told = {name: said for name, said in _SAME.items() if _column(name, said) not in lost}
    columns = ", ".join(f'{said} AS "{name}"' for name, said in told.items())
    connection.execute(
        f"CREATE OR REPLACE VIEW {Source.REQUESTS} AS SELECT {columns} FROM {Source.CHATS}"
    )


def _column(name: str, said: str) -> str:
    """The column of the chats that is read for one of the requests."""
    return "score" if name == "satisfaction" else said.strip('"')


def known_of_requests(filled: frozenset[str]) -> frozenset[str]:
    """Which columns of such requests say something, where these columns of the chats do."""
    chats = frozenset(COLUMNS[Source.CHATS])
    found = {
        name
        for name, said in _SAME.items()
        if name == "channel" or said.strip('"') in filled or said.strip('"') not in chats
    }
    return frozenset(found if "score" in filled else found - {"satisfaction"})
