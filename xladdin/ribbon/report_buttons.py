"""月度分析, 店铺分析: reports over a folder of service data, for the month of the settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xladdin.company.company import Company
from xladdin.domain.people import Period
from xladdin.ooxml.sealing import Sealing
from xladdin.problems import Problem, ProblemsFound

from . import asking_passwords, master, windows_excel
from .desk import Desk, refused
from .known_results import reports_kept
from .message_box import listed
from .month_buttons import CLOSE_FIRST, EXISTS, REPLACE

if TYPE_CHECKING:
    from xladdin.app.reporting.kept_reports import KeptReports

FOLDER_TITLE = "选择放着服务数据（工单、会话、订单）的文件夹"
WRITTEN = "{period}的{what}写好了，按确定打开。文件在："
ODD = "数据里有 {count} 类问题，列在“数据质量”表里。"
PRIVATE = "里面有客服的姓名和客户的话，给别人之前请看清楚。"


@dataclass(frozen=True, slots=True)
class Report:
    """A report that a button writes."""

    what: str
    file_name: str
    write: Callable[..., Any]
    """As ``app.month_report.month_report``: gives figures and problems."""


def _month_report(*arguments: Any, **options: Any) -> Any:
    # Ibis and DuckDB take half a second to import, and only these buttons need them.
    from xladdin.app.reporting.month_report import month_report  # noqa: PLC0415

    return month_report(*arguments, **options)


def _shop_report(*arguments: Any, **options: Any) -> Any:
    from xladdin.app.reporting.shop_report import shop_report  # noqa: PLC0415 - see _month_report

    return shop_report(*arguments, **options)


MONTHLY = Report("客服月度分析报告", "客服月度分析_{period}.xlsx", _month_report)
SHOP = Report("店铺客服分析报告", "店铺客服分析_{period}.xlsx", _shop_report)


def monthly(desk: Desk) -> None:
    """月度分析."""
    _report(desk, MONTHLY)


def shop(desk: Desk) -> None:
    """店铺分析."""
    _report(desk, SHOP)


def _report(desk: Desk, kind: Report) -> None:
    book = master.read(desk.book)
    period = book.period
    place = book.destination(desk)
    if place is None:
        return
    path = place.base / kind.file_name.format(period=period)
    if desk.is_open(path):
        raise refused("open", CLOSE_FIRST.format(name=path.name))
    first = book.home or windows_excel.documents(desk.app)
    folder = windows_excel.chosen_folder(desk.app, FOLDER_TITLE, first)
    if folder is None:
        return
    sealing = asking_passwords.sealing(desk, book.company, f"{period.label}的{kind.what}")
    if sealing is None:
        return
    kept = reports_kept(book)
    with asking_passwords.known(sealing):
        made = _written(desk, kind, book.company, [folder], period, path, sealing, kept)
    if made is None:
        return
    odd = len(made.figures.quality)
    problems: Sequence[Problem] = made.problems
    lines = [
        WRITTEN.format(period=period.label, what=kind.what),
        str(path),
        f"{made.put_back}。" if made.put_back else "",
        ODD.format(count=odd) if odd else "",
        PRIVATE,
        listed(problems),
        book.remark().strip(),
    ]
    desk.tell("\n".join(filter(None, lines)))
    desk.open(path, sealing.password)


def _written(
    desk: Desk,
    kind: Report,
    company: Company,
    data: Sequence[Path],
    period: Period,
    path: Path,
    sealing: Sealing,
    kept: KeptReports,
) -> Any:
    """What came of it; None where a file is there that the user wants to keep."""
    with desk.busy(f"正在写{kind.what}"):
        try:
            return kind.write(company, data, period, path, sealing=sealing, kept=kept)
        except ProblemsFound as found:
            if EXISTS not in {problem.code for problem in found.problems}:
                raise
    if not desk.affirms(REPLACE.format(name=path.name)):
        return None
    with desk.busy(f"正在写{kind.what}"):
        how = {"sealing": sealing, "kept": kept, "overwrite": True}
        return kind.write(company, data, period, path, **how)
