"""Answers of customers out of survey sites' exports: 问卷星, 腾讯问卷 and whoever writes as they do.

One row per answer; columns of the site (序号, 提交答卷时间, 所用时间, 来自IP; 编号, 开始答题时间,
结束答题时间, 答题时长), then one per question.  Questions are known by their words, whatever number the
site puts before them.  Of whom an answer is, the question 为您服务的客服 says, a column 客服工号, or the
file's name.  Reading the same file again gives the same ratings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from xladdin.domain.competency import Assignment, CompetencyScheme, Element, Rating, Source
from xladdin.domain.people import LONGEST_REFUSED, REFUSED, Employee
from xladdin.domain.survey_words import ANSWER, OTHER, SERVED, STARS
from xladdin.problems import Place, Problem, warning

from .grids import Cells, Grid, cell_at
from .handed_in import FileOrPath, handed_in
from .text import key_text, name_key, shown, written_text
from .times import words_to_seconds

MARKS = {
    "number": ("序号", "编号", "答卷编号", "答题编号", "原始记录编号"),
    "sent": ("提交答卷时间", "提交时间", "结束答题时间", "结束时间"),
    "began": ("开始答题时间", "开始时间"),
    "took": ("所用时间", "答题时长", "作答时长", "用时"),
    "address": ("来自ip", "ip", "ip地址", "用户标识"),
}
"""Columns that the sites add: what for, and their heads."""
PERSON = ("客服工号", "工号", "客服编号", "客服", "客服姓名", "客服昵称")
SKIPPED = ("(跳过)", "(空)", "-", "--", "-2", "-3", "未答", "未作答")
"""What the sites write where a question was not asked or not answered."""
MOST_HEADS = 5
"""Rows among which the heads stand."""
QUICK = 10
"""Seconds: nobody reads the questions in less."""
SOON = 60
"""Seconds between two answers of one address that are told of."""
_NUMBER = re.compile(r"^(?:q|题)?+\s*+[0-9]{1,3}+\s*+[、.．:：_\-)）]?+\s*+", re.IGNORECASE)
_KIND = re.compile(r"[\[【(（](?:单选题|量表题|填空题|评分题|必填|选填|可以不填)[\]】)）]|\*")
_SIGNS = re.compile(r"[\W_]+")
_STARS = re.compile(r"([1-5])(?:\.0+)?(?:\s*[星分])?(?:\s*[(（=＝].*)?")
_LETTER = re.compile(r"^[A-Ea-e][.、．]\s*")
_CLOCK = re.compile(
    r"([0-9]{4})[-/年]([0-9]{1,2})[-/月]([0-9]{1,2})日?[ T]*([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?"
)


def question_key(text: str) -> str:
    """A question to compare by: without number, type, signs and blanks."""
    said = unicodedata.normalize("NFKC", text).strip()
    said = _KIND.sub("", _NUMBER.sub("", said) or said)
    return _SIGNS.sub("", said).casefold()


@dataclass(frozen=True, slots=True)
class Survey:
    """What was read of one export."""

    assignments: tuple[Assignment, ...] = ()
    """A customer for each answer."""
    ratings: tuple[Rating, ...] = ()
    problems: tuple[Problem, ...] = ()


def is_survey(source: FileOrPath) -> bool:
    """Whether a file is a survey site's export: a time of sending and a duration, or two times."""
    grids, _ = handed_in(source).grids(_score)
    return any(_heads(grid) is not None for grid in grids)


def _score(rows: Sequence[Cells]) -> int:
    known = {name for names in MARKS.values() for name in names}
    return max((sum(_mark(cell) in known for cell in row) for row in rows[:MOST_HEADS]), default=0)


def _mark(cell: object) -> str:
    return key_text(cell).replace(" ", "").casefold()


def _heads(grid: Grid) -> int | None:
    """The row with the heads, from 0; None where the sheet is no export of answers."""
    for index, row in enumerate(grid.rows[:MOST_HEADS]):
        found = {what for what, names in MARKS.items() if any(_mark(cell) in names for cell in row)}
        if "sent" in found and len(found) >= 3:
            return index
    return None


