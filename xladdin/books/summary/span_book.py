"""多月汇总: the totals of a quarter, half a year or a year, their mean by the scheme's rule, its grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from xladdin.books import parts
from xladdin.company.span_results import COUNTED, PersonSpan, SpanResults, month_keys
from xladdin.domain.month_spans import Span
from xladdin.domain.schemes import Scheme
from xladdin.formula.nodes import Blank, CountNumbers, Expr, Var
from xladdin.layout import theme
from xladdin.layout.cells import Book, Properties, Sheet
from xladdin.layout.styles import PLAIN

from . import summary_parts as sp

TITLE = "多月绩效汇总"
SHEET_NAME = "多月得分"
TABLE = "span"
TOLD = (
    "多月得分、等级、系数是公式，改了各月的总分会跟着变。没有总分的月份空着，不当 0 分。"
    "名次同分同名次，下一名接着排（1、1、2），只作参考，不能单凭排在最后认定不胜任工作。"
)


def book(results: SpanResults) -> Book:
    """The workbook of a span."""
    properties = Properties(title=TITLE, subject=results.span.label, company=results.company)
    return Book((sheet(results),), {}, properties, named_cells=False)


def sheet(results: SpanResults) -> Sheet:
    """Everybody, the best mean first."""
    span = results.span
    schemes = list(dict.fromkeys(one.scheme for one in results.people))
    months = zip(month_keys(span), span.months, strict=True)
    rules = [_rule(scheme, span, i) for i, scheme in enumerate(schemes)]
    helpers = {key: part for rule in rules for key, part in rule.items() if key}
    columns = [
        sp.computed("place", "名次", 7, sp.dense_place(TABLE, "average", "opens"), sp.RANK),
        sp.entry("name", "姓名", 10, sp.NAME),
        sp.entry("department", "部门", 14),
        sp.entry("scheme", "考核方案", 22),
        *(sp.entry(key, f"{month.month}月", 8, sp.POINTS) for key, month in months),
        sp.computed("average", "多月得分", 10, sp.of_scheme([rule[""] for rule in rules]), sp.TOTAL,
                    (sp.no_number("average"),)),
        sp.computed("grade", "等级", 9, sp.graded(schemes, "average")),
        sp.computed("coefficient", "系数", 7, sp.coefficient_of(schemes, "average")),
        sp.computed("count", "月数", 6, CountNumbers(tuple(map(Var, month_keys(span)))), sp.COUNT),
        sp.entry("remark", "备注", 26),
        sp.entry("id", "工号", 10, sp.GREY_ID),
        sp.known("which"),
        *(sp.helper(key, part) for key, part in helpers.items()),
        sp.helper("opens", sp.opens(TABLE, "average")),
    ]  # fmt: skip
    people = sorted(results.people, key=lambda one: _order(one, span))
    table = sp.table(TABLE, columns, (_row(one, span, schemes) for one in people))
    width = 10 + span.count
    above = [
        parts.title_text(f"{span.label}绩效汇总", width),
        parts.note(f"{TOLD}{results.origin}", width, PLAIN),
        *(
            parts.note(f"{scheme.name}：{scheme.average_rule.told}。", width, PLAIN)
            for scheme in {each.name: each for each in schemes}.values()
        ),
    ]
    made = sp.table_sheet(SHEET_NAME, above, columns, table, kept=2, color=theme.CHART_DARK)
    return replace(made, name=SHEET_NAME)


def _rule(scheme: Scheme, span: Span, place: int) -> Mapping[str, Expr]:
    """The scheme's mean, and what it needs of each month under keys of its own."""
    if not scheme.average_rule.fits(span.count):
        return {"": Blank()}
    return scheme.average_rule.expressions(month_keys(span), f"{COUNTED}{place}_")


def _order(one: PersonSpan, span: Span) -> tuple[Decimal, str, str, str]:
    person, mean = one.employee, one.average(span)
    return Decimal(1) if mean is None else -mean, person.department, person.name, person.id


def _row(one: PersonSpan, span: Span, schemes: Sequence[Scheme]) -> sp.Row:
    person, lacking = one.employee, one.lacks(span)
    notes = [f"没有总分：{'、'.join(lacking)}" if lacking else "", one.note]
    if not one.fits(span):
        notes.append("各月权重的个数和月数不一样")
    return {
        "name": person.name,
        "department": person.department,
        "scheme": one.scheme.name,
        **dict(zip(month_keys(span), one.totals, strict=True)),
        "remark": "；".join(filter(None, notes)) or None,
        "id": person.id,
        "which": Decimal(schemes.index(one.scheme) + 1),
    }
