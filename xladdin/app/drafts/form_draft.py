"""A scheme drafted from somebody's own appraisal form, line by line, with the cell of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from xladdin.domain.methods import METHOD_LABELS
from xladdin.domain.quantities import Unit, plain
from xladdin.domain.schemes import Scheme
from xladdin.intake.appraisal_forms.form_figures import FormCell
from xladdin.intake.appraisal_forms.form_sheet import FormLine, FormSheet
from xladdin.intake.appraisal_forms.form_weights import Weights, weights_of
from xladdin.problems import Place, Problem, warning
from xladdin.standards.rules_in_words.rule_parts import Context, ReadRule, Unread
from xladdin.standards.rules_in_words.rule_reader import read_rule
from xladdin.standards.scheme_draft import GRADES, TO_FILL

LONGEST, LONGEST_LABEL = 600, 60
MOST_SECTIONS, SECTION_SIZE = 8, 40
ONLY = "考核指标"
USUAL_CAP = Decimal(10)
_LIMITS = (
    re.compile(
        r"(?:最[多高]|至多|不超过|上限|累计)(?:可|能|为|不超过|[加减扣奖]){0,4}([0-9]{1,3}(?:\.[0-9])?)分?"
    ),
    re.compile(r"[±+-]?([0-9]{1,3}(?:\.[0-9])?)(?:%|分)?(?:以内|封顶|为限|为上限)"),
    re.compile(r"^(?:[0-9.]{1,4}[-~～至])?[±+-]?([0-9]{1,3}(?:\.[0-9])?)(?:%|分)?$"),
)
_TOTAL_CAP = re.compile(r"总分(?:最高)?(?:不超过|封顶|上限为?|最高为?)([0-9]{2,3})分?")


@dataclass(slots=True)
class DraftLine:
    """One indicator of a draft: where it came from, and what became of its rule."""

    id: str
    name: str
    weight: Decimal
    scale: Decimal | None
    line: FormLine
    rule: str
    read: ReadRule | Unread
    notes: list[str] = field(default_factory=list)

    @property
    def place(self) -> Place:
        return self.line.place

    @property
    def rule_place(self) -> Place:
        cell = self.line.cells.get("rule") or self.line.cells.get("definition")
        return cell.place if cell is not None and not cell.blank else self.place

    @property
    def reading(self) -> ReadRule:
        """What was read; what was not is judged by a person, who sees the rule's text."""
        if isinstance(self.read, ReadRule):
            return self.read
        text = (self.rule or "由考核人评分").replace("\n", "；")[:LONGEST]
        bands = [{"low": Decimal(0), "high": self.scale or self.weight, "text": text}]
        return ReadRule({"kind": "judgement", "bands": bands}, Unit.POINT)

    @property
    def label(self) -> str:
        """What the method is called."""
        return METHOD_LABELS[self.reading.method["kind"]]

    def data(self) -> dict[str, Any]:
        """The indicator as a scheme has it."""
        read, line = self.reading, self.line
        return {
            "id": self.id,
            "name": self.name,
            "weight": self.weight,
            "unit": read.unit,
            "direction": read.direction,
            "target": read.target,
            "method": read.method,
            "definition": self._definition(),
            "source": _source(line),
            "remark": self._remark(),
        }

    def _definition(self) -> str:
        parts = [self.line.long("definition")]
        if isinstance(self.read, Unread) and self.rule and self.rule not in parts:
            parts.append(f"评分标准：{self.rule}")
        return _cut("\n".join(filter(None, parts)))

    def _remark(self) -> str:
        came = f"来自{_cell(self.place)}"
        if isinstance(self.read, Unread):
            told = f"评分标准没有读懂（{self.read.reason}），先按主观评分"
        else:
            told = f"原评分标准：{self.rule}" if self.rule else ""
        notes = [*self.reading.notes, *self.notes]
        parts = [self.line.long("remark"), came, told, *notes]
        return _cut("；".join(part.replace("\n", " ") for part in parts if part))


