"""Base pay: what everybody's bonus is worked out from, out of a file of its own.

People are known by their ids.  No message says an amount: messages are shown, and copied elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xladdin.domain.base import MOST
from xladdin.domain.people import Employee
from xladdin.domain.quantities import Unit
from xladdin.problems import Place, Problem, warning

from .handed_in import FileOrPath
from .headers import Wanted
from .numbers import read_number
from .tables import SUMMARY_ROWS, Row, read_table
from .text import name_key

BASE_PAY: Wanted = {
    "employee": ("工号", "员工编号", "员工号", "编号", "employee", "id"),
    "name": ("姓名", "员工姓名", "name"),
    "amount": ("基本工资", "奖金基数", "基数", "底薪", "月薪", "基本薪资", "岗位工资", "base pay"),
}
REQUIRED = ("employee", "amount")


@dataclass(frozen=True, slots=True)
class BasePay:
    """What a file says."""

    amounts: Mapping[str, Decimal] = field(default_factory=dict, repr=False)
    """Employee id -> yuan a month."""
    seen: frozenset[str] = frozenset()
    """Who has a line in it, readable or not."""


def read_base_pay(path: FileOrPath, employees: Sequence[Employee]) -> tuple[BasePay, list[Problem]]:
    """Every line that can be read, and every line that cannot."""
    table, problems = read_table(path, wanted=BASE_PAY, required=REQUIRED, summary=SUMMARY_ROWS)
    reader = _Reader({one.id: one for one in employees})
    for row in table.rows:
        reader.read(row)
    return BasePay(reader.found, frozenset(reader.seen)), [*problems, *reader.problems]


def lacking(pay: BasePay, employees: Iterable[Employee], file: str) -> Iterator[Problem]:
    """Whoever of these has no line in the file; of one that could not be read that is said already."""
    for one in employees if pay.seen else ():
        if one.id not in pay.seen:
            message = f"{one.name}（{one.id}）不在工资表里，奖金基数按名册或方案"
            yield warning("no_base_pay", message, Place(file=file))


@dataclass(slots=True)
class _Reader:
    people: Mapping[str, Employee]
    found: dict[str, Decimal] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    _first: dict[str, tuple[Decimal, Place]] = field(default_factory=dict)
    _doubtful: set[str] = field(default_factory=set)

    def read(self, row: Row) -> None:
        id_ = row.key("employee")
        if not id_:
            self._fault("missing_value", "没有填工号，这一行没有用上", row.where("employee"))
            return
        employee = self.people.get(id_)
        if employee is None:
            message = f"名册里没有工号「{id_[:40]}」，这一行没有用上"
            self.problems.append(warning("unknown_employee", message, row.where("employee")))
            return
        self.seen.add(id_)
        amount = self._amount(row, employee)
        if amount is None:
            return
        self._check_name(row, employee)
        first, place = self._first.setdefault(id_, (amount, row.where("amount")))
        if first == amount and id_ not in self._doubtful:
            self.found[id_] = amount
        elif first != amount:
            self._doubtful.add(id_)
            self.found.pop(id_, None)
            message = f"{employee.name}（{id_}）写了两个不同的数，前面的在 {place}；都没有用上"
            self._fault("two_amounts", message, row.where("amount"))

    def _amount(self, row: Row, employee: Employee) -> Decimal | None:
        raw, place = row.cell("amount")
        reading = read_number(raw, Unit.YUAN)
        if reading.value is not None and 0 <= reading.value <= MOST and not reading.problem:
            if reading.guess:
                message = f"{employee.name}（{employee.id}）的数不是普通的写法，请核对"
                self.problems.append(warning("number_guess", message, place))
            return reading.value
        empty = reading.value is None and not reading.problem
        why = "没有填" if empty else "不是多少元（不小于 0 的数字）"
        self._fault(
            "base_pay_unread", f"{employee.name}（{employee.id}）的工资{why}，没有用上", place
        )
        return None

    def _check_name(self, row: Row, employee: Employee) -> None:
        """A name that is another's than the id: one of them is a slip."""
        name = row.key("name")
        if name and name_key(name) != name_key(employee.name):
            message = f"姓名写的是「{name[:30]}」，名册里工号 {employee.id} 是「{employee.name}」，按工号读"
            self.problems.append(warning("name_mismatch", message, row.where("name")))

    def _fault(self, code: str, message: str, place: Place) -> None:
        self.problems.append(Problem(code, message, place))
