"""One cell as people fill it in."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from xladdin.domain.quantities import Unit
from xladdin.master.cell_kinds import Answer, Kind, read_cell

WORDS = {"百分比": "percent", "%": "percent"}


def read(raw: object, kind: Kind, unit: Unit | None = None) -> Answer:
    return read_cell(raw, kind, WORDS, unit)


READ: list[tuple[Kind, object, Any]] = [
    (Kind.TEXT, None, None),
    (Kind.TEXT, "　", None),
    (Kind.TEXT, "--", None),
    (Kind.TEXT, "——", None),
    (Kind.TEXT, "无", "无"),
    (Kind.TEXT, " 两\n行 ", "两 行"),
    (Kind.LONG, " 两\n行 \n", "两\n行"),
    (Kind.TEXT, 3.0, "3"),
    (Kind.KEY, 1001.0, "1001"),
    (Kind.KEY, "１００１", "1001"),
    (Kind.KEY, "1001.0", "1001"),
    (Kind.NAMES, "甲、乙，丙；丁\n戊", ("甲", "乙", "丙", "丁", "戊")),
    (Kind.NAMES, "无", None),
    (Kind.LINES, "甲\n\n 乙 \n", ("甲", "乙")),
    (Kind.NUMBER, "1,234.50", Decimal("1234.5")),
    (Kind.NUMBER, 90.0, Decimal(90)),
    (Kind.NUMBER, "3次", Decimal(3)),
    (Kind.NUMBER, "２．５分", Decimal("2.5")),
    (Kind.NUMBER, "无", None),
    (Kind.WHOLE, "3.0", 3),
    (Kind.WHOLE, 7.0, 7),
    (Kind.POINTS, "20%", Decimal(20)),
    (Kind.POINTS, "２０％", Decimal(20)),
    (Kind.POINTS, 20.0, Decimal(20)),
    (Kind.POINTS, "20分", Decimal(20)),
    (Kind.POINTS, 0.0, Decimal(0)),
    (Kind.POINTS, "33.33%", Decimal("33.33")),
    (Kind.RATIO, "95%", Decimal("0.95")),
    (Kind.RATIO, 0.95, Decimal("0.95")),
    (Kind.RATIO, "120 %", Decimal("1.2")),
    (Kind.YES_NO, "是", True),
    (Kind.YES_NO, "√", True),
    (Kind.YES_NO, True, True),
    (Kind.YES_NO, 1.0, True),
    (Kind.YES_NO, "否", False),
    (Kind.YES_NO, "N", False),
    (Kind.CHOICE, " 百分比 ", "percent"),
    (Kind.CHOICE, "％", "percent"),
]


@pytest.mark.parametrize(("kind", "raw", "value"), READ, ids=lambda each: repr(each)[:20])
def test_a_cell_is_read(kind: Kind, raw: object, value: object) -> None:
    answer = read(raw, kind)
    assert (answer.value, answer.problem, answer.guess) == (value, "", "")
    assert type(answer.value) is type(value)


GUESSED: list[tuple[Kind, object, Any, str]] = [
    (Kind.POINTS, 0.2, Decimal(20), "「0.2」按 20% 读；如果是 0.2%，请带上百分号"),
    (Kind.POINTS, "1", Decimal(100), "「1」按 100% 读；如果是 1%，请带上百分号"),
    (Kind.RATIO, 95, Decimal("0.95"), "「95」按 95% 读"),
    (Kind.RATIO, 1, Decimal(1), "「1」按 100% 读；如果是1%，请写成 1%"),
    (Kind.TEXT, "=A1", "=A1", "「=A1」像公式，按文字保留"),
    (
        Kind.TEXT,
        dt.datetime(2026, 3, 5),
        "2026-03-05",
        "「2026-03-05」是日期或时间，可能是Excel自动改的；如果不对，请把单元格设为文本再填",
    ),
]


@pytest.mark.parametrize(("kind", "raw", "value", "guess"), GUESSED)
def test_a_guess_is_told(kind: Kind, raw: object, value: object, guess: str) -> None:
    answer = read(raw, kind)
    assert (answer.value, answer.guess, answer.problem) == (value, guess, "")


REFUSED: list[tuple[Kind, object, str]] = [
    (Kind.TEXT, "#REF!", "「#REF!」是Excel的错误值，公式没有算出结果"),
    (Kind.KEY, "#N/A", "「#N/A」是Excel的错误值，公式没有算出结果"),
    (Kind.WHOLE, "2.5", "「2.5」应为整数"),
    (Kind.YES_NO, "也许", "「也许」应为“是”或“否”"),
    (Kind.CHOICE, "千分比", "「千分比」不在可选的内容中"),
    (Kind.RATIO, 1.2, "「1.2」可能是 1.2%，也可能是 120%，请带上百分号再填"),
    (Kind.NUMBER, "九十", "「九十」读不成数字，这里应为数值，如 12.5"),
    (Kind.NUMBER, "90%", "「90%」里的「%」不该有，这里应为数值，如 12.5"),
    (Kind.POINTS, "-5", "「-5」超出合理范围，应在 0～1000000000 之间"),
]


@pytest.mark.parametrize(("kind", "raw", "problem"), REFUSED)
def test_what_cannot_be_read_is_told(kind: Kind, raw: object, problem: str) -> None:
    answer = read(raw, kind)
    assert (answer.value, answer.problem) == (None, problem)
    assert answer.code


def test_a_measure_is_read_in_its_unit() -> None:
    assert read("00:00:29", Kind.MEASURE, Unit.SECOND).value == Decimal(29)
    assert read("65%", Kind.MEASURE, Unit.PERCENT).value == Decimal("0.65")
    assert read("1.2万", Kind.MEASURE, Unit.YUAN).value == Decimal(12000)


def test_a_measure_without_a_unit_says_nothing() -> None:
    assert read("65%", Kind.MEASURE, None) == Answer()


def test_numbers_are_written_one_way() -> None:
    """Else the hash of a scheme would depend on how a program saves 90."""
    assert str(read("90.00", Kind.NUMBER).value) == "90"
    assert str(read(0.2, Kind.POINTS).value) == "20"
