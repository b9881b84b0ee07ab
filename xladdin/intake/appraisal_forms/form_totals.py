"""The totals of a form: the last one counts, and of tables that each have their own, their sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from xladdin.problems import Place

from .form_figures import FormCell
from .form_heads import FormColumn

_LABEL = re.compile(
    r"(?P<sum>合计|总计|得分合计|合计得分|考核合计)|"
    r"总分|总得分|考核总分|考核得分|绩效得分|最终得分|综合得分|绩效考核最终得分|绩效总分|总评分|"
    r"考核总得分|考评得分|绩效考核得分|绩效考核总分|最后得分|月度得分|总成绩|总分合计|合计总分|综合评分"
)
_NOTE = re.compile(r"[(（][^()（）]{0,20}[)）]|[:： ]")


@dataclass(frozen=True, slots=True)
class FormTotal:
    """One row with a total: its figures by column of scores, or the one beside its label."""

    label: str
    head: int
    """The row of the head that it stands below."""
    cells: tuple[FormCell, ...]
    columns: tuple[FormColumn, ...]
    """Of the cells that stand in columns of scores; these come first."""

    @property
    def value(self) -> Decimal | None:
        """The figure that counts; of scores that count in part, in these parts."""
        values = [one.points.value for one in self.cells if one.points is not None]
        shares = [column.share for column in self.columns]
        if shares and len(shares) == len(values) and None not in shares:
            parts = zip(shares, values, strict=True)
            return sum((value * (share or 0) / 100 for share, value in parts), Decimal(0))
        plain = [
            value
            for value, share in zip(values, [*shares, *[None] * len(values)], strict=False)
            if share is None
        ]
        return plain[0] if plain else None

    @property
    def sums(self) -> bool:
        """Whether it may be that of one table among several."""
        found = label_of(self.label)
        return found is not None and found["sum"] is not None


def label_of(text: str) -> re.Match[str] | None:
    """Whether a cell is the label of a total."""
    return _LABEL.fullmatch(_NOTE.sub("", text))


def stated(totals: Sequence[FormTotal]) -> tuple[Decimal, Place] | None:
    """The total of the whole form, and its cell."""
    known = [(one, value) for one in totals if (value := one.value) is not None]
    if not known:
        return None
    last, value = known[-1]
    heads = [one.head for one, _ in known]
    if len(known) > 1 and len(set(heads)) == len(heads) and all(one.sums for one, _ in known):
        value = sum((each for _, each in known), Decimal(0))
    return value, last.cells[0].place
