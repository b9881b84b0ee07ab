"""Commands about schemes: drafting one out of a job analysis, or out of a company's own form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xladdin import console
from xladdin.app import renaming
from xladdin.app.drafts import copying_scheme, drafting, drafting_forms
from xladdin.app.renaming import What
from xladdin.intake.handed_in import HandedIn
from xladdin.problems import Problem
from xladdin.standards.scheme_draft import Draft, draft_scheme

from .command_group import Commands
from .options import UNSEEN, Json, finish, reply
from .password_options import opens_files

app = Commands(help="考核方案：复制，由岗位工作分析起草，或由公司自己的考核表起草。")

Out = Annotated[Path | None, typer.Option(help="写入这个 yaml 文件，总表不动", **UNSEEN)]
Replacing = Annotated[bool, typer.Option("--overwrite", help="替换已有的文件")]


@app.callback()
def _group() -> None:
    """考核方案：复制，由岗位工作分析起草，或由公司自己的考核表起草。"""


@app.command("from-position")
def from_position(
    source: Annotated[
        str,
        typer.Argument(metavar="来源", help="总表，岗位的 yaml 文件、文件夹，或内置岗位的编号"),
    ],
    position: Annotated[
        str | None, typer.Option(help="岗位的名称或编号；只有一个岗位时可以不写")
    ] = None,
    out: Out = None,
    overwrite: Replacing = False,
    as_json: Json = False,
) -> None:
    """由岗位的职责和标准起草考核方案：权重取自占用时间，逐条说明来历，数据来源待填。

    给的是总表就写进总表（写入前留备份）；其他的显示在屏幕上，或用 --out 写成文件。
    """
    given = drafting.opened(source)
    positions, problems = drafting.read_positions(given)
    if not positions:
        if as_json:
            reply({"scheme": None}, problems)
        finish(problems)
        raise typer.BadParameter("这里没有岗位的工作分析", param_hint="来源")
    try:
        draft = draft_scheme(drafting.choose(positions, position))
        saved = drafting.save_draft(draft, out, source=source, overwrite=overwrite) if out else []
    except drafting.PositionUnclearError as unclear:
        raise typer.BadParameter(str(unclear), param_hint="--position") from unclear
    except drafting.OutExistsError as exists:
        raise typer.BadParameter(str(exists), param_hint="--out") from exists
    found = [*problems, *draft.problems, *saved]
    if out is None and not isinstance(given, str):
        _into_master(draft, given, found, as_json=as_json)
        return
    if as_json:
        reply(draft.as_json(), found)
    if out is None:
        typer.echo(draft.yaml.encode(), nl=False)  # a file may become of it, whatever the terminal
    elif not saved:
        console.say(f"草案有 {len(draft.lines)} 个指标，写入 {out}。")
    finish(found)


def _into_master(draft: Draft, master: HandedIn, found: list[Problem], *, as_json: bool) -> None:
    added = drafting.add_draft(draft, master)
    found = [*found, *added.problems]
    if as_json:
        reply({**draft.as_json(), "written": added.written}, found)
    for line in added.told:
        console.say(line)
    finish(found)


@app.command("from-form")
def from_form(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="[总表.xlsx] 考核表...",
            help="先写总表，后面是考核表（xlsx、xls 或 csv），可以几份；不写总表就只显示草案",
            **UNSEEN,
        ),
    ],
    out: Out = None,
    overwrite: Replacing = False,
    as_json: Json = False,
) -> None:
    """由公司自己的考核表起草考核方案，写进总表；表里填有实际值和得分时，逐项重算对照。

    一份文件可以有多张表（每人一张），也可以再给出更多已填的表。没有读懂的评分标准按主观评分起草，
    并逐条说明。
    """
    master, forms = drafting_forms.parted(files)
    if not forms:
        raise typer.BadParameter("只有总表，请在后面写上考核表的文件", param_hint="考核表")
    if out is not None:
        found = drafting_forms.draft_forms(forms)
        try:
            found.problems += drafting_forms.save_drafts(found, out, forms, overwrite=overwrite)
        except drafting.OutExistsError as exists:
            raise typer.BadParameter(str(exists), param_hint="--out") from exists
    elif master is not None:
        with console.Bar("正在起草") as bar:
            found = drafting_forms.forms_into_master(master, forms, progress=bar)
    else:
        found = drafting_forms.draft_forms(forms)
    if as_json:
        reply(found.as_json(), found.problems)
    for line in found.told:
        console.say(line)
    if master is None and out is None and found.drafted:
        console.say(drafting_forms.NO_MASTER)
    finish(found.problems)


@app.command("copy")
@opens_files
def copy(
    master: Annotated[Path, typer.Argument(metavar="总表.xlsx", help="总表", **UNSEEN)],
    scheme: Annotated[str, typer.Option("--scheme", help="照哪个方案：名称或编号")],
    name: Annotated[str, typer.Option("--as", help="新方案的名称")],
    as_json: Json = False,
) -> None:
    """照一个月度或销售考核方案再建一个：指标、档位、等级一起复制，写进总表（写入前留备份）。"""
    added = copying_scheme.copy_scheme(master, scheme, name)
    if as_json:
        ids = [one.id for one in added.schemes]
        reply({"written": added.written, "schemes": ids}, added.problems)
    for line in added.told:
        console.say(line)
    finish(added.problems)


@opens_files
def rename(
    master: Annotated[Path, typer.Argument(metavar="总表.xlsx", help="总表", **UNSEEN)],
    old: Annotated[str, typer.Argument(metavar="旧名称", help="现在的名称")],
    new: Annotated[str, typer.Argument(metavar="新名称", help="改成什么")],
    what: Annotated[What, typer.Option("--what", help="改什么的名称")],
    as_json: Json = False,
) -> None:
    """岗位、方案或部门改名：总表里写到它的每一格一次改好（写入前留备份），并说出改了哪些格。"""
    done = renaming.rename(master, what, old, new)
    if as_json:
        changes = [f"{one.sheet}!{one.address}" for one in done.changes]
        reply({"written": done.written, "changes": changes}, done.problems)
    for line in done.told:
        console.say(line)
    finish(done.problems)
