"""Commands about the Excel functions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xladdin import console
from xladdin.addin import build as excel_add_in
from xladdin.addin.calc import calc_extension
from xladdin.addin.windows import doctor as examining
from xladdin.addin.windows import install as installing
from xladdin.addin.windows import logon_server, setup_folder, shell_links
from xladdin.addin.windows import machine as windows
from xladdin.addin.windows.file_changes import Done
from xladdin.addin.windows.findings import Finding, State
from xladdin.app.function_pack import write_pack
from xladdin.path_checks import may_be_there
from xladdin.problems import Problem, warning

from .command_group import Commands
from .options import UNSEEN, Json, Overwrite, finish, finish_quietly, reply

app = Commands(help="Excel 函数和加载项。")


@app.callback()
def _group() -> None:
    """Excel 函数和加载项。"""


@app.command("lambdas")
def lambdas(
    out: Annotated[
        Path, typer.Option(help="写入这个 xlsx 文件；以前生成的函数包会被替换", **UNSEEN)
    ],
    overwrite: Overwrite = False,
) -> None:
    """生成函数包：不需要 Python 和加载项的 Excel 365 函数，带示例和用法说明。"""
    count = write_pack(out, overwrite=overwrite)
    console.say(f"{count} 个函数写入 {out}。")


@app.command("build")
def build(
    out: Annotated[
        Path, typer.Option(help="写入这个 xlam 文件；以前生成的加载项会被替换", **UNSEEN)
    ],
    overwrite: Overwrite = False,
    interpreter: Annotated[
        str,
        typer.Option(
            metavar="路径",
            help="写进加载项里的 Python：加载项和 Python 都在共享文件夹上时用，不读用户自己的设置",
        ),
    ] = "",
) -> None:
    """生成 Excel 加载项：工作表函数由本机的 Python 计算，只用于 Windows 版 Excel。"""
    count = excel_add_in.write(out, overwrite=overwrite, interpreter=interpreter)
    console.say(f"加载项写入 {out}，带 {count} 个函数。")
    finish(_doubted(interpreter))


@app.command("libreoffice")
def libreoffice(
    out: Annotated[Path, typer.Option(help="写入这个 oxt 文件；以前生成的扩展会被替换", **UNSEEN)],
    overwrite: Overwrite = False,
    interpreter: Annotated[
        str,
        typer.Option(
            metavar="PYTHON", help="写进扩展里的 Python，里面要装有 xladdin；不写就是正在运行的这个"
        ),
    ] = "",
) -> None:
    """生成 LibreOffice 的扩展：Calc 里有同样的工作表函数，由本机的 Python 计算。"""
    count = calc_extension.write(out, overwrite=overwrite, interpreter=interpreter)
    console.say(
        f"扩展写入 {out}，带 {count} 个函数。在 LibreOffice 里用“工具 → 扩展管理器 → 添加”安装，再重新打开。"
    )
    finish(_doubted(interpreter))


@app.command("install")
def install() -> None:
    """把加载项装进本机的 Excel（只用于 Windows）；再运行一次就是更新。"""
    _tell(installing.install(windows.this_machine()))


@app.command("uninstall")
def uninstall() -> None:
    """从本机的 Excel 里去掉加载项；日志和其他设置不动。"""
    _tell(installing.uninstall(windows.this_machine()))


@app.command("server")
def server(
    on: Annotated[
        bool | None,
        typer.Option(
            "--on/--off", help="打开，或者关掉；都不写，就只说现在怎样", show_default=False
        ),
    ] = None,
) -> None:
    """登录 Windows 时先启动 Python：单位不许 Excel 启动别的程序时用，平时不用打开。"""
    machine = windows.this_machine()
    if on is None:
        found = logon_server.examined(machine) or logon_server.NOT_USED
        _show(found)
        finish_quietly([found.as_problem()] if found.is_broken else [])
        return
    _tell(logon_server.turn_on(machine) if on else logon_server.turn_off(machine))


@app.command("repair")
def repair() -> None:
    """修复：核对安装程序装的文件，重新装加载项，补上开始菜单和“发送到”。"""
    _tell(setup_folder.repair(windows.this_machine(), shell_links.put_links))


@app.command("doctor")
def doctor(as_json: Json = False) -> None:
    """检查加载项能不能用：逐项列出正常、提醒、问题和解决办法；有问题时退出码为 1。"""
    found = examining.examine(windows.this_machine())
    problems = [finding.as_problem() for finding in found if finding.state is not State.OK]
    if as_json:
        reply({"findings": [finding.as_json() for finding in found]}, problems)
    for finding in found:
        _show(finding)
    wrong = sum(finding.is_broken for finding in found)
    console.say(f"问题 {wrong} 个，提醒 {len(problems) - wrong} 个。")
    finish_quietly(problems)


def _doubted(interpreter: str) -> list[Problem]:
    """A Python that this machine does not have may be on the one that the file is for."""
    if not interpreter or may_be_there(Path(interpreter)):
        return []
    message = f"这台电脑上没有 {interpreter}，照样写进去了；请核对，要用它的电脑上必须有"
    return [warning("no_interpreter", message)]


def _tell(done: Done) -> None:
    for line in done.told:
        console.say(line)
    finish(done.problems)


def _show(finding: Finding) -> None:
    console.say(f"{finding.state.label}  {finding.message}")
    if finding.advice:
        console.say(f"      {finding.advice}。")
