"""店铺客服分析报告: a cover, a page of conclusions, a sheet for each question, and the figures that all read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from xladdin.analysis.metric import Metric
from xladdin.analysis.metrics import opinions, shop, workload
from xladdin.analysis.shop_figures import ShopFigures, final_on
from xladdin.books.reports import (
    report_actions,
    report_cover,
    report_definitions,
    report_lines,
    report_row_commands,
    report_trend,
)
from xladdin.books.reports import report_parts as rp
from xladdin.books.reports.finding_rules import SHOP_FILE, Findings, findings, shipped_findings
from xladdin.books.reports.finished_report import Decided, finished
from xladdin.books.reports.kept_cells import KeptReport, PutBack
from xladdin.books.reports.report_actions import KeptLines
from xladdin.books.reports.report_identity import shop_identity
from xladdin.books.reports.report_monthly import HIDDEN
from xladdin.domain.report_findings import ChangeWhen, Finding, RecordWhen, StreakWhen
from xladdin.formula.evaluate import Env
from xladdin.formula.nodes import Expr, Text
from xladdin.layout.cells import Block, Book, Cell, Properties, Result, Sheet
from xladdin.layout.gaps import with_gaps
from xladdin.layout.styles import PLAIN

from . import (
    report_shop_agents,
    report_shop_conclusions,
    report_shop_funnel,
    report_shop_months,
    report_shop_paying,
    report_shop_platforms,
    report_shop_summary,
    report_shop_work,
)

TITLE = "店铺客服分析报告"
FOOTER = rp.PAPER.footer.replace("客服月度分析报告", TITLE)
FIVE: tuple[Metric, ...] = (
    workload.REQUESTS,
    workload.REPLY[0],
    opinions.SCORE,
    shop.CONVERTED,
    opinions.BOUGHT_AGAIN,
)
AIMED: tuple[Metric, ...] = (
    workload.REPLY[0],
    workload.WAIT[0],
    workload.SOLVE[0],
    opinions.SCORE,
    opinions.COMPLAINT_SHARE,
    shop.CONVERTED,
    opinions.BOUGHT_AGAIN,
)
SECTIONS = (
    report_shop_summary.SHEET_NAME,
    report_shop_work.WORK_NAME,
    report_shop_work.OPINIONS_NAME,
    report_shop_funnel.SHEET_NAME,
    report_shop_paying.SHEET_NAME,
    report_shop_platforms.SHEET_NAME,
    report_shop_agents.SHEET_NAME,
    report_actions.SHEET_NAME,
    "月度数据",
    report_row_commands.SHEET_NAME,
    report_definitions.SHEET_NAME,
    report_definitions.QUALITY_NAME,
)


def book(figures: ShopFigures, rules: Sequence[Finding] | None = None) -> Book:
    """The workbook; every value of it that nobody typed is a formula over 月度数据 and its like."""
    return with_what_was_kept(figures, rules=rules)[0]


def with_what_was_kept(
    figures: ShopFigures,
    own: KeptReport | None = None,
    before: KeptReport | None = None,
    rules: Sequence[Finding] | None = None,
) -> tuple[Book, tuple[PutBack, ...]]:
    """The workbook with what people had filled in on an earlier one of the month and on last month's.

    Also everything that was kept of this month, and what became of it.
    """
    used = shipped_findings(SHOP_FILE).findings if rules is None else rules
    settled = [one for one in used if _settled(one, figures)]

    def written(base: Book, known: Env, lines: Decided) -> tuple[Book, KeptLines]:
        found = findings(settled, figures, known)
        kept = lines({one.key for one in found.laid})
        return _written(figures, base, found, kept), kept

    identity = shop_identity(figures.period)
    return finished(identity, measured(figures), written, own, before)


def _written(figures: ShopFigures, base: Book, found: Findings, kept: KeptLines) -> Book:
    *sections, months, commands, told, quality = base.sheets
    sheets = (
        _cover(figures, found),
        *sections,
        report_actions.sheet(figures, found, AIMED, kept),
        months,
        commands,
        told,
        quality,
        *report_lines.sheets(figures, report_lines.SHOP_LED_FROM),
        _hidden(found),
    )
    model = {**base.model, **report_actions.model(found, AIMED)}
    printed = tuple(replace(one, paper=replace(one.paper, footer=FOOTER)) for one in sheets)
    return with_gaps(Book(printed, model, _properties(figures)))


def provisional(figures: ShopFigures, metric: Metric = shop.CONVERTED) -> bool:
    """Whether some of this month's questions may still be paid for, so that the metric may grow."""
    until = figures.recorded_until
    return until is None or until < final_on(figures.period, report_shop_conclusions.LATE[metric])


