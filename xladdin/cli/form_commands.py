"""Commands that write workbooks: demo, init, generate."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from xladdin import console
from xladdin.app import init as initialising
from xladdin.app.demonstration import demo as demonstration
from xladdin.app.generating.generate import Outcome
from xladdin.app.generating.generate import generate as generate_forms
from xladdin.app.printing.print_forms import forms_to_print
from xladdin.app.reading_company import read_company, read_master_company
from xladdin.books.forms import MONTHLY_SUITE, SLIP, SUITES, TELLING
from xladdin.company.company import Company
from xladdin.company.kept_results import Informed, KeptResults
from xladdin.domain.people import Period
from xladdin.ooxml.sealing import UNSEALED, Sealing
from xladdin.problems import Problem
from xladdin.schemes.company_kinds import STANDARD, kind_called, offered, picked_kind

from .options import (
    UNSEEN,
    Actuals,
    LedgerUrl,
    Master,
    Month,
    NoLedger,
    Raters,
    Ratings,
    Roster,
    Schemes,
    finish,
    finish_quietly,
)
from .password_options import seals_files
from .printing_options import Duplex, Pdf, PrintWhole, print_out, refuse_alone

KIND_HELP = "公司的种类：电商客服、培训、物业、呼叫中心、空白；不写带上各种岗位和方案"
FORM_HELP = f"表的种类：{'，'.join(f'{suite.id} {suite.label}' for suite in SUITES.values())}"


def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="文件夹", help="放结果的文件夹", **UNSEEN)
    ] = Path("xladdin-demo"),
) -> None:
    """用示例公司走一遍全流程：读名册和数据，生成各种表，收回一个月的考核表，汇总，写反馈单和月度分析报告。"""
    with contextlib.ExitStack() as bars:
        result = demonstration.demo(folder, lambda title: bars.enter_context(console.Bar(title)))
    company = result.company
    console.say(f"示例公司：{len(company.employees)} 人，{len(company.figures)} 条数据。")
    for title, outcome in result.outcomes.items():
        console.say(f"{title}：{counted(outcome)}")
    console.say(f"结果在文件夹 {folder} 中：打开“考核表”里任何一份看看，名册和数据在“资料”里。")
    if result.month is not None:
        console.say(f"“{result.month.folder.name}”里是一个部门的一个月：")
        for line in result.month.lines:
            console.say(f"  {line}")
    if result.report is not None:
        console.say(
            f"“{result.report.path.parent.name}”里是两年的服务数据，和最后一个月的分析报告："
            f"{result.report.requests} 条服务请求；点报告里的数，看它是从哪些行来的。"
        )
    finish(result.problems)


def init(
    master: Annotated[Path, typer.Argument(metavar="总表.xlsx", help="总表的文件名", **UNSEEN)],
    example: Annotated[bool, typer.Option("--example", help="带上示例公司的名册和数据")] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="替换已有的文件（原来的内容会丢失）")
    ] = False,
    kind: Annotated[str | None, typer.Option(metavar="种类", help=KIND_HELP)] = None,
) -> None:
    """写一个总表：名册、岗位、考核方案和每月数据都在里面，用 Excel 或 WPS 填写。"""
    if kind is not None and example:
        raise typer.BadParameter("示例公司是电商客服，不能再选种类", param_hint="--kind")
    chosen = STANDARD if example else _kind(kind)
    content = initialising.init(master, example=example, overwrite=overwrite, kind=chosen)
    library = content.library
    schemes = len(library.schemes) + len(library.competencies)
    console.say(
        f"写好了 {master}：{len(content.employees)} 人，岗位 {len(library.positions)} 个，"
        f"考核方案 {schemes} 个。打开它，从“使用说明”开始。"
    )


def _kind(named: str | None) -> str:
    """Which kind of company: as it is named, else asked for where somebody sits at a terminal."""
    if named is not None:
        if kind_called(named) is None:
            names = "、".join(kind.name for kind in offered())
            raise typer.BadParameter(f"公司的种类只有：{names}", param_hint="--kind")
        return named
    if sys.stdin is None or not sys.stdin.isatty():
        return STANDARD
    console.say("公司是哪一种？")
    for number, kind in enumerate(offered(), start=1):
        console.say(f"  {number}　{kind.name}：{kind.about}")
    console.say("  直接回车　通用：各种岗位和方案都带上一些")
    while True:
        chosen = picked_kind(typer.prompt("编号或名称", default="", show_default=False))
        if chosen is not None:
            return chosen.id
        console.say("没有这一种，请写前面的编号或名称。")


@seals_files
def generate(
    period: Month,
    out: Annotated[Path, typer.Option(help="放考核表的文件夹", **UNSEEN)],
    master: Master = None,
    roster: Roster = None,
    actuals: Actuals = None,
    scheme: Schemes = None,
    raters: Raters = None,
    ratings: Ratings = None,
    form: Annotated[str, typer.Option(help=FORM_HELP)] = MONTHLY_SUITE.id,
    employee: Annotated[list[str] | None, typer.Option("--employee", help="只生成这个工号")] = None,
    department: Annotated[str | None, typer.Option(help="只生成这个部门")] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="别人改动过的表也重新生成（原来的内容会被替换）")
    ] = False,
    move: Annotated[
        bool, typer.Option("--move", help="调岗或部门改名前生成的表，移到现在的文件夹")
    ] = False,
    pdf: Pdf = False,
    pdf_whole: PrintWhole = False,
    duplex: Duplex = False,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, max=64, help="几个进程一起写；不写时表多才用上全部处理器"),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="接着上次中断的做：那次写好的不再逐份读一遍")
    ] = False,
    ledger: LedgerUrl = None,
    no_ledger: NoLedger = False,
    sealing: Sealing = UNSEALED,
) -> None:
    """生成每个员工的考核表；再次运行只补缺和更新，不会弄丢别人填过的表。

    能力考核和反馈单里的结果，取自台账里收回的评分表和考核表。
    """
    if form not in SUITES:
        raise typer.BadParameter(f"表的种类只有：{'、'.join(SUITES)}", param_hint="--form")
    telling = SUITES[form] in TELLING
    if ledger and (master is None or not telling):
        which = "、".join(suite.id for suite in TELLING)
        raise typer.BadParameter(f"只和总表一起，用于 --form {which}", param_hint="--ledger")
    refuse_alone(pdf, pdf_whole=pdf_whole, duplex=duplex)
    company, problems = _company(master, roster, actuals, scheme or (), raters, ratings)
    kept: KeptResults | None = None
    if master is not None and telling:
        known = told_by_ledger(master, company, period, ledger, near=[out], no_ledger=no_ledger)
        company, kept, problems = known.company, known.kept, [*problems, *known.problems]
    with _told_how_to_go_on(), console.Bar("正在生成") as bar:
        outcome = generate_forms(
            company,
            period,
            out,
            form=form,
            ids=employee or (),
            department=department,
            overwrite=overwrite,
            move=move,
            kept=kept,
            sealing=sealing,
            progress=bar,
            jobs=jobs,
            resume=resume,
        )
    found = [*problems, *outcome.problems]
    if master is not None:
        found += slips_kept(master, out, outcome, ledger, no_ledger=no_ledger)
    console.complain(found)
    told = f"；{console.counted(found)}" if found else ""
    console.say(f"{counted(outcome)}，文件夹：{out}{told}")
    if pdf:
        suite = SUITES[form]
        forms = forms_to_print(
            company,
            period,
            out,
            suite=suite,
            ids=employee or (),
            department=department,
            kept=kept,
            sealing=sealing,
        )
        found += print_out(
            out, forms, suite, period, whole=pdf_whole, duplex=duplex, sealing=sealing
        )
    finish_quietly(found)


@contextlib.contextmanager
def _told_how_to_go_on() -> Iterator[None]:
    """After Ctrl-C: what is the quickest way to the rest."""
    try:
        yield
    except KeyboardInterrupt:
        console.note("接着做：用同样的命令，加上 --resume。")
        raise


def _company(
    master: Path | None,
    roster: Path | None,
    actuals: Path | None,
    schemes: Sequence[str],
    raters: Path | None,
    ratings: Path | None,
) -> tuple[Company, list[Problem]]:
    """The company of a master workbook, or of a roster and the files beside it."""
    if master is not None and (roster or actuals or schemes or raters):
        raise typer.BadParameter(
            "总表里已有名册、数据、方案和评价人，不能再用 --roster、--actuals、--scheme、--raters"
        )
    if master is not None:
        return read_master_company(master, ratings)
    if roster is None:
        raise typer.BadParameter("请给出总表，或用 --roster 给出员工名册")
    return read_company(roster, actuals, schemes, raters, ratings)


def told_by_ledger(
    master: Path,
    company: Company,
    period: Period,
    url: str | None,
    *,
    near: Sequence[Path] = (),
    no_ledger: bool = False,
    quiet: bool = False,
) -> Informed:
    """The company with what its ledger keeps; said aloud, so that nobody wonders where it is from."""
    from xladdin.app.results.ledger_results import informed  # noqa: PLC0415 - no other needs a database

    if no_ledger and url:
        raise typer.BadParameter("不能和 --ledger 一起写", param_hint="--no-ledger")
    if no_ledger:
        return Informed(company)
    known = informed(master, company, period, url, near)
    if known.kept is not None and known.kept.collects and not quiet:
        forms = sum(1 for _ in known.kept.current)
        rated = f"、评分表和问卷 {known.ratings} 份" if known.ratings else ""
        console.say(f"台账 {known.kept.name}：{period.label}考核表 {forms} 份{rated}。")
    return known


def slips_kept(
    master: Path, out: Path, outcome: Outcome, url: str | None, *, no_ledger: bool
) -> list[Problem]:
    """Have the ledger know which 反馈单 went out; what is to be told of that."""
    if not any(form.kind is SLIP for form in outcome.forms.values()):
        return []
    from xladdin.app.results.issued_slips import keep_issued, left_unkept  # noqa: PLC0415 - as above

    return left_unkept(outcome) if no_ledger else keep_issued(master, out, outcome, url=url)


def counted(outcome: Outcome) -> str:
    """What became of the forms, in a sentence."""
    parts = [f"新生成 {len(outcome.written)} 份"]
    if outcome.updated:
        parts.append(f"更新 {len(outcome.updated)} 份")
    if outcome.unchanged:
        parts.append(f"没有变化 {len(outcome.unchanged)} 份")
    if outcome.kept:
        parts.append(f"已有人改动而保留 {len(outcome.kept)} 份")
    if outcome.elsewhere:
        parts.append(f"别处已有 {len(outcome.elsewhere)} 份（要移过来请加 --move）")
    if outcome.left_out:
        parts.append(f"没有做 {outcome.left_out} 份")
    return "，".join(parts)
