"""A 校准表 against the month's results: everything that is wrong with it, and what it decides."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from xladdin.app.generating.planning import named
from xladdin.books.calibration.calibration_book import Sent, sent_row
from xladdin.books.calibration.calibration_sheet import HEADS, LONGEST_REASON, WHO
from xladdin.company.calibrated import Calibrated
from xladdin.company.calibrating import Board, original_grade
from xladdin.company.company import Company
from xladdin.company.month_results import PersonResult
from xladdin.intake.near_names import hint
from xladdin.problems import Place, Problem
from xladdin.returns.calibration_reading import (
    RECORD_CHANGED,
    ReadCalibration,
    ReadRow,
    same_number,
)

Decided = Mapping[str, Calibrated]
"""Employee id -> what a sheet decides."""


@dataclass
class Judging:
    """One sheet beside the results of now."""

    read: ReadCalibration
    company: Company
    board: Board
    problems: list[Problem] = field(default_factory=list)
    _orders: dict[tuple[str, str], list[tuple[int, ReadRow]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def decided(self) -> dict[str, Calibrated]:
        """What the sheet decides; with problems it decides nothing."""
        self.problems += self.read.problems
        if not self.read.who:
            message = f"没有写{WHO}，不知道是谁校准的"
            self._say("calibrator_missing", message, Place(self.read.label))
        if any(it.code == RECORD_CHANGED for it in self.read.problems):
            # Beside such a record nobody knows what of the rows was changed.
            return {}
        found: dict[str, Calibrated] = {}
        for id_, rows in self._rows.items():
            for again in rows[1:]:
                message = f"工号「{id_}」在表里有 {len(rows)} 行，只能有一行"
                self._say("duplicate_row", message, again.place("id"))
            one = self._people.get(id_)
            if one is None:
                self._say(*self._stranger(id_), rows[0].place("id"))
            elif (decided := self._row(one, rows[0])) is not None:
                found[id_] = decided
        self._missing_rows()
        self._check_orders()
        return found

    def _say(self, code: str, message: str, place: Place) -> None:
        self.problems.append(Problem(code, message, place))

    @cached_property
    def _people(self) -> Mapping[str, PersonResult]:
        return {one.employee.id: one for one in self.board.people}

    @cached_property
    def _rows(self) -> Mapping[str, list[ReadRow]]:
        found: dict[str, list[ReadRow]] = {}
        for row in self.read.rows:
            found.setdefault(row.id, []).append(row)
        return found

    # People.

    def _stranger(self, id_: str) -> tuple[str, str]:
        """Why somebody has no place in the sheet."""
        employee = self.company.people.get(id_)
        if employee is None:
            return "unknown_employee", f"名册中没有工号「{id_}」{hint(id_, self._people)}"
        if self.board.department and employee.department != self.board.department:
            message = f"{named(employee)}是「{employee.department}」的人，不归「{self.board.department}」的校准表"
            return "other_department", message
        return "no_result", f"{named(employee)}这个月没有等级，不能校准"

    def _missing_rows(self) -> None:
        for id_, one in self._people.items():
            if id_ in self._rows:
                continue
            if id_ in self.read.sent:
                message = f"{named(one.employee)}的那一行不见了；不改的也要留着"
                self._say("row_missing", message, Place(self.read.label))
            else:
                message = f"{named(one.employee)}是写这份校准表以后才有等级的，请重新写一份"
                self._say("calibration_outdated", message, Place(self.read.label))

    # One row.

    def _row(self, one: PersonResult, row: ReadRow) -> Calibrated | None:
        sent = self.read.sent.get(row.id)
        if sent is None:
            message = f"{named(one.employee)}不在发出的这份表里，是后来加上的；请重新写一份"
            self._say("row_added", message, row.place("id"))
            return None
        before = len(self.problems)
        self.problems += _tampered(one, row, sent)
        if len(self.problems) == before:
            self.problems += self._outdated(one, row, sent)
        after = self._grade(one, row, sent)
        self.problems += _reasons(one, row, after, sent)
        order = self._order(one, row, after)
        if len(self.problems) > before or not after:
            return None
        return Calibrated(original_grade(one), after, self.read.who, row.texts["why"], order)

    def _outdated(self, one: PersonResult, row: ReadRow, sent: Sent) -> Iterator[Problem]:
        """What has become of the person since the sheet was written."""
        now = sent_row(one)
        if not same_number(now.total, sent.total) or now.before != sent.before:
            message = (
                f"{named(one.employee)}的得分在写校准表以后变了：{sent.total} 分「{sent.before}」→ "
                f"{now.total} 分「{now.before}」；请重新写一份"
            )
            yield Problem("calibration_outdated", message, row.place("before"))
        elif now.after not in (sent.after, row.texts["after"]):
            message = (
                f"{named(one.employee)}在写校准表以后已经校准成「{now.after}」，"
                f"这份表上是「{row.texts['after']}」；请重新写一份"
            )
            yield Problem("calibration_outdated", message, row.place("after"))

    def _grade(self, one: PersonResult, row: ReadRow, sent: Sent) -> str:
        """The grade after, as the scheme calls it; empty, and told, where there is none such."""
        said = row.texts["after"]
        names = {grade.name.casefold(): grade.name for grade in one.scheme.grades}
        if said.casefold() in names:
            return names[said.casefold()]
        have = "、".join(names.values())
        if said:
            message = f"{named(one.employee)}的“{HEADS['after']}”「{said}」不是等级，只有 {have}"
            self._say("unknown_grade", message, row.place("after"))
        else:
            message = (
                f"{named(one.employee)}的“{HEADS['after']}”空着；不改的请选原等级「{sent.before}」"
            )
            self._say("grade_missing", message, row.place("after"))
        return ""

    # The order within a grade.

    def _order(self, one: PersonResult, row: ReadRow, after: str) -> int | None:
        if not self.board.ordered:
            return None
        said = row.texts.get("order", "")
        place = _whole(said)
        if place is None:
            what = f"「{said}」不是 1、2、3 这样的数" if said else "空着"
            message = f"{named(one.employee)}的“{HEADS['order']}”{what}"
            self._say("order_missing", message, row.place("order"))
        elif after:
            self._orders[one.scheme.id, after].append((place, row))
        return place

    def _check_orders(self) -> None:
        for (_, grade), places in self._orders.items():
            counts = Counter(place for place, _ in places)
            for place, row in places:
                # Two people may have one name.
                name = row.texts.get("name")
                who = f"{name}（{row.id}）" if name else f"工号「{row.id}」"
                who = f"{who}的“{HEADS['order']}”{place}"
                if not 1 <= place <= len(places):
                    message = f"{who}不对：「{grade}」有 {len(places)} 人，应是 1 至 {len(places)}"
                    self._say("order_wrong", message, row.place("order"))
                elif counts[place] > 1:
                    message = f"{who}重复：「{grade}」里有 {counts[place]} 人排第 {place}"
                    self._say("order_wrong", message, row.place("order"))


def _reasons(one: PersonResult, row: ReadRow, after: str, sent: Sent) -> Iterator[Problem]:
    why, before = row.texts["why"], sent.before
    if after and after != before and not why:
        message = f"{named(one.employee)}的等级由「{before}」改成「{after}」，没有写理由"
        yield Problem("reason_missing", message, row.place("why"))
    if len(why) > LONGEST_REASON:
        message = f"{named(one.employee)}的理由有 {len(why)} 字，最多 {LONGEST_REASON} 字"
        yield Problem("reason_long", message, row.place("why"))


def _whole(text: str) -> int | None:
    head, _, rest = text.partition(".")
    if not head.isascii() or not head.isdigit() or rest.strip("0"):
        return None
    return int(head) if len(head) < 9 else None


def _tampered(one: PersonResult, row: ReadRow, sent: Sent) -> Iterator[Problem]:
    """What stood there, and is not to be changed in this sheet."""
    was = {"name": sent.name, "department": sent.department, "before": sent.before}
    for key, text in was.items():
        said = row.texts.get(key)
        if said is not None and said != text:
            message = (
                f"{named(one.employee)}的“{HEADS[key]}”由「{text}」改成了「{said}」，这一格不能改"
            )
            yield Problem("before_changed", message, row.place(key))
    said = row.texts.get("total")
    if said is not None and not same_number(said, sent.total):
        message = f"{named(one.employee)}的“{HEADS['total']}”由 {sent.total} 改成了「{said}」，这一格不能改"
        yield Problem("before_changed", message, row.place("total"))
