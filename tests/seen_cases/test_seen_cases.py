"""Every kind of input that once came out wrong: the figure is right, or a problem names it.

``cases/*.yaml`` hold a case per kind.  A difference between what is right and what came is silent
where no problem names it: there must be none.  Besides, exit codes, problems and places are those
that are listed, no more and no fewer.
"""

from __future__ import annotations

import ast
import os
import shlex
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from xladdin import functions

from .laying_out import lay_out
from .observing import Came, Folder

ROOT = Path(__file__).parents[2]
CASES: list[dict[str, Any]] = [
    case | {"group": path.stem}
    for path in sorted(Path(__file__).with_name("cases").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text("utf-8"))
]
MOST_SECONDS = 10
"""What no command on such small files takes; one of them once took minutes."""
KINDS = 54


class Result:
    """Figures compared, silent differences among them, and whatever else is not as listed."""

    def __init__(self) -> None:
        self.compared = 0
        self.silent: list[str] = []
        self.other: list[str] = []

    def judge(self, step: dict[str, Any], came: Came, where: str) -> None:
        """Compare a command's outcome with what is right."""
        listed = {key: _entry(value) for key, value in (step.get("figures") or {}).items()}
        for key in listed.keys() | came.figures.keys():
            right, expected, named = listed.get(key, (None, None, ""))
            found = came.figures.get(key)
            self.compared += 1
            if found != right and not (named and any(named in line for line in came.told)):
                self.silent.append(f"{where}：{key}：{found!r}, right is {right!r}")
            elif found != expected:
                self.other.append(f"{where}：{key}：{found!r}, listed is {expected!r}")
        if came.code != step["code"]:
            self.other.append(f"{where}：exit code {came.code}, not {step['code']}")
        told = step.get("told") or []
        if len(told) != len(came.told):
            self.other.append(f"{where}：{len(came.told)} problems, not {len(told)}：{came.told}")
        for parts, line in zip(told, came.told, strict=False):
            lacking = [part for part in parts if str(part) not in line]
            if lacking:
                self.other.append(f"{where}：{line} lacks {lacking}")


def _entry(value: Any) -> tuple[Any, Any, str]:
    """What is right, what comes and what names the difference; a plain value comes and is right."""
    if isinstance(value, dict):
        return value["right"], value.get("came"), value["named"]
    return value, value, ""


def play(case: dict[str, Any], place: Path, result: Result) -> None:
    """Run the commands of a case and call its functions."""
    lay_out(case, place)
    before = Path.cwd()
    os.chdir(place)
    try:
        folder = Folder(place)
        for step in case.get("run", ()):
            began = time.process_time()
            came = folder.run(shlex.split(step["do"]))
            where = f"{case['name']}：{step['do']}"
            result.judge(step, came, where)
            if time.process_time() - began > MOST_SECONDS:
                result.other.append(f"{where}：slow")
    finally:
        os.chdir(before)
    for call in case.get("call", ()):
        answer = getattr(functions, call["function"])(*call["given"])
        result.compared += 1
        if answer != call["answer"]:
            result.silent.append(f"{case['name']}：{call['function']}：{answer!r}")


def test_no_figure_differs_in_silence(tmp_path: Path, record_property: Any) -> None:
    result = Result()
    for case in CASES:
        place = tmp_path / case["name"]
        place.mkdir()
        play(case, place, result)
    count = f"silent differences: {len(result.silent)} of {result.compared}"
    record_property("silent differences", count)
    print(count)
    assert not result.silent, "\n".join([count, *result.silent])
    assert not result.other, "\n".join(result.other)


def test_every_kind_is_tried_or_says_what_tries_it() -> None:
    names = [case["name"] for case in CASES]
    assert [name for name, times in Counter(names).items() if times > 1] == []
    assert len(names) == KINDS
    for case in CASES:
        assert case.get("run") or case.get("call") or case["elsewhere"], case["name"]
    missing = [place for case in CASES for place in _elsewhere(case) if not _is_a_test(place)]
    assert missing == []


def _elsewhere(case: dict[str, Any]) -> Iterator[str]:
    """The tests that a case names; it says why it cannot be a command on files."""
    if "elsewhere" in case:
        assert case["why"]
        yield from case["elsewhere"]


def _is_a_test(place: str) -> bool:
    path, _, name = place.partition("::")
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in tree.body)


@pytest.mark.parametrize(
    ("right", "came", "told", "silent"),
    [
        (10, {"a": 10}, [], 0),
        (10, {"a": 11}, [], 1),
        (10, {}, [], 1),
        (10, {"a": 10, "b": 1}, [], 1),
        ({"right": 10, "named": "第2行"}, {}, ["错误 第2行：看不清"], 0),
        ({"right": 10, "named": "第2行"}, {}, ["错误 第3行：看不清"], 1),
        ({"right": 10, "came": 11, "named": "第2行"}, {"a": 11}, ["提醒 第2行"], 0),
    ],
)
def test_a_silent_difference_would_be_seen(
    right: Any, came: dict[str, Any], told: list[str], silent: int
) -> None:
    result = Result()
    step = {"code": 0, "told": [[] for _ in told], "figures": {"a": right}}
    result.judge(step, Came(0, told, came), "here")
    assert (len(result.silent), result.other) == (silent, [])
