"""YAML text into plain data, exact to the digit, with the line of every field.

YAML 1.2 core, as editors show it: ``true`` and ``false`` are the only truth values, and ``yes``,
``12-25``, ``9:00`` and ``2026-11-01`` are text.  Numbers become Decimal from their very digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from xladdin.characters import has_hidden, visible
from xladdin.domain.base import Loc
from xladdin.problems import Place, Problem, warning

from .yaml_errors import explained

# Two digits of exponent: a number of a thousand million digits is nobody's figure.
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,2})?")
_CONSTANTS: dict[str, bool | None] = {
    "true": True,
    "false": False,
    "null": None,
    "~": None,
    "": None,
}
_DEEPEST = 40
MOST_BYTES = 500_000
"""Of a template; the longest that is shipped has a twentieth of it."""
UNREAD = frozenset({"yaml_alias", "yaml_tag", "yaml_depth"})
"""Codes of problems over a value that could not be read, so that the field was left empty."""
_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))
_FASTEST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_FASTEST):  # type: ignore[misc]
    """Composes nodes and leaves what a plain scalar means to this module."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as PyYAML declares it


@dataclass(frozen=True, slots=True)
class Document:
    """What a YAML file holds: plain data, and on which line each field stands."""

    file: str
    data: dict[str, Any]
    lines: dict[Loc, int]

    def place(self, loc: Loc) -> Place:
        """Where a field stands; a field that is missing is at its nearest known ancestor."""
        known = next(loc[:size] for size in range(len(loc), -1, -1) if loc[:size] in self.lines)
        return Place(file=self.file, line=self.lines[known], field=field_path(loc))


def field_path(loc: Loc) -> str:
    """A field's path as people write it: ``sections[0].indicators[2].weight``."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return text.removeprefix(".")


def read(path: Path) -> tuple[Document | None, list[Problem]]:
    """Read a YAML file; what cannot be read is a problem, never an exception."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        message = "找不到这个文件" if isinstance(error, FileNotFoundError) else "无法打开这个文件"
        return None, [Problem("unreadable", message, Place(file=str(path)))]
    if len(raw) > MOST_BYTES:
        message = f"文件太大（超过{MOST_BYTES // 1000} KB），不像是模板，没有读"
        return None, [Problem("file_too_large", message, Place(file=str(path)))]
    try:
        return parse(raw.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        place = Place(file=str(path), line=raw[: error.start].count(b"\n") + 1)
        message = "文件不是 UTF-8 编码（可能是 GBK），请另存为 UTF-8 后再用"
        return None, [Problem("not_utf8", message, place)]


def parse(text: str, file: str = "") -> tuple[Document | None, list[Problem]]:
    """Parse YAML text whose top level is a mapping."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, RecursionError) as error:
        return None, [explained(error, text, file)]
    if node is None:
        return None, [Problem("empty_file", "文件是空的，没有任何内容", Place(file, 1))]
    if not isinstance(node, yaml.MappingNode):
        message = "文件最外层应是「字段: 内容」的形式，而不是列表或一段文字"
        return None, [Problem("not_mapping", message, Place(file, _line(node)))]
    plain = _Plain(file)
    data = plain.value(node, ())
    return Document(file, data, plain.lines), plain.told()


@dataclass(slots=True)
class _Plain:
    """Turns nodes into plain data, noting lines and problems on the way."""

    file: str
    lines: dict[Loc, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    cleaned: list[int] = field(default_factory=list)
    """Lines whose text held characters that nobody sees."""

    def value(self, node: yaml.Node, loc: Loc) -> Any:
        self.lines.setdefault(loc, _line(node))
        if not self._acceptable(node, loc):
            return None
        self.seen.add(id(node))
        match node:
            case yaml.MappingNode():
                return dict(self._entries(node, loc))
            case yaml.SequenceNode():
                return [self.value(item, (*loc, i)) for i, item in enumerate(node.value)]
            case yaml.ScalarNode():
                if has_hidden(node.value):
                    self.cleaned.append(_line(node))
                    node.value = visible(node.value)
                return _scalar(node)
        raise TypeError(node)

    def told(self) -> list[Problem]:
        """Every problem; what every text lost of itself is said once."""
        if not self.cleaned:
            return self.problems
        lines = "、".join(str(line) for line in dict.fromkeys(self.cleaned))
        message = f"去掉了看不见的字符（控制符、方向符、零宽字符等）：第 {lines} 行"
        place = Place(self.file, self.cleaned[0])
        return [*self.problems, warning("hidden_characters", message, place)]

    def _entries(self, node: yaml.MappingNode, loc: Loc) -> Iterator[tuple[str, Any]]:
        for key, value in node.value:
            name, line = str(key.value), _line(key)
            where = (*loc, name)
            if not isinstance(key, yaml.ScalarNode):
                self._report("yaml_key", "字段名应是一个词，不能是列表或一组内容", key, loc)
            elif where in self.lines:
                message = f"字段「{name}」重复，第{self.lines[where]}行已经写过"
                self._report("duplicate_key", message, key, where)
            else:
                self.lines[where] = line
                yield name, self.value(value, where)

    def _acceptable(self, node: yaml.Node, loc: Loc) -> bool:
        if id(node) in self.seen:
            # A reference may lead back to itself or unfold without end; no template needs one.
            self._report("yaml_alias", "不支持用 & 和 * 引用别处的内容，请直接写出", node, loc)
        elif node.tag not in _TAGS:
            self._report("yaml_tag", f"不支持类型标记「{node.tag[:40]}」，请去掉", node, loc)
        elif len(loc) > _DEEPEST:
            self._report("yaml_depth", "嵌套层次太深", node, loc[:1])
        else:
            return True
        return False

    def _report(self, code: str, message: str, node: yaml.Node, loc: Loc) -> None:
        place = Place(self.file, _line(node), field_path(loc))
        self.problems.append(Problem(code, message, place))


def _line(node: yaml.Node) -> int:
    line: int = node.start_mark.line + 1
    return line


def _scalar(node: yaml.ScalarNode) -> str | bool | Decimal | None:
    text: str = node.value
    if node.style:  # quoted or a block: text as it stands
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    return Decimal(text) if _NUMBER.fullmatch(text) else text
