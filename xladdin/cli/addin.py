"""Commands about the Excel functions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xladdin import console
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
