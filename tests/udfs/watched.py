"""A process of its own: calls the worksheet functions with texts of strangers, and prints what else
they do with them: files looked for, programs or connections begun, text run as code.

A line of JSON for each such act: what, with what, in which call.  The last line counts the calls.
"""

from __future__ import annotations

import inspect
import json
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import xladdin_udfs

HARMLESS = ("object.", "sys._getframe", "builtins.id", "code.__new__")
"""Events that tell of no act outside of Python's own memory."""
NOT_AUDITED = ("stat", "lstat", "access", "readlink", "getcwd")
"""Python tells nobody of these; on Windows, each of them greets the server that a path names."""
OWN_WORDS = re.compile(
    r"(?:n|s)?v[0-9]+|c[0-9]+|arith_[A-Z]+|grain_[0-9]|mode_[A-Z_]+|GRAIN|WIDE|COUNTS|Decimal|None|True|False"
    r"|def|run|known|get|if|else|is|or|and|not|in|for|holds|text|text_of|sum_of|truth|number|positive|has|equal"
    r"|min|max|join|strip|casefold|quantize|__class__|pass"
)
"""All that may stand in the code that is made of a rule: nothing of what anybody has typed."""
USUAL = {"actual": 18.0, "target": 20.0, "weight": 20.0, "scheme": None}
SCHEMES = {"KPI_ITEM": "online_shop_monthly"}
TEXTS = (
    r"C:\Windows\win.ini",
    r"\\server\share\scheme.yaml",
    "//server/share/scheme",
    r"\\?\UNC\server\share",
    "/etc/passwd",
    "../../etc/passwd",
    "schemes/online_shop_monthly.yaml",
    "online_shop_monthly.yaml",
    "file://server/share/a.yaml",
    "http://server/a.yaml",
    "%USERPROFILE%\\a.yaml",
    "~/a.yaml",
    "CON",
    "a\0b",
    "=1+1",
    '=HYPERLINK("http://server")',
    "__import__('os').system('x')",
    '!!python/object/apply:os.system ["x"]',
    "{{7*7}} ${7*7} {0.__class__} %(a)s",
    r"封顶=\\server\share",
    "阶梯=__import__('os'):100%",
    "9**9**9",
    "1e999999999",
    "9" * 400,
    "(" * 5000,
    "客户回访（" * 2000,
    "一" * 32767,
)


def main() -> None:
    functions = {name: getattr(xladdin_udfs, name) for name in xladdin_udfs.__all__}
    for name, function in functions.items():
        function(**usual(name, function))
    xladdin_udfs.DUTY_STANDARD("客户回访（每月不少于20次）")
    count = 0
    with watching() as call:
        for name, function in functions.items():
            for given in arguments(name, function):
                call[:] = [name, {key: str(value)[:60] for key, value in given.items()}]
                function(**given)
                count += 1
    print(count)


def usual(name: str, function: Callable[..., Any]) -> dict[str, Any]:
    """Arguments that get an answer."""
    parameters = inspect.signature(function).parameters
    found = {each: USUAL.get(each, 1.0) for each in parameters}
    texts = {"method": "百分比计分制", "options": None, "indicator": "日常询盘转换率", "unit": None}
    found |= {key: value for key, value in texts.items() if key in found}
    if "text" in found:
        found["text"] = "客户回访（每月不少于20次）"
    if name in SCHEMES:
        found["scheme"] = SCHEMES[name]
    return found | {key: None for key in ("element", "shares") if key in found}


def arguments(name: str, function: Callable[..., Any]) -> Iterator[dict[str, Any]]:
    """Each text in the place of each argument, in a cell and in a column; and in all at once."""
    known = usual(name, function)
    for text in TEXTS:
        yield dict.fromkeys(known, text)
        for key in known:
            yield known | {key: text}
            yield known | {key: [[text], [18.0]]}


def is_own_code(event: str, about: Any) -> bool:
    """Whether a rule was made into code of our own words, or that code was run."""
    if event == "exec":
        return getattr(about[0], "co_filename", "") == "<model>"
    if event != "compile" or about[1] != "<model>":
        return False
    code = about[0].decode() if isinstance(about[0], bytes) else str(about[0])
    texts, words = re.findall(r"'[^']*'", code), re.findall(r"\w+", re.sub(r"'[^']*'", "", code))
    numbers = [word for word in words if word.isdigit()]
    return set(texts) <= {"''", "' '"} and all(map(OWN_WORDS.fullmatch, set(words) - set(numbers)))


@contextmanager
def watching() -> Iterator[list[Any]]:
    """Print what is done meanwhile; the list is for what is being called."""
    call: list[Any] = []
    active = [True]

    def told(event: str, about: object) -> None:
        if active[0] and not event.startswith(HARMLESS) and not is_own_code(event, about):
            active[0] = False
            print(json.dumps([event, str(about)[:200], call], ensure_ascii=False), flush=True)
            active[0] = True

    sys.addaudithook(told)
    for name in NOT_AUDITED:
        vars(os)[name] = _telling(getattr(os, name), name, told)
    try:
        yield call
    finally:
        active[0] = False


def _telling(real: Callable[..., Any], name: str, told: Callable[[str, object], None]) -> Any:
    def telling(*args: Any, **kwargs: Any) -> Any:
        told(f"os.{name}", args)
        return real(*args, **kwargs)

    return telling


if __name__ == "__main__":
    warnings.simplefilter("error")
    main()
