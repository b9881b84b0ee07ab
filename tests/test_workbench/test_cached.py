from __future__ import annotations

import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.workbench.breaker import Edit, Fault, break_workbook
from tests.workbench.cached import (
    cached_values,
    differences,
    formula_cells,
    strip_cached,
)
from tests.workbench.office import Office
from tests.workbench.sample import PEOPLE, SCORES, SUMMARY
from tests.workbench.values import CachedValue, ErrorText

from .conftest import Maker

SHEET = "xl/worksheets/sheet1.xml"


def formula(text: str, value: object) -> Callable[[Any, Any], None]:
    return lambda _, sheet: sheet.write_formula("A1", text, None, value)


def test_every_formula_is_listed_with_its_text(sample: Path) -> None:
    found = formula_cells(sample)
    assert found[SUMMARY, "B9"] == "NA()"
    assert len(found) == 3 * len(PEOPLE) + 8
    assert (SCORES, "D2") not in found


def test_stored_values_have_their_types(sample: Path) -> None:
    found = cached_values(sample)
    assert found[SCORES, "F2"] == PEOPLE[0].total
    assert found[SCORES, "G2"] == "A"
    assert found[SCORES, "H2"] == ""
    assert found[SUMMARY, "B7"] is True
    assert found[SUMMARY, "B9"] == "#N/A"
    assert isinstance(found[SUMMARY, "B9"], ErrorText)


def test_stored_texts_are_unescaped(make: Maker) -> None:
    assert cached_values(make(formula('="a"', "a_x000a_b"))) == {("S", "A1"): "a\nb"}


def test_stripping_leaves_no_value_of_a_formula_and_all_others(
    sample: Path, tmp_path: Path
) -> None:
    bare = tmp_path / "bare.xlsx"
    strip_cached(sample, bare)
    assert set(cached_values(bare).values()) == {None}
    assert formula_cells(bare) == formula_cells(sample)
    with zipfile.ZipFile(sample) as before, zipfile.ZipFile(bare) as after:
        assert after.namelist() == before.namelist()
        first, other = before.read("xl/worksheets/sheet1.xml"), before.read("xl/styles.xml")
        assert after.read("xl/worksheets/sheet1.xml") == first
        assert after.read("xl/styles.xml") == other
        assert b"<v>91.25</v>" in after.read("xl/worksheets/sheet2.xml")


@pytest.mark.parametrize(
    ("cell", "stripped"),
    [
        ('<c r="A1"><f>B1</f><v>1</v></c>', '<c r="A1"><f>B1</f></c>'),
        ('<c r="A1" t="str"><f>B1</f><v>一</v></c>', '<c r="A1" t="str"><f>B1</f></c>'),
        ('<c r="A1"><f t="shared" si="0"/><v>1</v></c>', '<c r="A1"><f t="shared" si="0"/></c>'),
        ('<c r="A1"><f t="array">B1</f><v>1</v></c>', '<c r="A1"><f t="array">B1</f></c>'),
        ('<c r="A1"><f>B1</f><v/></c>', '<c r="A1"><f>B1</f></c>'),
        ('<c r="A1"><f>B1</f>\n<v xml:space="preserve"> 1 </v ></c>', '<c r="A1"><f>B1</f>\n</c>'),
        ('<c r="A1"><v>1</v><f>B1</f></c>', '<c r="A1"><f>B1</f></c>'),
        ('<c r="A1"><v>1</v></c>', '<c r="A1"><v>1</v></c>'),
        ('<c r="A1" t="inlineStr"><is><t>&lt;f&gt;</t></is></c>',) * 2,
    ],
)
def test_stripping_cuts_only_values_beside_formulas(
    make: Maker, tmp_path: Path, cell: str, stripped: str
) -> None:
    path = make(lambda _, sheet: sheet.write("A1", 1))
    edit = Edit(SHEET, '<c r="A1"><v>1</v></c>', f'{cell}<c r="B1"><v>5</v></c>')
    source = break_workbook(path, tmp_path / "source.xlsx", Fault("edited", "none", edits=(edit,)))
    strip_cached(source, tmp_path / "bare.xlsx")
    with zipfile.ZipFile(tmp_path / "bare.xlsx") as archive:
        assert f'{stripped}<c r="B1"><v>5</v></c>' in archive.read(SHEET).decode()


def test_a_right_workbook_has_no_differences(office: Office, sample: Path) -> None:
    assert differences(sample, office) == []


def test_one_wrong_value_is_one_difference(office: Office, sample: Path, tmp_path: Path) -> None:
    wrong = Edit("xl/worksheets/sheet2.xml", "<v>90.28</v>", "<v>90.29</v>")
    path = break_workbook(sample, tmp_path / "wrong.xlsx", Fault("wrong", "none", edits=(wrong,)))
    (found,) = differences(path, office)
    assert (found.sheet, found.address) == (SCORES, "F2")
    assert (found.cached, found.calculated) == (Decimal("90.29"), 90.28)
    assert str(found).startswith("评分表!F2 =ROUND(")
    assert str(found).endswith("file 90.29, LibreOffice 90.28")


@pytest.mark.parametrize(
    ("text", "value", "same"),
    [
        ("=1/3", Decimal("0.333333333333"), True),
        ("=1/3", Decimal("0.33333"), False),
        ("=1E12/3", Decimal("333333333333.3"), True),
        ("=0.1+0.2-0.3", Decimal(0), True),
        ("=2", "2", False),
        ('="2"', Decimal(2), False),
        ('="二"', "二", True),
        ('="二"', "三", False),
        ('=""', "", True),
        ('=""', Decimal(0), False),
        ("=0", "", False),
        ("=1=1", True, True),
        ("=1=2", True, False),
        ("=1/0", "#DIV/0!", True),
        ("=1/0", "#N/A", False),
        ('="#N/A"', "#N/A", False),
        ("=NA()", Decimal(0), False),
    ],
)
def test_differences_compare_by_kind_and_tolerance(
    office: Office, make: Maker, text: str, value: CachedValue, same: bool
) -> None:
    assert (differences(make(formula(text, value)), office) == []) is same


def test_digits_compare_rounded_numbers(office: Office, make: Maker) -> None:
    path = make(formula("=1/8", Decimal("0.13")))
    assert differences(path, office, digits=2) == []
    assert len(differences(path, office, digits=3)) == 1


def test_digits_round_halves_up_whatever_the_residue(office: Office, make: Maker) -> None:
    path = make(formula("=1.1*1.15", Decimal("1.265")))
    assert differences(path, office, digits=2) == []


def test_a_tolerance_may_be_given(office: Office, make: Maker) -> None:
    path = make(formula("=1", Decimal("1.01")))
    assert len(differences(path, office)) == 1
    assert differences(path, office, tolerance=Decimal("0.1")) == []


def test_thousands_of_formulas_take_one_reading(office: Office, make: Maker) -> None:
    def fill(_: Any, sheet: Any) -> None:
        for row in range(1, 3001):
            sheet.write_formula(f"B{row}", f"=ROUND({row}/7,2)", None, round(row / 7, 2))

    assert differences(make(fill), office) == []
