"""Texts and shares read for a clerk: METRIC_NUMBER, DUTY_STANDARD, JOB_TIME_CHECK."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from xladdin.books import job_analysis
from xladdin.domain.positions import Standard
from xladdin.domain.quantities import Unit, written
from xladdin.formula.evaluate import Value, evaluate
from xladdin.formula.nodes import Expr
from xladdin.schemes.labels import CHOICE_LABELS
from xladdin.schemes.library import Library

from .argument_names import unit as unit_of
from .argument_values import BadArgumentError, answer, bad, lines, measured, number, text
from .spilling import Answers, answered, cells, spread

TEXT, UNIT, SHARES = "文字", "单位", "占用时间"
FULL = Decimal(100)
CLOCK, PERCENT = ":", "%"


def metric_number(text: object, unit: object = None) -> Answers:
    """A figure as it was exported or typed, in its unit."""
    return spread(_number, {TEXT: text, UNIT: unit})


def duty_standard(text: object) -> Answers:
    """The measurable standards that stand in a duty's brackets, and what could not be read."""
    return spread(_standards, {TEXT: text})


@answered
def job_time_check(shares: object) -> Answers:
    """Whether shares of working time make 100%, in the words of the job analysis."""
    found = [
        share for share in map(_share, enumerate(cells(shares, SHARES), 1)) if share is not None
    ]
    if not found:
        return None
    # Percentages stand in cells as fractions; only figures above 1 can be points of 100.
    whole = Decimal(1) if max(found) <= 1 else FULL
    total = sum(found, Decimal(0)) / whole
    return answer(evaluate(_time_check(), {job_analysis.TIME_TOTAL: total}))


def _number(raw: object, unit: object) -> Value:
    wanted = text(unit, UNIT)
    if wanted:
        return measured(raw, TEXT, unit_of(wanted, UNIT))
    return (
        measured(raw, TEXT, _unit(text(raw, TEXT))) if isinstance(raw, str) else number(raw, TEXT)
    )


def _unit(given: str) -> Unit:
    """What the figure itself says of its unit."""
    if given.endswith(PERCENT):
        return Unit.PERCENT
    return Unit.SECOND if CLOCK in given else Unit.NUMBER


def _standards(raw: object) -> Value:
    # Imported late: it reads a large table of wordings, which no other function needs.
    from xladdin.standards.clause_reader import read_standards  # noqa: PLC0415

    given = lines(raw, TEXT)
    if not given.strip():
        return None
    standards, unread = read_standards(given)
    told = [*map(_told, standards), *(f"未读懂：{part.clause}（{part.reason}）" for part in unread)]
    return "；".join(told) or "没有可衡量的标准"


def _told(standard: Standard) -> str:
    """``报审通过率 不低于 95%``, with the cycle in front and the date behind where there are any."""
    words = CHOICE_LABELS["cycle"]
    cycle = words[standard.cycle] if standard.cycle else ""
    figure = "" if standard.value is None else written(standard.value, standard.unit)
    kind = CHOICE_LABELS["kind"][standard.kind]
    return " ".join(filter(None, (standard.subject, cycle, kind, figure, standard.due)))


def _share(numbered: tuple[int, object]) -> Decimal | None:
    place, raw = numbered
    try:
        share = number(raw, SHARES)
    except BadArgumentError as error:
        raise BadArgumentError(f"{error}（第{place}格）") from None
    if share is not None and share < 0:
        raise bad(SHARES, f"不能是负数（第{place}格）")
    return share


@cache
def _time_check() -> Expr:
    """The check of the printed form, which reads nothing but the total."""
    return job_analysis.book(Library.shipped().positions[0]).model[job_analysis.TIME_CHECK]
