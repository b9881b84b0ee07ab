"""What people wrote into a cell of a form, read as what the cell asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from xladdin.characters import clean_lines
from xladdin.domain.quantities import FACTS, Unit, facts, plain, written
from xladdin.formula.evaluate import Value
from xladdin.formula.ready import ready
from xladdin.intake.decimals import decimal_of, snapped
from xladdin.intake.numbers import Reading, plausible
from xladdin.intake.stated_figures import read_figure
from xladdin.intake.text import is_blank, narrow, shown, written_text
from xladdin.layout.cell_rules import AtMost, Between, Choice, Distinct, Holds
from xladdin.layout.cells import Cell
from xladdin.ooxml.number_formats import parsed
from xladdin.problems import Place, Problem, warning
from xladdin.standards.numerals import number_of

from .book_view import ViewCell

_SUFFIX = re.compile(r'General"(.+)"')
_OF_A_HUNDRED = re.compile(r"百分之(.+)")
_STAR_SIGNS = re.compile(r"[★⭐☆]+\ufe0f?")
_UNITS = {known.suffix: unit for unit, known in reversed(FACTS.items()) if known.suffix}


@dataclass(frozen=True, slots=True)
class Answer:
    """One cell's answer; nothing where the cell is blank or says nothing that it could mean."""

    value: Value = None
    entered: str = ""
    """As it was written."""
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether something was written that cannot be read."""
        return self.value is None and any(problem.is_error for problem in self.problems)


def is_figure(cell: Cell) -> bool:
    """Whether a number is asked for, or given."""
    return cell.check is not None and isinstance(cell.check.rule, Between | Holds | Distinct)


def unit_of(cell: Cell) -> Unit:
    """The unit in which a cell shows its figure."""
    code, rule = cell.style.number_format, cell.check.rule if cell.check else None
    if isinstance(rule, Between) and rule.date:
        return Unit.DATE
    if "%" in code:
        return Unit.PERCENT
    found = _SUFFIX.fullmatch(code)
    unit = _UNITS.get(found[1], Unit.NUMBER) if found else Unit.NUMBER
    signed = unit is Unit.POINT and isinstance(rule, Between) and rule.low < 0
    return Unit.SIGNED if signed else unit


def read_answer(
    cell: Cell,
    seen: ViewCell,
    place: Place,
    others: Mapping[str, Value],
    *,
    key: str,
    date1904: bool = False,
) -> Answer:
    """A cell's answer; ``others`` are the form's other values, for rules that ask about them."""
    if is_blank(seen.value):
        return Answer()
    problems = _of_formula(seen, place)
    if is_figure(cell):
        answer = _figure(cell, seen, place, date1904)
    elif cell.check is not None and isinstance(cell.check.rule, Choice) and cell.check.strict:
        answer = _picked(cell.check.rule.items, seen, place)
    else:
        answer = _words(cell, seen, place)
    problems += answer.problems
    if answer.value is not None:
        problems += _allowed(cell, key, answer.value, others, place)
    return Answer(answer.value, clean_lines(written_text(seen.value)), tuple(problems))


def _of_formula(seen: ViewCell, place: Place) -> list[Problem]:
    if not seen.formula:
        return []
    message = f"这里填的是公式（={seen.formula[:60]}），按它算出的{shown(seen.value)}读"
    return [warning("formula_in_input", message, place)]


# Figures.


def _figure(cell: Cell, seen: ViewCell, place: Place, date1904: bool) -> Answer:
    unit = unit_of(cell)
    reading = _read(cell, seen, unit, date1904)
    if reading.problem:
        return Answer(problems=(Problem("value_unreadable", reading.problem, place),))
    told = []
    if reading.guess:
        told.append(warning(reading.code, reading.guess, place))
    elif isinstance(seen.plain, str) and reading.value is not None:
        message = f"{shown(seen.plain)}是文字，不是数字，按 {written(reading.value, unit)} 读"
        told.append(warning("text_number", message, place))
    elif reading.value is None:
        message = f"{shown(seen.value)}按没有填写读"
        told.append(warning("blank_mark", message, place))
    # However many zeros the file writes, the same figure is the same answer.
    value = None if reading.value is None else Decimal(plain(reading.value))
    return Answer(value, problems=tuple(told))


def _read(cell: Cell, seen: ViewCell, unit: Unit, date1904: bool) -> Reading:
    """A number in the format that we gave its cell is what it is; anything else may be many things."""
    if isinstance(seen.plain, float) and _same_kind(cell, seen):
        value = decimal_of(seen.plain)
        if value is not None and unit is not Unit.DATE:
            return plausible(Reading(snapped(value)), seen.value, unit)
    raw = seen.plain if unit is Unit.DATE and isinstance(seen.plain, float) else seen.value
    reading = read_figure(raw, unit, date1904=date1904)
    if reading.problem and isinstance(raw, str):
        return _spelled_out(raw, unit) or reading
    return reading


def _same_kind(cell: Cell, seen: ViewCell) -> bool:
    ours, theirs = (
        parsed(code or "General").sections[0]
        for code in (cell.style.number_format, seen.style.number_format)
    )
    return (ours.percent, ours.after, ours.kind) == (theirs.percent, theirs.after, theirs.kind)


def same_format(cell: Cell, seen: ViewCell) -> bool:
    """Whether a number is still shown as the kind of number that it is."""
    return _same_kind(cell, seen)


def _spelled_out(raw: str, unit: Unit) -> Reading | None:
    """九十分, 百分之九十五."""
    text = narrow(raw)
    hundredth = _OF_A_HUNDRED.fullmatch(text)
    bare = hundredth[1] if hundredth else text.removesuffix(facts(unit).suffix)
    value = number_of(bare.replace("〇", "零").replace("点", "")) if "点" not in bare else None
    if value is None:
        return None
    if hundredth and unit is not Unit.PERCENT:
        return None
    if unit is Unit.PERCENT:
        value = value / 100
    reading = plausible(Reading(value), raw, unit)
    if reading.value is None:
        return reading
    return Reading(
        reading.value, f"{shown(raw)}按 {written(reading.value, unit)} 读", code="text_number"
    )


# Choices and words.


def _picked(items: tuple[str, ...], seen: ViewCell, place: Place) -> Answer:
    text = narrow(written_text(seen.value))
    typed = narrow(written_text(seen.plain))
    wanted = {narrow(item): item for item in items}
    for candidate in (text, typed):
        if candidate in wanted:
            return Answer(_item(wanted[candidate]))
    for candidate in _looser(text):
        if candidate in wanted:
            message = f"{shown(seen.value)}按「{wanted[candidate]}」读"
            told = warning("choice_guessed", message, place)
            return Answer(_item(wanted[candidate]), problems=(told,))
    message = f"{shown(seen.value)}不在可选的里面，应为：{'、'.join(items)}"
    return Answer(problems=(Problem("choice_unknown", message, place),))


def _item(item: str) -> Value:
    """A choice as a list in Excel enters it: digits become a number."""
    return Decimal(item) if item.isascii() and item.isdigit() else item


def _looser(text: str) -> list[str]:
    """Other ways to write the same choice: 5星, 5分, 五星, ★★★★★, 优秀级, （优秀）."""
    stars = _STAR_SIGNS.fullmatch(text)
    if stars:
        return [str(sum(sign in "★⭐" for sign in text))]
    bare = text.strip("()[]【】「」“”\"'`。.,，、√✓ ")
    found = [bare]
    for suffix in ("颗星", "星级", "星", "分", "级", "等"):
        if bare.endswith(suffix) and len(bare) > len(suffix):
            found.append(bare.removesuffix(suffix).strip())
    number = number_of(found[-1]) if found[-1] else None
    if number is not None and number == number.to_integral_value():
        found.append(str(int(number)))
    return found


def _words(cell: Cell, seen: ViewCell, place: Place) -> Answer:
    text = clean_lines(written_text(seen.value))
    rule = cell.check.rule if cell.check else None
    if isinstance(rule, AtMost) and len(text) > rule.characters:
        message = f"写了 {len(text)} 字，超过 {rule.characters} 字，全部收下了，打印时可能显示不全"
        return Answer(text, problems=(warning("text_too_long", message, place),))
    return Answer(text or None)


# What a cell allows.


def _allowed(
    cell: Cell, key: str, value: Value, others: Mapping[str, Value], place: Place
) -> list[Problem]:
    """What the form's own check would have said; the value counts as the rule makes it count."""
    if cell.check is None or not cell.check.strict or not isinstance(value, Decimal):
        return []
    match cell.check.rule:
        case Between(low, high, whole):
            fine = low <= value <= high and not (whole and value != value.to_integral_value())
        case Holds(test):
            asked = ready(test)
            values = {name: others.get(name) for name in asked.variables}
            fine = bool(asked.program({**values, key: value}))
        case Distinct(ranks):
            fine = value >= 1 and value == value.to_integral_value()
            fine = fine and all(others.get(one) != value for one in ranks if one != key)
        case _:
            fine = True
    return [] if fine else [Problem("not_allowed", f"填的是 {value:f}：{cell.check.error}", place)]
