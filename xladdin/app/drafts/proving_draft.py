"""A drafted scheme against the forms it was drafted from: filled lines scored, and compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from xladdin.domain.quantities import Unit, plain
from xladdin.domain.rule_models import Adjustment
from xladdin.domain.schemes import Indicator, Scheme
from xladdin.formula.evaluate import Value, evaluate, solve
from xladdin.intake.appraisal_forms.form_sheet import FormSheet
from xladdin.intake.appraisal_forms.form_totals import stated
from xladdin.intake.appraisal_forms.form_weights import Scored, score_of
from xladdin.intake.stated_figures import read_figure
from xladdin.intake.text import narrow
from xladdin.problems import Place, Problem, warning
from xladdin.scoring import keys
from xladdin.scoring.model import input_defaults, score_model
from xladdin.standards.rules_in_words.rule_parts import ReadRule
from xladdin.standards.rules_in_words.rule_units import figure_in, in_unit

from .form_draft import DraftLine, FormDraft, adjustments, cell_of

NEAR = Decimal("0.005")
"""Scores have two decimals: what differs by less is the same."""
EVENTS = (Unit.TIMES, Unit.PIECE, Unit.PERSON)


@dataclass(slots=True)
class Proof:
    """What came of scoring one filled sheet."""

    who: str
    checked: int = 0
    """Lines whose score was worked out anew from their actual."""
    differ: int = 0
    judged: int = 0
    """Lines that a person scores: taken as they are."""
    open: list[str] = field(default_factory=list)
    """Lines that could not be worked out, by name."""
    total: Decimal | None = None
    stated: Decimal | None = None
    """The total that the sheet states."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def filled(self) -> bool:
        return bool(self.checked or self.judged)

    @property
    def same(self) -> bool:
        """Whether everything that could be compared is the same, and all could."""
        if self.differ or self.open:
            return False
        if self.stated is None:
            return True
        return self.total is not None and abs(self.stated - self.total) < NEAR

    @property
    def told(self) -> str:
        """In one line, for a clerk."""
        parts = []
        if self.checked:
            same = self.checked - self.differ
            parts.append(
                f"{self.checked}项按实际值重算，"
                + ("得分全部相同" if not self.differ else f"{same}项相同，{self.differ}项不同")
            )
        if self.judged:
            parts.append(f"{self.judged}项是主观评分，照表里的分数")
        if self.open:
            parts.append(f"{len(self.open)}项缺实际值或得分，没有对照")
        if self.stated is not None and self.total is not None:
            same_total = abs(self.stated - self.total) < NEAR
            ours = plain(self.total.quantize(Decimal("0.01")))
            parts.append(
                f"总分{ours}" + ("，相同" if same_total else f"，表里是{plain(self.stated)}")
            )
        elif self.stated is None:
            parts.append("表里没有总分可对照")
        else:
            parts.append(f"有缺项，总分{plain(self.stated)}没有对照")
        return f"{self.who}：" + "；".join(parts)


def settle(draft: FormDraft) -> None:
    """Where words allow several methods, the one that gives the scores of the filled forms."""
    for at, line in enumerate(draft.lines):
        if not isinstance(line.read, ReadRule) or not line.read.others:
            continue
        tries: list[tuple[str, dict[str, Any]]] = [("", line.read.method), *line.read.others]
        cases = list(_cases(draft, at, line))
        fit = [
            (told, method)
            for told, method in tries
            if cases and all(_gives(line, method, *case) for case in cases)
        ]
        notes = line.read.notes
        if len(fit) == 1 and fit[0][0]:
            notes = (*notes[:-1], f"没有写不足一级怎样扣，按已填的表定为“{fit[0][0]}”")
        elif len(fit) == 1:
            notes = (*notes[:-1], f"{notes[-1].replace('先定为', '按已填的表定为')}")
        if fit:
            line.read = replace(line.read, method=fit[0][1], notes=notes)
        said = "；".join(notes)
        message = f"「{line.name}」：{said}，请核对"
        draft.problems.append(warning("rule_settled", message, line.rule_place))


