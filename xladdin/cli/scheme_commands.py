"""Commands about schemes: drafting one out of a job analysis."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xladdin import console
from xladdin.app import drafting
from xladdin.standards.scheme_draft import draft_scheme

from .command_group import Commands
from .options import UNSEEN, Json, finish, reply

app = Commands(help="考核方案：由岗位工作分析起草。")


@app.callback()
def _group() -> None:
    """考核方案：由岗位工作分析起草。"""


@app.command("from-position")
def from_position(
    source: Annotated[
        str,
        typer.Argument(metavar="来源", help="总表，岗位的 yaml 文件、文件夹，或内置岗位的编号"),
    ],
    position: Annotated[
        str | None, typer.Option(help="岗位的名称或编号；只有一个岗位时可以不写")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="写入这个文件；不写则显示在屏幕上", **UNSEEN)
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="替换已有的文件")] = False,
    as_json: Json = False,
) -> None:
    """由岗位的职责和标准起草考核方案：权重取自占用时间，逐条说明来历，数据来源待填。"""
    positions, problems = drafting.read_positions(source)
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
    if as_json:
        reply(draft.as_json(), found)
    if out is None:
        typer.echo(draft.yaml.encode(), nl=False)  # a file may become of it, whatever the terminal
    elif not saved:
        console.say(f"草案有 {len(draft.lines)} 个指标，写入 {out}。")
    finish(found)