def read_survey(
    source: FileOrPath,
    employees: Sequence[Employee],
    scheme_of: Callable[[Employee], CompetencyScheme | None],
) -> Survey:
    """The ratings of an export's answers, and every answer that is none, odd or of nobody known."""
    file = handed_in(source)
    grids, problems = file.grids(_score)
    reader = _Reader(employees, scheme_of, Path(file.name).stem, [*problems])
    for grid in grids:
        head = _heads(grid)
        if head is not None:
            reader.read(grid, head)
    return Survey(tuple(reader.assignments), tuple(reader.ratings), tuple(reader.problems))


@dataclass(slots=True)
class _Reader:
    employees: Sequence[Employee]
    scheme_of: Callable[[Employee], CompetencyScheme | None]
    stem: str
    problems: list[Problem]
    assignments: list[Assignment] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)

    def read(self, grid: Grid, head: int) -> None:
        sheet = _Sheet(grid, head)
        person = sheet.person
        alone = None if person is not None else self._of_file()
        if person is None and alone is None:
            message = f"看不出是谁的问卷：没有“{SERVED}”或“客服工号”一列，文件名里也没有哪一位客服；没有读"
            self.problems.append(Problem("survey_of_nobody", message, grid.whole()))
            return
        comments = 0
        for index in range(head + 1, len(grid.rows)):
            if any(written_text(cell).strip() for cell in grid.rows[index]):
                employee = alone if person is None else self._served(sheet, index, person)
                if employee is not None:
                    self._answer(sheet, index, employee)
                comments += sheet.has_comment(index)
        self._odd(sheet, range(head + 1, len(grid.rows)))
        if comments:
            message = f"有 {comments} 份写了其他意见，文字不进绩效总结，请在导出表里看"
            self.problems.append(warning("survey_comments", message, grid.whole()))

    def _of_file(self) -> Employee | None:
        """The only employee whom the file's name mentions."""
        said = name_key(self.stem)
        found = [
            one
            for one in self.employees
            if any(name and name_key(name) in said for name in (one.nickname, one.name, one.id))
        ]
        return found[0] if len(found) == 1 else None

    def _served(self, sheet: _Sheet, index: int, column: int) -> Employee | None:
        raw = cell_at(sheet.grid.rows[index], column)
        said = name_key(_LETTER.sub("", written_text(raw)))
        found = {
            one.id: one
            for one in self.employees
            if said
            and said in {name_key(name) for name in (one.nickname, one.name, one.id) if name}
        }
        if len(found) == 1:
            return next(iter(found.values()))
        several = (
            f"有 {len(found)} 位客服叫{shown(raw)}" if found else f"名册里没有客服{shown(raw)}"
        )
        why = several if said else "没有选是哪一位客服"
        self._tell(
            "unknown_employee", f"{why}，这份答卷没有用上", sheet.place(index, column), wrong=True
        )
        return None

    def _answer(self, sheet: _Sheet, index: int, employee: Employee) -> None:
        scheme = self.scheme_of(employee)
        asked = scheme.elements_of(Source.CUSTOMER) if scheme else ()
        if not asked:
            message = f"{employee.name}（{employee.id}）的能力考核不问客户，这份答卷没有用上"
            self._tell("not_rated", message, sheet.place(index))
            return
        rater = f"{ANSWER}{sheet.number(index)}{sheet.clock(index)}"
        line = Assignment(ratee=employee.id, source=Source.CUSTOMER, rater=rater)
        given = [one for element in asked if (one := self._rating(sheet, index, line, element))]
        if not given:
            self._tell("survey_blank", "一道题也没有答，这份答卷没有用上", sheet.place(index))
            return
        self.assignments.append(line)
        self.ratings += given

    def _rating(
        self, sheet: _Sheet, index: int, line: Assignment, element: Element
    ) -> Rating | None:
        column = sheet.question(element)
        raw = None if column is None else cell_at(sheet.grid.rows[index], column)
        text = written_text(raw).strip()
        if column is None or not text or text in SKIPPED:
            return None
        stars = _stars(text)
        if stars is None:
            allowed = "、".join(f"{name}＝{n}星" for n, name in enumerate(STARS, 1))
            message = f"「{element.name}」的答案{shown(raw)}应为 1 至 5，或 {allowed}"
            self._tell("unknown_level", message, sheet.place(index, column), wrong=True)
        level = f"{text[:LONGEST_REFUSED]}{REFUSED}" if stars is None else str(stars)
        return Rating(
            ratee=line.ratee,
            source=line.source,
            rater=line.rater,
            element=element.id,
            level=level,
            refused=stars is None,
        )

    def _odd(self, sheet: _Sheet, rows: range) -> None:
        """Answers that came too fast, or one upon the other from one address: kept, and told."""
        last: dict[str, tuple[int, int]] = {}
        for index in rows:
            took = sheet.took(index)
            if took is not None and took < QUICK:
                message = f"只用了 {took} 秒，照样算；可能没有认真答"
                self._tell("survey_quick", message, sheet.place(index))
            address, moment = sheet.address(index), sheet.moment(index)
            if not address or moment is None:
                continue
            before = last.get(address)
            if before is not None and abs(moment - before[1]) < SOON:
                number = sheet.number(before[0])
                message = f"和第 {number} 份出自同一地址，相隔不到 {SOON} 秒，照样算；可能是重复的"
                self._tell("survey_twice", message, sheet.place(index))
            last[address] = (index, moment)

    def _tell(self, code: str, message: str, place: Place, *, wrong: bool = False) -> None:
        self.problems.append((Problem if wrong else warning)(code, message, place))


