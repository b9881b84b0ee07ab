"""Commands of README and of the manual's month are run; those of all documents are parsed by tests/house."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.command import xladdin
from tests.docs.month_folder import furnished
from tests.house.told_commands import in_blocks
from tests.workbench.tools import ROOT

README = ROOT / "README.md"
MANUAL = ROOT / "docs" / "手册"
MONTH = (README, ROOT / "README.zh.md", *MANUAL.glob("02-*.md"))
ANSWERED = (0, 1)
"""One: there is something to be told, as in any real month."""


def month() -> list[tuple[str, ...]]:
    """What README tells, then what the others tell besides: one month, from its master on."""
    commands = [words for path in MONTH for words in in_blocks(path.read_text("utf-8"))]
    once = list(dict.fromkeys(commands))
    return [words for at, words in enumerate(once) if words[0] != "init" or at == 0]


def test_every_command_of_the_month_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DISPLAY", "")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    furnished(tmp_path)
    commands = month()
    assert commands[0][0] == "init"
    assert {"generate", "collect", "summary", "report", "period"} <= {each[0] for each in commands}
    for words in commands:
        done = xladdin(*words)
        assert done.code in ANSWERED, (words, done)
        assert "出了意外" not in done.err, (words, done)
        assert _made(words), (words, done)


def _made(words: tuple[str, ...]) -> bool:
    """Whether what a command is to write is there."""
    outs = [words[at + 1] for at, word in enumerate(words) if word in ("--out", "--ask")]
    return all(Path(name).exists() or words[0] == "feedback" for name in outs)
