"""What a document tells as a command is found, and what is no command is found out."""

from __future__ import annotations

import pytest

from tests.house.told_commands import in_blocks, in_sentences, wrong_in


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("`xladdin check 总表.xlsx --annotate 检查.xlsx`", []),
        ("```\nxladdin period open|close|reopen 总表.xlsx --period 2026-11   words\n```", []),
        ("`xladdin --help` `xladdin …` `xladdin[excel]` the xladdin fly", []),
        ("`xladdin collect` `xladdin report`", []),
        ("```\nxladdin check 总表.xlsx  # and so on\n```", []),
        ("    xladdin fly 总表.xlsx", ["no such command: fly"]),
        ("```\n$ xladdin fly 总表.xlsx\n```", ["no such command: fly"]),
        ("`xladdin ledger verify|burn 总表.xlsx`", ["no such command: ledger burn"]),
        ("```\nxladdin month 总表.xlsx --growht 3%\n```", ["no such option: --growht"]),
        ("`xladdin report shop --dta x`", ["no such option: --dta"]),
        ("```\nxladdin report weekly 总表.xlsx\n```", ["no such command: report weekly"]),
        ("```\nxladdin report\n```", ["not a whole command"]),
        ("```\nxladdin collect\n```", ["not taken"]),
        ("```\nxladdin generate 总表.xlsx --period 2026-13 --out 表\n```", ["not taken"]),
    ],
)
def test_what_is_no_command_is_found_out(text: str, wrong: list[str]) -> None:
    found = [one.partition(": xladdin")[0] for one in wrong_in(text)]
    assert [one.partition(" (")[0] for one in found] == wrong


def test_what_leaves_something_out_is_a_sentence() -> None:
    text = "`xladdin check`\n```\nxladdin check 总表.xlsx  # 看一遍\nxladdin check …\n```\n"
    assert list(in_blocks(text)) == [("check", "总表.xlsx")]
    assert list(in_sentences(text)) == [("check", "…"), ("check",)]