@dataclass(slots=True)
class FormDraft:
    """The draft of one kind of form, and every sheet that has its lines."""

    sheets: list[FormSheet]
    weights: Weights
    lines: list[DraftLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    id: str = "own_form"
    name: str = ""

    @property
    def sheet(self) -> FormSheet:
        return self.sheets[0]

    def scheme_data(self) -> dict[str, Any]:
        """The scheme, to be validated."""
        return {
            "kind": "kpi_scheme",
            "id": self.id,
            "name": self.name,
            "title": (self.sheet.title or "绩效考核表")[:LONGEST_LABEL],
            "positions": [self.position or TO_FILL],
            "sections": list(_sections(self)),
            "adjustments": [data for data, _ in adjustments(self.sheet)],
            "total": {"cap": total_cap(self.sheet), "floor": Decimal(0)},
            "grades": _grades(self.sheet),
            "note": _cut(
                f"由{_where(self.sheet.place)}起草；数据来源、目标和计分方法请核对后使用。"
            ),
        }

    @property
    def position(self) -> str:
        """The position that every sheet names."""
        named = {sheet.fields.get("position", "") for sheet in self.sheets}
        return named.pop()[:LONGEST_LABEL] if len(named) == 1 else ""

    def scheme(self) -> Scheme:
        return Scheme.model_validate(self.scheme_data())


def draft_form(sheets: Sequence[FormSheet]) -> FormDraft:
    """The draft of a form; its sheets have the same lines.  Without lines where weights are wrong."""
    sheet = sheets[0]
    weights = weights_of(sheet, sheets)
    draft = FormDraft(list(sheets), weights)
    draft.name = (draft.position or sheet.title or sheet.grid.sheet or "考核方案")[:40]
    if weights.problem is not None:
        draft.problems.append(weights.problem)
        return draft
    names: set[str] = set()
    found = zip(sheet.lines, weights.points, weights.scales, strict=True)
    for number, (line, weight, scale) in enumerate(found, start=1):
        rule = rule_text(line)
        read = read_rule(rule, _context(line, weight, scale, sheets, number - 1))
        name = _unique(line.name, names)
        draft.lines.append(DraftLine(f"item_{number}", name, weight, scale, line, rule, read))
    draft.problems += _told(draft)
    return draft


def _context(
    line: FormLine,
    weight: Decimal,
    scale: Decimal | None,
    sheets: Sequence[FormSheet],
    at: int,
) -> Context:
    actuals = [sheet.lines[at].said("actual") for sheet in sheets]
    actual = next((one for one in actuals if one), "")
    target = line.said("target")
    return Context(line.name, weight, target, actual, scale)


def rule_text(line: FormLine) -> str:
    """An item's rule, over all the rows that it takes."""
    first = line.long("rule") or line.long("definition")
    if not line.more:
        return first
    about = line.said("definition")
    if (
        about
        and any(text.startswith(" ") or " " in text for text, _ in line.more)
        and line.long("rule")
    ):
        first = f"{about} {first}"
    full = line.cells.get("full")
    points = full.text if full is not None and not full.blank and "weight" in line.cells else ""
    return "\n".join(_with_points(text, one) for text, one in [(first, points), *line.more])


def _with_points(text: str, points: str) -> str:
    """A row of a band with its points beside it."""
    if not points:
        return text
    return f"{text}:{points}" if re.search("[%分]", points) else f"{text}:{points}分"


def _unique(name: str, taken: set[str]) -> str:
    wanted, number = name[: LONGEST_LABEL - 6], 1
    found = wanted
    while found in taken:
        number += 1
        found = f"{wanted}（{number}）"
    taken.add(found)
    return found


def _where(place: Place) -> str:
    inside = f"「{place.sheet}」{place.cell}" if place.sheet else f"第{place.line}行"
    return f"{place.file}{inside}"


def _cell(place: Place) -> str:
    """Where in the form: a remark is printed for everybody, and files and sheets bear names."""
    return f"原表{place.cell}" if place.sheet else f"原表第{place.line}行"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _source(line: FormLine) -> dict[str, str]:
    stated = line.long("source_form") or line.long("source")
    return {
        "way": line.said("way")[:LONGEST_LABEL] or TO_FILL,
        "post": line.said("post")[:LONGEST_LABEL] or TO_FILL,
        "form": stated[:LONGEST],
    }


def _sections(draft: FormDraft) -> Iterator[dict[str, Any]]:
    groups: dict[str, list[DraftLine]] = {}
    for line in draft.lines:
        groups.setdefault(line.line.section or ONLY, []).append(line)
    if len(groups) > MOST_SECTIONS:
        groups = {ONLY: draft.lines}
    number = 0
    for name, lines in groups.items():
        for start in range(0, len(lines), SECTION_SIZE):
            number += 1
            part = lines[start : start + SECTION_SIZE]
            yield {
                "id": f"section_{number}",
                "name": f"{name[:50]}（{start // SECTION_SIZE + 1}）" if start else name[:50],
                "weight": sum((line.weight for line in part), Decimal(0)),
                "indicators": [line.data() for line in part],
            }


# Additions and deductions.


def adjustments(sheet: FormSheet) -> Iterator[tuple[dict[str, Any], FormLine]]:
    """加分项 and 减分项 with the row of each; a row for both becomes one of each."""
    names: set[str] = set()
    counts = {"bonus": 0, "deduction": 0}
    for line in sheet.extras:
        for kind in _kinds(line):
            counts[kind] += 1
            both = len(_kinds(line)) > 1
            word = "加分" if kind == "bonus" else "减分"
            base = line.name or line.section
            named = f"{base}（{word}）" if both else base
            cap, _ = limit_of(line)
            criteria = _cut(rule_text(line) or base)
            data = {
                "id": f"{kind}_{counts[kind]}",
                "kind": kind,
                "name": _unique(named, names),
                "cap": cap,
                "criteria": criteria,
                "source": _source(line),
                "remark": _cut(f"来自{_cell(line.place)}"),
            }
            yield data, line


def _kinds(line: FormLine) -> tuple[str, ...]:
    said = f"{line.section}{line.name}"
    up, down = re.search("加|奖|附加", said), re.search("减|扣|罚|惩", said)
    if up and down:
        return ("bonus", "deduction")
    return ("deduction",) if down else ("bonus",)


def limit_of(line: FormLine) -> tuple[Decimal, bool]:
    """Most points, and whether the form says so."""
    texts = [line.said("weight"), line.said("full"), line.section, rule_text(line)]
    for text in filter(None, texts):
        for pattern in _LIMITS:
            found = pattern.search(text.replace(" ", ""))
            if found and 0 < Decimal(found[1]) <= 100:
                return Decimal(found[1]), True
    return USUAL_CAP, False


def total_cap(sheet: FormSheet) -> Decimal | None:
    """总分不超过100分, where the form says so."""
    for row in sheet.grid.rows[:400]:
        for raw in row[:60]:
            found = _TOTAL_CAP.search(raw.replace(" ", "")) if isinstance(raw, str) else None
            if found:
                return Decimal(found[1])
    return None


# Grades.


def _grades(sheet: FormSheet) -> list[dict[str, Any]]:
    if not sheet.grades:
        return [dict(grade) for grade in GRADES]
    found = [
        {
            "name": grade.name,
            "lower": grade.lower,
            "sign": ">=" if grade.lower_in else ">",
            "coefficient": Decimal(1) if grade.coefficient is None else grade.coefficient,
        }
        for grade in sheet.grades
    ]
    found[-1] = {key: value for key, value in found[-1].items() if key not in ("lower", "sign")}
    return found


# What is to be told.


def _told(draft: FormDraft) -> Iterator[Problem]:
    sheet = draft.sheet
    settled: dict[str, list[DraftLine]] = {}
    for line in draft.lines:
        if isinstance(line.read, Unread):
            said = _whole(line.rule, line.read.reason)
            message = f"「{line.name}」没有读懂评分标准，先按主观评分起草：{line.read.reason}{said}"
            yield warning("rule_unread", message, line.rule_place)
        elif line.read.notes and not line.read.others:
            settled.setdefault("；".join(line.read.notes), []).append(line)
    for said, lines in settled.items():
        names = "".join(f"「{line.name}」" for line in lines)
        yield warning("rule_settled", f"{names}：{said}，请核对", lines[0].rule_place)
    yield from _told_apart(draft)
    yield from _told_errors(draft)
    for data, row in adjustments(sheet):
        if not limit_of(row)[1]:
            message = f"「{data['name']}」没有写最多几分，先定为{plain(USUAL_CAP)}分，请核对"
            yield warning("adjustment_limit", message, row.place)
    if any(len(_kinds(line)) > 1 for line in sheet.extras):
        message = "加分和减分写在一行，方案里分成加分、减分两项"
        yield warning("adjustment_split", message, sheet.extras[0].place)
    yield from _told_grades(sheet)
    if not draft.position:
        message = (
            f"没有读到岗位，「适用岗位」先写“{TO_FILL}”；填上岗位之前，这个方案不会用到任何人身上"
        )
        yield warning("position_missing", message, sheet.place)


def _whole(rule: str, reason: str) -> str:
    """The rule, where the reason does not quote all of it."""
    text = " ".join(rule.split())
    if not text or text in reason:
        return ""
    return f"；原文“{text[:60]}{'…' if len(text) > 60 else ''}”"


def _told_apart(draft: FormDraft) -> Iterator[Problem]:
    sheet, weights = draft.sheet, draft.weights
    if weights.nested:
        message = "各分项内的权重合计是100%，已按分项权重折算成占总分的权重"
        yield warning("weights_nested", message, sheet.place)
    if any(scale == 100 for scale in weights.scales):
        message = "各项按100分评分，再按权重折算"
        yield warning("scale_hundred", message, sheet.place)
    shared = [c for head in sheet.heads for c in head.columns.values() if c.share is not None]
    if shared:
        said = "、".join(f"{one.label}" for one in shared)
        message = f"{said}按比例合成得分；方案里每项只记一个得分，请按合成后的分数填"
        yield warning("scores_shared", message, sheet.place)
    if len({line.line.section for line in draft.lines}) > MOST_SECTIONS:
        message = f"分项超过{MOST_SECTIONS}个，方案里合成一个分项"
        yield warning("sections_joined", message, sheet.place)


def _told_errors(draft: FormDraft) -> Iterator[Problem]:
    """Cells that show #DIV/0! and the like: nothing was compared there."""
    for sheet in draft.sheets:
        cells = [
            cell
            for line in (*sheet.lines, *sheet.extras)
            for cell in (*line.cells.values(), *line.scores.values())
            if cell.is_error
        ]
        if cells:
            said = "、".join(f"{cell.place.cell}是{cell.text}" for cell in cells[:6])
            message = f"{said}{'等' if len(cells) > 6 else ''}，公式没有算出结果，这几格没有读"
            yield warning("error_value", message, cells[0].place)


def _told_grades(sheet: FormSheet) -> Iterator[Problem]:
    if not sheet.grades:
        message = "表里没有读到等级，先按通用的五级（90、80、70、60分）填入，请核对"
        yield warning("grades_missing", message, sheet.place)
        return
    place = sheet.grades[0].place
    if any(grade.coefficient is None for grade in sheet.grades):
        message = "等级没有写奖金系数，先都填1，请核对"
        yield warning("coefficient_missing", message, place)
    holes = [
        f"{plain(worse.upper)}～{plain(better.lower)}分"
        for better, worse in pairwise(sheet.grades)
        if worse.upper is not None and better.lower is not None and worse.upper < better.lower
    ]
    if holes:
        message = f"等级之间有空档（{'、'.join(holes)}），空档里的分数按较低的一级"
        yield warning("grade_hole", message, place)


def cell_of(line: FormLine, role: str) -> FormCell | None:
    """A cell that is filled in."""
    cell = line.cells.get(role)
    return None if cell is None or cell.blank else cell
