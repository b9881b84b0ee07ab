"""Sheet 填表说明: how the form is filled in, how each item is scored, and what a grade earns."""

from __future__ import annotations

from xladdin.books import parts, wording
from xladdin.domain.quantities import plain
from xladdin.domain.rule_models import Adjustment
from xladdin.domain.schemes import Indicator, Scheme
from xladdin.layout.cells import Block, Content, Fixed, Orientation, Paper, Sheet
from xladdin.layout.styles import CENTER, LABEL, PLAIN, TEXT, Style

from . import monthly_labels as labels

SHEET_NAME = "填表说明"
WIDTHS = (16.0, 10.0, 70.0, 12.0)
WIDTH = len(WIDTHS)
STEPS = (
    "1. 只填“考核表”中的黄色格子；其他格子已经锁定，得分、等级和系数自动计算。",
    "2. 百分比请写成 65%；时间、金额、次数只写数字，不写单位。点中格子会出现填写提示。",
    "3. 橙色格子表示还没有填；红色格子表示数字超出范围或不在评分档内，请改正。",
    "4. 任何一项没有填，该项得分为空，小计和最终得分显示“缺几项”，不会按 0 分计算。",
    "5. 填完后写自我评价和领导评价，打印签字，并把文件原样交回人力资源部门。",
)


def notes_sheet(scheme: Scheme) -> Sheet:
    """The explanations of a scheme, printed from the same trees as its formulas."""
    blocks = [
        parts.title_text("填表说明", WIDTH),
        parts.joined(
            [parts.heading("一、怎样填写", WIDTH)]
            + [parts.note(step, WIDTH, PLAIN) for step in _steps(scheme)]
        ),
        parts.joined((parts.heading("二、每项怎样计分", WIDTH), _rules_head())),
        *(_rule(scheme, item) for item in scheme.indicators),
        *_adjustments(scheme),
        _total(scheme),
        _grades(scheme),
    ]
    return Sheet(SHEET_NAME, WIDTHS, tuple(blocks), Paper(Orientation.PORTRAIT))


def _steps(scheme: Scheme) -> tuple[str, ...]:
    ratings = wording.who_rates(scheme)
    return (*STEPS, f"{len(STEPS) + 1}. {ratings}") if ratings else STEPS


def _rules_head() -> Block:
    return parts.head_row(("指标", "满分", "评分办法", "越高越好？"))


def _rule(scheme: Scheme, item: Indicator) -> Block:
    text = wording.rule_text(item, brief=False, editable=scheme.weights_editable, scheme=scheme)
    lines = "\n".join([text, *wording.band_lines(item)])
    way = "—" if item.subjective else {"higher": "越高越好", "lower": "越低越好"}[item.direction]
    row: list[tuple[Content, Style, int]] = [
        (Fixed(item.name), CENTER, 1),
        (labels.full_shown(scheme, item), CENTER, 1),
        (Fixed(lines), TEXT, 1),
        (Fixed(way), CENTER, 1),
    ]
    return parts.spread(row)


def _adjustments(scheme: Scheme) -> list[Block]:
    return [
        parts.text_row(
            (
                item.name,
                _limits(item),
                f"{item.criteria}。{wording.adjustment_text(item)}",
                "—",
            ),
            (CENTER, CENTER, TEXT, CENTER),
        )
        for item in scheme.adjustments
    ]


def _limits(item: Adjustment) -> str:
    low, high = item.span
    return (
        f"{plain(low)}至+{plain(high)}"
        if low < 0 < high
        else f"{'+' if high > 0 else '-'}{plain(item.cap)}"
    )


def _total(scheme: Scheme) -> Block:
    heading = parts.heading("三、最终得分", WIDTH)
    return parts.joined((heading, parts.note(wording.total_text(scheme), WIDTH, PLAIN)))


def _grades(scheme: Scheme) -> Block:
    """The grade table: bound, coefficient, reward."""
    rows = [
        parts.text_row(
            (grade.name, grade.bound, grade.reward or "—", plain(grade.coefficient)),
            (LABEL, CENTER, TEXT, CENTER),
        )
        for grade in scheme.grades
    ]
    head = parts.head_row(("等级", "最终得分", "奖励与改进", "奖金系数"))
    return parts.joined((parts.heading("四、等级与绩效奖金系数", WIDTH), head, *rows))