class _Sheet:
    """A sheet of answers: which column is what."""

    def __init__(self, grid: Grid, head: int) -> None:
        self.grid = grid
        self._columns: Mapping[str, int] = _first(
            (what, column)
            for column, cell in enumerate(grid.rows[head])
            for what, names in MARKS.items()
            if _mark(cell) in names
        )
        marks = set(self._columns.values())
        self._questions: Mapping[str, int] = _first(
            (question_key(written_text(cell)), column)
            for column, cell in enumerate(grid.rows[head])
            if column not in marks and written_text(cell).strip()
        )

    @property
    def person(self) -> int | None:
        """The column that says who served the customer."""
        for name in (SERVED, *PERSON):
            if (column := self._questions.get(question_key(name))) is not None:
                return column
        return None

    def question(self, element: Element) -> int | None:
        for text in (element.question, element.name):
            if text and (column := self._questions.get(question_key(text))) is not None:
                return column
        return None

    def place(self, index: int, column: int | None = None) -> Place:
        return self.grid.place(index, 0 if column is None else column)

    def _said(self, what: str, index: int) -> str:
        column = self._columns.get(what)
        return (
            "" if column is None else written_text(cell_at(self.grid.rows[index], column)).strip()
        )

    def number(self, index: int) -> str:
        """The site's number of an answer, else its row."""
        return key_text(self._said("number", index)) or str(self.grid.number(index))

    def address(self, index: int) -> str:
        """Where it came from; the site adds the town in brackets."""
        return self._said("address", index).partition("(")[0].partition("（")[0].strip()

    def took(self, index: int) -> int | None:
        """How many seconds the customer took; the sites write 128秒, 2分8秒 or a bare number."""
        said = self._said("took", index)
        seconds = Decimal(said) if said.isdecimal() else words_to_seconds(key_text(said))
        return None if seconds is None else int(seconds)

    def has_comment(self, index: int) -> bool:
        column = self._questions.get(question_key(OTHER))
        text = (
            "" if column is None else written_text(cell_at(self.grid.rows[index], column)).strip()
        )
        return bool(text) and text not in SKIPPED

    def clock(self, index: int) -> str:
        """When it was sent, as part of a name: numbers begin anew with each survey."""
        found = _CLOCK.search(self._said("sent", index))
        if found is None:
            return ""
        month, day, hour, minute, second = (int(part or 0) for part in found.groups()[1:])
        return f"（{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}）"

    def moment(self, index: int) -> int | None:
        """When it was sent, in seconds."""
        return _seconds(self._said("sent", index))


def _first(pairs: Iterator[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, column in pairs:
        found.setdefault(key, column)
    return found


def _stars(text: str) -> int | None:
    """How many stars an answer gives: 5, 5分, 非常满意, E.非常满意."""
    said = _LETTER.sub("", unicodedata.normalize("NFKC", text).strip())
    if said in STARS:
        return STARS.index(said) + 1
    found = _STARS.fullmatch(said)
    return int(found[1]) if found else None


def _seconds(text: str) -> int | None:
    found = _CLOCK.search(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    return (((year * 12 + month) * 31 + day) * 24 + hour) * 3600 + minute * 60 + second
