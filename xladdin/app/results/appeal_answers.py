"""Answers to appeals: judged beside the ledger and the results, kept with the corrections that come of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from xladdin.app.generating.planning import named
from xladdin.app.reading_company import read_master_company
from xladdin.books.appeals.appeal_list import HEADS, TITLE
from xladdin.company.appealing import REJECTED, UPHELD, Corrected, figure
from xladdin.company.company import Company
from xladdin.company.month_results import PersonResult
from xladdin.domain.people import Period
from xladdin.domain.quantities import Unit, plain
from xladdin.formula.evaluate import Value
from xladdin.intake.stated_figures import read_figure
from xladdin.intake.text import clean, shown, written_text
from xladdin.ledger.ledger_faults import told
from xladdin.ledger.records import Appeal, AppealAnswer, Correction
from xladdin.ledger.store import Ledger
from xladdin.problems import Place, Problem, ProblemsFound, errors, warning
from xladdin.returns.answer_reading import GivenAnswer, ReadAnswers, read_answers
from xladdin.returns.filled_books import filled_books
from xladdin.returns.handed_files import handed_files
from xladdin.scoring import keys

from .appeals import KeptAppeals, Results, kept_appeals, results_of
from .kept_corrections import corrected_values, points_key


@dataclass(frozen=True, slots=True)
class _Decided:
    """An answer of which nothing is wrong."""

    answer: AppealAnswer
    correction: Correction | None = None
    told: str = ""


@dataclass
class TakenAnswers:
    """What came of the answers."""

    files: int = 0
    untouched: int = 0
    upheld: int = 0
    rejected: int = 0
    same: int = 0
    """Answers that the ledger had already."""
    corrected: list[str] = field(default_factory=list)
    """What each correction does, in words."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def told(self) -> list[str]:
        """What was done, for a person."""
        same = f"，{self.same} 条先前已经记过" if self.same else ""
        untouched = f"；{self.untouched} 份清单还没有人填" if self.untouched else ""
        count = self.upheld + self.rejected
        lines = [
            f"答复申诉 {count} 条：{UPHELD} {self.upheld} 条，{REJECTED} {self.rejected} 条{same}{untouched}"
        ]
        lines += [f"更正：{one}" for one in self.corrected]
        if self.corrected:
            lines.append("再写一次汇总（summary）、反馈单（feedback），就按更正后的算。")
        return lines

    def as_json(self) -> dict[str, Any]:
        """Plain data, without the problems."""
        return {
            "files": self.files,
            "untouched": self.untouched,
            "upheld": self.upheld,
            "rejected": self.rejected,
            "same": self.same,
            "corrected": self.corrected,
        }


def take_lists(master: Path, paths: Sequence[Path], *, url: str | None = None) -> TakenAnswers:
    """Take filled-in 申诉清单 (files, folders, zips).  Nothing is raised."""
    files = list(handed_files(paths, lambda path: path.resolve() == master.resolve()))
    found = filled_books(files, read_answers, TITLE, "not_appeals")
    done = take_answers(master, found.reads, url=url)
    done.files, done.untouched = len(files), found.untouched
    done.problems[:0] = found.problems
    return done


def take_answers(
    master: Path, reads: Sequence[ReadAnswers], *, url: str | None = None
) -> TakenAnswers:
    """Keep what these lists answer; each answer of which something is wrong is told and left."""
    done = TakenAnswers(len(reads), problems=[it for read in reads for it in read.problems])
    rows = [row for read in reads for row in read.rows if row.says_something]
    if not rows:
        return done
    try:
        company, found = read_master_company(master)
        if errors(found) and not company.employees:
            raise ProblemsFound(found)
        kept = kept_appeals(master, url)
        wanted = {(it.person, it.period) for it in kept.appeals.values()}
        results = results_of(master, company, url, sorted(wanted))
        decided = list(_Judging(company, kept, results, done).decided(rows))
        _keep(kept, decided)
    except ProblemsFound as found_:
        done.problems += found_.problems
        return done
    done.upheld = sum(it.answer.outcome == UPHELD for it in decided)
    done.rejected = len(decided) - done.upheld
    done.corrected = [it.told for it in decided if it.told]
    return done


