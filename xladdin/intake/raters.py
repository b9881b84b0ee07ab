"""Who rates whom: the list from which rating forms are made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from xladdin.domain.competency import SOURCE_LABELS, Assignment, Source
from xladdin.domain.people import Employee
from xladdin.problems import Place, Problem, warning

from .doubtful_texts import text_problem
from .handed_in import FileOrPath
from .headers import Wanted
from .tables import SUMMARY_ROWS, Row, read_table
from .text import key_text, name_key

RATERS: Wanted = {
    "ratee": ("被评人工号", "被考核人工号", "工号", "员工编号", "ratee"),
    "ratee_name": ("被评人", "被评人姓名", "被考核人", "姓名"),
    "source": ("评价身份", "评价类型", "评价人类型", "身份", "来源", "source"),
    "rater_id": ("评价人工号", "考核人工号", "rater id"),
    "rater": ("评价人", "评价人姓名", "考核人", "rater"),
}
REQUIRED = ("ratee", "source", "rater")
LONGEST_NAME = 60
SOURCE_WORDS = {
    **{label: source for source, label in SOURCE_LABELS.items()},
    "本人": Source.SELF,
    "自己": Source.SELF,
    "主管": Source.SUPERIOR,
    "上级": Source.SUPERIOR,
    "上级评": Source.SUPERIOR,
    "同事": Source.PEER,
    "同级": Source.PEER,
    "下级": Source.SUBORDINATE,
    "下属": Source.SUBORDINATE,
    "下属评": Source.SUBORDINATE,
    "部属": Source.SUBORDINATE,
    "客户": Source.CUSTOMER,
    "顾客": Source.CUSTOMER,
}


def read_raters(
    path: FileOrPath, employees: Sequence[Employee]
) -> tuple[list[Assignment], list[Problem]]:
    """Every assignment that can be read, and every line that cannot."""
    table, problems = read_table(path, wanted=RATERS, required=REQUIRED, summary=SUMMARY_ROWS)
    lines, found = assignments_of(table.rows, employees)
    return lines, [*problems, *found]


def assignments_of(
    rows: Iterable[Row], employees: Sequence[Employee]
) -> tuple[list[Assignment], list[Problem]]:
    """The assignments in the rows of a table with the fields of ``RATERS``."""
    named: dict[str, list[Employee]] = defaultdict(list)
    for employee in employees:
        named[name_key(employee.name)].append(employee)
    reader = _Reader({employee.id: employee for employee in employees}, named)
    found = [line for row in rows if (line := reader.read(row))]
    return found, reader.problems


@dataclass(slots=True)
class _Reader:
    employees: Mapping[str, Employee]
    named: Mapping[str, Sequence[Employee]]
    seen: dict[tuple[str, str, str], Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read(self, row: Row) -> Assignment | None:
        before = len(self.problems)
        ratee, source = self._ratee(row), self._source(row)
        given_id = self._rater_id(row)
        if doubt := text_problem(*row.cell("rater")):
            self.problems.append(doubt)
        if ratee is None or source is None or len(self.problems) > before:
            return None
        rater_id = given_id or self._id_of(row, ratee, source)
        name = self._name(row, rater_id)
        if not name or len(name) > LONGEST_NAME:
            long = f"评价人最多{LONGEST_NAME}个字，现有{len(name)}个字"
            code, message = ("text_too_long", long) if name else ("missing_value", "没有填评价人")
            self._fault(code, message, row, "rater")
            return None
        self._check_person(row, ratee, source, rater_id)
        if len(self.problems) == before:
            self._check_repeated(row, ratee, source, rater_id or name_key(name))
        if len(self.problems) > before:
            return None
        self._check_name(row, "ratee_name", ratee)
        if given_id:
            self._check_name(row, "rater", self.employees[given_id])
        return Assignment(ratee=ratee.id, source=source, rater=name, rater_id=rater_id)

    def _fault(self, code: str, message: str, row: Row, name: str) -> None:
        self.problems.append(Problem(code, message, row.where(name)))

    def _name(self, row: Row, id_: str) -> str:
        employee = self.employees.get(id_)
        return employee.name if employee else row.text("rater")

    def _id_of(self, row: Row, ratee: Employee, source: Source) -> str:
        """The id of a rater of whom the line gives only the name; "" where it is nobody's here."""
        name = name_key(row.key("rater"))
        if source is Source.CUSTOMER:
            return ""
        if source is Source.SELF and name in ("", name_key(ratee.name)):
            return ratee.id
        found = self.named.get(name, ())
        if len(found) > 1:
            message = f"名册里有 {len(found)} 位「{row.text('rater')}」，请填评价人工号"
            self._fault("ambiguous_rater", message, row, "rater")
        return found[0].id if len(found) == 1 else ""

    def _check_name(self, row: Row, field: str, employee: Employee) -> None:
        """A name that is another's than the id: one of them is a slip."""
        name = row.key(field)
        if name and name_key(name) != name_key(employee.name):
            message = f"姓名写的是「{name[:30]}」，名册里工号 {employee.id} 是「{employee.name}」，按工号读"
            self.problems.append(warning("name_mismatch", message, row.where(field)))

    def _ratee(self, row: Row) -> Employee | None:
        key = row.key("ratee")
        employee = self.employees.get(key)
        if not key:
            self._fault("missing_value", "没有填被评人工号", row, "ratee")
        elif employee is None:
            self._fault("unknown_employee", f"名册里没有工号「{key[:40]}」", row, "ratee")
        return employee

    def _source(self, row: Row) -> Source | None:
        word = key_text(row.cell("source")[0])
        source = SOURCE_WORDS.get(word)
        if source is None:
            known = "、".join(SOURCE_LABELS.values())
            said = f"「{word[:20]}」不是评价身份" if word else "没有填评价身份"
            self._fault("unknown_source", f"{said}，请写：{known}", row, "source")
        return source

    def _rater_id(self, row: Row) -> str:
        key = row.key("rater_id")
        if key and key not in self.employees:
            self._fault("unknown_employee", f"名册里没有评价人工号「{key[:40]}」", row, "rater_id")
        return key

    def _check_person(self, row: Row, ratee: Employee, source: Source, rater_id: str) -> None:
        field = "rater_id" if row.key("rater_id") else "rater"
        if source is Source.SELF and rater_id != ratee.id:
            self._fault("not_self", "自评的评价人应当是被评人自己", row, field)
        elif source not in (Source.SELF, Source.CUSTOMER) and rater_id == ratee.id:
            label = SOURCE_LABELS[source]
            self._fault("rates_self", f"{label}的评价人不能是被评人自己", row, field)

    def _check_repeated(self, row: Row, ratee: Employee, source: Source, rater: str) -> None:
        place = row.where("rater")
        first = self.seen.setdefault((ratee.id, source, rater), place)
        if first is not place:
            message = f"同一评价人对同一被评人写了两次，前面已有：{first}"
            self._fault("duplicate_rater", message, row, "rater")
