"""Commands about the shipped templates."""

from __future__ import annotations

from typing import Annotated

import typer

from xladdin import console
from xladdin.app import catalog

from .command_group import Commands
from .options import Json

app = Commands(help="内置模板：岗位工作分析和考核方案。")


@app.command("list")
def list_(as_json: Json = False) -> None:
    """列出内置模板。"""
    lines = catalog.entries()
    if as_json:
        console.show_json([line.as_json() for line in lines])
        return
    heads = ("编号", "种类", "名称", "说明")
    console.table(heads, [(line.id, line.kind, line.name, line.about) for line in lines])


@app.command("show")
def show(
    template: Annotated[str, typer.Argument(metavar="编号", help="模板编号或名称")],
    as_json: Json = False,
) -> None:
    """显示一个模板的全部内容；标 ※ 的是原表没有、补定的内容。"""
    found = catalog.find(template)
    if found is None:
        ids = "、".join(line.id for line in catalog.entries())
        raise typer.BadParameter(f"没有模板「{template}」，现有：{ids}", param_hint="编号")
    if as_json:
        console.show_json(found.model_dump(mode="json"))
        return
    for line in catalog.described(found):
        console.say(line)
