"""The command that opens the manual."""

from __future__ import annotations

from typing import Annotated

import typer

from xladdin import console
from xladdin.app import handbook
from xladdin.problems import Problem, ProblemsFound

MOST_TOPICS = 12


def manual(
    topic: Annotated[
        str, typer.Argument(metavar="主题", help="跳到讲它的那一节，如 收回来、反馈单、隐私")
    ] = "",
    no_open: Annotated[
        bool, typer.Option("--no-open", help="只说手册在哪里，不打开浏览器")
    ] = False,
) -> None:
    """打开使用手册：怎样安装、一个月七步、每张表、每个按钮、每个函数，提示看不懂时怎么办。"""
    anchor = _anchor(topic) if topic.strip() else ""
    console.say(f"使用手册：{handbook.PAGE}")
    if not no_open and not handbook.shown(anchor):
        console.say("没有打开浏览器；请在文件夹里双击这个文件。")


def _anchor(topic: str) -> str:
    found = handbook.about(topic)
    if not found:
        chapters = [each.title for each in handbook.headings() if each.level <= 2]
        told = "、".join(chapters[:MOST_TOPICS])
        message = f"手册里没有讲「{topic}」的一节；各章是：{told}"
        raise ProblemsFound([Problem("no_topic", message)])
    console.say(f"讲「{topic}」的一节：{found[0].title}")
    return found[0].anchor
