"""Commands of the documents: those of README and of the manual's month are run, all others parsed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.command import xladdin
from tests.docs.month_folder import furnished
from tests.docs.told_commands import is_known, told
from tests.workbench.tools import ROOT

README = ROOT / "README.md"
MANUAL = ROOT / "docs" / "手册"
MONTH = (README, ROOT / "README.zh.md", *MANUAL.glob("02-*.md"))
PARSED = [*sorted((ROOT / "docs").glob("*.md")), *sorted(MANUAL.glob("*.md"))]
ANSWERED = (0, 1)
"""One: there is something to be told, as in any real month."""


def month() -> list[tuple[str, ...]]:
    """What README tells, then what the others tell besides: one month, from its master on."""
    commands = [words for path in MONTH for words in told(path.read_text("utf-8"))]
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


@pytest.mark.parametrize("path", PARSED, ids=lambda path: path.name)
def test_every_command_of_the_other_documents_is_known(path: Path) -> None:
    for words in told(path.read_text("utf-8")):
        assert is_known(words), words


@pytest.mark.parametrize(
    "line",
    ["xladdin genrate 总表.xlsx", "xladdin check 总表.xlsx --annotat a.xlsx", "xladdin collect"],
)
def test_what_is_no_command_is_found_out(line: str) -> None:
    (words,) = told(f"```\n{line}  # told\n```\n")
    if words == ("collect",):
        assert is_known(words), "only named"
        return
    with pytest.raises(Exception, match=r"(?s).*"):
        is_known(words)
