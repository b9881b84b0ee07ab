"""收表清单: which forms are out, which came back, and what a person has to decide.

HR's own workbook, written anew at every collecting; decisions and remarks in it are read back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xladdin.layout.cell_rules import Check, Choice
from xladdin.layout.cells import (
    Asked,
    Block,
    Book,
    Cell,
    Content,
    Fixed,
    Orientation,
    Paper,
    Properties,
    Sheet,
)
from xladdin.layout.measure import LEAST_ROW
from xladdin.layout.styles import (
    ALERT_FILL,
    CENTER,
    GOOD_FILL,
    INPUT,
    INPUT_TEXT,
    MISSING_FILL,
    MUTED,
    PLAIN,
    TEXT,
    Style,
)

from . import parts

LIST, OPEN, FAULTS, REMIND, REPORTS = "收表清单", "待定", "问题", "催办", "报告"
RECEIVED, LACKING, FAULTY, UNDECIDED, UNFILLED = "已收", "缺", "有问题", "待定", "没有填"
DECLINED = "不收"
LOOKS = {
    RECEIVED: Style(bold=True, align="center", fill=GOOD_FILL),
    LACKING: Style(bold=True, align="center", fill=MISSING_FILL),
    FAULTY: Style(bold=True, align="center", fill=ALERT_FILL),
    UNDECIDED: Style(bold=True, align="center", fill=ALERT_FILL),
    UNFILLED: Style(bold=True, align="center", fill=MISSING_FILL),
    DECLINED: Style(bold=True, align="center", color=MUTED),
}
ID, CHOICE, REMARK = "编号", "采用", "备注"
LIST_HEADS = (
    "部门",
    "工号",
    "姓名",
    "表",
    "谁填",
    "状态",
    "已发",
    "收到时间",
    "文件",
    "问题",
    REMARK,
    ID,
)
LIST_WIDTHS = (11.0, 10.0, 9.0, 24.0, 9.0, 9.0, 6.0, 12.0, 30.0, 40.0, 14.0, 12.0)
OPEN_HEADS = ("工号", "姓名", "表", "项目", "总表", "表上", "在哪里", CHOICE, ID)
OPEN_WIDTHS = (10.0, 9.0, 18.0, 22.0, 14.0, 40.0, 40.0, 10.0, 12.0)
FAULT_HEADS = ("级别", "姓名", "文件", "工作表", "单元格", "问题")
FAULT_WIDTHS = (8.0, 9.0, 36.0, 12.0, 9.0, 86.0)
REPORT_HEADS = ("报告", "文件", "工作表", "单元格", "哪一格", "怎么了", "发出时", "收到时")
REPORT_WIDTHS = (30.0, 30.0, 13.0, 9.0, 34.0, 9.0, 34.0, 44.0)
REMIND_WIDTHS = (20.0, 8.0, 100.0)
SMALL = Style(color=MUTED, align="center")
WORDS = {True: "错误", False: "提醒"}
NOTE = "只供人力资源部门使用。每次收表都会重新写这个文件；“备注”和“待定”里的“采用”会保留，其他改动不会。"
BESIDES = "个人工作总结、工作分析表，在总表的存放文件夹里生成过的就算要收。"
DECIDE = (
    "在“采用”里选：表上＝按交来的表，总表＝按总表；整份表拿不准的，选收下或不收。"
    "选好保存、关闭，再收一次表就按选的处理。"
)
ALL_DECIDED = "没有要决定的事。"
ABOUT_REPORTS = (
    "交来的报告里填了、改了什么，一格一行；记进台账的，再写这个月的报告时会填回原来的格，"
    "下月目标就是下个月报告的目标。"
)
NO_FAULTS = "没有问题。"


@dataclass(frozen=True, slots=True)
class ListLine:
    """One form that is expected, or that came in."""

    id: str
    department: str
    person: str
    name: str
    form: str
    by: str
    """Who fills it in."""
    state: str
    sent: str = ""
    at: str = ""
    file: str = ""
    problem: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class OpenLine:
    """One thing to decide."""

    id: str
    person: str
    name: str
    form: str
    what: str
    known: str
    returned: str
    where: str
    options: tuple[str, ...]
    choice: str = ""


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One problem of a form or file."""

    is_error: bool
    name: str
    file: str
    sheet: str
    cell: str
    message: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One cell of a report that came back, or what is empty on one of its sheets."""

    report: str
    file: str
    sheet: str
    cell: str
    label: str
    what: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """Whose forms are missing, of one kind and department."""

    who: str
    names: tuple[str, ...]


def book(
    month: str,
    lines: Sequence[ListLine],
    questions: Sequence[OpenLine],
    faults: Sequence[FaultLine],
    reminders: Sequence[Reminder],
    reports: Sequence[ReportLine] = (),
) -> Book:
    """The whole workbook; a sheet about reports where some came back."""
    sheets = (
        _list(month, lines),
        _open(questions),
        _faults(faults),
        _reminders(month, reminders),
        *([_reports(reports)] if reports else []),
    )
    return Book(sheets, {}, Properties(title=f"{month}{LIST}"), named_cells=False)


def _sheet(
    name: str, widths: tuple[float, ...], told: str, blocks: Sequence[Block], freeze: int
) -> Sheet:
    above = (parts.title_text(told.partition("\n")[0], len(widths)),)
    note = parts.note(told.partition("\n")[2], len(widths), PLAIN)
    top = above[0].height + note.height
    return Sheet(
        name,
        widths,
        (*above, note, *blocks),
        Paper(Orientation.LANDSCAPE, repeat=(top, top), squeeze=False),
        freeze=(top + 1, freeze),
        protected=False,
        # By the id this program finds the line again: nobody reads it on paper.
        screen_cols=int(widths in (LIST_WIDTHS, OPEN_WIDTHS)),
    )


def _row(cells: Sequence[tuple[Content, Style]], checks: dict[int, Check] | None = None) -> Block:
    made = tuple(
        Cell(0, col, content, look, check=(checks or {}).get(col))
        for col, (content, look) in enumerate(cells)
    )
    return Block(made, 1, {0: LEAST_ROW})


def _list(month: str, lines: Sequence[ListLine]) -> Sheet:
    counts = "，".join(
        f"{state} {count}" for state in LOOKS if (count := sum(one.state == state for one in lines))
    )
    told = f"{month}{LIST}\n{NOTE}{BESIDES}{f'现在：{counts}。' if counts else ''}"
    rows = [
        _row(
            (
                (Fixed(one.department), CENTER),
                (Fixed(one.person), CENTER),
                (Fixed(one.name), CENTER),
                (Fixed(one.form), TEXT),
                (Fixed(one.by), CENTER),
                (Fixed(one.state), LOOKS[one.state]),
                (Fixed(one.sent), CENTER),
                (Fixed(one.at), CENTER),
                (Fixed(one.file), TEXT),
                (Fixed(one.problem), TEXT),
                (Asked(f"remark.{i}", one.remark or None), INPUT_TEXT),
                (Fixed(one.id), SMALL),
            )
        )
        for i, one in enumerate(lines)
    ]
    return _sheet(LIST, LIST_WIDTHS, told, (parts.head_row(LIST_HEADS), *rows), 3)


def _open(questions: Sequence[OpenLine]) -> Sheet:
    rows = [
        _row(
            (
                (Fixed(one.person), CENTER),
                (Fixed(one.name), CENTER),
                (Fixed(one.form), TEXT),
                (Fixed(one.what), TEXT),
                (Fixed(one.known), CENTER),
                (Fixed(one.returned), TEXT),
                (Fixed(one.where), TEXT),
                (Asked(f"choice.{i}", one.choice or None), INPUT),
                (Fixed(one.id), SMALL),
            ),
            {7: _choice(one)},
        )
        for i, one in enumerate(questions)
    ]
    told = f"{OPEN}\n{DECIDE if questions else ALL_DECIDED}"
    return _sheet(OPEN, OPEN_WIDTHS, told, (parts.head_row(OPEN_HEADS), *rows), 2)


def _choice(one: OpenLine) -> Check:
    told = f"请从列表中选择：{'、'.join(one.options)}。"
    return Check(Choice(one.options), told, told, CHOICE)


def _faults(faults: Sequence[FaultLine]) -> Sheet:
    rows = [
        _row(
            (
                (Fixed(WORDS[one.is_error]), LOOKS[FAULTY if one.is_error else LACKING]),
                (Fixed(one.name), CENTER),
                (Fixed(one.file), TEXT),
                (Fixed(one.sheet), TEXT),
                (Fixed(one.cell), CENTER),
                (Fixed(one.message), TEXT),
            )
        )
        for one in faults
    ]
    told = f"{FAULTS}\n{'错误要请交表人改，或者在重新生成的表上改；提醒看过就可以。' if faults else NO_FAULTS}"
    return _sheet(FAULTS, FAULT_WIDTHS, told, (parts.head_row(FAULT_HEADS), *rows), 0)


def _reports(lines: Sequence[ReportLine]) -> Sheet:
    rows = [
        _row(
            (
                (Fixed(one.report), TEXT),
                (Fixed(one.file), TEXT),
                (Fixed(one.sheet), CENTER),
                (Fixed(one.cell), CENTER),
                (Fixed(one.label), TEXT),
                (Fixed(one.what), CENTER),
                (Fixed(one.was), TEXT),
                (Fixed(one.now), TEXT),
            )
        )
        for one in lines
    ]
    told = f"{REPORTS}\n{ABOUT_REPORTS}"
    return _sheet(REPORTS, REPORT_WIDTHS, told, (parts.head_row(REPORT_HEADS), *rows), 1)


def _reminders(month: str, reminders: Sequence[Reminder]) -> Sheet:
    rows = [
        _row(
            (
                (Fixed(one.who), CENTER),
                (Fixed(f"{len(one.names)}"), CENTER),
                (Fixed("、".join(one.names)), TEXT),
            )
        )
        for one in reminders
    ]
    told = f"{month}{REMIND}\n还没有交的人，一格是一组，可以整格复制去催。"
    head = parts.head_row(("部门和表", "人数", "名单"))
    return _sheet(REMIND, REMIND_WIDTHS, told, (head, *rows), 0)