def _cases(
    draft: FormDraft, at: int, line: DraftLine
) -> Iterator[tuple[Decimal, Decimal | None, Decimal]]:
    item = Indicator.model_validate(line.data())
    for sheet in draft.sheets:
        actual, target = figures_of(sheet, at, line, item)
        score = score_of(sheet.lines[at], line.weight, line.scale)
        if actual is not None and score is not None:
            yield actual, target, score.value


def _gives(
    line: DraftLine,
    method: dict[str, Any],
    actual: Decimal,
    target: Decimal | None,
    score: Decimal,
) -> bool:
    item = Indicator.model_validate({**line.data(), "method": method})
    got = scored(item, actual, target)
    return got is not None and abs(got - score) < NEAR


def scored(item: Indicator, actual: Decimal | None, target: Decimal | None) -> Decimal | None:
    """An indicator's points."""
    inputs: dict[str, Value] = {
        "full": item.weight,
        "actual": actual,
        "target": item.target if target is None else target,
    }
    value = evaluate(item.rule, inputs)
    return value if isinstance(value, Decimal) else None


def figures_of(
    sheet: FormSheet, at: int, line: DraftLine, item: Indicator
) -> tuple[Decimal | None, Decimal | None]:
    """Actual and target of a line, in the indicator's unit."""
    row = sheet.lines[at]
    actual, target = cell_of(row, "actual"), cell_of(row, "target")
    if actual is None:
        return None, None
    if line.reading.completion:
        return _completion(actual.raw, target.raw if target is not None else None), None
    found = _figure(actual.raw, item.unit, line.name)
    aim = _figure(target.raw, item.unit, line.name) if target is not None else None
    return found, aim if item.uses_target else None


def _completion(actual: object, target: object) -> Decimal | None:
    """The share of the target that was reached: as such, or out of both figures."""
    done = figure_in(str(actual))
    if done is not None and done.unit is Unit.PERCENT:
        return done.value
    aim = figure_in(str(target)) if target is not None else None
    if done is None:
        return None
    if aim is None or aim.unit is Unit.PERCENT:
        return done.value if done.value <= 2 else None
    return done.value / aim.value if aim.value else None


def _figure(raw: object, unit: Unit, name: str) -> Decimal | None:
    if unit in EVENTS and isinstance(raw, str) and narrow(raw) in ("无", "没有", "未发生"):
        return Decimal(0)
    reading = read_figure(raw, unit)  # a unit in the head is in the cell by now
    if reading.value is not None:
        return reading.value
    said = figure_in(raw) if isinstance(raw, str) else None
    if said is None:
        return None
    if said.unit in EVENTS and unit in EVENTS:
        return said.value
    known = in_unit(said, unit, name)
    return None if known is None else known.value


def prove(draft: FormDraft, scheme: Scheme) -> list[Proof]:
    """Every sheet that is filled in, scored by the scheme."""
    found = [_proof(draft, scheme, sheet) for sheet in draft.sheets]
    return [proof for proof in found if proof.filled]


def _proof(draft: FormDraft, scheme: Scheme, sheet: FormSheet) -> Proof:
    proof = Proof(sheet.who)
    inputs: dict[str, Value] = dict(input_defaults(scheme))
    taken: dict[str, Value] = {}
    for at, (line, item) in enumerate(zip(draft.lines, _items(draft, scheme), strict=True)):
        score = score_of(sheet.lines[at], line.weight, line.scale)
        own = _line(proof, sheet, at, line, item, score)
        if own is None:
            proof.open.append(line.name)
            own = None if score is None else score.value
        taken[keys.score(item.id)] = own
        inputs[keys.actual(item.id)] = figures_of(sheet, at, line, item)[0]
    for (data, row), extra in zip(adjustments(sheet), scheme.adjustments, strict=False):
        inputs[keys.points(extra.id)] = _points(row, extra, data["kind"])
    model = {key: tree for key, tree in score_model(scheme).items() if key not in taken}
    values = solve(model, {**inputs, **taken})
    ours = values[keys.TOTAL]
    proof.total = ours if isinstance(ours, Decimal) else None
    total = stated(sheet.totals)
    proof.stated = None if total is None else total[0]
    _compare_total(proof, Place() if total is None else total[1], sheet)
    return proof


