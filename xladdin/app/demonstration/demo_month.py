"""One month of one department of the example company: from the master to the feedback.

Forms go out, come back under odd names and not all of them sound, are collected, listed, summed up
and told.  A clerk finds in one folder what each step leaves.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from xladdin.app import init as initialising
from xladdin.app.collecting.collect import collect
from xladdin.app.collecting.collect_ledger import LedgerKeeper
from xladdin.app.collecting.collected import Collected
from xladdin.app.generating.generate import generate, plan
from xladdin.app.generating.planning import Form, Request
from xladdin.app.reading_company import read_master_company
from xladdin.app.results.issued_slips import keep_issued
from xladdin.app.results.ledger_results import informed
from xladdin.app.results.ledger_upkeep import back_up_ledger
from xladdin.app.results.month_scores import month_results
from xladdin.app.results.summarise import FILE_NAME, summarise
from xladdin.books.forms import MONTHLY, MONTHLY_SUITE, SLIP_SUITE
from xladdin.company.company import Company, Figure
from xladdin.company.company_settings import FOLDER_SETTING, MONTH_SETTING, first_settings
from xladdin.domain.people import Employee, Period
from xladdin.domain.presence import presence
from xladdin.files import FileChangedError, save_if_same
from xladdin.formula.evaluate import Value
from xladdin.intake.text import key_text
from xladdin.problems import Problem, ProblemsFound, warning
from xladdin.schemes.library import Library

from .demo_returns import returned

FOLDER = "一个月走一遍（发表、收表、汇总、反馈）"
MASTER = "绩效考核总表.xlsx"
OUT, BACK = "1 发出的表", "2 收到的文件"
NOT_IN_LEDGER = "not_in_ledger"
EXPECTED = ("no_total", NOT_IN_LEDGER, "ledger_completed")
"""What is told of people whose forms are still out, or came back before all figures were in."""
PEOPLE = 8
"""So many forms go out: one for each thing that may become of a form."""


@dataclass(slots=True)
class DemoMonth:
    """What came of the month: lines for people, and what they should not have met."""

    folder: Path
    lines: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def demo_month(company: Company, folder: Path) -> DemoMonth | None:
    """Walk through one month of a company's largest department; None: nobody has a form.

    What is there already is left as it is.  Raises ProblemsFound where the master cannot be
    written, OSError where what comes back cannot.
    """
    team = _team(company)
    if team is None:
        return None
    people, period = team.people, team.period
    known, blank = team.known(), team.before()
    done = DemoMonth(folder)
    master = folder / MASTER
    if not master.exists():
        initialising.write(master, blank)
    ids = [one.id for one in people]
    sent = generate(blank, period, folder / OUT / MONTHLY_SUITE.folder(period), ids=ids)
    done.problems += sent.problems
    files = _put_returns(known, blank, people, period, folder / BACK)
    done.lines.append(
        f"{period.label}{people[0].department}：发出 {sent.total} 份考核表，收到 {files} 个文件，"
        f"在“{BACK}”里：文件名是乱的，有的改过权重，有的多一张表，有的没填，有的不是考核表。"
    )
    taken = _collect(done, master, period)
    _tell(done, master, period)
    if taken:
        # Else the next run would begin with it, and a run that changes nothing would write something.
        done.lines += back_up_ledger(master, None, dt.datetime.now(dt.UTC)).lines
    return done


@dataclass(frozen=True, slots=True)
class _Team:
    """Some people of a company who have monthly forms, and the month."""

    company: Company
    people: tuple[Employee, ...]
    period: Period

    def known(self) -> Company:
        """These people and whom they answer to, with all their figures."""
        company = self.company
        above = {company.superior_of(one).employee for one in self.people} - {None}
        there = {one.id for one in (*self.people, *above) if one}
        employees = tuple(one for one in company.employees if one.id in there)
        used = {scheme.id for one in self.people if (scheme := company.scheme_of(one))}
        held = {it.id for one in employees for it in company.positions_of(one)}
        said = {MONTH_SETTING: str(self.period), FOLDER_SETTING: OUT}
        settings = tuple(
            item._replace(value=said.get(item.name, item.value))
            for item in first_settings(company.name)
        )
        return replace(
            company,
            employees=employees,
            library=Library(
                tuple(it for it in company.library.schemes if it.id in used),
                tuple(it for it in company.library.positions if it.id in held),
            ),
            # Later months would be told before this one.
            figures=tuple(
                it
                for it in company.figures
                if it.actual.employee in there and it.actual.period <= self.period
            ),
            refused=(),
            raters=(),
            ratings=(),
            settings=settings,
            # Those of other departments' indicators would be told as meaning nothing.
            mappings=(),
        )

    def before(self) -> Company:
        """As the master has it before the forms come back: without what a person judges."""
        known = self.known()
        return replace(
            known,
            figures=tuple(
                it
                for it in known.figures
                if it.actual.period != self.period or not _is_judged(known, it)
            ),
        )


def _is_judged(company: Company, figure: Figure) -> bool:
    employee = company.people.get(figure.actual.employee)
    scheme = company.scheme_of(employee) if employee else None
    judged = (item for item in (scheme.indicators if scheme else ()) if item.subjective)
    names = {key_text(text) for item in judged for text in (item.id, item.name)}
    return key_text(figure.actual.indicator) in names


def _team(company: Company) -> _Team | None:
    """Some of those in the department where most have a monthly form, in the month in which most
    was judged: in the last one they are still at it."""
    found = [one for one in company.employees if MONTHLY.chosen(company, one)]
    if not found or not company.periods:
        return None
    ((department, _),) = Counter(one.department for one in found).most_common(1)
    found = [one for one in found if one.department == department]
    ids = {one.id for one in found}
    counted = Counter(
        it.actual.period
        for it in company.figures
        if it.actual.employee in ids and it.actual.actual is not None and _is_judged(company, it)
    )
    period = max(company.periods, key=lambda one: (counted[one], one))
    there = [one for one in found if not presence(one, period).absent]
    return _Team(company, tuple(there[:PEOPLE]), period) if there else None


def _put_returns(
    known: Company, blank: Company, people: Sequence[Employee], period: Period, folder: Path
) -> int:
    """Write what comes back, as far as it is not there; how many files it is."""
    answered = {form.path: form.values for form in _planned(known, people, period)}
    forms = [
        (form, _answers(form, answered[form.path])) for form in _planned(blank, people, period)
    ]
    files = list(returned(forms, period))
    for file in files:
        if not (folder / file.name).exists():
            with suppress(FileChangedError):
                save_if_same(folder / file.name, None, file.content)
    return len(files)


def _planned(company: Company, people: Sequence[Employee], period: Period) -> list[Form]:
    request = Request(company, period, tuple(people), Path())
    return plan(request, MONTHLY_SUITE.id, [])


def _answers(form: Form, values: Mapping[str, Value]) -> dict[str, Value]:
    """What the company's own figures answer to what the form leaves blank."""
    known = form.values
    return {
        key: value for key, value in values.items() if value is not None and known.get(key) is None
    }


