"""What a quarter, half a year or a year came to, as plain values: what its summary workbook is made from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from xladdin.domain.month_spans import Span
from xladdin.domain.people import Employee
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value, evaluate

COUNTED = "counted_"
"""Beginning of the keys of what a rule needs of each month."""


def month_keys(span: Span) -> tuple[str, ...]:
    """The keys of its months' totals."""
    return tuple(f"m{i}" for i in range(span.count))


@dataclass(frozen=True, slots=True)
class PersonSpan:
    """One person's months."""

    employee: Employee
    scheme: Scheme
    """That of the last month with a result."""
    totals: tuple[Decimal | None, ...]
    """Of each month in order, points; None where there is none."""
    note: str = ""
    """What else is to be known: another scheme in some months, figures that may still change."""

    def fits(self, span: Span) -> bool:
        """Whether the scheme's rule says something of so many months."""
        return self.scheme.average_rule.fits(span.count)

    def average(self, span: Span) -> Decimal | None:
        """The mean by the scheme's rule, points; None where no month has a total or it does not fit."""
        if not self.fits(span):
            return None
        keys = month_keys(span)
        env: dict[str, Value] = dict(zip(keys, self.totals, strict=True))
        parts = dict(self.scheme.average_rule.expressions(keys, COUNTED))
        mean = parts.pop("")
        for key, part in parts.items():
            env[key] = evaluate(part, env)
        found = evaluate(mean, env)
        return found if isinstance(found, Decimal) else None

    def lacks(self, span: Span) -> list[str]:
        """The months without a total, as people say them: 1至7月, 11月."""
        pairs = zip(span.months, self.totals, strict=True)
        runs: list[list[int]] = []
        for number in (month.month for month, total in pairs if total is None):
            if runs and runs[-1][-1] == number - 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        return [f"{run[0]}至{run[-1]}月" if len(run) > 1 else f"{run[0]}月" for run in runs]


@dataclass(frozen=True)
class SpanResults:
    """Several months of a company."""

    company: str
    span: Span
    people: tuple[PersonSpan, ...]
    origin: str = ""
    """Where the results come from, in words, where that is not the master alone."""
