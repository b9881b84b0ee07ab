"""What a clerk is to do next, on the first sheet: a sentence that follows what the workbook holds."""

from __future__ import annotations

from xladdin.formula.nodes import Compare, CountWhere, Expr, Filled, Range, Rel, Text, cases, number
from xladdin.formula.questions import none

from .check_column import STANDING

KEY = "next_step"
"""The cell that says it."""
FIRST = "下一步："
STEPS = (
    ("positions", "在“岗位”表里每个岗位写一行，再到“职责”表里写它做的工作。"),
    ("schemes", "点“从考核表建方案”读入公司现有的考核表，或在“考核方案”表里写。"),
    ("roster", "在“员工名册”里每人填一行：姓名、工号、部门、岗位。"),
)
"""Sheets that come one after the other, and what to do while one holds nothing; each fits one line."""
WRONG_FIRST = "有的行填错了：看下面“有错的行”，点表名跳过去，照“检查”列改好。"
FIGURES = "在“月度目标与实际”里填当月的数，或从系统导出的表导入。"
READY = "点“检查本表”核对，再点“批量生成”；交回来的表用“收回考核表”收。"


def next_step(wrong: Expr) -> Expr:
    """The sentence; ``wrong``: how many rows of the workbook have faults."""
    steps = [(_empty(sheet), Text(FIRST + told)) for sheet, told in STEPS]
    faulty = (Compare(Rel.GT, wrong, number(0)), Text(FIRST + WRONG_FIRST))
    return cases((*steps, faulty, (_empty("figures"), Text(FIRST + FIGURES))), Text(FIRST + READY))


def _empty(sheet: str) -> Expr:
    return none(CountWhere((Filled(Range(f"{sheet}.{STANDING}")),)))