def _collect(done: DemoMonth, master: Path, period: Period) -> bool:
    """Whether the ledger has taken anything in."""
    # The same time at every run: what is written bears it.
    now = dt.datetime.combine(period.last_day + dt.timedelta(days=3), dt.time(17, 30))
    keeper = LedgerKeeper.of(master)
    found = collect(master, [done.folder / BACK], period=period, keeper=keeper, now=now)
    done.lines += found.told
    ours = _about_files(found)
    done.problems += [problem for problem in found.problems if problem not in ours]
    done.lines.append(f"收到的文件里有 {len(ours)} 处问题，都写在收表清单里，每处都有文件和单元格")
    if any(one.open for one in found.settled):
        done.lines.append(
            "要决定的：在收表清单的“待定”里选，保存、关闭，再运行一次 demo，就按选的收下"
        )
    return bool(found.kept)


def _about_files(found: Collected) -> list[Problem]:
    """What is wrong with the files that came in: it was put there, and the list shows it."""
    labels = {read.file.label for read in found.reads}
    return [problem for problem in found.problems if problem.place.file in labels]


def _tell(done: DemoMonth, master: Path, period: Period) -> None:
    """Summary and feedback, of what the ledger and the master say now."""
    company, problems = read_master_company(master)
    known = informed(master, company, period)
    done.problems += [*problems, *known.problems]
    results, told = month_results(company, period, kept=known.kept)
    alone = sum(problem.code == NOT_IN_LEDGER for problem in told)
    path = done.folder / FILE_NAME.format(period=period)
    try:
        summarise(results, path)
    except ProblemsFound as found:
        done.problems += [warning(it.code, it.message, it.place) for it in found.problems]
    ids = [one.employee.id for one in results.people]
    out = done.folder / SLIP_SUITE.folder(period)
    slips = generate(
        company,
        period,
        out,
        form=SLIP_SUITE.id,
        ids=ids,
        kept=known.kept,
    )
    done.problems += keep_issued(master, out, slips)
    scored = sum(one.total is not None for one in results.people)
    waiting = len(results.people) - scored
    done.lines += [
        f"月度汇总：{path.name}，{len(results.people)} 人，{scored} 人有总分；"
        f"得分取自台账，{alone} 人没有收到表，按总表算",
        f"反馈单：{slips.total} 份；{waiting} 人还没有总分，没有反馈单",
    ]
    done.problems += [problem for problem in slips.problems if problem.code not in EXPECTED]
