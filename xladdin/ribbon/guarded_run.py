"""Runs a command so that the user always gets one plain message, and never a traceback."""

from __future__ import annotations

from collections.abc import Callable

from xladdin import unforeseen
from xladdin.app.generating.generate import Stopped
from xladdin.garbage import seldom_looked_for
from xladdin.problems import ProblemsFound
from xladdin.safe_xlwings import xw

from . import windows_excel
from .commands import COMMANDS
from .desk import Desk
from .message_box import listed

TRY_AGAIN = "如果正在编辑单元格，请按回车结束编辑后再试一次。"
STOPPED = "按 Esc 停下了；停下之前做好的都在。"


def run(
    command: str,
    connect: Callable[[], xw.App],
    stop: Callable[[xw.App], bool] = windows_excel.escape_pressed,
) -> None:
    """Run a command on the Excel that ``connect`` gives; ``stop`` says whether Esc was pressed."""
    unforeseen.note(f"ribbon {command}")
    try:
        desk = Desk(connect(), stop)
        # A key that was pressed before the command stops nothing.
        stop(desk.app)
        with seldom_looked_for():
            _run(command, desk)
    except Exception as error:
        # No Excel, or none that could show a message: there is nobody to tell.
        unforeseen.record(f"ribbon {command}: could not be told", error)


def _run(command: str, desk: Desk) -> None:
    try:
        COMMANDS[command](desk)
    except Stopped:
        desk.tell(STOPPED)
    except ProblemsFound as found:
        # Their codes alone: the messages name people, and the log is sent to others.
        codes = ", ".join(problem.code for problem in found.problems)
        unforeseen.note(f"ribbon {command}: {codes}")
        desk.tell(listed(found.problems), bad=True)
    except Exception as error:
        logged = unforeseen.record(f"ribbon {command}", error)
        problem = unforeseen.foreseen(error)
        sentence = f"{unforeseen.sentence(error, logged=logged)}\n{TRY_AGAIN}"
        desk.tell(str(problem) if problem else sentence, bad=True)
    finally:
        desk.app.status_bar = False
