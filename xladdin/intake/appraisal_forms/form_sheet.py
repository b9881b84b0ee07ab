"""One sheet of somebody's appraisal form: its lines, totals, grades and head, each with its cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from xladdin.intake.grids import Grid, cell_at
from xladdin.intake.text import is_blank
from xladdin.problems import Place, Problem, warning

from .form_fields import fields_in
from .form_figures import FormCell
from .form_grades import FormGrade, grades_in
from .form_heads import MOST_ROWS, FormColumn, FormHead, head_labels, heads_in, texts_of
from .form_totals import FormTotal, label_of
from .form_words import SCORES

_SUBTOTAL = re.compile(r".{0,20}小计(?:[(（][^()（）]{0,20}[)）])?[:：]?")
_SIGNED = re.compile(
    r"签字|签名|签章|签收|评语|自我评价|领导评价|考核人[:：]|审批|审核[:：]|日期[:：]|年\s*月\s*日|绩效面谈|改进计划|改进建议|直接上级|部门负责人"
)
_ADJUSTING = re.compile(
    r"(?:附加)?(?:加分|减分|扣分|加减分|奖励|奖惩|奖罚|附加)(?:项|项目|分|指标|事项|部分)?(?:[(（].{0,30}[)）])?[:：]?"
)
_SECTION = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}[、.．]|[(（][一二三四五六七八九十]{1,2}[)）]|第[一二三四五六七八九十]部分)?[:： ]?"
    r"(?P<name>[^0-9(（:：%]{2,30}?)(?:[(（:： ]{0,2}(?:权重|占比|占|满分|共)?[:：]?(?P<weight>[0-9]{1,3}(?:\.[0-9]{1,2})?)(?P<unit>%|分)?[)）]?)?"
)
_PART = re.compile(
    r"[一二三四五六七八九十]{1,2}[、.．]|[(（][一二三四五六七八九十]{1,2}[)）]|第[一二三四五六七八九十]部分"
)


@dataclass(slots=True)
class FormLine:
    """One item of a form."""

    cells: dict[str, FormCell]
    """By role."""
    scores: dict[int, FormCell]
    """By column."""
    head: FormHead
    row: int
    section: str = ""
    more: list[tuple[str, str]] = field(default_factory=list)
    """Further rows of one item: rule and points of each."""
    lines: int = 1

    def said(self, role: str) -> str:
        """The text of a role; empty where there is none."""
        cell = self.cells.get(role)
        return "" if cell is None or cell.blank else cell.text

    def long(self, role: str) -> str:
        cell = self.cells.get(role)
        return "" if cell is None or cell.blank else cell.lines

    @property
    def name(self) -> str:
        return self.said("name")

    @property
    def place(self) -> Place:
        return self.cells["name"].place


@dataclass(slots=True)
class FormSheet:
    """What one sheet says."""

    grid: Grid
    title: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    heads: list[FormHead] = field(default_factory=list)
    lines: list[FormLine] = field(default_factory=list)
    extras: list[FormLine] = field(default_factory=list)
    """加分项 and 减分项."""
    totals: list[FormTotal] = field(default_factory=list)
    section_weights: dict[str, tuple[Decimal, bool, Place]] = field(default_factory=dict)
    """Section -> its own weight, whether as a percentage, where it stands."""
    grades: tuple[FormGrade, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    @property
    def place(self) -> Place:
        return self.grid.whole()

    @property
    def who(self) -> str:
        """Whose form it is, for a message."""
        return self.fields.get("name") or self.grid.sheet or self.grid.file

    @property
    def shape(self) -> tuple[tuple[str, str], ...]:
        """What makes two sheets the same form: names and weights of the lines."""
        return tuple((line.name, line.said("weight")) for line in self.lines)


def read_form(grid: Grid) -> FormSheet | None:
    """The form on a sheet; None where there is no head of one."""
    heads = heads_in(grid)
    if not heads:
        return None
    sheet = _Reader(grid, heads).read()
    return sheet if sheet.lines else None


class _Reader:
    """Goes through a sheet from the first head down."""

    def __init__(self, grid: Grid, heads: list[FormHead]) -> None:
        self.grid, self.heads = grid, heads
        self.sheet = FormSheet(grid, heads=heads)
        self.section = ""
        self.closed = False
        """Whether the total has been passed: what follows is no item any more."""
        self.title_of_extras: int | None = None
        """The row of a title 加分项, as long as its items follow."""
        self.extras_seen = False
        self._merged = {
            (row, left): top
            for top, left, bottom in grid.merged
            for row in range(top, min(bottom, MOST_ROWS) + 1)
        }
        self._left: list[int] = []

    def read(self) -> FormSheet:
        first = self.heads[0].first
        self._above(first)
        starts = {head.first: head for head in self.heads}
        head = self.heads[0]
        row = first
        while row < min(len(self.grid.rows), MOST_ROWS):
            if row in starts:
                head = starts[row]
                self.closed = False
                row = head.last + 1
                continue
            self._row(row, head)
            row += 1
        self._finish()
        return self.sheet

    # Above the table.

    def _above(self, first: int) -> None:
        texts = [text for row in range(first) for text in texts_of(self.grid.rows[row]).values()]
        titles = [
            text for text in texts if re.search("考核|绩效|评分表|考评", text) and len(text) <= 60
        ]
        fit = [text for text in titles if not re.search("[:：]", text)]
        self.sheet.title = (fit or [""])[0]
        for row in range(first):
            for key, value in fields_in(texts_of(self.grid.rows[row])):
                self.sheet.fields.setdefault(key, value)
        near = texts_of(self.grid.rows[first - 1]) if first else {}
        if len(near) == 1 and _PART.match(next(iter(near.values()))):
            self._is_section(first - 1, near)

    # Rows.

    def _row(self, row: int, head: FormHead) -> None:
        texts = texts_of(self.grid.rows[row])
        if not texts:
            return
        label = self._label(texts, head)
        if any(_SUBTOTAL.fullmatch(text) for text in texts.values()):
            return
        if label is not None:
            self._total(row, label, head)
            return
        if self._adjusts(texts, head):
            self._end_extras()
            if len(texts) == 1:
                self.title_of_extras = row
            else:
                self._extra(row, head)
            return
        if self.title_of_extras is not None and not self._is_named(row, head):
            self._end_extras()
        if self.title_of_extras is not None:
            self._extra(row, head, self._text_of(self.title_of_extras))
            self.extras_seen = True
            return
        if self.closed:
            if any(other.first == row + 1 for other in self.heads) and self._is_section(row, texts):
                return
            if not any(_SIGNED.search(text) for text in texts.values()):
                self._left.append(row)
            return
        if self._continues(row, head):
            self._more(row, head)
        elif self._is_item(row, head):
            self._item(row, head)
        elif self._is_section(row, texts):
            return
        elif not any(_SIGNED.search(text) for text in texts.values()):
            self._left.append(row)

    def _label(self, texts: Mapping[int, str], head: FormHead) -> int | None:
        """The column of a total's label, where the row is one of a total."""
        weights = head.of("weight")
        for column, text in texts.items():
            if label_of(text) and column not in weights:
                return column
        return None

    def _total(self, row: int, label: int, head: FormHead) -> None:
        self._end_extras()
        self.closed = True
        found: list[FormCell] = []
        columns: list[FormColumn] = []
        for role in SCORES:
            for column in head.of(role):
                cell = self._cell(row, column)
                if column > label and not cell.blank and cell.points is not None:
                    found.append(cell)
                    columns.append(head.columns[column])
        beside = self._beside(row, label, head)
        if beside is not None and beside not in found:
            found.append(beside)
        said = self._cell(row, label).text
        if found:
            total = FormTotal(said, head.first, tuple(found), tuple(columns))
            self.sheet.totals.append(total)

    def _beside(self, row: int, label: int, head: FormHead) -> FormCell | None:
        """The figure right of a label, which is not the sum of the weights."""
        weights = {*head.of("weight"), *head.of("full")}
        for column in range(label + 1, len(self.grid.rows[row])):
            cell = self._cell(row, column)
            if not cell.blank and not (column in weights and _is_all(cell)):
                return cell if cell.points is not None else None
        return None

    def _cell(self, row: int, column: int) -> FormCell:
        return FormCell(cell_at(self.grid.rows[row], column), self.grid.place(row, column))

    def _role(self, row: int, head: FormHead, role: str) -> FormCell | None:
        for column in head.of(role):
            return self._cell(row, column)
        return None

    def _adjusts(self, texts: Mapping[int, str], head: FormHead) -> bool:
        ends = max(head.of("name") + head.of("section"), default=0)
        return any(
            _ADJUSTING.fullmatch(text.replace(" ", ""))
            for column, text in texts.items()
            if column <= ends
        )

    def _end_extras(self) -> None:
        """A title 加分项 without rows of its own below it is an item itself."""
        if self.title_of_extras is not None and not self.extras_seen:
            head = next(h for h in reversed(self.heads) if h.last < self.title_of_extras)
            self._extra(self.title_of_extras, head)
        self.title_of_extras, self.extras_seen = None, False

    def _text_of(self, row: int) -> str:
        texts = texts_of(self.grid.rows[row])
        return texts[min(texts)]

    def _is_named(self, row: int, head: FormHead) -> bool:
        """Whether a row below 加分项 is one of them."""
        name, rule = self._role(row, head, "name"), self._role(row, head, "rule")
        weight = self._role(row, head, "weight")
        signed = any(_SIGNED.search(text) for text in texts_of(self.grid.rows[row]).values())
        heavy = weight is not None and weight.points is not None and weight.points.percent
        told = rule is not None and not rule.blank
        return name is not None and not name.blank and told and not signed and not heavy

    def _extra(self, row: int, head: FormHead, section: str = "") -> None:
        line = self._made(row, head)
        first = min(texts_of(self.grid.rows[row]))
        line.section = section or self._cell(row, first).text
        if "name" not in line.cells or line.cells["name"].blank:
            line.cells["name"] = self._cell(row, first)
        self.sheet.extras.append(line)

    def _is_item(self, row: int, head: FormHead) -> bool:
        name = self._role(row, head, "name")
        if name is None or name.blank:
            return False
        weighty = [self._role(row, head, role) for role in ("weight", "full")]
        return any(cell is not None and cell.points is not None for cell in weighty)

    def _continues(self, row: int, head: FormHead) -> bool:
        """Another row of the item above: its name (or its weight, without a name) is merged."""
        last = self.sheet.lines[-1] if self.sheet.lines else None
        if last is None or last.head is not head:
            return False
        names = head.of("name")
        name = names[0] if names else -1
        top = self._merged.get((row, name))
        if top is not None and top < row:
            return True
        own = self._cell(row, name) if names else None
        weights = head.of("weight")
        weight = self._cell(row, weights[0]) if weights else None
        rule = self._role(row, head, "rule")
        bare = (own is None or own.blank) and (weight is None or weight.blank)
        if bare and rule is not None and not rule.blank and last.row + last.lines == row:
            return True
        merged = bool(weights) and self._merged.get((row, weights[0]), row) < row
        return merged and self._merged[row, weights[0]] >= last.row

    def _more(self, row: int, head: FormHead) -> None:
        last = self.sheet.lines[-1]
        last.lines += 1
        name = self._role(row, head, "name")
        said = []
        if name is not None and not name.blank and name.text != last.name:
            said.append(name.text)
        about, abouts = self._role(row, head, "definition"), head.of("definition")
        if about and not about.blank and self._merged.get((row, abouts[0]), row) == row:
            said.append(about.text)
        rule = self._role(row, head, "rule")
        rules = head.of("rule")
        fresh = not (rules and self._merged.get((row, rules[0]), row) < row)
        if rule is not None and not rule.blank and fresh:
            said.append(rule.lines)
        full = self._role(row, head, "full") if head.of("weight") else None
        points = full.text if full is not None and not full.blank else ""
        if said:
            last.more.append((" ".join(said), points))

    def _item(self, row: int, head: FormHead) -> None:
        line = self._made(row, head)
        own = self._section_of(row, head)
        if own is not None:
            self.section = self._named_section(own)
        line.section = self.section
        self._note_section_weight(line)
        self.sheet.lines.append(line)

    def _made(self, row: int, head: FormHead) -> FormLine:
        cells = {
            column.role: self._cell(row, i)
            for i, column in sorted(head.columns.items(), reverse=True)
            if column.role not in SCORES
        }
        scores = {i: self._cell(row, i) for role in SCORES for i in head.of(role)}
        for role in ("actual", "target"):
            columns = head.of(role)
            if columns and head.columns[columns[0]].unit:
                cells[role] = _with_unit(cells[role], head.columns[columns[0]].unit)
            elif role in cells and not cells.get("unit", cells[role]).blank and "unit" in cells:
                cells[role] = _with_unit(cells[role], cells["unit"].text)
        return FormLine(cells, scores, head, row)

    def _section_of(self, row: int, head: FormHead) -> FormCell | None:
        columns = head.of("section")
        cell = self._cell(row, columns[0]) if columns else None
        return None if cell is None or cell.blank else cell

    def _named_section(self, cell: FormCell) -> str:
        text = cell.text.replace(" ", "")
        found = _SECTION.fullmatch(text)
        name = (found["name"] if found else text).strip("：:、")[:40]
        if found and found["weight"]:
            percent = found["unit"] == "%"
            self.sheet.section_weights.setdefault(
                name, (Decimal(found["weight"]), percent, cell.place)
            )
        return name

    def _note_section_weight(self, line: FormLine) -> None:
        cell = line.cells.get("section_weight")
        points = cell.points if cell is not None and not cell.blank else None
        if cell is not None and points is not None and line.section:
            value = points.value * 100 if not points.percent and points.value <= 1 else points.value
            self.sheet.section_weights.setdefault(line.section, (value, points.percent, cell.place))

    def _is_section(self, row: int, texts: Mapping[int, str]) -> bool:
        """A title over the items that follow: 一、工作业绩（70%）."""
        if len(texts) != 1:
            return False
        (column,) = texts
        cell = self._cell(row, column)
        if len(cell.text) > 40 or not _SECTION.fullmatch(cell.text.replace(" ", "")):
            return False
        self.section = self._named_section(cell)
        return True

    # The end.

    def _finish(self) -> None:
        self._end_extras()
        items = {
            row
            for line in (*self.sheet.lines, *self.sheet.extras)
            for row in range(line.row, line.row + line.lines)
        }
        texts = [
            (self.grid.place(row, column), text)
            for row in range(min(len(self.grid.rows), MOST_ROWS))
            if row not in items
            for column, text in texts_of(self.grid.rows[row]).items()
        ]
        self.sheet.grades, used = grades_in(self.grid, texts)
        left = [row for row in self._left if row not in used]
        if left:
            cells = [self.grid.place(row, min(texts_of(self.grid.rows[row]))) for row in left]
            said = "、".join(place.cell or f"第{place.line}行" for place in cells[:12])
            message = f"有{len(left)}行不是指标（{said}），没有列入方案，请看看有没有漏掉的"
            self.sheet.problems.append(warning("rows_left_out", message, cells[0]))
        for head in self.heads:
            if head.unknown:
                names = head_labels(head, head.unknown, self.grid)
                message = f"{names}这几列不认识，没有读"
                place = self.grid.place(head.first, head.unknown[0])
                self.sheet.problems.append(warning("columns_left_out", message, place))
        if len(self.grid.rows) > MOST_ROWS:
            message = f"只读了前{MOST_ROWS}行"
            self.sheet.problems.append(warning("rows_left_out", message, self.grid.whole()))


def _is_all(cell: FormCell) -> bool:
    """The sum of the weights: 100%, 100 or 1."""
    points = cell.points
    return points is not None and (points.percent or points.value in (1, 100))


def _with_unit(cell: FormCell, unit: str) -> FormCell:
    """A bare number with the unit that stands beside it: in its head, or in a column of units."""
    if is_blank(cell.raw) or not isinstance(cell.raw, int | float) or isinstance(cell.raw, bool):
        return cell
    if unit in ("%", "百分比") and abs(cell.raw) <= 1:
        return FormCell(f"{round(cell.raw * 100, 6):g}%", cell.place)
    known = {"百分比": "%", "数值": "", "日期": ""}.get(unit, unit)
    return FormCell(f"{cell.text}{known}", cell.place)
