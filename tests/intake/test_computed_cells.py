"""What a master works out is passed over; whatever somebody typed there is not."""

from __future__ import annotations

import pytest

from xladdin.intake.computed_cells import without_computed, works_out

HELD = [
    '<c r="A5" t="s"><v>1</v></c>',
    '<c r="B5" t="str"><f>f_rate</f><v>1</v></c>',
    '<c r="B5"><f>f_figures_item+1</f><v>1</v></c>',
    '<c r="B5"><f>SUM(f_figures_item)</f><v>1</v></c>',
    '<c r="B5"><f t="shared" si="1">f_figures_item</f><v>1</v></c>',
    '<c r="B5" t="inlineStr"><is><t>f_figures_item</t></is></c>',
    '<c r="B5"><f>f_figures_item</f><v>1</v><extLst/></c>',
]
GONE = [
    '<c r="B5" s="3" t="str"><f>f_figures_check</f><v>通过</v></c>',
    '<c r="AC15"><f>f_raters_broken_0</f><v>0.0</v></c>',
    '<c r="B5" t="str"><f>f_roster_said_0</f><v></v></c>',
    '<c r="B5" t="str"><f>f_roster_said_0</f><v/></c>',
    '<c r="B5"><f>f_roster_said_0</f></c>',
    '<c r="B5" s="7" t="n"><f aca="false">f_steps_at</f><v>3</v></c>',
]


def row(*cells: str) -> bytes:
    return f'<row r="5">{"".join(cells)}</row>'.encode()


@pytest.mark.parametrize("cell", HELD)
def test_what_may_be_somebodys_stays(cell: str) -> None:
    assert without_computed(row(GONE[0], cell, GONE[1])) == row(cell)


@pytest.mark.parametrize("cell", GONE)
def test_what_is_worked_out_goes(cell: str) -> None:
    assert without_computed(row(HELD[0], cell, HELD[1])) == row(HELD[0], HELD[1])


@pytest.mark.parametrize("other", ["<!-- ", "<![CDATA["])
def test_where_a_cell_may_be_none_nothing_is_passed_over(other: str) -> None:
    assert without_computed(row(GONE[0], other)) is None


def test_a_master_names_its_checks() -> None:
    names = ["f_roster_check", "f_figures_check", "f_indicators_check"]
    assert works_out(names)
    assert not works_out(names[1:])
