"""How far the total of a scheme goes: a limit that nobody stated, grades that nobody can get."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .base import Fault
from .grades import Grade
from .quantities import plain
from .schemes import Scheme


def highest_total(scheme: Scheme, *, capped: bool = True) -> Decimal | None:
    """The total where everything is as good as can be, in points; None where there is no limit."""
    shares = [(item.weight, item.method.most_share) for item in scheme.indicators]
    extras = sum((max(item.span[1], Decimal(0)) for item in scheme.adjustments), Decimal(0))
    cap = scheme.total.cap if capped else None
    if any(share is None for _, share in shares):
        return cap
    reached = sum((weight * (share or 0) for weight, share in shares), extras)
    return max(reached if cap is None else min(reached, cap), scheme.total.floor)


def cap_is_stated(scheme: Scheme) -> bool:
    """Whether the scheme itself says how far its total may go."""
    return "total" in scheme.model_fields_set and "cap" in scheme.total.model_fields_set


def reach_notices(scheme: Scheme) -> Iterator[Fault]:
    """What is told about a scheme that is no fault: what its limits come to."""
    cap, free = scheme.total.cap, highest_total(scheme, capped=False)
    cut = cap is not None and (free is None or free > cap)
    if cap is not None and cut and not cap_is_stated(scheme):
        reach = "没有上限" if free is None else f"最高可到 {plain(free)} 分"
        message = (
            f"没有写总分封顶，按 {plain(cap)} 分封顶；各项得分和加分合起来{reach}，"
            f"超过 {plain(cap)} 分的不计，请写明总分封顶"
        )
        yield Fault("cap_not_stated", message, ("total", "cap"))
    highest = highest_total(scheme)
    if highest is None:
        return
    for i, grade in enumerate(scheme.grades):
        if _beyond(grade, highest):
            message = (
                f"等级「{grade.name}」谁也得不到：要求 {grade.bound} 分，"
                f"总分最高只能到 {plain(highest)} 分"
            )
            yield Fault("grade_unreachable", message, ("grades", i, "lower"))


def _beyond(grade: Grade, highest: Decimal) -> bool:
    if grade.lower is None:
        return False
    return grade.lower > highest or (grade.lower == highest and grade.sign == ">")
