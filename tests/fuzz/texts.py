"""Mutations of text files: csv as programs and people write it, and YAML."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from . import odd
from .raw import Mutation

Lines = list[str]
ENCODINGS = (
    "utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "big5", "utf-7", "utf-32",
)  # fmt: skip
LONG = 1_000_000
"""Characters of a line that has lost its ends."""


def _lines(change: Callable[[Random, Lines], Lines]) -> Mutation:
    def mutation(rng: Random, data: bytes) -> bytes:
        lines = change(rng, data.decode("utf-8-sig", "replace").splitlines())
        return "\n".join(lines).encode("utf-8", "surrogatepass")

    mutation.__name__ = change.__name__
    return mutation


def _at(rng: Random, lines: Lines) -> int:
    """A line: the first one time in three, since heads decide how the rest is read."""
    return 0 if rng.random() < 1 / 3 else rng.randrange(len(lines))


def _cell(rng: Random, lines: Lines, change: Callable[[str], str]) -> Lines:
    at = _at(rng, lines)
    cells = lines[at].split(",")
    place = rng.randrange(len(cells))
    cells[place] = change(cells[place])
    return [*lines[:at], ",".join(cells), *lines[at + 1 :]]


def odd_cells(rng: Random, lines: Lines) -> Lines:
    for _ in range(rng.randint(1, 12)):
        lines = _cell(rng, lines, lambda _: _quoted(odd.value(rng)))
    return lines


def _quoted(value: str) -> str:
    return '"{}"'.format(value.replace('"', '""')) if set(value) & set(',"\r\n') else value


def quote(rng: Random, lines: Lines) -> Lines:
    marks = ('"{}', '{}"', '"{}"x', "“{}”", '""{}""', "'{}'", '"{}\n', '"" "{}"')
    return _cell(rng, lines, rng.choice(marks).format)


def delimit(rng: Random, lines: Lines) -> Lines:
    mark = rng.choice((";", "\t", "|", "，", ", ", ",,", " ", "\x1f"))
    if rng.random() < 0.7:
        return [line.replace(",", mark) for line in lines]
    at = _at(rng, lines)
    return [*lines[:at], lines[at].replace(",", mark), *lines[at + 1 :]]


def add_cell(rng: Random, lines: Lines) -> Lines:
    more = "," * rng.choice((1, 1, 3, 200, 20_000))
    at = _at(rng, lines)
    return [*lines[:at], lines[at] + more, *lines[at + 1 :]]


def drop_cell(rng: Random, lines: Lines) -> Lines:
    at = _at(rng, lines)
    cells = lines[at].split(",")
    cells.pop(rng.randrange(len(cells)))
    return [*lines[:at], ",".join(cells), *lines[at + 1 :]]


def swap_columns(rng: Random, lines: Lines) -> Lines:
    first, second = rng.randrange(6), rng.randrange(6)

    def swapped(line: str) -> str:
        cells = line.split(",")
        if max(first, second) < len(cells):
            cells[first], cells[second] = cells[second], cells[first]
        return ",".join(cells)

    return [swapped(line) for line in lines]


def drop_line(rng: Random, lines: Lines) -> Lines:
    at = _at(rng, lines)
    return lines[:at] + lines[at + 1 :] or [""]


def double_line(rng: Random, lines: Lines) -> Lines:
    at, place = _at(rng, lines), rng.randrange(len(lines) + 1)
    times = rng.choice((1, 1, 2, 50, 20_000))
    return lines[:place] + [lines[at]] * times + lines[place:]


def titles(rng: Random, lines: Lines) -> Lines:
    above = (
        "月度数据",
        "导出时间：2026-11-01",
        "",
        ",,,",
        lines[0],
        "统计周期,2026-10-01,2026-10-31",
    )
    return [rng.choice(above) for _ in range(rng.choice((1, 2, 5, 40)))] + lines


def summaries(rng: Random, lines: Lines) -> Lines:
    names = ("店铺汇总值", "合计", "平均值", "总计", "店铺平均值", "小计")
    rest = ",".join(odd.NUMBERS[:5])
    return [*lines, f"{rng.choice(names)},{rest}"]


def long_line(rng: Random, lines: Lines) -> Lines:
    filler = rng.choice(("x", "长", ",", '"', " ", "1", "-", "（", "是", "1."))
    return _cell(rng, lines, lambda cell: cell + filler * rng.choice((5_000, 40_000, LONG)))


def control(rng: Random, lines: Lines) -> Lines:
    marks = (
        "\0",
        "\x1b[2J",
        "\x08",
        "\u202e",
        "\u2028",
        "\x85",
        "\x0c",
        "\ufeff",
        "\ud800",
        "\x1a",
    )
    return _cell(rng, lines, lambda cell: cell + rng.choice(marks) * rng.choice((1, 3)))


def _bytes_of(change: Callable[[Random, str], bytes]) -> Mutation:
    def mutation(rng: Random, data: bytes) -> bytes:
        return change(rng, data.decode("utf-8-sig", "replace"))

    mutation.__name__ = change.__name__
    return mutation


def encode(rng: Random, text: str) -> bytes:
    return text.encode(rng.choice(ENCODINGS), "replace")


def mix_encodings(rng: Random, text: str) -> bytes:
    lines = text.splitlines()
    return b"\n".join(line.encode(rng.choice(("utf-8", "gbk")), "replace") for line in lines)


def line_ends(rng: Random, text: str) -> bytes:
    ends = ("\r", "\r\n", "\n\r", "\r\r\n", "\n\n", "\x0b", "\u2028")
    if rng.random() < 0.5:
        return text.replace("\n", rng.choice(ends)).encode()
    return "".join(line + rng.choice(ends) for line in text.splitlines()).encode()


CSV: tuple[Mutation, ...] = (
    *map(_lines, (odd_cells,) * 5),
    *map(_lines, (quote, delimit, add_cell, drop_cell, swap_columns, drop_line, double_line)),
    *map(_lines, (titles, summaries, long_line, control)),
    *map(_bytes_of, (encode, encode, mix_encodings, line_ends)),
)


# YAML.

SCALARS = (
    "", "~", "null", "yes", "1e9999", ".inf", "-.inf", ".nan", "0x1F", "0o17", "1_000", "12:30:45",
    "2026-11-02", "2026-11-02T01:02:03Z", "!!python/object:os.system x", "!!binary x", "!x y", "*a", "&a",
    "&a [*a]", "[]", "{}", "[a, b]", "{a: b}", "{a: b, a: c}", "- - -", "|", ">-", "'", '"', "'a''b'",
    '"\\u202e"', '"\\x00"', '"\\ud800"', "? a", ": ", "@x", "`x", "%x", "<<: {}", "=", "#", "9" * 5000, "100.0000001%",
)  # fmt: skip
BOMB = "\n".join(["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))])


def scalar(rng: Random, lines: Lines) -> Lines:
    """One to three values, each with an odd one in its place."""
    for _ in range(rng.randint(1, 3)):
        keyed = [at for at, line in enumerate(lines) if ":" in line]
        if keyed:
            at = rng.choice(keyed)
            key = lines[at].partition(":")[0]
            lines = [*lines[:at], f"{key}: {_odd_scalar(rng)}", *lines[at + 1 :]]
    return lines


def _odd_scalar(rng: Random) -> str:
    return rng.choice((rng.choice(SCALARS), odd.value(rng), f'"{odd.value(rng)}"'))


def indent(rng: Random, lines: Lines) -> Lines:
    at = _at(rng, lines)
    by = rng.choice((" ", "  ", "    ", "\t", "　"))
    line = lines[at][2:] if rng.random() < 0.4 else by + lines[at]
    return [*lines[:at], line, *lines[at + 1 :]]


def exchange_lines(rng: Random, lines: Lines) -> Lines:
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    changed = list(lines)
    changed[one], changed[other] = changed[other], changed[one]
    return changed


def rekey(rng: Random, lines: Lines) -> Lines:
    at = _at(rng, lines)
    keys = ("kind", "id", "name", "method", "? [a]", "<<", "1", "[a]", "weight", "sections", "x")
    rest = lines[at].partition(":")[2]
    gap = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    return [*lines[:at], f"{gap}{rng.choice(keys)}:{rest}", *lines[at + 1 :]]


def nest(rng: Random, lines: Lines) -> Lines:
    depth = rng.choice((30, 300, 5_000, 100_000))
    opening, closing = rng.choice((("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")))
    return [*lines, f"more: {opening * depth}{closing * depth}"]


def alias(rng: Random, lines: Lines) -> Lines:
    return rng.choice(
        ([*BOMB.splitlines(), *lines], ["a: &a", "  b: *a", *lines], [*lines, "x: *no"])
    )


def documents(rng: Random, lines: Lines) -> Lines:
    at = _at(rng, lines)
    return [*lines[:at], rng.choice(("---", "...", "%YAML 9.9", "%TAG ! x")), *lines[at:]]


YAML: tuple[Mutation, ...] = (
    *map(_lines, (scalar,) * 6),
    *map(_lines, (indent, indent, exchange_lines, rekey, rekey, nest, alias, documents)),
    *map(_lines, (drop_line, drop_line, double_line, long_line, control)),
    *map(_bytes_of, (encode, line_ends, mix_encodings)),
)
