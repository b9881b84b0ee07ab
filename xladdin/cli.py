"""The command line: parse, call a use case, show what came of it.  No logic of its own.

Exit codes: 0 done, 1 problems in the input, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer
from pydantic_core import PydanticCustomError

from . import __version__, console
from .addin.lambdas import write_pack
from .app import catalog, checking_master, drafting, importing
from .app import check as checking
from .app import demo as demonstration
from .app import init as initialising
from .app import score as scoring
from .app.company import read_company
from .app.generate import PLANNERS, Outcome
from .app.generate import generate as generate_forms
from .domain.people import Period
from .domain.quantities import plain
from .problems import Problem, ProblemsFound, errors
from .scoring import keys

app = typer.Typer(
    help="客服绩效考核：由员工名册和考核方案生成每个人的 Excel 考核表，并计算得分。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
templates = typer.Typer(help="内置模板：岗位工作分析和考核方案。", no_args_is_help=True)
app.add_typer(templates, name="templates")
scheme_commands = typer.Typer(help="考核方案：由岗位工作分析起草。", no_args_is_help=True)
app.add_typer(scheme_commands, name="scheme")
addin = typer.Typer(help="Excel 函数和加载项。", no_args_is_help=True)
app.add_typer(addin, name="addin")

INTERRUPTED = 130
Roster = Annotated[Path | None, typer.Option(help="员工名册（csv、xlsx 或 xls）")]
Actuals = Annotated[Path | None, typer.Option(help="目标与实际数据（csv、xlsx 或 xls）")]
Schemes = Annotated[
    list[str] | None,
    typer.Option(
        "--scheme", help="考核方案：内置方案编号、yaml 文件或文件夹，可重复；不写用内置方案"
    ),
]
Raters = Annotated[Path | None, typer.Option(help="评价人名单：谁评谁（csv、xlsx 或 xls）")]
Ratings = Annotated[Path | None, typer.Option(help="已收到的评级（csv、xlsx 或 xls）")]
Annotate = Annotated[
    Path | None, typer.Option(help="另存一份副本，有问题的格子上色并加批注，最后一张表列出全部问题")
]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")]


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except PydanticCustomError as error:
        raise typer.BadParameter(error.message()) from error


def _finish(problems: Iterable[Problem]) -> None:
    """Show every problem; exit code 1 when one of them is an error."""
    found = list(problems)
    console.complain(found)
    if errors(found):
        raise typer.Exit(1)


def _version(wanted: bool) -> None:
    if wanted:
        console.say(f"xladdin {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")
    ] = False,
) -> None:
    """客服绩效考核。"""


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="放结果的文件夹")] = Path("xladdin-demo"),
) -> None:
    """用示例公司走一遍全流程：读名册和数据，生成工作分析表和每人每月的考核表。"""
    with contextlib.ExitStack() as bars:
        result = demonstration.demo(folder, lambda title: bars.enter_context(console.Bar(title)))
    company = result.company
    console.say(f"示例公司：{len(company.employees)} 人，{len(company.actuals)} 条数据。")
    for title, outcome in result.outcomes.items():
        console.say(f"{title}：{_count(outcome)}")
    console.say(f"结果在文件夹 {folder} 中：打开“考核表”里任何一份看看，名册和数据在“资料”里。")
    _finish(result.problems)


@app.command()
def init(
    master: Annotated[Path, typer.Argument(metavar="MASTER.xlsx", help="主工作簿的文件名")],
    example: Annotated[bool, typer.Option("--example", help="带上示例公司的名册和数据")] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="替换已有的文件（原来的内容会丢失）")
    ] = False,
) -> None:
    """写一个主工作簿：名册、岗位、考核方案和每月数据都在里面，用 Excel 或 WPS 填写。"""
    content = initialising.init(master, example=example, overwrite=overwrite)
    library = content.library
    schemes = len(library.schemes) + len(library.competencies)
    console.say(
        f"写好了 {master}：{len(content.employees)} 人，岗位 {len(library.positions)} 个，"
        f"考核方案 {schemes} 个。打开它，从“使用说明”开始。"
    )


@app.command()
def generate(
    period: Annotated[Period, typer.Option(parser=_period, help="考核月份，如 2026-11")],
    out: Annotated[Path, typer.Option(help="放考核表的文件夹")],
    roster: Roster = None,
    actuals: Actuals = None,
    scheme: Schemes = None,
    raters: Raters = None,
    ratings: Ratings = None,
    form: Annotated[
        str,
        typer.Option(
            help="表的种类：monthly 月度考核，competency 能力评分，sales 销售考核，"
            "job 工作分析，summary 个人总结"
        ),
    ] = "monthly",
    employee: Annotated[
        list[str] | None, typer.Option("--employee", help="只生成这些工号，可重复")
    ] = None,
    department: Annotated[str | None, typer.Option(help="只生成这个部门")] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="别人改动过的表也重新生成（原来的内容会被替换）")
    ] = False,
) -> None:
    """生成每个员工的考核表；再次运行只补缺和更新，不会弄丢别人填过的表。"""
    if form not in PLANNERS:
        raise typer.BadParameter(f"表的种类只有：{'、'.join(PLANNERS)}", param_hint="--form")
    if roster is None:
        raise typer.BadParameter("请用 --roster 给出员工名册", param_hint="--roster")
    company, problems = read_company(roster, actuals, scheme or (), raters, ratings)
    with console.Bar("正在生成") as bar:
        outcome = generate_forms(
            company,
            period,
            out,
            form=form,
            ids=employee or (),
            department=department,
            overwrite=overwrite,
            progress=bar,
        )
    console.complain([*problems, *outcome.problems])
    console.say(f"{_count(outcome)}，文件夹：{out}")
    if errors([*problems, *outcome.problems]):
        raise typer.Exit(1)


def _count(outcome: Outcome) -> str:
    parts = [f"新生成 {len(outcome.written)} 份"]
    if outcome.unchanged:
        parts.append(f"没有变化 {len(outcome.unchanged)} 份")
    if outcome.kept:
        parts.append(f"已有人改动而保留 {len(outcome.kept)} 份")
    if outcome.problems:
        parts.append(f"问题 {len(outcome.problems)} 个")
    return "，".join(parts)


@app.command()
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="总表（xlsx）、方案或岗位的 yaml 文件，或放这些文件的文件夹"),
    ] = None,
    roster: Roster = None,
    actuals: Actuals = None,
    scheme: Schemes = None,
    annotate: Annotate = None,
    as_json: Json = False,
) -> None:
    """检查总表、名册、数据和方案，列出全部问题；有错误时退出码为 1。"""
    if not paths and roster is None:
        raise typer.BadParameter("请给出要检查的文件，或用 --roster 给出员工名册")
    found = checking_master.check_paths(paths or ())
    if annotate is not None:
        if paths is None or len(paths) != 1 or not checking_master.is_master(paths[0]):
            raise typer.BadParameter("只用于检查一个总表（xlsx）", param_hint="--annotate")
        found.append(checking_master.annotated(paths[0], found[0].problems, annotate))
    if roster is not None:
        found.append(checking.check_company(roster, actuals, scheme or ()))
    problems = [problem for checked in found for problem in checked.problems]
    if as_json:
        console.show_json({"problems": console.problems_json(problems)})
        raise typer.Exit(1 if errors(problems) else 0)
    for checked in found:
        for line in checked.seen:
            console.say(line)
    wrong = len(errors(problems))
    console.say(f"错误 {wrong} 个，提醒 {len(problems) - wrong} 个。")
    _finish(problems)


@app.command("import")
def import_(
    master: Annotated[Path, typer.Argument(metavar="MASTER.xlsx", help="总表")],
    exports: Annotated[
        list[Path], typer.Argument(metavar="EXPORT...", help="系统导出的表（csv、xlsx 或 xls）")
    ],
    period: Annotated[Period, typer.Option(parser=_period, help="考核月份，如 2026-11")],
    as_json: Json = False,
) -> None:
    """把系统导出的数据写入总表的“月度目标与实际”；写入前在旁边留一份备份。"""
    with console.Bar("正在导入") as bar:
        today = dt.date.today()
        done = importing.import_exports(master, exports, period, today=today, progress=bar)
    if as_json:
        found = console.problems_json(done.problems)
        console.show_json({**done.as_json(), "problems": found})
        raise typer.Exit(1 if errors(done.problems) else 0)
    for line in done.told:
        console.say(line)
    _finish(done.problems)


@app.command()
def score(
    schemes: Annotated[list[str], typer.Argument(help="考核方案：内置编号、yaml 文件或文件夹")],
    actuals: Annotated[Path, typer.Option(help="目标与实际数据（csv、xlsx 或 xls）")],
    roster: Roster = None,
    as_json: Json = False,
) -> None:
    """不生成表，直接计算得分、等级和系数。"""
    scored, problems = scoring.score_file(schemes, actuals, roster)
    if as_json:
        data = [line.as_json() for line in scored]
        console.show_json({"scores": data, "problems": console.problems_json(problems)})
        raise typer.Exit(1 if errors(problems) else 0)
    heads = ("月份", "工号", "姓名", "方案", "最终得分", "等级", "奖金系数")
    console.table(heads, [_score_row(line) for line in scored])
    _finish(problems)


def _score_row(line: scoring.Scored) -> tuple[str, ...]:
    coefficient = line.values[keys.COEFFICIENT]
    return (
        line.period,
        line.employee.id,
        line.employee.name,
        line.scheme.name,
        f"{line.total:.2f}" if isinstance(line.total, Decimal) else str(line.total),
        str(line.values[keys.GRADE] or ""),
        plain(coefficient) if isinstance(coefficient, Decimal) else "",
    )


@templates.command("list")
def templates_list(as_json: Json = False) -> None:
    """列出内置模板。"""
    lines = catalog.entries()
    if as_json:
        console.show_json([line.as_json() for line in lines])
        return
    heads = ("编号", "种类", "名称", "说明")
    console.table(heads, [(line.id, line.kind, line.name, line.about) for line in lines])


@templates.command("show")
def templates_show(
    template: Annotated[str, typer.Argument(metavar="ID", help="模板编号或名称")],
    as_json: Json = False,
) -> None:
    """显示一个模板的全部内容；标 ※ 的是原表没有、补定的内容。"""
    found = catalog.find(template)
    if found is None:
        ids = "、".join(line.id for line in catalog.entries())
        raise typer.BadParameter(f"没有模板「{template}」，现有：{ids}", param_hint="ID")
    if as_json:
        console.show_json(found.model_dump(mode="json"))
        return
    for line in catalog.described(found):
        console.say(line)


@scheme_commands.command("from-position")
def scheme_from_position(
    source: Annotated[str, typer.Argument(help="岗位的 yaml 文件、文件夹，或内置岗位的编号")],
    position: Annotated[
        str | None, typer.Option(help="岗位的名称或编号；只有一个岗位时可以不写")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="写入这个文件；不写则显示在屏幕上")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="替换已有的文件")] = False,
    as_json: Json = False,
) -> None:
    """由岗位的职责和标准起草考核方案：权重取自占用时间，逐条说明来历，数据来源待填。"""
    positions, problems = drafting.read_positions(source)
    if not positions:
        if as_json:
            console.show_json({"scheme": None, "problems": console.problems_json(problems)})
            raise typer.Exit(1)
        _finish(problems)
        raise typer.BadParameter("这里没有岗位的工作分析", param_hint="SOURCE")
    try:
        draft = drafting.draft_scheme(drafting.choose(positions, position))
        saved = drafting.save_draft(draft, out, overwrite=overwrite) if out else []
    except drafting.PositionUnclearError as unclear:
        raise typer.BadParameter(str(unclear), param_hint="--position") from unclear
    except drafting.OutExistsError as exists:
        raise typer.BadParameter(str(exists), param_hint="--out") from exists
    found = [*problems, *draft.problems, *saved]
    if as_json:
        console.show_json({**draft.as_json(), "problems": console.problems_json(found)})
        raise typer.Exit(1 if errors(found) else 0)
    if out is None:
        typer.echo(draft.yaml.encode(), nl=False)  # a file may become of it, whatever the terminal
    elif not saved:
        console.say(f"草案有 {len(draft.lines)} 个指标，写入 {out}。")
    _finish(found)


@addin.command("lambdas")
def addin_lambdas(
    out: Annotated[Path, typer.Option(help="写入这个 xlsx 文件；已有的会被替换")],
) -> None:
    """生成函数包：不需要 Python 和加载项的 Excel 365 函数，带示例和用法说明。"""
    count = write_pack(out)
    console.say(f"{count} 个函数写入 {out}。")


def main() -> None:
    """Entry point: an interruption is no traceback, and what was written is whole."""
    console.speak_chinese()
    try:
        app()
    except ProblemsFound as found:
        console.complain(found.problems)
        raise SystemExit(1) from None
    except SystemExit as done:
        # Typer turns Ctrl-C into this exit code without a word.
        if done.code == INTERRUPTED:
            console.err.print("已中断。已经生成的表都是完整的；再运行一次会接着生成其余的。")
        raise


if __name__ == "__main__":
    main()
