"""The manual says what there is: whoever adds a button, function, form or command is told here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import xladdin_udfs

from tests.workbench import handbook, handbook_pictures
from tests.workbench.function_examples import Example, examples
from tests.workbench.messages import is_said
from tests.workbench.small_pictures import MOST_BYTES
from xladdin.addin.buttons import buttons
from xladdin.app.handbook import PAGE
from xladdin.books.forms import KINDS

CHAPTERS = {chapter.number: chapter for chapter in handbook.chapters()}
FORMS, BUTTONS, FUNCTIONS, MESSAGES, COMMANDS = (
    CHAPTERS[n].text for n in ["03", "05", "06", "07", "10"]
)
WHOLE = "\n".join(chapter.text for chapter in CHAPTERS.values())
MAKE = "run: make manual"
PICTURES = sorted(handbook_pictures.FOLDER.glob("*.png"))
EXAMPLES = list(examples(FUNCTIONS))
QUOTED = [
    line.removeprefix("| ").split(" | ")[0]
    for line in MESSAGES.splitlines()
    if line.startswith("| ") and not line.startswith("| 提示 ")
]


# As made.


def test_the_page_is_what_the_chapters_say() -> None:
    assert PAGE.read_text("utf-8") == handbook.page(handbook.chapters()), MAKE


@pytest.mark.parametrize("number", CHAPTERS)
def test_a_chapter_repeats_what_the_code_says(number: str) -> None:
    text = CHAPTERS[number].text
    assert handbook.refreshed(text) == text, MAKE


def test_a_block_that_nobody_closes_is_not_lost() -> None:
    assert handbook.refreshed("<!-- begin buttons -->\n") == "<!-- begin buttons -->\n"
    marks = re.findall(r"<!-- (begin|end) (.+?) -->", WHOLE)
    assert [what for kind, what in marks if kind == "begin"] == [
        what for kind, what in marks if kind == "end"
    ]


# Nothing is missing.


def test_every_button_is_told() -> None:
    assert [b.label for b in buttons() if f"| **{b.label}** | {b.tip}" not in BUTTONS] == []


def test_every_worksheet_function_has_a_section_with_examples() -> None:
    assert re.findall(r"^## (.+)$", FUNCTIONS, re.MULTILINE) == _as_in_the_wizard()
    assert {example.name for example in EXAMPLES} == {*xladdin_udfs.__all__}


def _as_in_the_wizard() -> list[str]:
    order = re.findall(r"^<!-- begin function (.+) -->$", FUNCTIONS, re.MULTILINE)
    assert sorted(order) == sorted(xladdin_udfs.__all__), "a section `## NAME` in docs/手册/06-*.md"
    return order


def sections(text: str) -> dict[str, str]:
    """What stands below each heading, until the next."""
    parts = re.split(r"^#{2,3} (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_every_form_has_a_section_with_a_picture(kind: object) -> None:
    label = kind.label  # type: ignore[attr-defined]
    below = sections(FORMS)
    assert label in below, f"a section `## {label}` in docs/手册/03-*.md"
    assert "](图/" in below[label], label


def test_every_command_is_told() -> None:
    leaves = [" ".join(path) for path, _ in handbook.leaf_commands()]
    assert [name for name in leaves if f"| `xladdin {name}` |" not in COMMANDS] == [], MAKE


# What is told is so.


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.name}({e.inside})")
def test_an_example_has_the_result_that_the_function_gives(example: Example) -> None:
    assert example.worked_out() == example.result


def test_a_table_of_examples_has_no_line_that_is_not_read() -> None:
    lines = [line for line in FUNCTIONS.splitlines() if line.startswith("| `=")]
    assert len(lines) == len(EXAMPLES) > 30


@pytest.mark.parametrize("quoted", QUOTED)
def test_a_message_is_one_of_the_program(quoted: str) -> None:
    assert is_said(quoted)


def test_what_nobody_says_is_found_out() -> None:
    assert len(QUOTED) > 50
    assert not is_said("这句话程序里没有")
    assert not is_said("不要覆盖…请换一个文件名再试一次")


# Links, pictures, network.


def test_within_the_page_no_link_leads_nowhere() -> None:
    page = PAGE.read_text("utf-8")
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in _decoded(page)} <= set(ids)


def _decoded(page: str) -> list[str]:
    return re.findall(r'href="([^"]*)"', page)


def test_the_page_asks_no_network() -> None:
    page = PAGE.read_text("utf-8")
    assert not re.search(r"(?i)https?:|<script|<link|<iframe|@import|url\(|src=\"(?!data:)", page)
    assert "default-src 'none'" in page


def test_every_picture_is_drawn_by_the_command_and_shown() -> None:
    drawn = {d.name for d in handbook_pictures.PICTURES if d.folder == handbook_pictures.FOLDER}
    assert {path.stem for path in PICTURES} == drawn
    assert [name for name in sorted(drawn) if f"(图/{name}.png)" not in WHOLE] == []


@pytest.mark.parametrize("path", PICTURES, ids=lambda p: p.stem)
def test_a_picture_is_small(path: Path) -> None:
    content = path.read_bytes()
    assert len(content) <= MOST_BYTES
    assert content[25] == 3, "a palette"


def test_the_index_names_every_chapter() -> None:
    index = (handbook.FOLDER / "README.md").read_text("utf-8")
    assert [c.path.name for c in CHAPTERS.values() if f"({c.path.name})" not in index] == []


WORDS = re.compile(
    r"(?i)\b(traceback|exception|bug|json|yaml|api|regex|hash|string|null)\b|哈希|参数化|对象|实例"
)
FOR_CLERKS = ("01", "02", "03", "04", "05", "07", "08", "09")


@pytest.mark.parametrize("number", FOR_CLERKS)
def test_no_programmers_words_in_what_clerks_read(number: str) -> None:
    assert WORDS.findall(CHAPTERS[number].text) == []
