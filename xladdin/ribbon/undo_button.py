"""撤销上一步: the newest step of the workbook in front is named, asked about and taken back."""

from __future__ import annotations

import datetime as dt

from xladdin.files import FileChangedError, FileLockedError, reason
from xladdin.locks import BusyError
from xladdin.safe_xlwings import xw

from . import undo_steps
from .desk import Desk, refused
from .taking_back import Since, planned, put_back, since, take_back, whole_file
from .undo_steps import DAYS, Kept, Step

NOTHING = (
    "「{name}」里没有可以撤销的步骤。能撤的是绩效助手的按钮对这个工作簿做的改动，"
    f"保留 {DAYS} 天；工作簿改了名、换了文件夹或另存过的，撤不了以前的。"
)
WHOLE = (
    "撤销这一步？\n\n{step}\n\n以后没有别的改动：整个文件恢复成那时保存的样子，并重新打开。{remark}"
)
PARTS = "撤销这一步？\n\n{step}\n\n只撤这一步改的地方，别的不动；撤销以后还没有保存。{remark}"
CHANGED = (
    "撤销这一步？\n\n{step}\n\n其中 {count} 处后来又改过：{places}。\n\n"
    "是：这些也改回去，后来改的会丢失；\n否：这些留着，只撤其余的；\n取消：什么也不做。\n"
    "插入或删除过行的，格子已经错开，请选取消。{remark}"
)
GONE = "这一步做的已经不在工作簿里了（没有保存就关闭了，或者已经改回去了），不用再撤：\n{step}"
IMPOSSIBLE = "这一步撤不了：{why}。什么也没有改。\n\n{step}\n\n要跳过它吗？跳过以后，再点一次就撤更早的一步。"
UNREADABLE = "撤销用的快照坏了或者不全"
DONE = "撤销了：{step}"
NEXT = "\n再点一次，撤更早的一步：{step}"
NOT_WRITTEN = "没有撤销：{why}。总表的文件没有改动。"
MOST_PLACES = 8


def undo(desk: Desk) -> None:
    """撤销上一步."""
    book = desk.book
    folder = undo_steps.folder_for(book)
    undo_steps.prune(dt.datetime.now())
    kept = undo_steps.newest(folder)
    if kept is None:
        desk.tell(NOTHING.format(name=book.name))
        return
    step = kept.step
    if step is None:
        _skipped(desk, kept, UNREADABLE, kept.path.stem)
        return
    now = since(book, step)
    whole = _whole(desk, book, kept, step, now)
    if whole is False or (whole is None and not _parts(desk, book, kept, step)):
        return
    undo_steps.forget(kept.path)
    older = undo_steps.newest(folder)
    if older and whole is None and now.only_step and now.file_print:
        # What lies on the disk still holds the step, and nothing that is not taken back.
        undo_steps.note_file(older, now.file_print)
    remark = f"\n{step.remark}" if step.remark else ""
    following = NEXT.format(step=_named(older.step)) if older and older.step else ""
    desk.tell(f"{DONE.format(step=_named(step))}{remark}{following}")


def _whole(desk: Desk, book: xw.Book, kept: Kept, step: Step, now: Since) -> bool | None:
    """Whether the whole file was put back; None where that is not the way."""
    whole = whole_file(book, kept, step, now)
    if whole is None:
        return None
    if not desk.agrees(WHOLE.format(step=_named(step), remark=_remark(step))):
        return False
    try:
        put_back(desk, book, whole)
    except FileLockedError:
        raise refused(
            "not_undone", NOT_WRITTEN.format(why="有程序占用着它，或者没有写入的权限")
        ) from None
    except (FileChangedError, BusyError):
        raise refused("not_undone", NOT_WRITTEN.format(why="刚刚有人在写它")) from None
    except OSError as error:
        raise refused("not_undone", NOT_WRITTEN.format(why=reason(error))) from None
    return True


def _parts(desk: Desk, book: xw.Book, kept: Kept, step: Step) -> bool:
    """Whether what the step touched was taken back in the open workbook."""
    plan = planned(desk, book, kept, step)
    if plan.impossible:
        _skipped(desk, kept, "；".join(plan.impossible), _named(step))
        return False
    changes = plan.changes
    if not plan.there and not changes:
        undo_steps.forget(kept.path)
        desk.tell(GONE.format(step=_named(step)))
        return False
    over: bool | None = False
    if changes:
        more = f"……共 {len(changes)} 处" if len(changes) > MOST_PLACES else ""
        question = CHANGED.format(
            step=_named(step),
            count=len(changes),
            places="、".join(changes[:MOST_PLACES]) + more,
            remark=_remark(step),
        )
        over = desk.answer(question)
    elif not desk.agrees(PARTS.format(step=_named(step), remark=_remark(step))):
        over = None
    if over is None:
        return False
    take_back(desk, book, kept, step, plan, also_changed=over)
    return True


def _skipped(desk: Desk, kept: Kept, why: str, step: str) -> None:
    """What cannot be taken back stays; the user may go on to the one before."""
    if desk.affirms(IMPOSSIBLE.format(why=why, step=step)):
        undo_steps.forget(kept.path)


def _named(step: Step) -> str:
    """When, and what."""
    today = step.when.date() == dt.date.today()
    return (
        f"{step.when:%H:%M}　{step.label}" if today else f"{step.when:%m月%d日 %H:%M}　{step.label}"
    )


def _remark(step: Step) -> str:
    return f"\n\n{step.remark}" if step.remark else ""
