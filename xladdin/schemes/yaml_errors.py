"""YAML's syntax errors in Chinese, with the line to look at."""

from __future__ import annotations

import re

import yaml
from yaml.reader import ReaderError

from xladdin.problems import Place, Problem

_COLON = "这里不应出现冒号：检查缩进和上一行（冒号须是英文的，后跟空格）；内容里有冒号时请加引号"
# Pieces of the parser's messages; its two implementations (C and Python) word some differently.
_WORDINGS: tuple[tuple[str, str, str], ...] = (
    ("another document", "several_documents", "一个文件只能写一份模板，请去掉 --- 之后的内容"),
    ("undefined alias", "yaml_alias", "不支持用 & 和 * 引用别处的内容，请直接写出"),
    ("nesting depth", "yaml_depth", "嵌套层次太深"),
    ("mapping values", "yaml_syntax", _COLON),
    ("sequence entries", "yaml_syntax", "列表符号「-」应另起一行"),
    ("expected ':'", "yaml_syntax", "字段名后面缺少英文冒号加空格"),
    ("cannot start any token", "yaml_syntax", "不能以这个符号开头，请给内容加上引号"),
    ("escape character", "yaml_syntax", "双引号里的反斜杠写法不对，可改用单引号"),
    ("unexpected end of stream", "yaml_syntax", "引号没有配对"),
    ("expected ',' or", "yaml_syntax", "方括号或花括号没有配对，或缺少逗号"),
    ("expected '-' indicator", "yaml_syntax", "缩进没有对齐"),
    ("<block end>", "yaml_syntax", "缩进没有对齐"),
    ("expected key", "yaml_syntax", "缩进没有对齐"),
)
_OTHERWISE = ("", "yaml_syntax", "YAML 格式不对，请检查这一行和上一行")
# Of these the beginning tells more than the place where the parser gave up.
_UNFINISHED = ("simple key", "quoted scalar", "flow sequence", "flow mapping")
_TAB_INDENT = re.compile(r" *\t")


def explained(error: yaml.YAMLError | RecursionError, text: str, file: str) -> Problem:
    """The problem that a parser's error stands for."""
    if isinstance(error, RecursionError):
        return Problem("yaml_depth", "嵌套层次太深", Place(file, 1))
    if isinstance(error, ReaderError):
        message = "文件里有看不见的控制字符，请删去"
        return Problem("control_character", message, Place(file, _control_line(text)))
    line = _error_line(error)
    for near in (line, line - 1):
        if _indented_by_tab(text, near):
            return Problem("yaml_tab", "缩进只能用空格，不能用 Tab 键", Place(file, near))
    said = str(error)
    _, code, message = next((item for item in _WORDINGS if item[0] in said), _OTHERWISE)
    return Problem(code, message, Place(file, line))


def _error_line(error: yaml.YAMLError) -> int:
    begun = str(getattr(error, "context", "")).endswith(_UNFINISHED)
    mark = getattr(error, "context_mark" if begun else "problem_mark", None)
    return mark.line + 1 if mark is not None else 1


def _indented_by_tab(text: str, line: int) -> bool:
    lines = text.split("\n")
    return 0 < line <= len(lines) and bool(_TAB_INDENT.match(lines[line - 1]))


def _control_line(text: str) -> int:
    # The C reader counts bytes and the Python one characters, so the place is looked up anew.
    found = re.search(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    return text.count("\n", 0, found.start()) + 1 if found else 1
