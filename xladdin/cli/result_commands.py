"""Commands that tell what a month came to: summary, feedback."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xladdin import console
from xladdin.app.generating.generate import generate as generate_forms
from xladdin.app.printing.print_forms import forms_to_print
from xladdin.app.reading_company import read_master_company
from xladdin.app.recent_use import typed
from xladdin.app.results.combined_scores import combined_results, write_combined
from xladdin.app.results.month_scores import month_results
from xladdin.app.results.separate_pay import with_base_pay
from xladdin.app.results.span_scores import span_results, write_span
from xladdin.app.results.summarise import summarise, told_budgets
from xladdin.books.calibration.calibration_book import ADDED_FOR_HR
from xladdin.books.forms import SLIP_SUITE
from xladdin.books.summary.summary_book import for_hr
from xladdin.company.calibrating import Board
from xladdin.company.combined_results import CombinedResults
from xladdin.company.company import Company
from xladdin.company.company_settings import SEAL_SETTING
from xladdin.company.kept_results import Informed
from xladdin.domain.month_spans import Span
from xladdin.domain.people import Period
from xladdin.ooxml.sealing import UNSEALED, Sealing
from xladdin.problems import Place, Problem, warning

from .form_commands import counted, slips_kept, told_by_ledger
from .options import (
    UNSEEN,
    LedgerUrl,
    Month,
    MonthOrSpan,
    NoLedger,
    Overwrite,
    Ratings,
    finish_quietly,
)
from .password_options import seals_files
from .printing_options import Duplex, Pdf, PrintWhole, print_out, refuse_alone

Combined = Annotated[
    bool,
    typer.Option("--combined", help="业绩和能力按方案里的占比合成综合得分，写成综合汇总"),
]
Calibration = Annotated[
    bool,
    typer.Option(
        "--calibration",
        help="汇总里加上校准的几页：在“校准后”里改等级、写理由，再用 calibrate take 收回",
    ),
]
BasePay = Annotated[
    Path | None,
    typer.Option(
        "--base-pay",
        help="工资表（工号、基本工资，最好有打开密码）：代替名册里的奖金基数，只用这一次，不记入台账",
        **UNSEEN,
    ),
]
Known = Annotated[Path, typer.Argument(metavar="总表.xlsx", help="总表", **UNSEEN)]


NOT_SEALED = f"“设置”里的“{SEAL_SETTING}”是“是”，这次写的没有打开密码；要有密码请加 --password"


def left_open(company: Company, sealing: Sealing) -> list[Problem]:
    """That the settings want a password, and none was given."""
    if sealing or company.setting(SEAL_SETTING) != "是":
        return []
    return [warning("not_sealed", NOT_SEALED, Place(file=company.file))]


@seals_files
def summary(
    master: Known,
    period: MonthOrSpan,
    out: Annotated[Path, typer.Option(help="汇总写成这个文件（.xlsx）", **UNSEEN)],
    ratings: Ratings = None,
    overwrite: Overwrite = False,
    ledger: LedgerUrl = None,
    no_ledger: NoLedger = False,
    combined: Combined = False,
    calibration: Calibration = False,
    base_pay: BasePay = None,
    sealing: Sealing = UNSEALED,
) -> None:
    """写一个月的汇总：排名、明细、等级分布、奖金、趋势、未交、评价人宽严、签批，各一张表。

    有台账的，得分、评级和以前的月份取自台账；总表和台账不一样的，一处一处指出来。
    写季度、半年或全年，就按方案的“多月得分”把各月的总分合起来，写成多月汇总。
    """
    for option, asked in (("--base-pay", base_pay is not None), ("--calibration", calibration)):
        if asked and (combined or isinstance(period, Span)):
            raise typer.BadParameter("只用于一个月的汇总", param_hint=option)
    if calibration and base_pay is not None:
        # What comes back is filed away beside the ledger: nothing out of the encrypted workbook may lie there.
        raise typer.BadParameter(
            "不能和 --base-pay 一起用：校准页收回以后会存档", param_hint="--calibration"
        )
    company, problems = read_master_company(master, ratings)
    if base_pay is not None:
        company, more = with_base_pay(company, base_pay)
        problems += more

    def told(month: Period) -> Informed:
        return told_by_ledger(master, company, month, ledger, no_ledger=no_ledger)

    if combined:
        both, more = combined_results(company, period, told)
        problems += [*left_open(company, sealing), *more]
        console.complain(problems)
        console.complain(write_combined(both, out, overwrite=overwrite, sealing=sealing))
        scored = sum(one.combined is not None for one in both.people)
        console.say(f"写好了 {out}：{period.label}，{len(both.people)} 人，{scored} 人有综合得分。")
        console.say("只给人力资源部门看：能力得分里有匿名的评分。")
        finish_quietly([*problems, *_kept(master, period, both, ledger)])
        return
    if isinstance(period, Span):
        span, more = span_results(company, period, told)
        problems += [*left_open(company, sealing), *more]
        console.complain(problems)
        console.complain(write_span(span, out, overwrite=overwrite, sealing=sealing))
        console.say(f"写好了 {out}：{period.label}，{len(span.people)} 人。")
        finish_quietly(problems)
        return
    known = told_by_ledger(master, company, period, ledger, no_ledger=no_ledger)
    problems += [*known.problems, *left_open(company, sealing)]
    results, more = month_results(known.company, period, kept=known.kept)
    console.complain([*problems, *more])
    board = Board.of(known.company, results) if calibration else None
    console.complain(summarise(results, out, board=board, overwrite=overwrite, sealing=sealing))
    scored = sum(one.total is not None for one in results.people)
    waiting = len(results.people) - scored
    open_ = f"，{waiting} 人还没有总分（见“未交”）" if waiting else ""
    console.say(f"写好了 {out}：{len(results.people)} 人，{scored} 人有总分{open_}。")
    for line in told_budgets(results):
        console.say(line)
    if pages := for_hr(results):
        console.say(pages)
    if calibration:
        console.say(ADDED_FOR_HR)
        console.say(f"“校准”一页填好以后收回：{typed('calibrate', 'take', master.name, out.name)}")
    finish_quietly([*problems, *more])


def _kept(
    master: Path, period: Period | Span, results: CombinedResults, url: str | None
) -> list[Problem]:
    """Combined scores go into the ledger from which they come."""
    if not results.origin:
        return []
    from xladdin.app.results.kept_combined import keep_combined  # noqa: PLC0415 - no other needs a database

    new, problems = keep_combined(master, period, results.people, url)
    console.complain(problems)
    if not problems:
        console.say(f"综合得分记入台账：新的 {new} 条。")
    return problems


@seals_files
def feedback(
    master: Known,
    period: Month,
    out: Annotated[Path, typer.Option(help="放反馈单的文件夹", **UNSEEN)],
    ratings: Ratings = None,
    employee: Annotated[list[str] | None, typer.Option("--employee", help="只生成这个工号")] = None,
    department: Annotated[str | None, typer.Option(help="只生成这个部门")] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="别人填过的也重新生成（填写的内容会被替换）")
    ] = False,
    pdf: Pdf = False,
    pdf_whole: PrintWhole = False,
    duplex: Duplex = False,
    ledger: LedgerUrl = None,
    no_ledger: NoLedger = False,
    sealing: Sealing = UNSEALED,
) -> None:
    """生成每个人的反馈单，一人一份：得分、趋势、优势与差距、改进计划、签字。

    有台账的，得分、评级和以前的月份取自台账，与汇总一样。
    """
    refuse_alone(pdf, pdf_whole=pdf_whole, duplex=duplex)
    company, problems = read_master_company(master, ratings)
    known = told_by_ledger(master, company, period, ledger, near=[out], no_ledger=no_ledger)
    problems += [*known.problems, *left_open(company, sealing)]
    with console.Bar("正在生成") as bar:
        outcome = generate_forms(
            known.company,
            period,
            out,
            form=SLIP_SUITE.id,
            ids=employee or (),
            department=department,
            overwrite=overwrite,
            kept=known.kept,
            sealing=sealing,
            progress=bar,
        )
    found = [*problems, *outcome.problems]
    found += slips_kept(master, out, outcome, ledger, no_ledger=no_ledger)
    console.complain(found)
    told = f"；{console.counted(found)}" if found else ""
    console.say(f"{counted(outcome)}，文件夹：{out}{told}")
    if pdf:
        forms = forms_to_print(
            known.company,
            period,
            out,
            suite=SLIP_SUITE,
            ids=employee or (),
            department=department,
            kept=known.kept,
            sealing=sealing,
        )
        found += print_out(
            out, forms, SLIP_SUITE, period, whole=pdf_whole, duplex=duplex, sealing=sealing
        )
    finish_quietly(found)
