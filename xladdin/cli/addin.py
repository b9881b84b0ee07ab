"""Commands about the Excel functions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xladdin import console
from xladdin.addin import build as excel_add_in
from xladdin.app.lambdas import write_pack

app = typer.Typer(help="Excel 函数和加载项。", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Excel 函数和加载项。"""


@app.command("lambdas")
def lambdas(
    out: Annotated[Path, typer.Option(help="写入这个 xlsx 文件；已有的会被替换")],
) -> None:
    """生成函数包：不需要 Python 和加载项的 Excel 365 函数，带示例和用法说明。"""
    count = write_pack(out)
    console.say(f"{count} 个函数写入 {out}。")


@app.command("build")
def build(
    out: Annotated[Path, typer.Option(help="写入这个 xlam 文件；已有的会被替换")],
) -> None:
    """生成 Excel 加载项：工作表函数由本机的 Python 计算，只用于 Windows 版 Excel。"""
    count = excel_add_in.write(out)
    console.say(f"加载项写入 {out}，带 {count} 个函数。")