def _settled(rule: Finding, figures: ShopFigures) -> bool:
    """A month that is not final is not said to be better or worse than one that is."""
    when = rule.when
    if not isinstance(when, ChangeWhen | StreakWhen | RecordWhen):
        return True
    late = [metric for metric in report_shop_conclusions.LATE if metric.id == when.metric]
    return not any(provisional(figures, metric) for metric in late)


def measured(figures: ShopFigures) -> Book:
    """The sheets that findings read, without the findings."""
    return Book(tuple(_sections(figures)), _model(figures), _properties(figures))


def _sections(figures: ShopFigures) -> list[Sheet]:
    return [
        report_shop_summary.sheet(figures),
        report_shop_work.work_sheet(figures),
        report_shop_work.opinions_sheet(figures),
        report_shop_funnel.sheet(figures),
        report_shop_paying.sheet(figures),
        report_shop_platforms.sheet(figures),
        report_shop_agents.sheet(figures),
        report_shop_months.sheet(figures),
        report_row_commands.sheet(figures),
        report_definitions.sheet(figures, figures.metrics, tuple(_rules(figures))),
        report_definitions.quality_sheet(figures),
    ]


def _rules(figures: ShopFigures) -> Iterator[tuple[str, str]]:
    """What a reader has to know beside the definitions."""
    if figures.from_chats:
        yield "服务请求从哪里来", report_shop_summary.FROM_CHATS
    yield (
        "漏斗",
        "咨询、接待、询单、付款，后一步都是前一步里的人，一个客户一天算一次；少了的人和付款的人加起来就是咨询的人。",
    )
    yield "T+1 和 T+4", report_shop_paying.TOLD
    yield "平台口径", report_shop_platforms.TOLD


def _model(figures: ShopFigures) -> dict[str, Expr]:
    return {
        **report_shop_months.model(),
        **report_row_commands.model(figures),
        **report_shop_work.model(figures),
        **report_shop_funnel.model(figures),
        **report_shop_paying.model(figures),
        **report_shop_platforms.model(figures),
        **report_shop_agents.model(),
        **report_shop_conclusions.model(figures),
        **report_shop_summary.model(),
        **_cards(figures),
    }


def _cards(figures: ShopFigures) -> dict[str, Expr]:
    """What the cover's cards say; a provisional figure is beside no other one."""
    found = report_cover.model(figures, FIVE)
    late, until = report_shop_conclusions.PROVISIONAL, report_shop_conclusions.if_final
    for what, told in (
        ("change", f"较上月　　{late}，不比"),
        ("year", f"较去年同月　{late}，不比"),
        ("state", f"{late}，月底后第4天才最终"),
    ):
        own = report_cover.card_key(shop.CONVERTED, what)
        found[own] = until(found[own], Text(told))
    return found


def _properties(figures: ShopFigures) -> Properties:
    return Properties(TITLE, figures.period.label, figures.company)


def _cover(figures: ShopFigures, found: Findings) -> Sheet:
    """Five figures, two charts, what is pointed out, and the way to the other sheets."""
    width, widths = report_cover.WIDTH, report_cover.WIDTHS
    height = rp.chart_height(report_cover.CHART_ROWS)
    left, right = rp.pixels(widths[:5]) - 20, rp.pixels(widths[5:])
    charts = (
        report_trend.load_and_reply(left, height),
        report_shop_funnel.chart(right, height, col=5),
    )
    late = "询单转化率（T+4，暂定）" if provisional(figures) else shop.CONVERTED.name
    blocks = [
        *rp.head(figures, f"{figures.period.label} {TITLE}", width, right=4),
        rp.gap(width, 8),
        report_cover.cards(FIVE, {shop.CONVERTED.id: late}),
        rp.gap(width, 8),
        rp.framed(charts, report_cover.CHART_ROWS, width),
        rp.gap(width, 6),
        *report_cover.lines(found),
        rp.gap(width, 6),
        report_cover.contents(SECTIONS),
    ]
    return rp.one_page(rp.sheet(report_cover.SHEET_NAME, widths, blocks, color=rp.BRAND))


def _hidden(found: Findings) -> Sheet:
    """What charts are called and read, and what findings count by the way: out of sight."""
    titles = (
        *report_shop_work.TITLES,
        *report_shop_funnel.TITLES,
        *report_shop_paying.TITLES,
        *found.helpers,
    )
    cells = [Block((Cell(0, 0, Result(key), PLAIN),), 1) for key in titles]
    parts = (report_shop_funnel, report_shop_work, report_shop_platforms)
    blocks = (*(block for part in parts for block in part.hidden()), *cells)
    return Sheet(HIDDEN, (12.0,) * 6, blocks, visibility="very_hidden")
