"""客服月度分析报告: a cover, a sheet for each question, and the figures that all of them read."""

from __future__ import annotations

from collections.abc import Sequence

from xladdin.analysis.month_figures import MonthFigures
from xladdin.domain.report_findings import Finding
from xladdin.formula.evaluate import Env
from xladdin.formula.nodes import Expr
from xladdin.layout.cells import Block, Book, Cell, Properties, Result, Sheet
from xladdin.layout.gaps import with_gaps
from xladdin.layout.styles import PLAIN

from . import (
    report_actions,
    report_agents,
    report_cover,
    report_definitions,
    report_hours,
    report_lines,
    report_months,
    report_opinions,
    report_overview,
    report_row_commands,
    report_trend,
    report_types,
)
from .finding_rules import Findings, findings, shipped_findings
from .finished_report import Decided, finished
from .kept_cells import KeptReport, PutBack
from .report_actions import KeptLines
from .report_identity import monthly_identity

TITLE = "客服月度分析报告"
HIDDEN = "_figures"


def book(figures: MonthFigures, rules: Sequence[Finding] | None = None) -> Book:
    """The workbook; every value of it that nobody typed is a formula over 月度数据 and its like."""
    return with_what_was_kept(figures, rules=rules)[0]


def with_what_was_kept(
    figures: MonthFigures,
    own: KeptReport | None = None,
    before: KeptReport | None = None,
    rules: Sequence[Finding] | None = None,
) -> tuple[Book, tuple[PutBack, ...]]:
    """The workbook with what people had filled in on an earlier one of the month and on last month's.

    Also everything that was kept of this month, and what became of it.
    """
    used = shipped_findings().findings if rules is None else rules

    def written(base: Book, known: Env, lines: Decided) -> tuple[Book, KeptLines]:
        found = findings(used, figures, known)
        kept = lines({one.key for one in found.laid})
        return _written(figures, base, found, kept), kept

    identity = monthly_identity(figures.period)
    return finished(identity, measured(figures), written, own, before)


def _written(figures: MonthFigures, base: Book, found: Findings, kept: KeptLines) -> Book:
    overview, types, opinions, hours, agents, trend, months, commands, told, quality = base.sheets
    sheets = (
        report_cover.sheet(figures, found),
        overview,
        types,
        opinions,
        hours,
        agents,
        trend,
        report_actions.sheet(figures, found, kept=kept),
        months,
        commands,
        told,
        quality,
        *report_lines.sheets(figures),
        _hidden(figures, found),
    )
    model = {**base.model, **report_actions.model(found)}
    return with_gaps(Book(sheets, model, _properties(figures)))


def measured(figures: MonthFigures) -> Book:
    """The sheets that findings read, without the findings."""
    return Book(tuple(_sections(figures)), _model(figures), _properties(figures))


def _sections(figures: MonthFigures) -> list[Sheet]:
    """The sheets that findings read."""
    return [
        report_overview.sheet(figures),
        report_types.sheet(figures),
        report_opinions.sheet(figures),
        report_hours.sheet(figures),
        report_agents.sheet(figures),
        report_trend.sheet(figures),
        report_months.sheet(figures),
        report_row_commands.sheet(figures),
        report_definitions.sheet(figures),
        report_definitions.quality_sheet(figures),
    ]


def _model(figures: MonthFigures) -> dict[str, Expr]:
    return {
        **report_months.model(),
        **report_row_commands.model(figures),
        **report_overview.model(figures),
        **report_types.model(figures),
        **report_opinions.model(figures),
        **report_hours.model(),
        **report_agents.model(),
        **report_trend.model(figures),
        **report_cover.model(figures),
    }


def _properties(figures: MonthFigures) -> Properties:
    return Properties(TITLE, figures.period.label, figures.company)


def _hidden(figures: MonthFigures, found: Findings) -> Sheet:
    """What charts are called and read, and what findings count by the way: out of sight."""
    titles = [*report_opinions.TITLES, *report_trend.TITLES]
    titles += report_types.TITLES
    cells = [Block((Cell(0, 0, Result(key), PLAIN),), 1) for key in (*titles, *found.helpers)]
    blocks = (*report_types.hidden(figures), *report_trend.hidden(), *cells)
    return Sheet(HIDDEN, (12.0,) * 6, blocks, visibility="very_hidden")
