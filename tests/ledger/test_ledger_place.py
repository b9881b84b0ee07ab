"""Where a ledger lies, by what was typed; and no password in any message."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from xladdin.ledger.ledger_place import LEDGER_NAME, ledger_place, postgres_engine
from xladdin.problems import ProblemsFound

MASTER = Path("/data/hr/总表.xlsx")


@pytest.mark.parametrize(
    ("typed", "file"),
    [
        (None, f"/data/hr/{LEDGER_NAME}"),
        ("", f"/data/hr/{LEDGER_NAME}"),
        ("/srv/a.db", "/srv/a.db"),
        ("sqlite:////srv/a.db", "/srv/a.db"),
    ],
)
def test_a_file(typed: str | None, file: str) -> None:
    place = ledger_place(MASTER, typed)
    assert place.file == Path(file)
    assert place.folder == MASTER.parent


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+pg8000"])
def test_a_database(scheme: str) -> None:
    place = ledger_place(MASTER, f"{scheme}://hr:secret@db.example:5433/kpi?sslmode=require")
    assert place.url is not None
    assert place.url.drivername == "postgresql+pg8000"
    assert place.name == "postgresql://db.example/kpi"
    engine = postgres_engine(place, 1)
    assert "sslmode" not in engine.url.query


def test_a_server_that_is_not_to_encrypt_is_not_asked_to() -> None:
    place = ledger_place(MASTER, "postgresql://hr@db.example/kpi?sslmode=disable")
    with patch("sqlalchemy.create_engine") as made:
        postgres_engine(place, 1)
    assert made.call_args.kwargs["connect_args"]["ssl_context"] is False


@pytest.mark.parametrize(
    "typed",
    [
        "mysql://hr:secret@db/kpi",
        "postgresql://hr:secret@db",
        "://secret",
        "http://secret/x",
        "postgresql://h:secret@db:port/x",
    ],
)
def test_a_wrong_url_is_told_without_its_password(typed: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        ledger_place(MASTER, typed)
    (problem,) = found.value.problems
    assert problem.code == "ledger_url"
    assert "postgresql://用户名@主机" in problem.message
    assert "secret" not in str(problem)


def test_a_password_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    word = "secret"
    monkeypatch.setenv("PGPASSWORD", word)
    place = ledger_place(MASTER, "postgresql://hr@db/kpi")
    assert postgres_engine(place, 1).url.password == word
    assert word not in repr(postgres_engine(place, 1))
