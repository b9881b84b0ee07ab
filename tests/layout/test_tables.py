"""Tables: places, values, defined names, lists, and how they come out in the file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from tests.workbench.cached import differences
from tests.workbench.office import Office
from tests.workbench.repair import repair_problems
from tests.workbench.validator import schema_errors
from xladdin.formula.nodes import (
    Compare,
    CountWhere,
    Expr,
    Filled,
    If,
    IsEmpty,
    Join,
    Range,
    Rel,
    Same,
    SumWhere,
    Text,
    Var,
    add,
    number,
)
from xladdin.layout.cell_rules import Anything, Check, Highlight, Holds, Offered
from xladdin.layout.cells import Block, Book, Cell, Fixed, Link, Properties, Result, Sheet
from xladdin.layout.place import columns
from xladdin.layout.styles import ALERT, HEAD, TEXT
from xladdin.layout.tables.lists import Beside, Entries
from xladdin.layout.tables.places import defined_names, formulas, last_row, plain_places
from xladdin.layout.tables.table import HEAD_ROW, LAST_ROW, NUMBER, OWN, Column, Table, TableCell
from xladdin.layout.validations import options
from xladdin.layout.writer import workbook_bytes

from .samples import written

TOTAL = SumWhere(Range("parts.share"), (Same(Range("parts.owner"), Var("id", text=True)),))
TIMES = CountWhere((Same(Range("owners.id"), Var("id", text=True)),))
ENTRIES = CountWhere((Filled(Range(OWN)),))
PLACE = Join((Var(NUMBER), Text("/"), add(Var(NUMBER), Var(HEAD_ROW))))
OWNERS: tuple[Mapping[str, TableCell], ...] = (
    {"id": "001", "name": "甲"},
    {"id": "a*", "name": "乙"},
    {"id": "001"},
)
PARTS: tuple[Mapping[str, TableCell], ...] = (
    {"owner": "001", "share": Decimal("0.4")},
    {"owner": "a*", "share": Decimal("0.5")},
    {"owner": "001", "share": Decimal("0.35"), "remark": "两\n行"},
)
OWNER_LIST = Entries(Range("owners.id"))


def column(key: str, head: str, formula: Expr | None = None, **more: object) -> Column:
    style = TEXT.shown_as("@") if key == "id" else TEXT
    return Column(key, head, style, HEAD, formula, **more)  # type: ignore[arg-type]


def owners() -> Table:
    once = Check(Holds(Compare(Rel.EQ, TIMES, number(1))), "编号", "重复")
    twice = Highlight(Compare(Rel.GT, TIMES, number(1)), ALERT)
    return Table(
        "owners",
        (
            column("id", "编号", check=once, highlights=(twice,)),
            column("name", "名称[全]", check=Check(Anything(), "写全名", "")),
            column("total", "合计", If(IsEmpty(Var("id")), Text(""), TOTAL)),
            column("entries", "几格", ENTRIES),
            column("place", "位置", PLACE, hidden=True),
        ),
        OWNERS,
        spare=2,
    )


def parts() -> Table:
    listed = Beside(Range("owners.name"), Range("owners.id"), Var("owner"), OWNER_LIST)
    return Table(
        "parts",
        (
            column("owner", "归属", check=Check(Offered(OWNER_LIST), "选", "没有")),
            column("share", "份额"),
            column("remark", "备注", check=Check(Offered(listed), "", "", suggests=True)),
        ),
        PARTS,
        {(0, "share"): "0%"},
        spare=0,
    )


def book() -> Book:
    head = Block((Cell(0, 0, Fixed("表头"), TEXT), Cell(1, 0, Link("去", "分项"), TEXT)), 2)
    count = Cell(0, 0, Result("count"), TEXT)
    return Book(
        (
            Sheet("主表", (12.0,) * 5, (head,), table=owners(), tab_color="#FF0000"),
            Sheet("分项", (12.0,) * 3, (Block((count,), 1),), table=parts(), protected=False),
        ),
        {"count": CountWhere((Filled(Range("owners.id")),))},
        Properties("样表"),
    )


def test_a_table_has_at_least_one_row() -> None:
    assert Table("t", (column("a", "甲"),), (), spare=0).height == 1


def test_columns_are_called_by_their_heads_with_special_characters_masked() -> None:
    assert owners().places["owners.name"] == "tbl_owners[名称'[全']]"


def test_a_formula_stands_once_in_a_name_and_finds_the_row_that_uses_it() -> None:
    found = formulas(book())
    head = "SUM(ROW(tbl_owners[[#Headers],[编号]]))"
    assert found["f_owners_place"] == (
        f"=(SUM(ROW('主表'!$A1))-{head})&\"/\"&(SUM(ROW('主表'!$A1))-{head})+{head}"
    )
    assert found["f_owners_total"].startswith("=IF(TRIM('主表'!$A1)=")


def test_rules_find_cells_by_plain_addresses_and_names() -> None:
    whole = book()
    places = plain_places(whole, whole.sheets[0], owners())
    assert (places["id"], places["name"], places[OWN]) == ("$A4", "$B4", "$A4:$B4")
    assert places["parts.share"] == "c_parts_share"


def test_only_names_in_use_are_defined() -> None:
    assert set(defined_names(book())) == {"c_owners_id", "c_owners_name", "list_owners_id"}


def test_names_reach_below_the_table() -> None:
    assert defined_names(book())["c_owners_id"] == f"='主表'!$A$4:$A${LAST_ROW}"


def test_a_table_longer_than_that_is_covered_whole() -> None:
    long = Table("t", (column("a", "甲"),), ({"a": "x"},) * 2500)
    sheet = Sheet("表", (9.0,), (), table=long)
    assert last_row(sheet, long) >= long.height


def test_computed_columns() -> None:
    found = columns(book())
    assert found["owners.id"] == ("001", "a*", "001", None, None)
    assert found["owners.total"] == (Decimal("0.75"), Decimal("0.5"), Decimal("0.75"), "", "")
    assert found["owners.entries"] == (2, 2, 1, 0, 0)
    assert found["owners.place"][:2] == ("1/4", "2/5")


def test_columns_in_a_circle_are_a_bug() -> None:
    circle = Table("t", (column("a", "甲", CountWhere((Filled(Range("t.a")),))),), ())
    sheet = Sheet("表", (9.0,), (), table=circle)
    with pytest.raises(RecursionError):
        columns(Book((sheet,), {}, Properties("")))


def test_the_widths_are_those_of_the_columns() -> None:
    with pytest.raises(ValueError, match="5 columns in the table"):
        Sheet("表", (9.0,), (), table=owners())


def test_a_list_of_all_entries() -> None:
    found = options(Check(Offered(OWNER_LIST), "选", "没有"), {})
    assert (found["validate"], found["source"]) == ("list", "=list_owners_id")
    assert found["show_error"] is True


def test_a_list_beside_a_key() -> None:
    source = Beside(Range("t.b"), Range("t.a"), Var("key"), OWNER_LIST)
    found = options(Check(Offered(source), "", "", suggests=True), {"key": "$C7"})
    assert found["source"] == (
        "=IF(ISNUMBER(MATCH($C7,c_t_a,0)),"
        "OFFSET(c_t_b,MATCH($C7,c_t_a,0)-1,0,COUNTIF(c_t_a,$C7)),list_owners_id)"
    )
    assert found["show_error"] is False


def test_a_list_too_long_for_excel_is_a_bug() -> None:
    source = Beside(Range("t." + "b" * 99), Range("t." + "a" * 99), Var("key"))
    with pytest.raises(ValueError, match="a validation formula of"):
        options(Check(Offered(source), "", ""), {"key": "$C7"})


def test_the_file_holds_a_table() -> None:
    sheet = written(book())["主表"]
    table = sheet.tables["tbl_owners"]
    assert (table.ref, table.autoFilter.ref) == ("A3:E8", "A3:E8")
    assert [one.name for one in table.tableColumns][:2] == ["编号", "名称[全]"]
    assert table.tableColumns[2].calculatedColumnFormula.attr_text == "f_owners_total"
    assert sheet["A4"].value == "001"
    assert sheet["A4"].number_format == "@"
    assert sheet.column_dimensions["E"].hidden
    assert sheet.sheet_properties.tabColor.rgb == "FFFF0000"


def test_single_cells_have_number_formats_of_their_own() -> None:
    sheet = written(book())["分项"]
    assert [sheet[f"B{row}"].number_format for row in (3, 4)] == ["0%", "General"]


def test_cells_below_the_table_take_text_as_text() -> None:
    assert written(book())["主表"].column_dimensions["A"].number_format == "@"


def test_links_lead_to_sheets() -> None:
    assert written(book())["主表"]["A2"].hyperlink.location == "'分项'!A1"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("tables") / "tables.xlsx"
    target.write_bytes(workbook_bytes(book(), {}))
    return target


def test_excel_takes_it(path: Path) -> None:
    assert schema_errors(path) == []
    assert repair_problems(path) == []


def test_libreoffice_computes_the_same(path: Path, office: Office) -> None:
    assert differences(path, office) == []


def test_lists_and_rules_hold_in_libreoffice(path: Path, office: Office) -> None:
    with office.open(path) as document:
        document.recalculate()
        assert document.invalid_cells("主表") == {"A4", "A6"}
        assert document.invalid_cells("分项") == {"C5"}
        document.set("主表", "A6", "003")
        document.set("分项", "A4", "003")
        document.set("分项", "A5", "004")
        document.recalculate()
        assert document.invalid_cells("主表") == set()
        assert document.invalid_cells("分项") == {"A5", "C5"}
        document.set("主表", "A9", "004")
        document.recalculate()
        assert document.invalid_cells("分项") == {"C5"}


def test_small_lines_show_other_cells_of_their_row() -> None:
    columns = (
        column("line", "走势", sparkline=("jan", "mar")),
        *(column(key, f"{month}月") for month, key in enumerate(("jan", "feb", "mar"), start=1)),
    )
    rows = tuple({"jan": Decimal(i), "mar": Decimal(2 * i)} for i in (1, 2))
    table = Table("trend", columns, rows, spare=0)
    sheet = Sheet("走势", (12.0,) * 4, (), table=table)
    content = workbook_bytes(Book((sheet,), {}, Properties("走势")), {})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    shown = re.findall(r"<xm:f>([^<]*)</xm:f><xm:sqref>([^<]*)</xm:sqref>", xml)
    assert sorted(shown) == [("'走势'!B2:D2", "A2"), ("'走势'!B3:D3", "A3")]
