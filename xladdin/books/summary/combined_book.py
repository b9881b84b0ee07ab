"""综合汇总: the score of the indicators and that of competency in one result, its grade, its ranks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from xladdin.books import parts
from xladdin.company.combined_results import (
    COMPETENCY,
    KPI,
    POINTS,
    CombinedResults,
    PersonCombined,
)
from xladdin.domain import combined_rules as said
from xladdin.domain.competency import CompetencyScheme
from xladdin.domain.schemes import Scheme
from xladdin.formula.explain import explain
from xladdin.formula.nodes import Blank, Expr, If, IsNumber, Listing, Not, Range, Same, Var
from xladdin.formula.questions import NOTHING, either
from xladdin.layout import theme
from xladdin.layout.cells import Block, Book, Properties, Sheet
from xladdin.layout.styles import PLAIN
from xladdin.scoring.competency_model import converted

from . import summary_parts as sp

TITLE = "综合绩效汇总"
SHEET_NAME = "综合得分"
TABLE = "combined"
SCORE = "combined"
WIDTH = 14
TOLD = (
    "只给人力资源部门看：能力得分里有匿名的评分。改了业绩得分、能力均分，其余的会跟着变。"
    "缺一半的没有综合得分，不当 0 分。"
    "名次同分同名次，下一名接着排（1、1、2），只作参考，不能单凭排在最后认定不胜任工作。"
)
AVERAGE = "能力均分"
_TEAM = (Same(Range(f"{TABLE}.department"), Var("department", text=True)),)


def book(results: CombinedResults) -> Book:
    """The workbook of a month, or of several."""
    properties = Properties(title=TITLE, subject=results.label, company=results.company)
    return Book((sheet(results),), {}, properties, named_cells=False)


def sheet(results: CombinedResults) -> Sheet:
    """Everybody, the best score first."""
    schemes = list(dict.fromkeys(one.scheme for one in results.people))
    rated = list(dict.fromkeys(one.competency for one in results.people if one.competency))
    columns = list(_columns(schemes, rated))
    people = sorted(results.people, key=_order)
    table = sp.table(TABLE, columns, (_row(one, schemes, rated) for one in people))
    above = [
        parts.title_text(f"{results.label}{TITLE}", WIDTH),
        parts.note(f"{TOLD}{results.origin}", WIDTH, PLAIN),
        *_rules(schemes, rated),
    ]
    return sp.table_sheet(SHEET_NAME, above, columns, table, kept=3, color=theme.CHART_DARK)


def _columns(schemes: Sequence[Scheme], rated: Sequence[CompetencyScheme]) -> Iterator[sp.Wide]:
    yield sp.computed("place", "公司名次", 9, sp.dense_place(TABLE, SCORE, "opens"), sp.RANK)
    place = sp.dense_place(TABLE, SCORE, "opens_team", _TEAM)
    yield sp.computed("place_team", "部门名次", 9, place, sp.RANK)
    yield sp.entry("name", "姓名", 9, sp.NAME)
    yield sp.entry("department", "部门", 14)
    yield sp.entry("scheme", "考核方案", 22)
    yield sp.with_highlights(sp.entry(KPI, said.KPI, 9, sp.POINTS), (sp.no_number(KPI),))
    yield sp.with_highlights(sp.entry(POINTS, AVERAGE, 9, sp.POINTS), (sp.no_number(POINTS),))
    yield sp.computed(COMPETENCY, said.COMPETENCY, 9, _converted(rated), sp.POINTS)
    yield sp.computed(SCORE, said.COMBINED, 10, _combined(schemes), sp.TOTAL,
                      (sp.no_number(SCORE),))  # fmt: skip
    yield sp.computed("grade", "等级", 9, sp.graded(schemes, SCORE))
    yield sp.computed("coefficient", "系数", 7, sp.coefficient_of(schemes, SCORE))
    yield sp.computed("lack", "缺什么", 18, _LACK)
    yield sp.entry("remark", "备注", 28)
    yield sp.entry("id", "工号", 10, sp.GREY_ID)
    yield sp.known("which")
    yield sp.known("rated")
    yield sp.helper("opens", sp.opens(TABLE, SCORE))
    yield sp.helper("opens_team", sp.opens(TABLE, SCORE, _TEAM))


def _converted(rated: Sequence[CompetencyScheme]) -> Expr:
    """Out of 100, by the levels of the row's own scheme of competency."""
    if not rated:
        return Blank()
    return sp.of_scheme([converted(each, Var(POINTS)) for each in rated], "rated")


def _combined(schemes: Sequence[Scheme]) -> Expr:
    return sp.of_scheme(
        [
            each.combined.expression(Var(KPI), Var(COMPETENCY)) if each.combined else Blank()
            for each in schemes
        ]
    )


_HALVES = ((KPI, said.KPI), (COMPETENCY, said.COMPETENCY))
_LACKING = tuple((Not(IsNumber(Var(key))), label) for key, label in _HALVES)
_LACK = If(either(*(test for test, _ in _LACKING)), Listing(_LACKING), NOTHING)


def _rules(schemes: Sequence[Scheme], rated: Sequence[CompetencyScheme]) -> Iterator[Block]:
    """How each scheme puts the halves together, and what a mean of competency is out of 100."""
    for scheme in {each.name: each for each in schemes}.values():
        if scheme.combined:
            yield parts.note(f"{scheme.name}：{scheme.combined.told}。", WIDTH, PLAIN)
    for each in {one.name: one for one in rated}.values():
        told = explain(converted(each, Var(POINTS)), {POINTS: AVERAGE}, said.COMPETENCY)
        yield parts.note(f"{each.name}：{told}", WIDTH, PLAIN)


def _order(one: PersonCombined) -> tuple[Decimal, str, str, str]:
    person, score = one.employee, one.combined
    return Decimal(1) if score is None else -score, person.department, person.name, person.id


def _row(
    one: PersonCombined, schemes: Sequence[Scheme], rated: Sequence[CompetencyScheme]
) -> sp.Row:
    person = one.employee
    return {
        "name": person.name,
        "department": person.department,
        "scheme": one.scheme.name,
        KPI: one.kpi,
        POINTS: one.points,
        "remark": "；".join(filter(None, (one.lack, one.note))) or None,
        "id": person.id,
        "which": Decimal(schemes.index(one.scheme) + 1),
        "rated": Decimal(rated.index(one.competency) + 1 if one.competency else 0),
    }
