"""Every way in which a returned form differs from the one that went out, each named once.

What was asked may change; nothing else may without a word.  None of this keeps a form from being
read: scores are computed again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from xladdin.books.appraisal import head
from xladdin.domain.quantities import plain
from xladdin.formula.evaluate import Value
from xladdin.intake.decimals import decimal_of
from xladdin.intake.text import shown, written_text
from xladdin.layout.cells import Cell, Fixed
from xladdin.ooxml.addresses import address, letters
from xladdin.problems import Place, Problem, warning

from .alignment import MOST_COLUMNS, MOST_ROWS
from .answers import is_figure, same_format
from .book_view import Spot, ViewCell
from .form_pattern import spot_of, text_key
from .form_reading import FormReader, ReadForm, what
from .formula_texts import FormulaTexts
from .recognising import month_of

MOST_EACH = 20
"""Differences of one kind that are listed one by one."""
SIGNED = ("日期：", "日期:")
TOLERANCE = Decimal("0.000001")


@dataclass(frozen=True)
class _Changes:
    """Looks at one form that was read."""

    reader: FormReader
    form: ReadForm

    def all(self) -> Iterator[Problem]:
        for look in self._looks:
            yield from _few(look())

    def of_values(self) -> Iterator[Problem]:
        """What of it depends on nothing but given values, answers and results."""
        for look in (self._heads, self._scores):
            yield from _few(look())

    @property
    def other_than_values(self) -> bool:
        """Whether anything else is told."""
        apart = (self._heads, self._scores)
        return any(True for look in self._looks if look not in apart for _ in look())

    @property
    def _looks(self) -> tuple[Callable[[], Iterable[Problem]], ...]:
        return (
            self._sheet_name,
            self._rows_and_columns,
            self._texts,
            self._heads,
            self._formulas,
            self._scores,
            self._moved,
            self._names,
            self._protection,
            self._checks,
            self._formats,
            self._outside,
        )

    @property
    def _sheet(self) -> Place:
        return self.reader.sheet.whole

    def _told(self, code: str, message: str, spot: Spot | None = None) -> Problem:
        place = self._sheet if spot is None else self.reader.sheet.place(spot)
        return warning(code, message, place)

    # The sheet as a whole.

    def _sheet_name(self) -> Iterator[Problem]:
        ours, theirs = self.reader.pattern.main.name, self.reader.sheet.name
        if theirs and ours != theirs:
            yield self._told("sheet_renamed", f"工作表原来叫「{ours}」，现在叫「{theirs}」")
        if not self.reader.sheet.visible:
            yield self._told("sheet_hidden", "要填的工作表被隐藏了，照样读了")

    def _rows_and_columns(self) -> Iterator[Problem]:
        rows, columns = self.reader.alignment.rows, self.reader.alignment.columns
        yield from self._inserted("row", rows, lambda row: f"第 {row} 行")
        yield from self._inserted("column", columns, lambda column: f"{letters(column)} 列")
        own = self.reader.sheet.own
        if own is None:
            return
        for row in sorted(rows.values()):
            if own.is_hidden_row(row):
                yield self._told("row_hidden", f"第 {row} 行被隐藏了，照样读了", (row, 1))
        for column in sorted(columns.values()):
            if own.is_hidden_column(column):
                message = f"{letters(column)} 列被隐藏了，照样读了"
                yield self._told("column_hidden", message, (1, column))

    def _inserted(
        self, kind: str, found: Mapping[int, int], called: Callable[[int], str]
    ) -> Iterator[Problem]:
        """Rows or columns between ours, and ours out of their order."""
        pairs, taken = sorted(found.items()), set(found.values())
        for (ours, there), (next_one, next_there) in pairwise(pairs):
            between = sum(one not in taken for one in range(there + 1, next_there))
            more = between - (next_one - ours - 1)
            if next_there < there:
                yield self._told(f"{kind}_moved", f"{called(next_there)}原来在后面，被移动过")
            elif more > 0:
                message = f"{called(there)}后面多了 {more} {'行' if kind == 'row' else '列'}"
                yield self._told(f"{kind}_inserted", message)

    # Texts.

    def _texts(self) -> Iterator[Problem]:
        main, alignment = self.reader.pattern.main, self.reader.alignment
        lost: dict[int, str] = {}
        fixed = {
            spot_of(cell): cell for cell in main.sheet.cells if isinstance(cell.content, Fixed)
        }
        for spot, cell in fixed.items():
            there = alignment.place(spot)
            text = main.fixed.get(spot, "")
            if there is None:
                if text:
                    lost.setdefault(spot[0], _as_text(cell))
                continue
            seen = self.reader.sheet.at(there)
            now = text_key(written_text(_number(seen)))
            if now != text:
                yield self._text(cell, seen, there, now)
        for row, text in lost.items():
            yield self._told("row_missing", f"原来的第 {row} 行（{shown(text)}）不见了")

    def _text(self, cell: Cell, seen: ViewCell, spot: Spot, now: str) -> Problem:
        was, key = _as_text(cell), getattr(cell.content, "key", "")
        if key:
            message = f"由 {was} 改成了{shown(seen.value)}，重新计分时按原来的 {was}"
            return self._told("weight_changed", message, spot)
        if was.endswith(SIGNED):
            return self._told("signature_filled", f"签字的地方填了{shown(seen.value)}", spot)
        if not now:
            return self._told("text_removed", f"原来的文字{shown(was)}被删掉了", spot)
        if not was:
            return self._told("text_added", f"原来空着的地方写了{shown(seen.value)}", spot)
        return self._told("text_changed", f"由{shown(was)}改成了{shown(seen.value)}", spot)

    def _heads(self) -> Iterator[Problem]:
        """What was given as a text: name, post, title, duties."""
        for key in self.reader.pattern.given:
            cell = self.reader.pattern.cell(key)
            found = self.reader.cell_of(key) if cell is not None else None
            if cell is None or is_figure(cell) or found is None:
                continue
            was, now = self.reader.pattern.values.get(key), found[1].value
            ours, theirs = (text_key(written_text(one)) for one in (was, now))
            if ours != theirs and not self._settled_since(key, written_text(was), now):
                yield self._head(key, cell, written_text(was), found[1])

    def _settled_since(self, key: str, was: str, now: object) -> bool:
        """Whether the head says the same month, and only whether figures are final is another matter:
        that is no change of the form.
        """
        said = written_text(now)
        marked = [head.PROVISIONAL_MARK in one for one in (was, said)]
        month = month_of(said.replace(head.PROVISIONAL_MARK, ""))
        ours = self.form.instance.identity.period
        return key == head.TIME and marked[0] != marked[1] and month == ours

    def _head(self, key: str, cell: Cell, was: str, seen: ViewCell) -> Problem:
        now = written_text(seen.value)
        code, rest = "given_text_changed", "按总表的"
        period = self.form.instance.identity.period
        if key in (head.TITLE, head.TIME):
            month = month_of(now)
            if month is not None and month != period:
                code, rest = "month_differs", f"按隐藏身份里的 {period} 收"
        elif key in (head.EMPLOYEE_ID, head.NAME):
            code = "person_differs"
            rest = f"按隐藏身份里的工号 {self.form.instance.identity.employee} 收，请核对是不是交错了表"
        named = "" if cell.check is None else f"「{what(cell, key)}」"
        message = f"{named}应为{shown(was)}，表上是{shown(now)}，{rest}"
        return self._told(code, message, seen.spot)

    # What computes.

    def _results(self) -> Iterator[tuple[str, Cell, str, ViewCell]]:
        for key, cell, formula in self.reader.pattern.formulas():
            spot = self.reader.named.get(key)
            spot = self.reader.alignment.place(spot_of(cell)) or spot
            if spot is not None:
                yield key, cell, formula, self.reader.sheet.at(spot)

    def _formulas(self) -> Iterator[Problem]:
        if not self.reader.view.cells_known:
            return
        values_only = not any(seen.formula for *_, seen in self._results())
        texts = FormulaTexts(self.reader.alignment, self.reader.sheet.name)
        for key, _, formula, seen in self._results():
            worth = self._worth(self.form.results.get(key))
            if not seen.formula and values_only:
                continue
            if not seen.formula:
                what_now = "删掉了" if seen.blank else f"改成了固定的{shown(seen.value)}"
                message = f"计算公式被{what_now}，重新计算是 {worth}"
                yield self._told("formula_overwritten", message, seen.spot)
            elif not texts.same(formula, seen.formula):
                message = f"计算公式被改成了 ={seen.formula[:80]}，重新计算是 {worth}"
                yield self._told("formula_changed", message, seen.spot)
        if values_only and any(True for _ in self._results()):
            message = "只有数值，没有计算公式（像是只粘贴了数值），得分都已重新计算"
            yield self._told("formulas_lost", message)

    def _scores(self) -> Iterator[Problem]:
        """Scores that the form shows and that its answers do not give."""
        for key, cell, _, seen in self._results():
            if seen.blank:
                continue  # nobody computed it, or nothing is to be shown
            ours = self.form.results.get(key)
            if not is_same_value(ours, seen):
                label = what(cell, key) if cell.check else ""
                message = f"{label}表上显示{shown(seen.value)}，按填写的内容重新计算是 {self._worth(ours)}"
                yield self._told("score_differs", message, seen.spot)

    def _worth(self, value: Value) -> str:
        if value is None or value == "":
            return "空"
        return plain(value) if isinstance(value, Decimal) else f"「{value}」"

    # Places and names.

    def _moved(self) -> Iterator[Problem]:
        for key, spot in self.reader.moved.items():
            cell, found = self.reader.pattern.cell(key), self.reader.cell_of(key)
            if cell is None or found is None:
                continue
            sheet = found[0].name
            message = f"填「{what(cell, key)}」的格子被移到了 {sheet}!{address(*spot)}，从那里读"
            yield warning("cell_moved", message, found[0].place(spot))

    def _names(self) -> Iterator[Problem]:
        """Names that are gone: then the texts beside the cells tell."""
        form, reader = self.form, self.reader
        if not reader.view.cells_known or not reader.unnamed or not form.instance.identified:
            return
        wanted = {*reader.pattern.asked, *reader.pattern.given}
        lost = sorted(reader.unnamed & wanted)
        if lost:
            message = f"{len(lost)} 个格子的名称丢了（多半是复制过），这些按旁边的文字读"
            yield self._told("names_lost", message)

    # What is to guard the form.

    def _protection(self) -> Iterator[Problem]:
        own, ours = self.reader.sheet.own, self.reader.pattern.main.sheet
        if own is not None and ours.protected and not own.protected:
            yield self._told("protection_off", "工作表的保护被取消了，公式和文字都核对过")

    def _checks(self) -> Iterator[Problem]:
        own = self.reader.sheet.own
        if own is None:
            return
        lost = [
            seen.address
            for key, cell in self._entries()
            if cell.check is not None
            and (found := self.reader.cell_of(key)) is not None
            and found[0] is self.reader.sheet
            and own.entries_at(*(seen := found[1]).spot) is None
        ]
        if lost:
            listed = "、".join(lost[:MOST_EACH])
            yield self._told("checks_lost", f"下拉列表或填写限制不见了：{listed}")

    def _formats(self) -> Iterator[Problem]:
        if not self.reader.view.cells_known:
            return
        changed = [
            seen.address
            for key, cell in self._entries()
            if is_figure(cell)
            and (found := self.reader.cell_of(key)) is not None
            and not same_format(cell, seen := found[1])
        ]
        if changed:
            listed = "、".join(changed[:MOST_EACH])
            yield self._told("formats_changed", f"数字格式变了：{listed}")

    def _entries(self) -> Iterator[tuple[str, Cell]]:
        for key in (*self.reader.pattern.asked, *self.reader.pattern.given):
            cell = self.reader.pattern.cell(key)
            if cell is not None:
                yield key, cell

    # What stands where the form has nothing.

    def _outside(self) -> Iterator[Problem]:
        taken = {found[1].spot for key, _ in self._entries() if (found := self.reader.cell_of(key))}
        main, alignment = self.reader.pattern.main, self.reader.alignment
        ours = {spot_of(cell) for cell in main.sheet.cells}
        for spot, seen in self.reader.sheet.cells.items():
            if seen.blank or spot in taken or alignment.back(spot) in ours:
                continue
            if written_text(seen.value) == self.reader.pattern.company:
                continue  # whose form it is stands in a row of its own, which nothing finds again
            far = spot[0] > MOST_ROWS or spot[1] > MOST_COLUMNS
            where = "很远的地方" if far else "表格以外"
            yield self._told("extra_text", f"{where}写了{shown(seen.value)}，没有读", spot)


def changes(reader: FormReader, form: ReadForm) -> list[Problem]:
    """What of a form is not as it went out."""
    return list(_Changes(reader, form).all())


def changes_of_values(reader: FormReader, form: ReadForm) -> list[Problem]:
    """The same of a form that is as it went out but for its values."""
    return list(_Changes(reader, form).of_values())


def is_as_it_went_out(reader: FormReader, form: ReadForm) -> bool:
    """Whether a form is, but for given values, answers and results."""
    return not _Changes(reader, form).other_than_values


def _few(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Of one kind a few, and how many more there are."""
    counts: dict[str, int] = {}
    last: dict[str, Problem] = {}
    for problem in problems:
        counts[problem.code] = counts.get(problem.code, 0) + 1
        if counts[problem.code] <= MOST_EACH:
            yield problem
        last[problem.code] = problem
    for code, count in counts.items():
        if count > MOST_EACH:
            place = Place(last[code].place.file, sheet=last[code].place.sheet)
            yield warning(code, f"同样的问题另有 {count - MOST_EACH} 处", place)


def _as_text(cell: Cell) -> str:
    """A fixed cell as people see it."""
    value = getattr(cell.content, "value", None)
    if isinstance(value, Decimal):
        percent = "%" in cell.style.number_format
        return f"{plain(value * 100)}%" if percent else plain(value)
    return value or ""


def _number(seen: ViewCell) -> object:
    return seen.plain if isinstance(seen.plain, float) else seen.value


def is_same_value(ours: Value, seen: ViewCell) -> bool:
    """Whether a cell shows a result, but for what programs round differently."""
    theirs = _number(seen)
    if isinstance(ours, Decimal):
        other = decimal_of(theirs) if isinstance(theirs, float) else None
        return other is not None and abs(ours - other) <= TOLERANCE
    return text_key(written_text(ours)) == text_key(written_text(theirs))
