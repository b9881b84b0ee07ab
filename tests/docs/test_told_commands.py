"""Commands of the documents: those of README and of the manual's month are run, all others parsed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.command import xladdin
from tests.docs.month_folder import furnished
from tests.docs.told_commands import in_blocks, in_sentences, is_known, is_named
from tests.workbench.tools import ROOT
from xladdin.cli.usage import is_wrong_usage

README = ROOT / "README.md"
MANUAL = ROOT / "docs" / "手册"
MONTH = (README, ROOT / "README.zh.md", *MANUAL.glob("02-*.md"))
PARSED = [*sorted((ROOT / "docs").glob("*.md")), *sorted(MANUAL.glob("*.md"))]
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


@pytest.mark.parametrize("path", PARSED, ids=lambda path: path.name)
def test_every_command_is_one(path: Path) -> None:
    text = path.read_text("utf-8")
    for words in in_blocks(text):
        assert is_known(words), words
    for words in in_sentences(text):
        assert is_named(words), words


@pytest.mark.parametrize(
    "line",
    [
        "xladdin genrate 总表.xlsx",
        "xladdin check 总表.xlsx --annotat a.xlsx",
        "xladdin collect",
        "xladdin report",
        "xladdin report weekly 总表.xlsx",
        "xladdin generate 总表.xlsx --period 2026-13 --out 表",
    ],
)
def test_what_is_no_command_is_found_out(line: str) -> None:
    (words,) = in_blocks(f"```\n{line}  # told\n```\n")
    assert not _is_taken(words)


def _is_taken(words: tuple[str, ...]) -> bool:
    try:
        return is_known(words)
    except Exception as error:
        if is_wrong_usage(error):
            return False
        raise


def test_a_sentence_names_what_there_is() -> None:
    text = "`xladdin collect` `xladdin --help` `xladdin collct` `xladdin report shop --dta x`"
    assert [is_named(words) for words in in_sentences(text)] == [True, True, False, False]
