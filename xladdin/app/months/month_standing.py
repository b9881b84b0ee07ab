"""How far the latest month of a master is, and what to type next."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xladdin.app.collecting.collect_expected import Expectation
from xladdin.app.recent_use import Used, typed
from xladdin.books import forms
from xladdin.company.company import Company
from xladdin.company.month_results import month_after
from xladdin.domain.people import Period
from xladdin.ledger.ledger_place import ledger_place
from xladdin.ledger.records import PeriodState, Returned
from xladdin.ledger.store import Ledger
from xladdin.master.read_master import read_master
from xladdin.path_checks import may_be_there
from xladdin.problems import ProblemsFound, errors

OUT, BACK, SUMMARY, SLIPS = "考核表", "收到", "汇总.xlsx", "反馈单"
"""How folders and files are called in what is suggested, where nobody has called them otherwise."""
MOST_FILES, DEEPEST = 20_000, 4
SOME = 3
"""Names that one line tells."""
FORM = re.compile(r"(\d{4}-\d{2})_([^_]{1,60}+)_")
"""How the file of a monthly form begins: of which month, and whose it is."""


@dataclass(frozen=True)
class MonthStanding:
    """A master, and how far its latest month is."""

    master: Path
    used: Used
    today: dt.date

    @property
    def name(self) -> str:
        return self.master.name

    def lines(self) -> Iterator[str]:
        company, problems = read_master(self.master)
        if wrong := errors(problems):
            yield f"{self.name}：有 {len(wrong)} 个错误，先改好。"
            yield f"逐个列出：{typed('check', self.name)}"
        elif not company.employees:
            yield f"{self.name}：还没有员工。打开它，在“员工名册”里每人填一行，保存以后再核对。"
            yield f"核对：{typed('check', self.name)}"
        else:
            yield from self._month(company)

    def _month(self, company: Company) -> Iterator[str]:
        months = sorted({figure.actual.period for figure in company.figures})
        if not months:
            this = Period(f"{self.today:%Y-%m}")
            yield f"{self.name}：{len(company.employees)} 人，还没有开过月份。"
            yield from self._opening(this)
            return
        try:
            state, back = self._kept(months[-1])
        except ProblemsFound as found:
            yield f"{self.name}：台账读不了：{found.problems[0].message}"
            yield f"查清台账：{typed('ledger', 'verify', self.name)}"
            return
        if state is PeriodState.CLOSED:
            yield from self._closed(months[-1])
        else:
            yield from self._open(company, months[-1], back)

    def _kept(self, month: Period) -> tuple[PeriodState | None, set[str]]:
        """How a month stands in the ledger beside the master, and whose forms are back."""
        place = ledger_place(self.master)
        if not (place.file and may_be_there(place.file)):
            return None, set()
        kinds = {kind.id for kind in forms.MONTHLY_SUITE.kinds}
        with Ledger(place, write=False) as ledger:
            came = ledger.read(Returned, superseded=False, period=str(month))
            people = {entry.record.person for entry in came if entry.record.kind in kinds}
            return ledger.state_of(str(month)), people

    def _closed(self, month: Period) -> Iterator[str]:
        following = month_after(month)
        if following.first_day > self.today:
            yield f"{self.name}：{month.label}已经关闭，都做完了；到{following.label}再开新月份。"
            yield f"要看关闭过的月份：{typed('period', 'list', self.name)}"
            return
        yield f"{self.name}：{month.label}已经关闭，{following.label}还没有开。"
        yield from self._opening(following)

    def _opening(self, month: Period) -> Iterator[str]:
        if self.used.month:
            yield f"（上次写的月份是 {self.used.month}。）"
        yield f"开新月份：{self._command('month', month)}"

    def _open(self, company: Company, month: Period, back: set[str]) -> Iterator[str]:
        expectation = Expectation(company, month, self.master, None)
        due = {key.person for key, _ in expectation.appraisals()}
        sent = self._sent(month) & due
        back &= due
        left = [one.name for one in company.employees if one.id in due - back]
        if not due:
            yield f"{self.name}：{month.label}没有人要考核；员工名册里没有在岗、有考核方案的人。"
            yield f"核对：{typed('check', self.name)}"
        elif not left:
            yield f"{self.name}：{month.label}的 {len(due)} 份考核表都收回了。"
            yield f"汇总：{self._command('summary', month, '--out', SUMMARY)}"
            yield f"反馈单：{self._command('feedback', month, '--out', self._folder('feedback', SLIPS))}"
            yield f"都看过以后关闭：{typed('period', 'close', self.name, '--period', month)}"
        elif sent or back:
            names = "、".join(left[:SOME]) + ("……" if len(left) > SOME else "")
            came = f"已收回 {len(back)} 份，还差 {len(left)} 份（{names}）"
            yield f"{self.name}：{month.label}的考核表{came}。"
            place = self._folder("collect", BACK)
            yield f"把收到的表放进一个文件夹，再收回：{self._command('collect', month, place)}"
            if len(sent) < len(due):
                yield f"还有 {len(due) - len(sent)} 人没有看到考核表，补上：{self._generate(month)}"
        else:
            yield f"{self.name}：{month.label}已开，{len(due)} 人的考核表还没有生成。"
            yield f"填好当月数据以后生成：{self._generate(month)}"

    def _generate(self, month: Period) -> str:
        return self._command("generate", month, "--out", self._folder("generate", OUT))

    def _sent(self, month: Period) -> set[str]:
        """Whose forms of the month lie below the master, or where they went the last time."""
        places = {self.master.absolute().parent, *map(Path, self.used.folders.values())}
        return {
            found[2]
            for place in places
            for name in _files_below(place)
            if (found := FORM.match(name)) and found[1] == month
        }

    def _folder(self, command: str, otherwise: str) -> str:
        """As it was typed the last time, from where the master lies."""
        folder = self.used.folders.get(command)
        if not folder:
            return otherwise
        home = str(self.master.absolute().parent.resolve())
        return os.path.relpath(folder, home) if folder.startswith(home + os.sep) else folder

    def _command(self, command: str, month: Period, *more: str) -> str:
        options = [*(each for each in more if command == "collect"), "--period", month]
        return typed(command, self.name, *options, *(more if command != "collect" else ()))


def _files_below(folder: Path) -> Iterator[str]:
    """Names of files, as many and as deep as a clerk keeps them."""
    left, deep = MOST_FILES, len(folder.parts) + DEEPEST
    for place, folders, names in os.walk(folder):
        if len(Path(place).parts) >= deep:
            folders.clear()
        yield from names[:left]
        left -= len(names)
        if left <= 0:
            return
