"""改名 and 复制方案: the open master workbook changed in many cells at once, as its file would be."""

from __future__ import annotations

from collections.abc import Sequence

from xladdin.app.drafts.copying_scheme import copied_cells
from xladdin.app.renaming import What, known_names, renaming
from xladdin.problems import errors

from . import form_drafting, master, windows_excel
from .desk import Desk
from .message_box import listed
from .undo_recording import recorded
from .writing_texts import write_text

OLD = "要改名的岗位、方案或部门，现在叫什么？"
WHICH = "「{old}」是{kinds}的名称。改哪一个？请写其中一个："
NEW = "{what}「{old}」改成什么名称？"
SURE = "{what}「{old}」改名为「{new}」，要改 {count} 格：\n{places}\n\n确定吗？发出去的表和台账里的历史不变。"
DONE = "改好了 {count} 格（还没有保存）。"
UNKNOWN = "总表里没有叫「{old}」的岗位、方案或部门。请从表里复制名称再试。"
COPY = "照哪个方案复制？请写它的名称。\n现有：{names}"
COPY_AS = "新方案叫什么？"
COPIED = "写进了总表：{names}（还没有保存）。"


def rename(desk: Desk) -> None:
    """改名."""
    book = master.read(desk.book)
    old = (windows_excel.typed_text(desk.app, OLD) or "").strip()
    if not old:
        return
    with master.saved_copy(book.book) as path:
        kinds = [what for what in What if old in known_names(path, what)]
    what = _chosen(desk, old, kinds)
    if what is None:
        return
    new = (windows_excel.typed_text(desk.app, NEW.format(what=what, old=old)) or "").strip()
    if not new:
        return
    with master.saved_copy(book.book) as path:
        done = renaming(path, what, old, new)
    if errors(done.problems):
        desk.tell(f"没有改名。\n{listed(done.problems)}", bad=True)
        return
    told = "\n".join([*done.places, *(problem.message for problem in done.problems)])
    count = len(done.changes)
    if not desk.agrees(SURE.format(what=what, old=old, new=new, count=count, places=told)):
        return
    label = f"改名：{what}「{old}」改成「{new}」，{count} 格"
    with recorded(desk, book.book, label) as step, desk.quietly():
        for change in done.changes:
            step.cells(change.sheet, [change.address])
            write_text(book.book.sheets[change.sheet].range(change.address), change.value)
    desk.tell(DONE.format(count=count))


def _chosen(desk: Desk, old: str, kinds: Sequence[What]) -> What | None:
    """What the name is of; one name may be of several things."""
    if not kinds:
        desk.tell(UNKNOWN.format(old=old), bad=True)
        return None
    if len(kinds) == 1:
        return kinds[0]
    question = WHICH.format(old=old, kinds="、".join(kinds))
    said = (windows_excel.typed_text(desk.app, question) or "").strip()
    return next((what for what in kinds if what == said), None)


def copy_scheme(desk: Desk) -> None:
    """复制方案."""
    book = master.read(desk.book)
    names = "、".join(scheme.name for scheme in book.company.library.schemes)
    old = windows_excel.typed_text(desk.app, COPY.format(names=names))
    new = windows_excel.typed_text(desk.app, COPY_AS) if old else None
    if not old or not new:
        return
    with master.saved_copy(book.book) as path:
        added = copied_cells(path, old, new)
    if errors(added.problems):
        desk.tell(f"没有复制。\n{listed(added.problems)}", bad=True)
        return
    made = "、".join(f"「{scheme.name}」" for scheme in added.schemes)
    with recorded(desk, book.book, f"复制方案：{made}") as step:
        form_drafting.write(desk, step, added)
    said = [COPIED.format(names=made), *(problem.message for problem in added.problems)]
    desk.tell("\n".join(said))
