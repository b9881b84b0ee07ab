"""签批: the month in figures on one page, and who has signed it."""

from __future__ import annotations

from xladdin.books import parts
from xladdin.company.month_results import MonthResults
from xladdin.formula.nodes import (
    Compare,
    Contains,
    CountWhere,
    Expr,
    Filled,
    If,
    Join,
    Range,
    Rel,
    Related,
    Round,
    Text,
    Var,
    number,
    sub,
    total,
)
from xladdin.formula.questions import some
from xladdin.layout.cell_rules import Highlight
from xladdin.layout.cells import Asked, Block, Content, Fixed, Result, Sheet
from xladdin.layout.styles import ALERT, INPUT_BOX, LABEL, SECTION, TEXT, Style
from xladdin.scoring.model import Model

from . import summary_bonus, summary_distribution, summary_trend
from . import summary_parts as sp
from .summary_ranking import TABLE as RANKING

SHEET_NAME = "签批"
WIDTHS = (16.0, 18.0, 18.0, 18.0, 18.0)
WIDTH = len(WIDTHS)
PEOPLE, SCORED, OPEN, OFF = "sign.people", "sign.scored", "sign.open", "sign.off"
SIGNERS = ("制表", "部门负责人", "人力资源部", "财务", "总经理")
BIG = Style(size=12, bold=True, align="center")
MONEY = Style(size=12, bold=True, align="center", number_format="#,##0.00")


def model(results: MonthResults) -> Model:
    """The figures of the month."""
    listed = Filled(Range(f"{RANKING}.id"))
    scored = Related(Range(f"{RANKING}.total"), Rel.GE, number(-1_000_000))
    off = [
        If(Contains(Var(key, text=True), ("多", "少")), number(1), number(0))
        for key in summary_distribution.off_keys(results)
    ]
    count = total(tuple(off)) if off else number(0)
    asked: Expr = If(
        some(count),
        Join((Round(count, 0), Text(" 个等级的人数不合要求，见“分布”"))),
        Text("人数要求都符合，或没有要求"),
    )
    return {
        PEOPLE: CountWhere((listed,)),
        SCORED: CountWhere((scored,)),
        OPEN: sub(Var(PEOPLE), Var(SCORED)),
        OFF: asked,
    }


def sheet(results: MonthResults) -> Sheet:
    """Figures, remarks, signatures."""
    blocks = (
        *sp.head(results, "绩效考核结果签批", WIDTH),
        _figures(),
        parts.heading("说明与意见", WIDTH),
        parts.spread(
            [(Fixed("需要说明的事项"), LABEL, 1), (Asked("sign.remark"), INPUT_BOX, WIDTH - 1)], 80
        ),
        parts.heading("签字", WIDTH),
        _signatures(),
        parts.note(
            "附：排名、明细、分布、奖金、趋势、未交各表。结果公布以后，员工可以按反馈单上的办法申诉。",
            WIDTH,
        ),
    )
    return Sheet(SHEET_NAME, WIDTHS, blocks, protected=False)


def _figures() -> Block:
    rows: list[list[tuple[Content, Style, int]]] = [
        [
            (Fixed("参加考核"), LABEL, 1),
            (Result(PEOPLE), BIG.shown_as('0" 人"'), 1),
            (Fixed("已有总分"), LABEL, 1),
            (Result(SCORED), BIG.shown_as('0" 人"'), 2),
        ],
        [
            (Fixed("还没有总分"), LABEL, 1),
            (Result(OPEN), BIG.shown_as('0" 人"'), 1),
            (Fixed("公司平均分"), LABEL, 1),
            (Result(summary_trend.mean_key()), BIG.shown_as("0.00"), 2),
        ],
        [
            (Fixed("实发奖金（元）"), LABEL, 1),
            (Result(summary_bonus.PAID), MONEY, 1),
            (Fixed("预算结余（元）"), LABEL, 1),
            (Result(summary_bonus.LEFT), MONEY, 2),
        ],
        [(Fixed("等级分布"), LABEL, 1), (Result(OFF), TEXT, WIDTH - 1)],
    ]
    blocks = [parts.spread(row, 30) for row in rows]
    lit = Highlight(Compare(Rel.GT, Var(OPEN), number(0)), ALERT)
    first = [
        Block(
            tuple(
                parts.highlighted(cell, lit) if cell.content == Result(OPEN) else cell
                for cell in block.cells
            ),
            1,
            block.heights,
        )
        for block in blocks
    ]
    return parts.joined(first)


def _signatures() -> Block:
    head = parts.spread(
        [
            (Fixed("岗位"), SECTION, 1),
            (Fixed("意见"), SECTION, 2),
            (Fixed("签字"), SECTION, 1),
            (Fixed("日期"), SECTION, 1),
        ],
        22,
    )
    rows = [
        parts.spread(
            [
                (Fixed(who), LABEL, 1),
                (Fixed(""), TEXT, 2),
                (Fixed(""), TEXT, 1),
                (Fixed(""), TEXT, 1),
            ],
            44,
        )
        for who in SIGNERS
    ]
    return parts.joined((head, *rows))
