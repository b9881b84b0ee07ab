"""A report that came back: what people filled in, corrected and typed over, against how it went out.

Nothing that the workbook works out is believed.  Cells are found by their names; where these are lost, where
they stood, as long as the text beside says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from xladdin.books.data_request import FIGURE
from xladdin.books.identity import Identity, identity_of, is_identity
from xladdin.books.reports.kept_cells import same
from xladdin.books.reports.report_identity import LABELS, ReportIdentity
from xladdin.books.reports.sent_cells import AGAIN, SHEET_NAME, TABLE, SentCell
from xladdin.books.reports.sent_record import Record, record_of
from xladdin.characters import clean_lines
from xladdin.company.company import Company
from xladdin.formula.evaluate import Value
from xladdin.intake.text import clean, shown, written_text
from xladdin.ooxml.addresses import address
from xladdin.problems import Place, Problem, errors, warning

from .answers import read_answer
from .book_view import BookView, Spot, ViewCell, ViewSheet
from .form_pattern import text_key
from .report_tables import TableCells
from .request_cells import RequestCells

MOST_TOLD = 10
"""Cells of one kind that are named one by one."""
NEAR = 60
"""Rows up and down in which a line is looked for that is not where it was."""


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that is not as it went out."""

    key: str
    label: str
    what: str
    """填了, 改了, 删了, 改写."""
    was: str
    now: str
    place: Place


@dataclass(frozen=True)
class ReadReport:
    """What a returned report says."""

    whose: ReportIdentity
    inputs: Mapping[str, Value]
    """Key -> what people filled in, where that is not what the data say; None where they emptied it."""
    base: Mapping[str, Value]
    """What the data said there, and what stood beside measures."""
    labels: Mapping[str, str]
    """Key -> sheet and label."""
    changes: tuple[Change, ...] = ()
    blank: Mapping[str, int] = field(default_factory=dict)
    """Sheet -> how many cells are asked for and still empty."""
    problems: tuple[Problem, ...] = ()


def report_identity(view: BookView) -> Identity | None:
    """The identity of a workbook that is a report, or says so; None: it is something else."""
    for sheet in view.sheets:
        if is_identity(sheet.grid):
            identity, _ = identity_of(sheet.grid)
            if identity is not None and identity.origin.form in LABELS:
                return identity
    return None


def read_report(
    view: BookView, identity: Identity, company: Company
) -> tuple[ReadReport | None, list[Problem]]:
    """A report, or why it cannot be read."""
    hidden = view.sheet(SHEET_NAME)
    if hidden is None or identity.period is None:
        message = "隐藏的发出记录不见了，不知道发出时是什么样，没有收；请交原来的整个文件"
        return None, [Problem("record_missing", message, identity.place)]
    if identity.employee and identity.employee not in company.people:
        message = f"名册里没有工号「{identity.employee}」，这份报告没有收下；请核对名册"
        return None, [Problem("unknown_employee", message, identity.place)]
    record = record_of(hidden.grid, identity.origin.content)
    origin = identity.origin.form
    whose = ReportIdentity(origin, identity.period, identity.employee, identity.team)
    return _Reading(view, whose, record).done(), []


