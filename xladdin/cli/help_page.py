"""What ``--help`` shows: Chinese throughout, as wide as the terminal, nothing cut off.

The parser's own page is English and cuts off Chinese, which has no blanks to break at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from xladdin import console
from xladdin.screen_text import padded, width, wrapped

from .command_table import LateCommands

OPTIONS, COMMAND, MORE = "[选项]", "命令 …", "..."
HELP = "显示这份说明"
KINDS = {"Path": "路径", "str": "文字", "int": "整数", "float": "数字", "Period": "月份"}
"""What stands behind an option, by the name of the type that it is read as."""
NARROWEST, WIDEST, FIRST_COLUMN = 40, 100, 24
INDENT, GAP = "  ", "  "

Entry = tuple[str, str]


def page(command: Any, context: Any) -> str:
    """The help of a command or of a group of them."""
    columns = min(max(console.out.width, NARROWEST), WIDEST)
    parameters = [
        each for each in command.get_params(context) if not getattr(each, "hidden", False)
    ]
    commands = getattr(command, "commands", {})
    below = (
        [(name, entry.told) for name, entry in commands.entries.items()]
        if isinstance(commands, LateCommands)
        else [(name, summary(sub)) for name, sub in commands.items() if not sub.hidden]
    )
    parts = [
        [f"用法：{usage(context)}"],
        *(wrapped(told, columns) for told in _paragraphs(command)),
        _listed("参数", map(_argument, filter(_is_argument, parameters)), columns),
        _listed("选项", (_option(it) for it in parameters if not _is_argument(it)), columns),
        _listed("命令", below, columns),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def summary(command: Any) -> str:
    """The first paragraph of what a command's help says."""
    return next(iter(_paragraphs(command)), "")


def _paragraphs(command: Any) -> list[str]:
    """What a docstring says, without its line ends: Chinese has no blank in their place."""
    return ["".join(told.splitlines()) for told in (command.help or "").split("\n\n") if told]


def usage(context: Any) -> str:
    """How a command is typed, in one line."""
    command = context.command
    arguments = (_typed(each) for each in command.params if _is_argument(each))
    last = [COMMAND] if getattr(command, "commands", {}) else []
    return " ".join([context.command_path, OPTIONS, *arguments, *last])


def name_of(argument: Any) -> str:
    """An argument as the help names it, without what says how often."""
    return str(argument.metavar or argument.name.upper()).removesuffix(MORE)


def _is_argument(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


def _typed(argument: Any) -> str:
    name = name_of(argument)
    return (name if argument.required else f"[{name}]") + (MORE if argument.nargs != 1 else "")


def _listed(title: str, entries: Iterable[Entry], columns: int) -> list[str]:
    found = list(entries)
    if not found:
        return []
    first = min(max(width(name) for name, _ in found), FIRST_COLUMN)
    return [f"{title}：", *(line for each in found for line in _entry(*each, first, columns))]


def _entry(name: str, told: str, first: int, columns: int) -> Iterator[str]:
    """Name and explanation side by side; one below the other where the name is too long."""
    room = columns - len(INDENT) - first - len(GAP)
    lines = wrapped(told, room)
    if width(name) > first:
        yield INDENT + name
    else:
        yield f"{INDENT}{padded(name, first)}{GAP}{lines.pop(0)}".rstrip()
    yield from (f"{INDENT}{' ' * first}{GAP}{line}" for line in lines if line)


def _argument(parameter: Any) -> Entry:
    may = "" if parameter.required or _default(parameter) else "可以不写"
    several = "可以写几个" if parameter.nargs != 1 else ""
    return name_of(parameter), _with(parameter.help, may, several, _default(parameter))


def _option(parameter: Any) -> Entry:
    names = "、".join([*parameter.opts, *parameter.secondary_opts])
    if parameter.name == "help":
        return names, HELP
    must = "必须写" if parameter.required else ""
    several = "可以写几次" if parameter.multiple or _counts(parameter) else ""
    told = _with(parameter.help, must, several, _default(parameter))
    return f"{names} {_kind(parameter)}".rstrip(), told


def _with(told: str | None, *more: str) -> str:
    said = "，".join(filter(None, more))
    return f"{told or ''}（{said}）" if said else told or ""


def _default(parameter: Any) -> str:
    default = parameter.default
    stated = default not in (None, "", False) and not callable(default) and default != []
    return f"不写就是 {default}" if stated and not parameter.required else ""


def _counts(option: Any) -> bool:
    """A switch that may be given several times."""
    return bool(getattr(option, "count", False))


def _kind(parameter: Any) -> str:
    """What is to be written behind an option; nothing behind a switch."""
    if parameter.is_flag or _counts(parameter):
        return ""
    if parameter.metavar:
        return str(parameter.metavar)
    descriptor = getattr(parameter, "type_descriptor", None)
    annotation = getattr(descriptor, "annotation", str)
    kind = next(iter(get_args(annotation)), annotation)
    return KINDS.get(getattr(kind, "__name__", ""), KINDS["str"])
