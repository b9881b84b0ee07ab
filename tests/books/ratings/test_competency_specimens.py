"""Every form of the competency appraisal over many schemes: sound files, right values, no text cut.

Specimens: the shipped scheme, two and six levels, one and twelve elements, long names
and texts, nobody asked but the superior, many raters; empty, full, and half full.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.books.opened import Opened, entry_keys
from tests.workbench.cached import differences, formula_cells
from tests.workbench.office import Office
from tests.workbench.repair import repair_problems
from tests.workbench.validator import validate
from xladdin.books.ratings import competency_feedback, competency_summary, questionnaire, rating
from xladdin.books.ratings.competency_summary import RatingRow, rows_for
from xladdin.domain.competency import SOURCE_LABELS, CompetencyScheme, Source
from xladdin.domain.people import Employee, Period
from xladdin.formula.evaluate import Value
from xladdin.layout.cells import Book, Cell, Result, Sheet
from xladdin.layout.measure import (
    CELL_PADDING,
    CHARACTER_PIXELS,
    row_heights,
    text_height,
    text_of,
)
from xladdin.layout.place import inputs, results
from xladdin.layout.writer import workbook_bytes
from xladdin.schemes.library import Library
from xladdin.scoring.disclosure import disclosed

pytestmark = pytest.mark.xdist_group("specimens")
"""In one process, so that the files are made once."""
PERIOD = Period("2026-10")
CODE = "k7m3xq9a"
MOST_POINTS = 409
"""The highest row that Excel knows, in points."""
EMPLOYEE = Employee(
    id="QC002",
    name="欧阳上官诸葛司马慕容夏侯",
    nickname="晴川-小雨",
    department="华东大区网络销售与客户服务运营管理中心第二事业部",
    position="网络销售高级客户服务专员（夜班）",
)
FEW = {Source.SELF: 1, Source.SUPERIOR: 1, Source.PEER: 2, Source.CUSTOMER: 1}
MANY = {Source.SELF: 1, Source.SUPERIOR: 1, Source.PEER: 5, Source.CUSTOMER: 8}


@dataclass(frozen=True)
class Specimen:
    """One workbook to be: its name, its book, its slots."""

    name: str
    book: Book
    values: dict[str, Value]


def shipped() -> CompetencyScheme:
    return Library.shipped().competencies[0]


def changed(**fields: Any) -> CompetencyScheme:
    return CompetencyScheme.model_validate(shipped().model_dump() | fields)


def elements(count: int = 5, **fields: Any) -> list[dict[str, Any]]:
    """So many elements like the shipped ones, of nearly the same weight."""
    found = []
    for i in range(count):
        element = copy.deepcopy(shipped().model_dump()["elements"][i % 5])
        weight = Decimal(100 // count)
        own = {"id": f"e{i}", "name": f"要素{i}", "weight": weight}
        found.append(element | own | fields)
    found[0]["weight"] += 100 - (100 // count) * count
    return found


def with_levels(count: int, parts: list[dict[str, Any]], scale: int = 1) -> CompetencyScheme:
    """A scheme of so many levels."""
    points = [Decimal((count - i) * scale) for i in range(count)]
    levels = [
        {
            "name": f"第{i + 1}等级",
            "points": worth,
            "lower": worth - Decimal(scale) / 2 if i < count - 1 else None,
            "reward": "按公司规定给予奖励" * 4,
        }
        for i, worth in enumerate(points)
    ]
    names = [level["name"] for level in levels]
    stars = [names[max(0, count - 1 - i)] for i in range(5)]
    described = [part | {"descriptors": [f"描述{i}" for i in range(count)]} for part in parts]
    return changed(levels=levels, stars=stars, elements=described, bias_limit=scale)


def long_texts() -> CompetencyScheme:
    """Names of 40 characters and long descriptors and questions."""
    found = shipped().model_dump()["elements"]
    for i, element in enumerate(found):
        element["name"] = f"第{i}个" + "名称很长的能力要素" * 4 + "完"
        element["descriptors"] = ["这一等级的表现描述文字写得相当长，用来看看会不会被截断" * 2] * 4
        element["question"] = "客服是否清楚地说明了情况？" * 8 if element["question"] else ""
    return changed(elements=found)


SCHEMES = {
    "shipped": shipped(),
    "two levels, one element": with_levels(2, elements(1)),
    "six levels, twelve elements": with_levels(6, elements(12), 20),
    "superior alone": changed(elements=elements(weights={"superior": 100})),
    "everybody everything": changed(
        elements=elements(
            weights={"self": 10, "superior": 40, "peer": 30, "customer": 20}, question="问题？"
        )
    ),
    "incomplete": changed(missing="incomplete"),
    "long": long_texts(),
}


EVERY_FORM = {"shipped", "long"}
"""Schemes of which every rater's form is made; of the others only the superior's."""


def rating_row(scheme: CompetencyScheme, source: Source, number: int) -> RatingRow:
    """One rater's row; every fourth rating is missing."""
    given = {}
    for i, element in enumerate(scheme.elements_of(source)):
        if (number + i) % 4:
            star = source is Source.CUSTOMER
            names = [str(k) for k in range(1, 6)] if star else [lv.name for lv in scheme.levels]
            given[element.id] = names[(number * 3 + i) % len(names)]
    return RatingRow(source, f"{SOURCE_LABELS[source]} {EMPLOYEE.name}", given)


