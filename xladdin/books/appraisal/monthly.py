"""月度绩效考核表 (FORMS C, RS201331): the form, how it is scored, where its figures come from.

One book per scheme; what differs per employee stands in slots: identity, head, targets, figures.
"""

from __future__ import annotations

from collections.abc import Iterable

from xladdin.books import identity
from xladdin.company.score_inputs import figures
from xladdin.domain.people import Actual, Employee, Period
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.layout.cells import Book, Properties
from xladdin.scoring.model import score_model

from . import head
from .monthly_form import form_sheet
from .monthly_labels import label_model
from .monthly_notes import notes_sheet
from .monthly_sources import sources_sheet


def book(scheme: Scheme) -> Book:
    """The blueprint of a scheme's workbook; the scheme says which of the two forms it is."""
    origin = identity.Origin(scheme.form, scheme.id, scheme.fingerprint())
    sheets = (
        form_sheet(scheme),
        notes_sheet(scheme),
        sources_sheet(scheme),
        identity.identity_sheet(origin),
    )
    properties = Properties(title=scheme.title, subject=scheme.name, keywords=scheme.form_no)
    return Book(sheets, score_model(scheme) | label_model(scheme), properties)


def values(
    scheme: Scheme,
    employee: Employee,
    period: Period,
    actuals: Iterable[Actual],
    *,
    provisional: bool = False,
) -> dict[str, Value]:
    """The slots of one employee's copy: identity, head, targets and known figures."""
    found: dict[str, Value] = head.values(
        employee, period, f"{period.label}{scheme.title}", provisional=provisional
    )
    found |= {identity.EMPLOYEE: employee.id, identity.PERIOD: str(period)}
    return found | figures(scheme, actuals)
