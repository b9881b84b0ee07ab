"""Figures with what stands beside them: the one reader of every door through which they come."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from xladdin.domain.quantities import Unit, plain, written
from xladdin.problems import Place

from .decimals import decimal_of, snapped
from .numbers import Reading, bare_number, plausible, read_number
from .seen_numbers import SeenNumber
from .stated_units import NOTHING, Beside, Stated, converted, convertible, misfit
from .text import narrow, shown
from .times import SECONDS

CONVERTED, UNSURE = "unit_converted", "percent_unsure"
_STARS = Decimal(5)


def read_figure(
    raw: object, wanted: Unit, beside: Beside = NOTHING, *, date1904: bool = False
) -> Reading:
    """Read a cell in the unit of its indicator; nothing raises.

    A unit in the cell itself is nearest; a bare figure is in the unit that stands beside it.
    """
    if isinstance(raw, SeenNumber) and raw.shift:
        return _shifted(raw, wanted, beside)
    bare = bare_number(raw)
    if bare is None:
        return _of_its_own(raw, wanted, beside.stated, date1904=date1904)
    if beside.problem:
        return Reading(problem=f"{shown(raw)}：{beside.problem}")
    stated = beside.stated
    if stated is None or wanted is Unit.DATE:
        return read_number(raw, wanted, date1904=date1904)
    if not convertible(stated.unit, wanted):
        return Reading(problem=f"{shown(raw)}：{misfit(stated, wanted)}")
    if stated.factor == 1 and (stated.unit not in SECONDS or stated.unit is wanted):
        return read_number(raw, wanted, date1904=date1904)
    return _converted(bare, raw, wanted, stated)


def _of_its_own(raw: object, wanted: Unit, stated: Stated | None, *, date1904: bool) -> Reading:
    """A figure that carries its unit; of 1:30 the unit beside it tells whether it is hours."""
    if stated is None or not {stated.unit, wanted} <= SECONDS.keys():
        return _as_written(read_number(raw, wanted, date1904=date1904), raw, wanted, stated)
    reading = read_number(raw, stated.unit)
    if reading.value is None:
        return reading
    return replace(reading, value=snapped(converted(reading.value, stated.unit, wanted)))


def _as_written(reading: Reading, raw: object, wanted: Unit, stated: Stated | None) -> Reading:
    """A figure with its own unit, told where that is not the one beside it: 9元 below 万元."""
    if stated is None or stated.factor == 1 or reading.value is None or reading.guess:
        return reading
    text = narrow(raw) if isinstance(raw, str) else ""
    if not text or stated.word.removesuffix("元") in text:
        return reading
    said = f"{shown(raw)}自己带着单位，和{stated.where}的单位（{stated.word}）不同，按 {written(reading.value, wanted)} 读"
    return replace(reading, guess=said, code=CONVERTED)


def _converted(bare: Decimal, raw: object, wanted: Unit, stated: Stated) -> Reading:
    value = converted(bare * stated.factor, stated.unit, wanted)
    reading = plausible(Reading(value), raw, wanted)
    if reading.value is None:
        whence = f"（按{stated.where}的单位（{stated.word}）是 {written(value, wanted)}）"
        return replace(reading, problem=f"{reading.problem}{whence}")
    if not stated.told:
        return reading
    said = (
        f"{shown(raw)}按{stated.where}的单位（{stated.word}）读作 {written(reading.value, wanted)}"
    )
    if stated.unit is not Unit.PERCENT:
        return replace(reading, guess=said, code=CONVERTED)
    if stated.word == "%" and 0 < bare <= 1:
        other = f"{plain(bare * 100)}%"
        return replace(reading, guess=f"{said}；如果是 {other}，请写成 {other}", code=CONVERTED)
    return reading


def _shifted(raw: SeenNumber, wanted: Unit, beside: Beside) -> Reading:
    """A format that divides by thousands: as it is seen, if the cell's number says the same."""
    reading = read_figure(raw.text, wanted, beside)
    whole = read_number(float(raw), wanted)
    if reading.value is not None and reading.value == whole.value:
        return Reading(reading.value)
    number = decimal_of(float(raw))
    held = plain(number) if number is not None else str(float(raw))
    return Reading(
        problem=f"格子里的数是 {held}，格式把它显示成{shown(raw)}，不知道是哪个；"
        "请把格式改成常规，或写明单位"
    )


@dataclass(frozen=True, slots=True)
class PercentCell:
    """A cell in a column of percentages."""

    group: Hashable
    """The column, and whatever else is written in one way."""
    raw: object
    place: Place
    beside: Beside = NOTHING


def bare_percent(raw: object, near: Beside) -> Decimal | None:
    """The number of a percentage that says nowhere how it is written; None for all others."""
    signed = near.stated is not None and near.stated.signed
    return None if signed or near.problem else bare_number(raw)


def kind_of(bare: Decimal) -> int:
    """A fraction, a percentage or, between them, either; 0 for a number that may be any."""
    return (1 if bare <= 1 else 2 if bare <= 10 else 3) if bare > 0 else 0


def unsure_percents(cells: Iterable[PercentCell]) -> dict[Place, str]:
    """Cells without a percent sign in columns where such figures differ in kind, and why.

    0.8 by itself is 80%, and 52 is 52%; beside each other nobody can tell.  4, 5 and 1 are stars.
    """
    groups: dict[Hashable, list[tuple[Decimal, Place]]] = {}
    for cell in cells:
        bare = bare_percent(cell.raw, cell.beside)
        if bare is not None:
            groups.setdefault(cell.group, []).append((bare, cell.place))
    return {
        place: why
        for found in groups.values()
        if (why := _why([number for number, _ in found]))
        for _, place in found
    }


def _why(numbers: Sequence[Decimal]) -> str:
    firsts: dict[int, Decimal] = {}
    for number in numbers:
        if kind := kind_of(number):
            firsts.setdefault(kind, number)
    if len(firsts) < 2:
        return ""
    few = "、".join(plain(number) for _, number in sorted(firsts.items()))
    whole = all(number == number.to_integral_value() for number in numbers)
    stars = "，像是星级或评分" if whole and max(numbers) <= _STARS else ""
    return (
        f"同一列里不带百分号的数字有 {few}{stars}，看不出各是百分之几，这一列不带百分号的都没有读；"
        "请带上百分号再填"
    )