@dataclass
class _Reading:
    view: BookView
    whose: ReportIdentity
    record: Record
    problems: list[Problem] = field(default_factory=list)
    inputs: dict[str, Value] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    blank: Counter[str] = field(default_factory=Counter)
    moved: list[str] = field(default_factory=list)
    """Addresses that were found by the texts beside them."""
    lost: list[SentCell] = field(default_factory=list)

    def done(self) -> ReadReport:
        if not self.record.whole:
            message = "隐藏的发出记录被改过或不全，能读的都读了，“改了什么”可能不准"
            self.problems.append(warning("record_changed", message, Place(self.view.file)))
        self._missing_sheets()
        tables, figures = TableCells(self.view, self.record), RequestCells(self.record)
        for sent in self.record.cells:
            if not sent.entered:
                continue
            if sent.key.startswith(TABLE):
                seen = tables.cell(sent)
                self._asked(sent, seen)
            elif sent.said:
                self._sentence(sent)
            elif sent.key.startswith(FIGURE) and sent.sheet in self._ours:
                self._asked(sent, self._figure(sent, figures))
            else:
                self._asked(sent, self._find(sent))
        figures.tell(next(iter(self._ours.values()), None))
        self.problems += [*tables.problems, *figures.problems]
        self.problems += [*self._overwritten(), *self._outside(tables.told_rows)]
        self._tell_places()
        return ReadReport(
            self.whose,
            self.inputs,
            self._base(),
            {one.key: one.place for one in self.record.cells if one.key in self.inputs},
            tuple(self.changes),
            dict(self.blank),
            tuple(self.problems),
        )

    # Finding.

    @cached_property
    def _sheets(self) -> Mapping[str, ViewSheet]:
        return {sheet.name.casefold(): sheet for sheet in self.view.sheets}

    @cached_property
    def _ours(self) -> Mapping[str, ViewSheet]:
        """The sheets as they went out, by what they were called then: one that names of its cells lead
        to is the same under another name."""
        found: dict[str, ViewSheet] = {}
        for name in dict.fromkeys(one.sheet for one in self.record.cells):
            own = self._sheets.get(name.casefold()) or self._renamed(name)
            if own is not None:
                found[name] = own
        return found

    def _renamed(self, name: str) -> ViewSheet | None:
        keys = (one.key for one in self.record.cells if one.sheet == name)
        led = Counter(self.view.names[key][0] for key in keys if key in self.view.names)
        return self._sheets.get(led.most_common(1)[0][0].casefold()) if led else None

    def _missing_sheets(self) -> None:
        for name in dict.fromkeys(one.sheet for one in self.record.cells):
            own = self._ours.get(name)
            if own is None:
                message = f"工作表「{name}」不见了，上面填的没有收到；请交原来的整个文件"
                self.problems.append(Problem("sheet_missing", message, Place(self.view.file)))
            elif own.name.casefold() != name.casefold():
                message = f"工作表原来叫「{name}」，现在叫「{own.name}」，照样读了"
                self.problems.append(warning("sheet_renamed", message, own.whole))

    def _find(self, sent: SentCell) -> tuple[ViewSheet, ViewCell] | None:
        """The cell of a key: by name, else where it stood."""
        named = self.view.names.get(sent.key)
        sheet = self._sheets.get(named[0].casefold()) if named else None
        if named is not None and sheet is not None:
            return sheet, sheet.at(named[1])
        sheet = self._ours.get(sent.sheet)
        spot = self._by_text(sent, sheet) if sheet is not None else None
        if sheet is None or spot is None:
            return None
        self.moved.append(f"{sheet.name}!{address(*spot)}")
        return sheet, sheet.at(spot)

    def _figure(self, sent: SentCell, figures: RequestCells) -> tuple[ViewSheet, ViewCell] | None:
        """The cell of a figure that somebody was asked for."""
        named = self._named(sent)
        found = figures.cell(sent, self._ours[sent.sheet], named)
        if named is None and found is not None:
            self.moved.append(f"{found[0].name}!{address(*found[1].spot)}")
        return found

    def _by_text(self, sent: SentCell, sheet: ViewSheet) -> Spot | None:
        """Where the text beside a cell stands now, in the same column as before."""
        (row, column), (beside, text) = sent.spot, sent.anchor
        if not beside:
            return (row, column) if row else None
        rows = sorted(range(max(1, row - NEAR), row + NEAR), key=lambda one: abs(one - row))
        for one in rows:
            if text_key(written_text(sheet.at((one, beside)).value)) == text_key(text):
                return one, column
        return None

    # Reading.

    def _asked(self, sent: SentCell, found: tuple[ViewSheet, ViewCell] | None) -> None:
        if found is None:
            if sent.sheet in self._ours:
                self.lost.append(sent)
            self._keep_what_was_put_back(sent)
            return
        sheet, seen = found
        place = sheet.place(seen.spot)
        if self._is_a_link(seen):
            seen = ViewCell(seen.spot, None, None, style=seen.style)
        if seen.formula and seen.blank:
            message = f"「{sent.label}」填的是公式（={seen.formula[:60]}），文件里没有算出来的值，这一格没有收"
            self.problems.append(Problem("formula_unread", message, place))
            self._keep_what_was_put_back(sent)
            return
        answer = read_answer(sent.asked(), seen, place, {}, key=sent.key, date1904=sheet.date1904)
        if errors(list(answer.problems)):
            self.problems += [
                Problem(one.code, f"「{sent.label}」{one.message}，这一格没有收", one.place)
                if one.is_error
                else one
                for one in answer.problems
            ]
            self._keep_what_was_put_back(sent)
            return
        self.problems += answer.problems
        if answer.value is None and sent.sent is None:
            self.blank[sent.sheet] += 1
        self._take(sent, answer.value, place)

    def _is_a_link(self, seen: ViewCell) -> bool:
        """Whether a program has written a cell's link into it, where the cell was empty."""
        sheet, sign, _ = written_text(seen.value).rpartition("!")
        return bool(sign) and sheet.strip("#'").casefold() in self._sheets

    def _keep_what_was_put_back(self, sent: SentCell) -> None:
        """What had been filled in before, and cannot be read now, is not lost for that."""
        if not same(sent.sent, sent.base):
            self.inputs[sent.key] = sent.sent

    def _take(self, sent: SentCell, value: Value, place: Place) -> None:
        now = sent.sent if same(value, sent.sent) else value
        if not same(now, sent.base):
            self.inputs[sent.key] = now
        if not same(now, sent.sent):
            self._changed(sent, now, place)

    def _changed(self, sent: SentCell, now: Value, place: Place) -> None:
        was, told = (
            sent.rule.shown(one) if sent.rule and one is not None else written_text(one)
            for one in (sent.sent, now)
        )
        what = "填了" if not was else "删了" if not told else "改写" if sent.said else "改了"
        self.changes.append(Change(sent.key, sent.label, what, was, told, place))

    def _sentence(self, sent: SentCell) -> None:
        """What somebody has typed where a sentence of ours stood, on whichever sheet it is shown."""
        found = [one for one in self._shown(sent) if not one[1].formula]
        if not found and not self._shown(sent):
            self._keep_what_was_put_back(sent)
            return
        typed = [
            (sheet, seen, text)
            for sheet, seen in found
            if (text := clean_lines(written_text(seen.value)) or None) is None
            or not same(text, sent.sent)
        ]
        if not typed:
            self._take(
                sent, sent.sent if found or same(sent.sent, sent.base) else sent.base, Place()
            )
            return
        if self._only_values:
            message = f"「{sent.label}」的句子和发出时不同，但只有数值、没有公式，看不出是算出来的还是改写的，没有收"
            sheet, seen, _ = typed[0]
            self.problems.append(warning("sentence_unclear", message, sheet.place(seen.spot)))
            return
        texts = dict.fromkeys(text for *_, text in typed)
        sheet, seen, text = typed[-1]
        place = sheet.place(seen.spot)
        if len(texts) > 1:
            message = f"「{sent.label}」在两张表里改写得不一样，按这一处的收"
            self.problems.append(warning("two_places", message, place))
        self._take(sent, text, place)

    def _shown(self, sent: SentCell) -> list[tuple[ViewSheet, ViewCell]]:
        again = self.view.names.get(sent.key + AGAIN)
        second = self._sheets.get(again[0].casefold()) if again else None
        first = self._find(sent)
        found = [first] if first is not None else []
        if again is not None and second is not None:
            found.append((second, second.at(again[1])))
        return found

    @cached_property
    def _only_values(self) -> bool:
        """Whether nothing is worked out any more: pasted as values, or of a kind that tells no formulas."""
        computed = [one for one in self.record.cells if not one.entered]
        return not self.view.cells_known or not any(
            found[1].formula for one in computed if (found := self._named(one)) is not None
        )

    def _named(self, sent: SentCell) -> tuple[ViewSheet, ViewCell] | None:
        named = self.view.names.get(sent.key)
        sheet = self._sheets.get(named[0].casefold()) if named else None
        return None if named is None or sheet is None else (sheet, sheet.at(named[1]))

    def _base(self) -> Mapping[str, Value]:
        """What stood in the cells that were filled in, and beside measures."""
        rows = {
            key.removeprefix("act.").rpartition(".")[0]
            for key in self.inputs
            if key.startswith("act.")
        }
        found: dict[str, Value] = {}
        for one in self.record.cells:
            measure = one.key.startswith("act.") and (
                one.key.removeprefix("act.").rpartition(".")[0] in rows
            )
            sentence = one.key.startswith("finding.") and one.key.partition(".")[2] in rows
            if one.key in self.inputs or measure:
                found[one.key] = one.base
            elif sentence:
                found[one.key] = one.sent
        return found

    # What is dropped is told.

    def _tell_places(self) -> None:
        if self.moved and self.view.cells_known:
            message = f"{len(self.moved)} 个格子的名称丢了，这些按旁边的文字读"
            self.problems.append(warning("names_lost", message, Place(self.view.file)))
        told = [one.place for one in self.lost]
        if told:
            more = f" 等 {len(told)} 格" if len(told) > MOST_TOLD else ""
            message = f"找不到这些格子了：{'、'.join(told[:MOST_TOLD])}{more}，没有收"
            self.problems.append(Problem("input_missing", message, Place(self.view.file)))

    def _overwritten(self) -> Iterator[Problem]:
        """Figures that the workbook works out, and over which somebody has typed."""
        if self._only_values:
            if self.view.cells_known:
                message = "只有数值，没有公式（像是只粘贴了数值）；填的格子照样读了"
                yield warning("formulas_lost", message, Place(self.view.file))
            return
        found = [
            (one, place)
            for one in self.record.cells
            if not one.entered and (place := self._named(one)) is not None and not place[1].formula
        ]
        for one, (sheet, seen) in found[:MOST_TOLD]:
            now = "删掉了" if seen.blank else f"改成了{shown(seen.value)}"
            message = f"「{one.label}」是算出来的，{now}，没有收；要改，请改它所根据的数（“月度数据”等表）"
            yield warning("formula_overwritten", message, sheet.place(seen.spot))
        if found[MOST_TOLD:]:
            message = f"另有 {len(found) - MOST_TOLD} 个算出来的格子被改过，没有收"
            yield warning("formula_overwritten", message, Place(self.view.file))

    def _outside(self, told: frozenset[tuple[str, int]]) -> Iterator[Problem]:
        """What was written where nothing stood, and sheets that were added.

        ``told``: rows of which something is said already.
        """
        for name, sheet in self._ours.items():
            filled = self.record.filled.get(name)
            if not filled:
                continue
            extra = [
                seen
                for seen in self._strange(name, sheet, filled)
                if not seen.blank and (sheet.name, seen.spot[0]) not in told
            ]
            for seen in extra[:MOST_TOLD]:
                message = f"表格以外写了{shown(seen.value)}，没有收；要留下请写进“另外”一栏"
                yield warning("extra_text", message, sheet.place(seen.spot))
            if extra[MOST_TOLD:]:
                message = f"表格以外另有 {len(extra) - MOST_TOLD} 格写了字，没有收"
                yield warning("extra_text", message, sheet.whole)
        if self.record.whole:
            yield from self._added_sheets()

    def _added_sheets(self) -> Iterator[Problem]:
        ours = {sheet.name for sheet in self._ours.values()} | set(self.record.filled)
        for sheet in self.view.sheets:
            own = sheet.name in ours or _is_ours(sheet)
            if not own and sheet.visible and any(not one.blank for one in sheet.cells.values()):
                message = f"另有工作表「{sheet.name}」，不是报告里的，没有读"
                yield warning("sheet_extra", message, sheet.whole)

    def _strange(
        self, name: str, sheet: ViewSheet, filled: Mapping[int, frozenset[int]]
    ) -> Iterator[ViewCell]:
        """Cells where nothing stood; those in rows that were put between ours are of them."""
        new_rows = self._inserted(name, sheet)
        taken = {spot for own, spot in self.view.names.values() if own == sheet.name}
        for spot, seen in sheet.cells.items():
            row, column = spot
            before = row - sum(1 for one in new_rows if one <= row)
            empty = row in new_rows or column not in filled.get(before, frozenset())
            if empty and spot not in taken:
                yield seen

    def _inserted(self, name: str, sheet: ViewSheet) -> frozenset[int]:
        """The rows that were put between ours, as far as names tell."""
        rows: dict[int, int] = {}
        for one in self.record.cells:
            named = self.view.names.get(one.key)
            if named is not None and one.sheet == name and one.spot[0]:
                rows[one.spot[0]] = named[1][0]
        written = {row for (row, _), seen in sheet.cells.items() if not seen.blank}
        found: set[int] = set()
        last_was, last_now = 0, 0
        for was, now in sorted(rows.items()):
            more = (now - last_now) - (was - last_was)
            # Which of the rows between, names do not tell: empty ones first, then those right above.
            between = sorted(range(last_now + 1, now), key=lambda row: (row in written, -row))
            found.update(between[: max(0, more)])
            last_was, last_now = was, now
        return frozenset(found)


def _is_ours(sheet: ViewSheet) -> bool:
    return is_identity(sheet.grid) or clean(sheet.name).startswith("_")
