"""The companies that a master workbook can start with."""

from __future__ import annotations

from xladdin.company.starting import example_company, shipped_company
from xladdin.schemes.library import Library


def test_the_shipped_templates_are_nobodys_yet() -> None:
    firm = shipped_company()
    assert firm.library == Library.shipped()
    assert (firm.employees, firm.figures, firm.raters, firm.name) == ((), (), (), "")


def test_everybody_in_the_example_has_a_scheme_and_figures_of_it() -> None:
    firm = example_company()
    assert example_company() is firm
    assert len(firm.employees) == 40
    assert firm.raters
    assert {figure.state for figure in firm.figures} == {"最终"}
    for (id_, _), lines in firm.measured.items():
        scheme = firm.scheme_of(firm.people[id_])
        assert scheme is not None
        items = {item.id for item in (*scheme.indicators, *scheme.adjustments)}
        assert {line.indicator for line in lines} <= items
