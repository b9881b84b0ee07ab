"""A small good workbook with one of everything: what the faults break and the tests read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from xladdin.layout.writer_options import cached_value

PARAMETERS, SCORES, SUMMARY = "参数", "评分表", "汇总"

WEIGHTS = {"业绩": Decimal("0.7"), "能力": Decimal("0.3")}
GRADES = ((0, "D"), (60, "C"), (75, "B"), (85, "A"))
DEPARTMENTS = ("研发部", "市场部")


@dataclass(frozen=True)
class Person:
    """One row of the table; `ability` may be missing."""

    number: str
    name: str
    department: str
    achievement: Decimal
    ability: Decimal | None

    @property
    def total(self) -> Decimal:
        """Weighted score, two decimals half-up; a missing score counts as 0, as in Excel."""
        weighted = (
            self.achievement * WEIGHTS["业绩"] + (self.ability or Decimal(0)) * WEIGHTS["能力"]
        )
        return weighted.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)

    @property
    def grade(self) -> str:
        """The grade with the highest floor that the score reaches."""
        return [name for floor, name in GRADES if floor <= self.total][-1]


PEOPLE = (
    Person("E001", "员工1", "研发部", Decimal("91.25"), Decimal(88)),
    Person("E002", "员工2", "市场部", Decimal("60.5"), Decimal(72)),
    Person("E003", "员工3", "研发部", Decimal("84.05"), None),
    Person("E004", "员工4", "市场部", Decimal(78), Decimal("79.5")),
)
LAST_ROW = len(PEOPLE) + 1


def write_sample(path: Path | str) -> Path:
    """Write the workbook, every formula with its right value, and return its path."""
    target = Path(path)
    with xlsxwriter.Workbook(target, {"use_future_functions": True}) as book:
        styles = {
            "head": book.add_format({"bold": True, "border": 1, "font_name": "微软雅黑"}),
            "input": book.add_format({"locked": False, "bg_color": "#FFF2CC"}),
            "red": book.add_format({"font_color": "#9C0006"}),
        }
        _write_parameters(book, styles)
        _write_scores(book, styles)
        _write_summary(book, styles)
    return target


def _write_parameters(book: Any, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet(PARAMETERS)
    sheet.write_row("A1", ["指标", "权重"], styles["head"])
    sheet.write_column("A2", list(WEIGHTS))
    sheet.write_column("B2", list(WEIGHTS.values()))
    sheet.write_row("D1", ["下限", "等级"], styles["head"])
    for row, grade in enumerate(GRADES, start=1):
        sheet.write_row(row, 3, grade)
    book.define_name("weights", f"={PARAMETERS}!$B$2:$B$3")
    book.define_name("grade_floor", f"={PARAMETERS}!$D$2:$D$5")
    book.define_name("grade_name", f"={PARAMETERS}!$E$2:$E$5")


def _write_scores(book: Any, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet(SCORES)
    row_of = "tbl_score[[#This Row],[{}]]"
    total = (
        f"=ROUND({row_of.format('业绩')}*INDEX(weights,1)"
        f"+{row_of.format('能力')}*INDEX(weights,2),2)"
    )
    grade = f"=LOOKUP({row_of.format('总分')},grade_floor,grade_name)"
    missing = f'=IF({row_of.format("能力")}="","缺项","")'
    plain = ["工号", "姓名", "部门", "业绩", "能力"]
    columns = [{"header": name, "header_format": styles["head"]} for name in plain]
    columns += [
        {"header": "总分", "formula": total},
        {"header": "等级", "formula": grade},
        {"header": "提示", "formula": missing},
    ]
    sheet.add_table(f"A1:H{LAST_ROW}", {"name": "tbl_score", "columns": columns})
    for row, person in enumerate(PEOPLE, start=1):
        _write_person(sheet, row, person, styles["input"], (total, grade, missing))
    _add_rules(sheet, styles["red"])
    sheet.set_header("&C绩效考核评分表")
    sheet.set_footer("&C第 &P 页")
    sheet.repeat_rows(0)
    sheet.print_area(f"A1:H{LAST_ROW}")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, 2)
    sheet.protect("secret")
    sheet.write_comment("D1", "满分 105")
    sheet.set_column("A:H", 12)


def _write_person(
    sheet: Any, row: int, person: Person, style: Any, formulas: tuple[str, str, str]
) -> None:
    sheet.write_row(row, 0, [person.number, person.name, person.department])
    sheet.write(row, 3, person.achievement, style)
    sheet.write(row, 4, person.ability, style)
    values = (person.total, person.grade, "缺项" if person.ability is None else "")
    for column, (formula, value) in enumerate(zip(formulas, values, strict=True), start=5):
        sheet.write_formula(row, column, formula, None, cached_value(value))


def _add_rules(sheet: Any, red: Any) -> None:
    limits = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 105}
    texts = {"error_title": "分数", "error_message": "0-105"}
    sheet.data_validation(f"D2:E{LAST_ROW}", limits | texts)
    departments = {"validate": "list", "source": list(DEPARTMENTS)}
    sheet.data_validation(f"C2:C{LAST_ROW}", departments)
    sheet.data_validation("J1", {"validate": "list", "source": "=grade_name"})
    area = f"F2:F{LAST_ROW}"
    low = {"type": "cell", "criteria": "<", "value": 75, "format": red}
    sheet.conditional_format(area, low)
    sheet.conditional_format(area, {"type": "data_bar", "data_bar_2010": True})
    missing = {"type": "formula", "criteria": '=$H2="缺项"', "format": red}
    sheet.conditional_format(f"A2:H{LAST_ROW}", missing)


def _write_summary(book: Any, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet(SUMMARY)
    sheet.merge_range("A1:C1", "部门汇总", styles["head"])
    sheet.write_row("A2", ["部门", "人数", "平均分"], styles["head"])
    for row, name in enumerate(DEPARTMENTS, start=3):
        totals = [person.total for person in PEOPLE if person.department == name]
        sheet.write(f"A{row}", name)
        count = f"=COUNTIF(tbl_score[部门],A{row})"
        sheet.write_formula(f"B{row}", count, None, len(totals))
        mean = f"=SUMIF(tbl_score[部门],A{row},tbl_score[总分])/B{row}"
        sheet.write_formula(f"C{row}", mean, None, sum(totals) / len(totals))
    everyone = sum(person.total for person in PEOPLE)
    sheet.write_formula("B6", "=SUM(tbl_score[总分])", None, everyone)
    sheet.write_formula("B7", f"={SCORES}!F2>{SCORES}!F3", None, True)
    sheet.write_formula("B8", "=_xlfn.RANK.EQ(B3,B3:B4)", None, 1)
    sheet.write_formula("B9", "=NA()", None, "#N/A")
    sheet.write_url("A11", f"internal:'{SCORES}'!A1", string="评分表")
    sheet.insert_chart("E2", _chart(book))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)


def _chart(book: Any) -> Any:
    chart = book.add_chart({"type": "column"})
    categories, values = f"={SUMMARY}!$A$3:$A$4", f"={SUMMARY}!$C$3:$C$4"
    chart.add_series({"name": "平均分", "categories": categories, "values": values})
    return chart
