"""YAML text into exact plain data with lines."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from xladdin.problems import Place
from xladdin.schemes.yaml_text import field_path, parse, read

KINDS = {"truth": bool, "nothing": type(None), "text": str, "number": Decimal}
SCALARS = yaml.safe_load((Path(__file__).parent / "data/scalars.yaml").read_text("utf-8"))

TEXT = """\
# heading
name: 样例

sections:
  - id: key
    steps:
      - {bound: 65%,
         share: 1}
      - bound: 60%
"""


@pytest.mark.parametrize(("written", "kind", "value"), SCALARS)
def test_a_plain_scalar(written: str, kind: str, value: str) -> None:
    document, problems = parse(f"field: {written}\n")
    assert problems == []
    assert document is not None
    found = document.data["field"]
    assert type(found) is KINDS[kind]
    assert str(found) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_numbers_are_read_to_the_digit(number: Decimal) -> None:
    document, _ = parse(f"field: {number:f}\n")
    assert document is not None
    assert document.data["field"] == number


def test_block_text_is_text() -> None:
    document, _ = parse("note: |\n  95\n")
    assert document is not None
    assert document.data == {"note": "95\n"}


@pytest.mark.parametrize(
    ("loc", "line"),
    [
        ((), 2),
        (("name",), 2),
        (("sections",), 4),
        (("sections", 0), 5),
        (("sections", 0, "id"), 5),
        (("sections", 0, "steps", 0, "bound"), 7),
        (("sections", 0, "steps", 0, "share"), 8),
        (("sections", 0, "steps", 1), 9),
        (("sections", 0, "steps", 1, "share"), 9),
        (("sections", 0, "weight"), 5),
        (("grades", 0, "name"), 2),
    ],
)
def test_the_line_of_a_field_or_of_its_nearest_ancestor(
    loc: tuple[str | int, ...], line: int
) -> None:
    document, _ = parse(TEXT, "样例.yaml")
    assert document is not None
    assert document.place(loc) == Place("样例.yaml", line, field_path(loc))


def test_field_paths() -> None:
    assert field_path(("sections", 0, "indicators", 2, "weight")) == (
        "sections[0].indicators[2].weight"
    )
    assert field_path(()) == ""


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "模板.yaml"
    path.write_bytes("name: 样例\n".encode("utf-8-sig"))
    document, problems = read(path)
    assert problems == []
    assert document is not None
    assert document.data == {"name": "样例"}


def test_line_ends_of_windows(tmp_path: Path) -> None:
    path = tmp_path / "模板.yaml"
    path.write_bytes("a: 1\r\nb:\r\n  - 二\r\n".encode())
    document, _ = read(path)
    assert document is not None
    assert (document.data["b"], document.lines["b", 0]) == (["二"], 3)


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    for path, message in [
        (tmp_path / "没有.yaml", "找不到这个文件"),
        (tmp_path, "无法打开这个文件"),
    ]:
        document, problems = read(path)
        assert document is None
        assert [(p.code, p.message, p.place.file) for p in problems] == [
            ("unreadable", message, str(path))
        ]


def test_what_nobody_sees_is_taken_out_and_said_once() -> None:
    text = 'name: "样例\\e[2J考核"\nwho:\n  - 业\u200b绩\n  - "\\u202e张三\\0"\n  - ❤\ufe0f\nnote: |\n  一\u2060\n  二\n'
    document, problems = parse(text, "a.yaml")
    assert document is not None
    assert document.data == {
        "name": "样例考核",
        "who": ["业绩", "张三", "❤\ufe0f"],
        "note": "一\n二\n",
    }
    assert list(map(str, problems)) == [
        "a.yaml:第1行：去掉了看不见的字符（控制符、方向符、零宽字符等）：第 1、3、4、6 行"
    ]
    assert not problems[0].is_error


@given(st.text(alphabet="a:-[]{}'\"\\&*!|>#%@ \t\n，：1.", max_size=40))
def test_no_text_raises(text: str) -> None:
    document, problems = parse(text)
    assert document is not None or problems