def _items(draft: FormDraft, scheme: Scheme) -> list[Indicator]:
    by_id = {item.id: item for item in scheme.indicators}
    return [by_id[line.id] for line in draft.lines]


def _points(row: Any, extra: Adjustment, kind: str) -> Decimal | None:
    scored_ = score_of(row, Decimal(100), None)
    if scored_ is None:
        return None
    wrong_side = scored_.value < 0 if kind == "bonus" else False
    both = "（加分）" in extra.name or "（减分）" in extra.name
    if both and ((kind == "bonus") != (scored_.value > 0)):
        return None
    return None if wrong_side else abs(scored_.value)


def _line(
    proof: Proof,
    sheet: FormSheet,
    at: int,
    line: DraftLine,
    item: Indicator,
    score: Scored | None,
) -> Decimal | None:
    """The line's points by the scheme; None where they cannot be worked out."""
    if item.subjective:
        return _judged(proof, sheet, at, line, item, score)
    actual, target = figures_of(sheet, at, line, item)
    ours = scored(item, actual, target) if actual is not None else None
    if ours is None:
        return None
    if score is None:
        proof.open.append(line.name)
        return ours
    proof.checked += 1
    if abs(ours - score.value) >= NEAR:
        proof.differ += 1
        cell = sheet.lines[at].cells["actual"]
        message = (
            f"{_whose(sheet)}「{line.name}」：实际{cell.text}，按起草的方案得{plain(ours)}分，"
            f"表里是{_shown(score.value)}分；请看评分标准“{line.rule[:60]}”和方案里的"
            f"{line.label}哪个对"
        )
        proof.problems.append(warning("score_differs", message, _place_of(score, sheet, at)))
    return ours


def _judged(
    proof: Proof,
    sheet: FormSheet,
    at: int,
    line: DraftLine,
    item: Indicator,
    score: Scored | None,
) -> Decimal | None:
    if score is None:
        return None
    top = max(band["high"] for band in line.reading.method["bands"])
    ours = scored(item, score.value / item.weight * top, None)
    proof.judged += 1
    if ours is None or abs(ours - score.value) >= NEAR:
        message = (
            f"{_whose(sheet)}「{line.name}」：表里的{_shown(score.value)}分不在评分标准的各档之内"
        )
        proof.differ += 1
        proof.checked += 1
        proof.judged -= 1
        proof.problems.append(warning("score_differs", message, _place_of(score, sheet, at)))
        return score.value
    return ours


def _place_of(score: Scored, sheet: FormSheet, at: int) -> Place:
    """The cell of a score, or the first of those that it was worked out from."""
    return sheet.lines[at].place._replace(cell=score.cell.partition("、")[0])


def _compare_total(proof: Proof, place: Place, sheet: FormSheet) -> None:
    if proof.stated is None or proof.total is None or not proof.filled:
        return
    if abs(proof.stated - proof.total) >= NEAR:
        message = f"{_whose(sheet)}总分：按起草的方案是{_shown(proof.total)}分，表里是{_shown(proof.stated)}分"
        proof.problems.append(warning("total_differs", message, place))


def _whose(sheet: FormSheet) -> str:
    name = sheet.fields.get("name")
    return f"{name}的" if name else ""


def _shown(value: Decimal) -> str:
    return plain(value.quantize(Decimal("0.01")))