@dataclass
class _Judging:
    """Rows beside what the ledger has."""

    company: Company
    kept: KeptAppeals
    results: Results
    done: TakenAnswers
    _seen: dict[int, GivenAnswer] = field(default_factory=dict)

    def decided(self, rows: Sequence[GivenAnswer]) -> Iterator[_Decided]:
        for row in rows:
            appeal = self._appeal(row)
            if appeal is None:
                continue
            number = int(row.number)
            faults = list(self._faults(row, appeal))
            self.done.problems += faults
            if not errors(faults) and (made := self._made(row, number, appeal)) is not None:
                yield made

    def _appeal(self, row: GivenAnswer) -> Appeal | None:
        """The appeal that a row answers; None where there is no such one, or it is answered twice."""
        number = int(row.number) if row.number.isascii() and row.number.isdigit() else 0
        appeal = self.kept.appeals.get(number)
        if appeal is None:
            message = f"台账里没有第 {row.number} 条申诉，没有收"
            self._say("unknown_appeal", message, row.place("number"))
            return None
        if row.person and row.person != appeal.person:
            message = (
                f"第 {number} 条是工号「{appeal.person}」的申诉，这一行写的是「{row.person}」，没有收；"
                "行不要挪动、拆开"
            )
            self._say("other_person", message, row.place("id"))
            return None
        before = self._seen.get(number)
        if before is not None:
            if _said(before) != _said(row):
                message = f"第 {number} 条申诉有两个不一样的答复，按前面的收"
                self._say("answered_twice", message, row.place("number"))
            return None
        self._seen[number] = row
        return appeal

    def _say(self, code: str, message: str, place: Place) -> None:
        self.done.problems.append(Problem(code, message, place))

    def _faults(self, row: GivenAnswer, appeal: Appeal) -> Iterator[Problem]:
        """What a row lacks, whatever its figure is."""
        what = f"第 {row.number} 条"
        written = clean(written_text(row.after))
        if row.outcome not in (UPHELD, REJECTED):
            said = f"{shown(row.outcome)}不是答复" if row.outcome else "写了字，没有选答复"
            message = f"{what}{said}，请选 {UPHELD} 或 {REJECTED}，没有收"
            yield Problem("outcome_missing", message, row.place("outcome"))
        if not row.answer:
            yield Problem("reason_missing", f"{what}没有写理由，没有收", row.place("answer"))
        if not row.by:
            yield Problem("answerer_missing", f"{what}没有写答复人，没有收", row.place("by"))
        if row.outcome == REJECTED and written:
            message = (
                f"{what}{REJECTED}，又写了{HEADS['after']}{shown(row.after)}，不知道是哪个，没有收"
            )
            yield Problem("figure_unasked", message, row.place("after"))
        if row.outcome == UPHELD and not appeal.item and written:
            message = (
                f"{what}的「{appeal.label}」不是哪一个数，没有可以更正的，{HEADS['after']}请空着，没有收；"
                "要改数的，请在总表或校准里改"
            )
            yield Problem("figure_unasked", message, row.place("after"))
        if row.outcome == UPHELD and appeal.item and not written:
            message = f"{what}{UPHELD}，没有写「{appeal.label}」{HEADS['after']}多少，没有收"
            yield Problem("figure_missing", message, row.place("after"))

    def _made(self, row: GivenAnswer, number: int, appeal: Appeal) -> _Decided | None:
        answer = AppealAnswer(appeal.person, appeal.period, number, row.outcome, row.answer, row.by)
        correction, told_ = None, ""
        if row.outcome == UPHELD and appeal.item:
            found = self._correction(row, number, appeal)
            if found is None:
                return None
            correction, told_ = found
        elif (made := self._corrections(appeal)) and made.appeal == number:
            correction = replace(made, after=None, by=row.by, why=row.answer)
            told_ = f"{appeal.person} {appeal.period} {appeal.label}：取消先前的更正 {figure(made.after, Unit(made.unit))}"
        before = self.kept.answers.get(number)
        if before == answer and (correction is None or correction == self._corrections(appeal)):
            self.done.same += 1
            return None
        if before is not None:
            message = f"第 {number} 条先前答复过「{before.outcome}」（{before.by}：{before.text}），改按这次的；先前的也留着"
            self.done.problems.append(warning("answer_changed", message, row.place("outcome")))
        return _Decided(answer, correction, told_)

    def _corrections(self, appeal: Appeal) -> Correction | None:
        return self.kept.corrections.get((appeal.person, appeal.period, appeal.item))

    def _correction(
        self, row: GivenAnswer, number: int, appeal: Appeal
    ) -> tuple[Correction, str] | None:
        """The corrected figure, and what it does; None where it cannot be used, which is told."""
        place, unit = row.place("after"), Unit(appeal.unit)
        one = self.results.get((appeal.person, Period(appeal.period)))
        if one is None:
            message = f"第 {number} 条：工号「{appeal.person}」{appeal.period}没有得分（不在名册，或没有考核方案），更正不了，没有收"
            self._say("no_result", message, place)
            return None
        reading = read_figure(row.after, unit, date1904=row.date1904)
        if reading.value is None:
            message = f"第 {number} 条{HEADS['after']}：{reading.problem or '没有数'}，没有收"
            self._say("figure_unread", message, place)
            return None
        if reading.guess:
            self.done.problems.append(warning(reading.code, reading.guess, place))
        after = Decimal(plain(reading.value))
        now, before = one.values.get(appeal.item), self._corrections(appeal)
        if before is None and now == after:
            message = (
                f"第 {number} 条「{appeal.label}」现在就是 {figure(after, unit)}，没有可以更正的，没有收；"
                f"选 {REJECTED}，或写更正后的数"
            )
            self._say("nothing_changes", message, place)
            return None
        original = now if isinstance(now, Decimal) else None
        made = Correction(
            appeal.person,
            appeal.period,
            appeal.item,
            appeal.label,
            unit,
            before.before if before else original,
            after,
            row.by,
            row.answer,
            number,
        )
        return self._scored(one, made, now, place)

    def _scored(
        self, one: PersonResult, made: Correction, now: Value, place: Place
    ) -> tuple[Correction, str] | None:
        """With what the result comes to; a figure of which there are no points is no correction."""
        unit, after = Unit(made.unit), made.after or Decimal(0)
        applied = Corrected(made.item, made.label, unit, made.before, after, made.by, made.why)
        values, used = corrected_values(one.scheme, one.values, [applied])
        if not used:
            message = f"第 {made.appeal} 条的「{made.label}」在现在的方案里没有，更正不了，没有收"
            self._say("item_gone", message, place)
            return None
        points = values.get(points_key(one.scheme, made.item))
        if not isinstance(points, Decimal):
            message = (
                f"第 {made.appeal} 条的「{made.label}」更正为 {figure(after, unit)}，按方案算不出得分"
                "（不在可填的范围里），没有收"
            )
            self._say("figure_unscored", message, place)
            return None
        shown_now = figure(now, unit) if isinstance(now, Decimal) else "空"
        changes = [
            f"{what} {_short(one.values.get(key))}→{_short(values.get(key))}"
            for key, what in ((keys.TOTAL, "总分"), (keys.GRADE, "等级"))
            if one.values.get(key) != values.get(key)
        ]
        effect = "，".join(changes) or "总分、等级不变"
        month = Period(made.period).label
        return made, (
            f"{named(one.employee)}{month} {made.label}：{shown_now}→{figure(after, unit)}，{effect}"
        )


def _short(value: Value) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value or "无")


def _said(row: GivenAnswer) -> Mapping[str, object]:
    after = clean(written_text(row.after))
    return {"outcome": row.outcome, "after": after, "answer": row.answer, "by": row.by}


def _keep(kept: KeptAppeals, decided: Sequence[_Decided]) -> None:
    """All in one transaction."""
    if not decided:
        return
    with Ledger(kept.place) as ledger, told(kept.place):
        for one in decided:
            ledger.append(one.answer)
            if one.correction is not None:
                ledger.append(one.correction)