def summary(name: str, scheme: CompetencyScheme, count: dict[Source, int]) -> Specimen:
    sources = [source for source in scheme.sources for _ in range(count.get(source, 0))]
    rows = rows_for(scheme, sources)
    given = [rating_row(scheme, source, number) for number, source in enumerate(sources, 1)]
    shown = disclosed(scheme, rows, competency_summary.ratings(scheme, rows, given))
    values = competency_summary.values(scheme, EMPLOYEE, PERIOD, rows, given, shown)
    return Specimen(name, competency_summary.book(scheme, rows), values)


def feedback(name: str, scheme: CompetencyScheme, count: dict[Source, int]) -> Specimen:
    """The 反馈单 of the same."""
    sources = [source for source in scheme.sources for _ in range(count.get(source, 0))]
    rows = rows_for(scheme, sources)
    given = [rating_row(scheme, source, number) for number, source in enumerate(sources, 1)]
    shown = disclosed(scheme, rows, competency_summary.ratings(scheme, rows, given))
    values = competency_feedback.values(scheme, EMPLOYEE, PERIOD, shown)
    return Specimen(name, competency_feedback.book(scheme), values)


def form(name: str, scheme: CompetencyScheme, source: Source, *, full: bool) -> Specimen:
    """A rating form, empty or with everything filled in."""
    if source is Source.CUSTOMER:
        book = questionnaire.book(scheme)
        values = questionnaire.values(EMPLOYEE, PERIOD, CODE)
        best: Value = Decimal(5)
    else:
        book = rating.book(scheme, source)
        values = rating.values(EMPLOYEE, PERIOD, scheme, source, CODE, "QC001")
        best = scheme.levels[-1].name
    if full:
        values |= {rating.rating_key(e.id): best for e in scheme.elements_of(source)}
        values["comment.rating"] = "工作认真，乐于助人。\n" * 4
    return Specimen(name, book, values)


def specimens() -> Iterator[Specimen]:
    for name, scheme in SCHEMES.items():
        yield summary(f"{name}, summary", scheme, MANY)
        yield feedback(f"{name}, feedback", scheme, MANY)
        yield feedback(f"{name}, few, feedback", scheme, FEW)
        for source in scheme.sources if name in EVERY_FORM else (Source.SUPERIOR,):
            yield form(f"{name}, {source}", scheme, source, full=True)
    yield summary("shipped, empty summary", shipped(), {})
    for source in shipped().sources:
        yield form(f"shipped, empty {source}", shipped(), source, full=False)


