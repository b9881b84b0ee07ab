"""客服述职报告数据分析表: a year's debrief of a person or a department, and the figures behind it."""

from __future__ import annotations

from xladdin.analysis.debrief_figures import DebriefFigures
from xladdin.books.reports.finished_report import with_own
from xladdin.books.reports.kept_cells import KeptReport, PutBack
from xladdin.books.reports.report_identity import ReportIdentity, debrief_identity
from xladdin.books.reports.report_monthly import HIDDEN
from xladdin.formula.nodes import Expr
from xladdin.layout.cells import Block, Book, Cell, Properties, Result, Sheet
from xladdin.layout.styles import PLAIN

from . import (
    report_debrief_appraisals,
    report_debrief_beside,
    report_debrief_definitions,
    report_debrief_months,
    report_debrief_page,
    report_debrief_training,
    report_debrief_words,
)
from .report_debrief_parts import FORM, whose

TITLE = FORM


def book(figures: DebriefFigures) -> Book:
    """The workbook; what nobody typed in it is a formula over 月度数据 and its like."""
    return with_what_was_kept(figures)[0]


def with_what_was_kept(
    figures: DebriefFigures, own: KeptReport | None = None
) -> tuple[Book, tuple[PutBack, ...]]:
    """The workbook with what people had filled in on an earlier one of the year; and what became of it."""
    return with_own(identity_of(figures), _written(figures), own)


def identity_of(figures: DebriefFigures) -> ReportIdentity:
    """Whose debrief it is."""
    one = figures.employee
    return debrief_identity(figures.year, one.id if one else "", figures.name)


def _written(figures: DebriefFigures) -> Book:
    sheets = (
        report_debrief_page.sheet(figures),
        report_debrief_beside.sheet(figures),
        report_debrief_training.sheet(figures),
        report_debrief_appraisals.sheet(figures),
        report_debrief_months.sheet(figures),
        report_debrief_definitions.sheet(figures),
        report_debrief_definitions.quality_sheet(figures),
        _hidden(),
    )
    return Book(sheets, _model(figures), Properties(TITLE, whose(figures), figures.company))


def _model(figures: DebriefFigures) -> dict[str, Expr]:
    return {
        **report_debrief_months.model(figures),
        **report_debrief_beside.model(figures),
        **report_debrief_training.model(figures),
        **report_debrief_appraisals.model(figures),
        **report_debrief_words.effect_model(),
        **report_debrief_words.shown_model(),
        **report_debrief_words.model(figures),
    }


def _hidden() -> Sheet:
    """What pages read by the way: out of sight."""
    hidden = (
        *report_debrief_months.hidden(),
        *report_debrief_beside.hidden(),
        *report_debrief_training.hidden(),
        *report_debrief_appraisals.hidden(),
    )
    blocks = tuple(Block((Cell(0, 0, Result(key), PLAIN),), 1) for key in hidden)
    return Sheet(HIDDEN, (12.0,) * 6, blocks, visibility="very_hidden")
