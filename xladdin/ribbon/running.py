"""Runs a command so that the user always gets one plain message, and never a traceback."""

from __future__ import annotations

from collections.abc import Callable

from xladdin.app.generate import Stopped
from xladdin.problems import ProblemsFound
from xladdin.safe_xlwings import xw

from . import excel
from .commands import COMMANDS
from .desk import Desk
from .log import log, log_file, logging_on
from .wording import listed

WENT_WRONG = (
    "出了意外，这一步没有做完。已经生成的表都是完整的。\n"
    "如果正在编辑单元格，请按回车结束编辑后再试一次；还是不行，请把下面这个文件发给技术支持：\n{log}"
)
STOPPED = "按 Esc 停下了；停下之前做好的都在。"


def run(
    command: str,
    connect: Callable[[], xw.App],
    stop: Callable[[xw.App], bool] = excel.escape_pressed,
) -> None:
    """Run a command on the Excel that ``connect`` gives; ``stop`` says whether Esc was pressed."""
    with logging_on():
        log.info("%s", command)
        try:
            desk = Desk(connect(), stop)
            # A key that was pressed before the command stops nothing.
            stop(desk.app)
            _run(command, desk)
        except Exception:
            # No Excel, or none that could show a message: there is nobody to tell.
            log.exception("%s: could not be told", command)


def _run(command: str, desk: Desk) -> None:
    try:
        COMMANDS[command](desk)
    except Stopped:
        desk.tell(STOPPED)
    except ProblemsFound as found:
        log.info("%s: %s", command, found)
        desk.tell(listed(found.problems), bad=True)
    except Exception:
        log.exception("%s", command)
        desk.tell(WENT_WRONG.format(log=log_file()), bad=True)
    finally:
        desk.app.status_bar = False