@pytest.fixture(scope="module")
def made() -> dict[str, Specimen]:
    return {specimen.name: specimen for specimen in specimens()}


@pytest.fixture(scope="module")
def files(made: dict[str, Specimen], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every specimen as a file; not to be changed."""
    folder = tmp_path_factory.mktemp("specimens")
    found = {}
    for number, (name, specimen) in enumerate(made.items()):
        found[name] = folder / f"{number}.xlsx"
        found[name].write_bytes(workbook_bytes(specimen.book, specimen.values))
    return found


def test_every_cached_value_is_what_libreoffice_calculates(
    files: dict[str, Path], office: Office
) -> None:
    wrong = {}
    for name, path in files.items():
        assert formula_cells(path) or name.endswith("feedback"), name
        if found := differences(path, office):
            wrong[name] = [str(difference) for difference in found]
    assert wrong == {}


def test_nothing_makes_excel_offer_a_repair(files: dict[str, Path]) -> None:
    found = {name: repair_problems(path) for name, path in files.items()}
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_a_sample_follows_the_schema(files: dict[str, Path]) -> None:
    names = [
        "six levels, twelve elements, summary",
        *(f"shipped, {what}" for what in ("summary", "feedback", "self", "customer")),
    ]
    found = validate(files[name] for name in names)
    assert {path: errors for path, errors in found.items() if errors} == {}


def test_entries_are_unlocked_checked_and_named_and_formulas_are_not(
    made: dict[str, Specimen], files: dict[str, Path]
) -> None:
    wrong = {}
    for name, path in files.items():
        book = Opened(path)
        entries = {book.keys[key] for key in entry_keys(made[name].book)}
        assert entries, name
        formulas = set(book.formulas())
        found = [book.unlocked ^ entries, set(dict(book.validations())) ^ entries]
        nameless = formulas - set(book.names.values())
        found += [formulas & book.unlocked, nameless]
        found += [{(sheet.title, "open") for sheet in book.visible if not sheet.protection.sheet}]
        if any(found):
            wrong[name] = found
    assert wrong == {}


# No text is cut, whatever the scheme says.


def cut(specimen: Specimen) -> Iterator[str]:
    """Cells whose text needs more height than their rows have."""
    known = inputs(specimen.book, specimen.values) | results(specimen.book, specimen.values)
    for sheet in specimen.book.sheets:
        if sheet.visibility != "visible":
            continue
        heights = row_heights(sheet, lambda cell: text_of(cell, known))
        for cell in sheet.cells:
            text = shown(cell, known)
            room = sum(heights[row] for row in range(cell.row, cell.row + cell.rows))
            if text_height(text, cell.style, pixels(sheet, cell)) > room + 0.01:
                yield f"{sheet.name} row {cell.row + 1}: {text[:30]}"
        yield from (f"row {row}: {h}" for row, h in heights.items() if h > MOST_POINTS)


def shown(cell: Cell, known: dict[str, Value]) -> str:
    if isinstance(cell.content, Result):
        value = known[cell.content.key]
        return value if isinstance(value, str) else ""
    return text_of(cell, known)


def pixels(sheet: Sheet, cell: Cell) -> float:
    width = sum(sheet.widths[cell.col : cell.col + cell.cols])
    return width * CHARACTER_PIXELS + CELL_PADDING * cell.cols


def test_no_text_is_cut(made: dict[str, Specimen]) -> None:
    found = {name: list(cut(specimen)) for name, specimen in made.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_a_long_table_repeats_its_head_on_every_page(files: dict[str, Path]) -> None:
    for name, head in (("long, self", "行为要点"), ("shipped, superior", "行为要点")):
        sheet = Opened(files[name]).visible[0]
        first, last = (sheet.print_title_rows or "").replace("$", "").split(":")
        assert first == last
        assert sheet[f"B{first}"].value == head
    sheet = Opened(files["shipped, summary"]).book["评分明细"]
    assert sheet.print_title_rows == "$4:$5"
    assert sheet["B4"].value == "业务知识能力"
