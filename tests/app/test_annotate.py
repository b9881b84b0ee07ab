"""A copy of a workbook that shows its problems."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

import openpyxl
import pytest

from tests.app.command import xladdin
from tests.patch.masters import ROWS, write_master
from tests.patch.parts import by_openpyxl, changed, differing, parts, sound
from tests.patch.rich import HIDDEN, LIST, NOTES, SUMMARY, write_rich
from tests.patch.small import SHEET, sheet, small
from tests.workbench.office import Office
from xladdin.app.annotate import LIST_NAME, LONGEST_NOTE, annotate
from xladdin.app.init import init
from xladdin.layout import theme
from xladdin.ooxml import xml
from xladdin.patch.marking import NAME as MARK
from xladdin.patch.marking import is_marked
from xladdin.problems import Place, Problem, warning

RED, YELLOW = (f"FF{color.removeprefix('#')}" for color in (theme.WRONG, theme.MISSING))


def wrong(sheet_name: str, cell: str, message: str = "读不成数字") -> Problem:
    return Problem("number", message, Place("总表.xlsx", sheet=sheet_name, cell=cell))


def doubtful(sheet_name: str, cell: str, message: str = "按 60% 读") -> Problem:
    return warning("number_guess", message, Place("总表.xlsx", sheet=sheet_name, cell=cell))


PROBLEMS = [
    doubtful(LIST, "E4"),
    wrong(LIST, "E4"),
    wrong(LIST, "E4"),
    doubtful(LIST, "B5"),
    wrong(LIST, "C20", "没有填指标"),
    wrong(NOTES, "C3", "合并的格子"),
    wrong(SUMMARY, "B1"),
    doubtful(HIDDEN, "A1"),
    Problem("sheet_missing", "缺少工作表「员工名册」", Place("总表.xlsx")),
    wrong("没有这张", "A1"),
    wrong(LIST, ""),
]


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rich(tmp_path_factory.mktemp("rich") / "总表.xlsx")


@pytest.fixture(scope="module")
def copy(rich: Path) -> Path:
    target = rich.with_name("批注.xlsx")
    assert annotate(rich, PROBLEMS, target) == []
    return target


def comment(path: Path, sheet_name: str, cell: str) -> str | None:
    found = by_openpyxl(path, sheet_name)[cell].comment
    return None if found is None else found.text


def fill(path: Path, sheet_name: str, cell: str) -> str:
    colour: str = by_openpyxl(path, sheet_name)[cell].fill.fgColor.rgb
    return colour


def test_the_copy_is_sound_and_the_source_is_as_it_was(rich: Path, copy: Path) -> None:
    sound(copy.read_bytes(), copy)
    assert {place for place, _ in differing(rich, copy)} == {LIST_NAME}
    kept = {
        "xl/charts",
        "xl/media",
        "xl/tables",
        "xl/drawings/drawing",
        "xl/sharedStrings",
        "docProps",
    }
    assert not [name for name in changed(rich, copy) if name.startswith(tuple(kept))]


def test_several_problems_of_a_cell_stand_below_the_clerks_own_comment(copy: Path) -> None:
    assert comment(copy, LIST, "E4") == "财务已核对\n错误：读不成数字\n提醒：按 60% 读"
    assert comment(copy, LIST, "D3") == "没有目标的不填"
    assert comment(copy, LIST, "B5") == "提醒：按 60% 读"
    assert comment(copy, NOTES, "B2") == "谁改的？\n错误：合并的格子"


def test_red_for_errors_and_yellow_for_doubts(rich: Path, copy: Path) -> None:
    assert fill(copy, LIST, "E4") == fill(copy, LIST, "C20") == RED
    assert fill(copy, LIST, "B5") == fill(copy, HIDDEN, "A1") == YELLOW
    assert fill(copy, LIST, "E5") == fill(rich, LIST, "E5")
    assert by_openpyxl(copy, LIST)["E4"].number_format == "0.00"


def test_the_list(copy: Path) -> None:
    page = by_openpyxl(copy, LIST_NAME)
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]
    assert rows == [
        ["级别", "工作表", "单元格", "问题"],
        ["错误", "总表.xlsx", None, "缺少工作表「员工名册」"],
        ["错误", "没有这张", "A1", "读不成数字"],
        ["错误", LIST, None, "读不成数字"],
        ["错误", LIST, "E4", "读不成数字"],
        ["错误", LIST, "E4", "读不成数字"],
        ["错误", LIST, "C20", "没有填指标"],
        ["错误", SUMMARY, "B1", "读不成数字"],
        ["错误", NOTES, "C3", "合并的格子"],
        ["提醒", LIST, "E4", "按 60% 读"],
        ["提醒", LIST, "B5", "按 60% 读"],
        ["提醒", HIDDEN, "A1", "按 60% 读"],
    ]
    links = {
        cell.coordinate: cell.hyperlink.location for (cell,) in page["C4:C15"] if cell.hyperlink
    }
    assert links["C7"] == f"'{LIST}'!E4"
    assert links["C11"] == "'我的''备注'!C3"
    assert len(links) == 8
    assert [page[place].fill.fgColor.rgb for place in ("A4", "A13")] == [RED, YELLOW]
    assert page["A2"].value.startswith("错误 8 个（红，在 5 行），提醒 3 个（黄）。")


def test_it_opens_on_the_list_alone(copy: Path) -> None:
    found = parts(copy)
    selected = [name for name, data in found.items() if b'tabSelected="1"' in data]
    assert selected == ["xl/worksheets/sheet5.xml"]
    assert b'activeTab="4"' in found["xl/workbook.xml"]


def test_libreoffice_shows_them(copy: Path, office: Office) -> None:
    with office.open(copy) as document:
        notes = document._sheet(LIST).Annotations
        texts = [notes.getByIndex(i).String for i in range(notes.Count)]
        assert document.sheet_names[-1] == LIST_NAME
    assert "财务已核对\n错误：读不成数字\n提醒：按 60% 读" in texts
    assert len(texts) == 4


def test_as_libreoffice_saved_it(rich: Path, tmp_path: Path, office: Office) -> None:
    again, target = tmp_path / "另存.xlsx", tmp_path / "批注.xlsx"
    with office.open(rich) as document:
        document.save_as(again)
    assert annotate(again, PROBLEMS, target) == []
    assert comment(target, LIST, "E4") == "财务已核对\n错误：读不成数字\n提醒：按 60% 读"
    with office.open(target) as document:
        assert document._sheet(LIST).Annotations.Count == 4


def test_an_annotated_copy_can_be_annotated_again(copy: Path, tmp_path: Path) -> None:
    target = tmp_path / "再批注.xlsx"
    assert annotate(copy, [wrong(LIST, "E4", "还是不对")], target) == []
    sound(target.read_bytes(), target)
    assert comment(target, LIST, "E4") == (
        "财务已核对\n错误：读不成数字\n提醒：按 60% 读\n错误：还是不对"
    )
    assert by_openpyxl(target, f"{LIST_NAME}2")["D4"].value == "还是不对"


def test_no_problems_at_all(rich: Path, tmp_path: Path) -> None:
    target = tmp_path / "好.xlsx"
    assert annotate(rich, [], target) == []
    sound(target.read_bytes(), target)
    assert by_openpyxl(target, LIST_NAME)["A2"].value.startswith("错误 0 个（红），提醒 0 个（黄）")


def test_thousands_of_comments(rich: Path, tmp_path: Path) -> None:
    """More than one block of shape numbers holds."""
    target = tmp_path / "多.xlsx"
    assert annotate(rich, [wrong(HIDDEN, f"B{row}") for row in range(1, 1501)], target) == []
    drawing = next(data for name, data in parts(target).items() if data.count(b"<v:shape ") > 1000)
    ids = re.findall(rb'id="_x0000_s(\d+)"', drawing)
    assert len(ids) == len(set(ids)) == 1500
    assert re.findall(rb'<o:idmap[^>]*data="([^"]*)"', drawing) == [b"3,4"]
    assert {int(id_) // 1024 for id_ in ids} == {3, 4}


def test_a_long_comment_is_cut_and_the_list_is_not(rich: Path, tmp_path: Path) -> None:
    target, message = tmp_path / "长.xlsx", "很长的说明" * 1200
    assert annotate(rich, [wrong(LIST, "A5", message)], target) == []
    assert len(comment(target, LIST, "A5") or "") == LONGEST_NOTE + 1
    assert by_openpyxl(target, LIST_NAME)["D4"].value == message


def test_a_conversation_is_left_alone(tmp_path: Path) -> None:
    comments = (
        f'<comments xmlns="{xml.MAIN}"><authors><author>tc={{1}}</author></authors><commentList>'
        '<comment ref="A1" authorId="0"><text><t>[对话]</t></text></comment></commentList></comments>'
    )
    relation = f'<Relationship Id="rId1" Type="{xml.RELATION}/comments" Target="/xl/c.xml"/>'
    source = tmp_path / "对话.xlsx"
    source.write_bytes(
        small(
            '<row r="1"><c r="A1"><v>1</v></c></row>',
            {
                "xl/c.xml": comments,
                "xl/worksheets/_rels/sheet1.xml.rels": (
                    f'<Relationships xmlns="{xml.RELATIONS}">{relation}</Relationships>'
                ),
            },
        )
    )
    target = tmp_path / "批注.xlsx"
    assert annotate(source, [wrong("S", "A1"), wrong("S", "A2")], target) == []
    found = parts(target)
    assert "[对话]</t></text>" in found["xl/c.xml"].decode()
    assert found["xl/c.xml"].count(b"<comment ") == 2
    assert b"s=" in found[SHEET]


def test_a_drawing_of_buttons_takes_the_boxes_too(tmp_path: Path) -> None:
    """Form controls use the same old-style drawing, and Excel writes it as no parser takes it."""
    drawing = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:o" xmlns:x="urn:x">'
        '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="7"/></o:shapelayout>'
        '<v:shape id="_x0000_s7169"><font>按钮<br></font></v:shape></xml>'
    )
    body = sheet('<row r="1"><c r="A1"><v>1</v></c></row>').replace(
        "</worksheet>", f'<legacyDrawing xmlns:r="{xml.RELATION}" r:id="rId1"/></worksheet>'
    )
    relation = f'<Relationship Id="rId1" Type="{xml.RELATION}/vmlDrawing" Target="../d.vml"/>'
    source = tmp_path / "按钮.xlsx"
    relations = f'<Relationships xmlns="{xml.RELATIONS}">{relation}</Relationships>'
    others = {SHEET: body, "xl/d.vml": drawing, "xl/worksheets/_rels/sheet1.xml.rels": relations}
    source.write_bytes(small(others=others))
    target = tmp_path / "批注.xlsx"
    assert annotate(source, [wrong("S", "A1")], target) == []
    found = parts(target)["xl/d.vml"].decode()
    assert found.startswith(drawing.replace('data="7"', 'data="7,8"').removesuffix("</xml>"))
    assert 'id="_x0000_s8193"' in found
    assert found.endswith("</v:shape></xml>")
    assert parts(target)[SHEET].count(b"<legacyDrawing") == 1


def test_what_is_not_written(rich: Path, tmp_path: Path) -> None:
    assert [p.code for p in annotate(rich, PROBLEMS, rich)] == ["same_file"]
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    assert [p.code for p in annotate(broken, [], tmp_path / "a.xlsx")] == ["file_corrupt"]
    (tmp_path / "~$b.xlsx").write_bytes(b"")
    assert [p.code for p in annotate(rich, [], tmp_path / "b.xlsx")] == ["file_locked"]
    assert not (tmp_path / "b.xlsx").exists()


# The command.


def test_the_command_writes_a_copy(tmp_path: Path) -> None:
    master = write_master(tmp_path / "总表.xlsx", [*ROWS, {**ROWS[0], "indicator": "没有的"}])
    before = master.read_bytes()
    target = tmp_path / "检查.xlsx"
    done = xladdin("check", master, "--annotate", target)
    assert done.code == 1
    assert "总表.xlsx：员工 6 人，岗位" in done.out
    assert f"带批注的副本：{target}" in done.out
    assert "考核方案里没有指标「没有的」" in done.err
    assert (comment(target, "月度目标与实际", "D8") or "").startswith("错误：陆雨桐的考核方案")
    assert master.read_bytes() == before
    sound(target.read_bytes(), target)


def test_the_command_as_json(tmp_path: Path) -> None:
    master = write_master(tmp_path / "总表.xlsx")
    done = xladdin("check", master, "--json")
    assert [p for p in json.loads(done.out)["problems"] if p["severity"] == "error"] == []
    assert done.code == 0


def test_a_copy_of_what_is_no_master_workbook(tmp_path: Path) -> None:
    for arguments in ((tmp_path,), (tmp_path / "a.yaml",), (tmp_path / "a.xlsx",) * 2):
        assert xladdin("check", *arguments, "--annotate", tmp_path / "b.xlsx").code == 2


# Over what the copy may be written.


def saved_by_a_person(path: Path) -> None:
    """As an office program saves: every part anew, hidden names kept."""
    book = openpyxl.load_workbook(path)
    book.save(path)


def test_a_copy_replaces_an_older_one(rich: Path, tmp_path: Path) -> None:
    target = tmp_path / "批注.xlsx"
    assert annotate(rich, PROBLEMS, target) == []
    first = target.read_bytes()
    assert is_marked(first)
    assert annotate(rich, PROBLEMS[:2], target) == []
    assert target.read_bytes() != first
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_copy_that_somebody_has_saved_is_theirs(tmp_path: Path) -> None:
    rich, target = write_master(tmp_path / "总表.xlsx"), tmp_path / "批注.xlsx"
    assert annotate(rich, PROBLEMS, target) == []
    saved_by_a_person(target)
    theirs = target.read_bytes()
    assert MARK.encode() in parts(target)["xl/workbook.xml"]
    assert [p.code for p in annotate(rich, PROBLEMS, target)] == ["exists"]
    assert target.read_bytes() == theirs
    assert annotate(rich, PROBLEMS, target, overwrite=True) == []
    assert is_marked(target.read_bytes())


@pytest.mark.parametrize("content", [b"", b"mine", b"PK\x03\x04 half", small("")])
def test_what_is_no_copy_is_not_replaced(content: bytes, rich: Path, tmp_path: Path) -> None:
    target = tmp_path / "去年总表.xlsx"
    target.write_bytes(content)
    (problem,) = annotate(rich, PROBLEMS, target)
    assert (problem.code, problem.is_error) == ("exists", True)
    assert "--overwrite" in problem.message
    assert target.read_bytes() == content


def test_a_fresh_master_is_no_copy(rich: Path, tmp_path: Path) -> None:
    """It is as we wrote it, but it is not what this command writes."""
    target = tmp_path / "去年总表.xlsx"
    init(target)
    before = target.read_bytes()
    assert [p.code for p in annotate(rich, PROBLEMS, target)] == ["exists"]
    assert target.read_bytes() == before


@pytest.mark.parametrize("how", ["same", "soft", "hard", "relative", "through a folder"])
@pytest.mark.parametrize("overwrite", [False, True])
def test_never_the_source_whatever_it_is_called(
    how: str, overwrite: bool, rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "总表.xlsx"
    source.write_bytes(rich.read_bytes())
    (tmp_path / "soft").symlink_to(source)
    (tmp_path / "hard").hardlink_to(source)
    (tmp_path / "folder").symlink_to(tmp_path)
    monkeypatch.chdir(tmp_path)
    targets = {
        "same": source,
        "soft": tmp_path / "soft",
        "hard": tmp_path / "hard",
        "relative": Path("总表.xlsx"),
        "through a folder": tmp_path / "folder" / "总表.xlsx",
    }
    found = annotate(source, PROBLEMS, targets[how], overwrite=overwrite)
    assert [p.code for p in found] == ["same_file"]
    assert source.read_bytes() == rich.read_bytes()


def test_a_target_that_cannot_be_written(rich: Path, tmp_path: Path) -> None:
    found = annotate(rich, PROBLEMS, tmp_path)
    assert [p.code for p in found] == ["not_a_file"]
    found = annotate(rich, PROBLEMS, tmp_path / ("x" * 300 + ".xlsx"))
    assert [p.message for p in found] == ["没有写入：文件名太长"]


def test_the_command_refuses_and_is_told_to_overwrite(tmp_path: Path) -> None:
    master, other = write_master(tmp_path / "总表.xlsx"), write_master(tmp_path / "去年总表.xlsx")
    before = other.read_bytes()
    refused = xladdin("check", master, "--annotate", other)
    assert refused.code == 1
    assert "--overwrite" in refused.err
    assert other.read_bytes() == before
    assert xladdin("check", master, "--annotate", other, "--overwrite").code == 0
    assert xladdin("check", master, "--annotate", other).code == 0
