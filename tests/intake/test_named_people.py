"""People named in a file of figures, for scoring without a roster."""

from __future__ import annotations

from pathlib import Path

from xladdin.intake.actuals import figure_table
from xladdin.intake.named_people import UNKNOWN, read_people
from xladdin.intake.tables import Table

HEAD = "考核月份,工号,姓名,指标,实际值\n"


def write(folder: Path, *lines: str) -> Table:
    path = folder / "actuals.csv"
    path.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    return figure_table(path)[0]


def test_one_employee_per_id_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "2026-10,1002,方嘉禾,销售额,5",
        "2026-10,1001,陆雨桐,销售额,5",
        "2026-10,1002,方嘉禾,响应时间,5",
        "2026-11,1002,,销售额,5",
    )
    people, problems = read_people(path, "online_shop_monthly")
    assert problems == []
    assert [(person.id, person.name) for person in people] == [
        ("1002", "方嘉禾"),
        ("1001", "陆雨桐"),
    ]
    assert {person.scheme for person in people} == {"online_shop_monthly"}
    assert {person.position for person in people} == {UNKNOWN}


def test_without_a_name_the_id_is_the_name(tmp_path: Path) -> None:
    people, _ = read_people(write(tmp_path, "2026-10,1001,,销售额,5"), "x")
    assert [person.name for person in people] == ["1001"]


def test_summary_lines_and_lines_without_id_are_nobody(tmp_path: Path) -> None:
    path = write(tmp_path, "合计,1001,,销售额,5", "2026-10,,陆雨桐,销售额,5")
    assert read_people(path, "x") == ([], [])


def test_an_id_that_cannot_be_one_is_named_with_its_place(tmp_path: Path) -> None:
    path = write(tmp_path, "2026-10,a/b,陆雨桐,销售额,5", "2026-10,1001,方嘉禾,销售额,5")
    people, problems = read_people(path, "x")
    assert [person.id for person in people] == ["1001"]
    assert [(p.code, p.place.line, p.place.field) for p in problems] == [("employee_id", 2, "工号")]


def test_a_file_that_cannot_be_read_is_left_to_the_reader_of_figures(tmp_path: Path) -> None:
    assert read_people(figure_table(tmp_path / "none.csv")[0], "x") == ([], [])
