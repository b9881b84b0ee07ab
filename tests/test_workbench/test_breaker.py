from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench.breaker import Edit, Fault, FaultError, break_workbook, load_faults
from tests.workbench.package import Package


def test_faults_are_read_with_their_edits(tmp_path: Path) -> None:
    cases = tmp_path / "cases.yaml"
    cases.write_text(
        "cases: [{name: a, code: b, formula: A1<1}, {name: c, schema: true, drop: [d]}]"
    )
    first, second = load_faults(cases)
    assert first.edits[0].replace == "<f>A1&lt;1</f>"
    assert (second.code, second.schema, second.drop) == (None, True, ("d",))


@pytest.mark.parametrize(
    "case", ["{name: a}", "{name: a, code: b, schema: true}", "{name: a, code: b, colour: red}"]
)
def test_cases_must_be_complete_and_known(case: str, tmp_path: Path) -> None:
    cases = tmp_path / "cases.yaml"
    cases.write_text(f"cases: [{case}]")
    with pytest.raises(FaultError, match="a"):
        load_faults(cases)


def test_an_edit_replaces_once_and_repeats() -> None:
    assert Edit("p", "b", "<<3*x>>").apply("abb") == "axxxb"


def test_an_edit_that_changes_nothing_is_an_error() -> None:
    with pytest.raises(FaultError, match="p: 'c'"):
        Edit("p", "c", "d").apply("abb")


def test_parts_are_added_dropped_and_doubled(sample: Path, tmp_path: Path) -> None:
    fault = Fault("x", "y", add={"new.xml": "<a/>"}, drop=("xl/styles.xml",), double=("new.xml",))
    names = Package(break_workbook(sample, tmp_path / "b.xlsx", fault)).names
    assert names.count("new.xml") == 2
    assert "xl/styles.xml" not in names
