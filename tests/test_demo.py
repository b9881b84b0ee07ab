"""Proofs over every workbook that `xladdin demo` writes."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from filelock import FileLock
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.app.command import Done, xladdin
from tests.books.opened import Opened, library
from tests.proof.fixtures import Proofs
from tests.workbench.cached import differences, formula_cells
from tests.workbench.office import Office
from tests.workbench.repair import repair_problems
from tests.workbench.shape import shape
from tests.workbench.shipped import shipped_kinds
from tests.workbench.validator import SchemaError, validate
from xladdin.app.collecting.collect_list import LIST_PREFIX
from xladdin.app.demonstration.demo_month import FOLDER, OUT
from xladdin.app.demonstration.demo_report import DATA as RECORDS
from xladdin.app.demonstration.demo_report import FOLDER as REPORTS
from xladdin.books import identity
from xladdin.books.forms import (
    FEEDBACK,
    MONTHLY,
    MONTHLY_SUITE,
    QUESTIONNAIRE,
    SALES,
    SLIP,
    SLIP_SUITE,
    kind_of,
)
from xladdin.books.ratings import rater_list
from xladdin.company.starting import example_company
from xladdin.domain.people import Employee, Period
from xladdin.formula.evaluate import Value
from xladdin.intake.roster import read_roster
from xladdin.layout.cells import Slot
from xladdin.layout.letterhead import Letterhead
from xladdin.layout.measure import LEAST_ROW, PIXELS_PER_POINT
from xladdin.layout.place import keyed_cells
from xladdin.layout.sight import GRID
from xladdin.layout.stamp import parts_of
from xladdin.layout.writer import saved_by_us, workbook_bytes
from xladdin.paths import templates_dir
from xladdin.schemes.library import Library
from xladdin.schemes.load import Template

EXAMPLE = templates_dir() / "example_company"
SHARES = 2
"""The books are proven in as many groups, so that as many processes share the work."""
EVERY = 16
"""Of the forms, one in so many is calculated by LibreOffice in `make test`."""
PERIODS = (Period("2026-08"), Period("2026-09"), Period("2026-10"))
HR_LIST = "评价人对照表（人力资源专用）.xlsx"
"""HR's own list of who rates whom: no form, so neither counted nor filled in."""
CHINESE = re.compile("[\u4e00-\u9fff]")
ASCII_NAME = re.compile(r"xl_[a-z][a-z0-9_]*")
A4 = 9
FOOTER = "第 &P 页，共 &N 页"
HEAD = Letterhead(example_company().name)


@dataclass(frozen=True)
class DemoRun:
    """One run of `xladdin demo`: the folder that it filled, and what it said."""

    folder: Path
    done: Done

    @classmethod
    def in_common(cls, root: Path) -> DemoRun:
        """Below a folder of all test processes: the first one runs it, the others wait."""
        folder, told = root / "demo", root / "demo.json"
        with FileLock(root / "demo.lock"):
            if not told.exists():
                told.write_text(json.dumps(asdict(xladdin("demo", folder))), "utf-8")
        return cls(folder, Done(**json.loads(told.read_text("utf-8"))))

    @property
    def month(self) -> Path:
        """The folder with a month of a department, from the forms to the feedback."""
        return self.folder / FOLDER

    @property
    def books(self) -> list[Path]:
        """Every form and list of raters that it wrote, in a fixed order."""
        return sorted({*self.folder.rglob("*.xlsx")} - {*self.beside})

    @property
    def beside(self) -> list[Path]:
        """The month's other workbooks: master, list, summary; what came back and is kept of it."""
        made = (self.month / OUT, self.month / SLIP_SUITE.base)
        found = [*self.month.rglob("*.xlsx"), *(self.folder / REPORTS).rglob("*.xlsx")]
        return sorted(path for path in found if not any(path.is_relative_to(it) for it in made))

    @property
    def forms(self) -> list[Path]:
        """Every workbook that is a form."""
        return [path for path in self.books if path.name != HR_LIST]

    @property
    def suites(self) -> list[Path]:
        """The forms of whole suites: all but the month's."""
        return [path for path in self.forms if not path.is_relative_to(self.month)]

    def monthly(self, period: Period) -> list[Path]:
        """The monthly appraisals of a month."""
        return sorted((self.folder / MONTHLY_SUITE.base / str(period)).rglob("*.xlsx"))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> DemoRun:
    """What the demo writes, once for all test processes; not to be changed."""
    own = tmp_path_factory.getbasetemp()
    return DemoRun.in_common(own if worker_id == "master" else own.parent)


IN_GROUPS = [
    pytest.param(share, marks=pytest.mark.xdist_group(f"demo-{share}")) for share in range(SHARES)
]


@pytest.fixture(scope="module", params=IN_GROUPS)
def books(demo: DemoRun, request: pytest.FixtureRequest) -> list[Opened]:
    """One share of the demo's workbooks, read back."""
    found = [_opened(path) for path in demo.books[request.param :: SHARES]]
    assert len(found) > 50
    return found


@pytest.fixture(scope="module")
def forms(books: list[Opened]) -> list[Opened]:
    """One share of the forms: what is handed out and comes back."""
    return [book for book in books if book.form]


@pytest.fixture(scope="module")
def people() -> dict[str, Employee]:
    employees, _ = read_roster(EXAMPLE / "roster.csv")
    return {employee.id: employee for employee in employees}


@cache
def _opened(path: Path) -> Opened:
    return Opened(path)


def complaints(books: list[Opened], find: Callable[[Opened], list[str]]) -> dict[str, list[str]]:
    """What a rule finds in each book, without the books in which it finds nothing."""
    found = {book.path.name: find(book) for book in books}
    return {name: wrong for name, wrong in found.items() if wrong}


# Formulas and the file as a whole.


def miscalculated(forms: list[Opened], office: Office) -> dict[str, list[str]]:
    """What in each form is not what LibreOffice calculates."""

    def wrong(book: Opened) -> list[str]:
        plain = book.form in (QUESTIONNAIRE.id, FEEDBACK.id, SLIP.id)
        assert formula_cells(book.path) or plain, book.path
        return [str(found) for found in differences(book.path, office)]

    return complaints(forms, wrong)


def test_cached_values_are_what_libreoffice_calculates(forms: list[Opened], office: Office) -> None:
    """In one form of each kind and scheme, and in some of the others."""
    chosen = {book.path: book for book in [*one_of_each(forms), *forms[::EVERY]]}
    assert miscalculated([*chosen.values()], office) == {}


@pytest.mark.proof
def test_every_cached_value_is_what_libreoffice_calculates(
    forms: list[Opened], office: Office, proofs: Proofs
) -> None:
    wrong = miscalculated(forms, office)
    proofs.record("cached_values", tried=len(forms), survived=len(forms) - len(wrong))
    assert wrong == {}


def test_nothing_makes_excel_offer_a_repair_or_is_newer_than_excel_2010(
    books: list[Opened],
) -> None:
    def wrong(book: Opened) -> list[str]:
        return [str(problem) for problem in repair_problems(book.path, excel_2010=True)]

    assert complaints(books, wrong) == {}


def one_of_each(books: list[Opened]) -> list[Opened]:
    """One book of each form and scheme; every share has them all."""
    kinds = {(book.form, str(book.identity.get("id.scheme"))): book for book in books}
    return [kinds[kind] for kind in sorted(kinds)]


def test_books_follow_the_schema(books: list[Opened], request: pytest.FixtureRequest) -> None:
    """One book of each form and scheme goes through the validator, whichever share it is in."""
    share = request.node.callspec.params["books"]
    chosen = one_of_each(books)[share::SHARES]
    assert len(chosen) > 5
    assert invalid([book.path for book in chosen]) == {}


@pytest.mark.proof
@pytest.mark.parametrize("share", IN_GROUPS)
def test_every_book_follows_the_schema(demo: DemoRun, share: int, proofs: Proofs) -> None:
    """One book of each shape goes through the validator: it proves all others of that shape."""
    shapes = {shape(path): path for path in demo.books}
    chosen = sorted(shapes.values())[share::SHARES]
    assert len(chosen) > 10
    wrong = invalid(chosen)
    proofs.record("shapes", tried=len(chosen), survived=len(chosen) - len(wrong))
    assert wrong == {}


def invalid(books: list[Path]) -> dict[str, list[SchemaError]]:
    return {path.name: found for path, found in validate(books).items() if found}


def test_each_share_of_the_books_holds_every_form_and_scheme(books: list[Opened]) -> None:
    seen = {(book.form, book.identity.get("id.scheme")) for book in books}
    assert {form for form, _ in seen} - {""} == {kind.id for kind in shipped_kinds()}
    # Schemes of other trades are shipped too, for whose positions the example has nobody.
    assert {(scheme.form, scheme.id) for scheme in example_company().library.schemes} <= seen


@pytest.mark.xdist_group("demo-0")
def test_what_lies_beside_the_forms_of_the_month_is_sound(demo: DemoRun, office: Office) -> None:
    """The master after collecting, the list, the summary, and what people sent, spoilt as it is."""
    assert len(demo.beside) > 10
    wrong = {path.name: repair_problems(path, excel_2010=True) for path in demo.beside}
    assert {name: found for name, found in wrong.items() if found} == {}
    written = [path for path in demo.beside if path.name.startswith(("月度汇总", LIST_PREFIX))]
    assert len(written) == 2
    assert invalid(written) == {}
    assert [found for path in written for found in differences(path, office)] == []


# Entries, names, protection.


def test_exactly_the_cells_to_be_filled_in_are_unlocked(books: list[Opened]) -> None:
    def wrong(book: Opened) -> list[str]:
        return [f"{sheet}!{place}" for sheet, place in book.unlocked ^ book.entry_cells]

    assert complaints(books, wrong) == {}


def test_every_defined_name_is_ascii_and_every_entry_cell_has_one(books: list[Opened]) -> None:
    def wrong(book: Opened) -> list[str]:
        odd = [name for name in book.names if not ASCII_NAME.fullmatch(name)]
        nameless = book.unlocked - set(book.names.values())
        return odd + [f"{sheet}!{place}" for sheet, place in nameless]

    assert complaints(books, wrong) == {}


def test_every_formula_is_locked(books: list[Opened]) -> None:
    def wrong(book: Opened) -> list[str]:
        return [f"{sheet}!{place}" for sheet, place in book.unlocked.intersection(book.formulas())]

    assert complaints(books, wrong) == {}


def test_every_entry_is_checked_with_a_chinese_prompt_and_error(books: list[Opened]) -> None:
    def wrong(book: Opened) -> list[str]:
        checked = dict(book.validations())
        found = [f"{place}: not checked" for _, place in book.unlocked ^ set(checked)]
        for (_, place), rule in checked.items():
            texts = (rule.promptTitle, rule.prompt, rule.error, rule.errorTitle)
            if not all(text and CHINESE.search(text) for text in texts):
                found.append(f"{place}: {texts}")
            if not (rule.showInputMessage and rule.showErrorMessage and rule.allow_blank):
                found.append(f"{place}: not shown")
        return found

    assert complaints(books, wrong) == {}


def test_every_sheet_of_a_form_is_protected_without_a_password(forms: list[Opened]) -> None:
    def wrong(book: Opened) -> list[str]:
        found = [s.title for s in book.visible if not s.protection.sheet or s.protection.password]
        hidden = book.book[identity.SHEET_NAME]
        return [*found, *([] if hidden.sheet_state == "veryHidden" else ["identity is seen"])]

    assert complaints(forms, wrong) == {}


# Paper and properties.


def _on_paper(book: Opened, sheet: Worksheet) -> str:
    """All of a sheet but what is for the screen alone."""
    made = book.made if book.form else rater_list.book(0)
    screen = next((one for one in made.sheets if one.name == sheet.title), None)
    rows, cols = (screen.screen_rows, screen.screen_cols) if screen else (0, 0)
    last = f"{get_column_letter(sheet.max_column - cols)}{sheet.max_row}"
    return f"A{rows + 1}:{last}"


def _in_view(sheet: Worksheet, head: int) -> bool:
    """Whether a head stays in view: all rows are, or those down to it are frozen."""
    pane = sheet.sheet_view.pane
    if pane is not None:
        return int(pane.ySplit) == head
    points = sum(row.height or LEAST_ROW for row in sheet.row_dimensions.values())
    return points * PIXELS_PER_POINT * (sheet.sheet_view.zoomScale or 100) / 100 <= GRID[1]


def test_every_sheet_is_ready_to_be_printed(books: list[Opened]) -> None:
    def wrong(book: Opened) -> list[str]:
        found = []
        for sheet in book.visible:
            area = sheet.print_area.replace("$", "").rpartition("!")[2]
            if area != _on_paper(book, sheet):
                found.append(f"{sheet.title}: prints {area} of {sheet.dimensions}")
            if sheet.page_setup.paperSize != A4:
                found.append(f"{sheet.title}: not A4")
            if sheet.oddFooter.center.text != FOOTER:
                found.append(f"{sheet.title}: footer {sheet.oddFooter.center.text}")
            if not sheet.sheet_properties.pageSetUpPr.fitToPage:
                found.append(f"{sheet.title}: may be wider than the page")
        return found

    assert complaints(books, wrong) == {}


LANDSCAPE = {"考核表", "数据来源", "评分表", "评分明细"}
REPEATED = {
    "考核表": "具体指标",
    "数据来源": "指标",
    "评分表": "能力要素",
    "评分明细": "评价人",
    "评价人对照表": "考核月份",
}
"""Sheets with a table head on every page, and a text that stands in it."""


def test_every_page_lies_as_its_table_needs(books: list[Opened]) -> None:
    def wrong(book: Opened) -> list[str]:
        lies = {sheet.title: sheet.page_setup.orientation for sheet in book.visible}
        return [
            f"{title}: {how}"
            for title, how in lies.items()
            if how != ("landscape" if title in LANDSCAPE else "portrait")
        ]

    assert complaints([book for book in books if book.form], wrong) == {}


def test_long_tables_repeat_their_head_and_keep_it_in_view(books: list[Opened]) -> None:
    def wrong(book: Opened) -> list[str]:
        found = []
        for sheet in book.visible:
            head = REPEATED.get(sheet.title)
            rows = [int(row) for row in re.findall(r"\d+", sheet.print_title_rows or "")]
            if not head or not rows:
                found += [f"{sheet.title}: repeats {rows}"] * (bool(head) != bool(rows))
                continue
            shown = sheet.iter_rows(min_row=rows[0], max_row=rows[1], values_only=True)
            if head not in [text for row in shown for text in row]:
                found.append(f"{sheet.title}: repeats rows {rows}")
            if not _in_view(sheet, rows[1]):
                found.append(f"{sheet.title}: frozen at {sheet.freeze_panes}")
        return found

    assert complaints(books, wrong) == {}


TITLES = {
    "job": "工作分析表",
    "summary": "个人工作总结表",
    "competency": "绩效总结",
    "feedback": "能力考核结果反馈单",
    "slip": "绩效反馈单",
    "": "评价人对照表",
}
APPRAISALS = (MONTHLY.id, SALES.id)


def test_document_properties_tell_what_the_book_is(books: list[Opened]) -> None:
    schemes = {scheme.id: scheme for scheme in Library.shipped().schemes}

    def wrong(book: Opened) -> list[str]:
        known, scheme = book.book.properties, str(book.identity.get("id.scheme"))
        title = schemes[scheme].title if book.form in APPRAISALS else TITLES.get(book.form)
        fits = known.title == title if title else CHINESE.search(known.title)
        # A customer is not told by which scheme the answers are used.
        wanted = book.form and book.form != QUESTIONNAIRE.id
        return [] if fits and (known.subject or not wanted) else [f"{known.title}/{known.subject}"]

    assert complaints(books, wrong) == {}


def test_no_book_holds_the_moment_or_the_person_that_made_it(books: list[Opened]) -> None:
    def wrong(book: Opened) -> list[str]:
        known = book.book.properties
        fixed = known.created == known.modified == datetime(2026, 1, 1)
        return [] if fixed and not known.creator and not known.lastModifiedBy else [repr(known)]

    assert complaints(books, wrong) == {}


# Who the form is for.


def _template(book: Opened) -> Template | None:
    """What the form was made from, by the id in its identity."""
    templates = kind_of(book.form).templates(library())  # type: ignore[union-attr]
    return next((it for it in templates if it.id == book.identity["id.scheme"]), None)


def test_the_hidden_identity_is_complete_and_right(
    forms: list[Opened], people: dict[str, Employee]
) -> None:
    def wrong(book: Opened) -> list[str]:
        known = book.identity
        template = _template(book)
        found = [key for key, value in known.items() if value is None]
        if template is None or known["id.content"] != template.fingerprint():
            found.append(f"{known['id.scheme']} {known['id.content']}")
        if known["id.version"] != identity.FORM_VERSION:
            found.append(f"version {known['id.version']}")
        period, *rest = book.path.stem.split("_")
        # Customers know an employee by the name in the chat.
        person = people[known["id.employee"]]
        if known["id.period"] != period or not {person.id, person.nickname} & set(rest):
            found.append(f"{known['id.employee']} {known['id.period']}")
        return found

    assert complaints([book for book in forms if book.form != "job"], _but_rater(wrong)) == {}


def _but_rater(wrong: Callable[[Opened], list[str]]) -> Callable[[Opened], list[str]]:
    """Without the complaint that an anonymous rater has no id: see the test of anonymity."""
    return lambda book: [found for found in wrong(book) if found != "id.rater"]


def test_the_identity_of_a_job_analysis_names_its_position(forms: list[Opened]) -> None:
    def wrong(book: Opened) -> list[str]:
        known, position = book.identity, _template(book)
        assert position is not None
        right = known["id.content"] == position.fingerprint()
        right &= known["id.employee"] is None and known["id.period"] is None
        return [] if right else [str(known)]

    jobs = [book for book in forms if book.form == "job"]
    assert jobs
    assert complaints(jobs, wrong) == {}


def test_a_form_is_written_again_from_what_is_in_it(forms: list[Opened]) -> None:
    """Its identity tells the book, its names tell the values: not a byte is lost."""

    def wrong(book: Opened) -> list[str]:
        slots = {key for key, _, cell in keyed_cells(book.made) if isinstance(cell.content, Slot)}
        values = {key: _exact(book.value(key)) for key in slots}
        return (
            []
            if parts_of(workbook_bytes(book.made, values, HEAD)) == parts_of(book.path.read_bytes())
            else ["differs"]
        )

    assert complaints(forms, wrong) == {}


def _exact(value: object) -> Value:
    return Decimal(repr(value)) if isinstance(value, int | float) else value  # type: ignore[return-value]


def test_the_head_of_a_monthly_form_shows_whom_the_identity_means(
    forms: list[Opened], people: dict[str, Employee]
) -> None:
    def wrong(book: Opened) -> list[str]:
        person, period = people[book.identity["id.employee"]], Period(book.identity["id.period"])
        shown = {
            "head.employee_id": person.id,
            "head.name": person.name,
            "head.post": f"{person.department} / {person.position}",
            "head.time": f"{period}-01 至 {period.last_day}",
        }
        return [f"{key}: {book.value(key)}" for key, it in shown.items() if book.value(key) != it]

    assert complaints([book for book in forms if book.form in APPRAISALS], wrong) == {}


def test_an_anonymous_form_says_nowhere_who_fills_it_in(demo: DemoRun, forms: list[Opened]) -> None:
    raters = openpyxl.load_workbook(next(demo.folder.rglob(HR_LIST))).worksheets[0]
    by_token = {row[6]: row[4:6] for row in raters.iter_rows(values_only=True)}

    def wrong(book: Opened) -> list[str]:
        known = book.identity
        who = [
            name for name in by_token[known["id.token"]] if name and name != known["id.employee"]
        ]
        package = "\n".join(book.texts)
        return [name for name in [*who, known.get("id.rater")] if name and name in package]

    anonymous = [book for book in forms if kind_of(book.form).anonymous]  # type: ignore[union-attr]
    assert len(anonymous) > 10
    assert complaints(anonymous, wrong) == {}


# What the run says and leaves behind.


@pytest.mark.xdist_group("demo-0")
def test_the_counts_at_the_end_are_the_files_on_disk(demo: DemoRun) -> None:
    assert demo.done.code == 0
    told = re.findall(r"新生成 (\d+) 份", demo.done.out)
    assert sum(map(int, told)) == len(demo.suites) > 100
    for period in PERIODS:
        month = re.search(rf"{period.label}考核表：新生成 (\d+) 份", demo.done.out)
        assert month
        assert int(month[1]) == len(demo.monthly(period))


@pytest.mark.xdist_group("demo-0")
def test_nobody_is_left_out_without_a_word(demo: DemoRun, people: dict[str, Employee]) -> None:
    for period in PERIODS:
        made = {path.stem.split("_")[1] for path in demo.monthly(period)}
        assert all(f"（{id_}）的岗位" in demo.done.err for id_ in people.keys() - made)


@pytest.mark.xdist_group("demo-0")
def test_the_demo_leaves_forms_and_data_and_nothing_else(demo: DemoRun) -> None:
    files = {path for path in demo.folder.rglob("*") if path.is_file()}
    apart = (demo.month, demo.folder / REPORTS / RECORDS)
    files -= {path for path in files if any(path.is_relative_to(one) for one in apart)}
    assert {path.suffix for path in files} == {".xlsx", ".csv", ".yaml", ".txt"}
    data = {path.relative_to(demo.folder) for path in files if path.suffix not in (".xlsx", ".txt")}
    sources = {Path("资料") / s.relative_to(EXAMPLE): s for s in EXAMPLE.rglob("*") if s.is_file()}
    assert data == set(sources)
    assert all((demo.folder / p).read_bytes() == s.read_bytes() for p, s in sources.items())


def _state(folder: Path) -> dict[Path, tuple[bytes, int]]:
    files = filter(Path.is_file, folder.rglob("*"))
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.mark.xdist_group("demo-1")
def test_a_second_run_writes_nothing(demo: DemoRun, tmp_path: Path) -> None:
    again = shutil.copytree(demo.folder, tmp_path / "demo")
    before = _state(again)
    done = xladdin("demo", again)
    assert _state(again) == before
    assert done.code == 0
    assert set(re.findall(r"新生成 (\d+) 份", done.out)) == {"0"}
    assert sum(map(int, re.findall(r"没有变化 (\d+) 份", done.out))) == len(demo.suites)


PERSON, PERIOD = "QC002", PERIODS[1]


@pytest.fixture
def one_form(demo: DemoRun, tmp_path: Path) -> Path:
    """A copy of one month's form of one person, in a folder of its own."""
    (source,) = (path for path in demo.monthly(PERIOD) if f"_{PERSON}_" in path.name)
    target = tmp_path / "表" / source.parent.name / source.name
    target.parent.mkdir(parents=True)
    shutil.copy2(source, target)
    return target


def _generate(form: Path, *more: str) -> Done:
    out = form.parents[1]
    data = ("--roster", str(EXAMPLE / "roster.csv"), "--actuals", str(EXAMPLE / "actuals.csv"))
    chosen = ("--period", str(PERIOD), "--employee", PERSON)
    return xladdin("generate", *data, *chosen, "--out", out, *more)


def _save(form: Path, program: str, office: Office) -> None:
    """Fill in a comment and save the form, as somebody would."""
    sheet, place = Opened(form).keys["comment.self"]
    if program == "openpyxl":
        book = openpyxl.load_workbook(form)
        book[sheet][place] = "本月完成了目标"
        book.save(form)
        return
    with office.open(form) as document:
        document.set(sheet, place, "本月完成了目标")
        document.save_as(form)


@pytest.mark.xdist_group("demo-1")
@pytest.mark.parametrize("program", ["openpyxl", "LibreOffice"])
def test_a_form_that_somebody_saved_is_kept_and_named(
    one_form: Path, program: str, office: Office
) -> None:
    # The demo knows what the company is called; a roster alone does not say it.
    _generate(one_form, "--overwrite")
    fresh = one_form.read_bytes()
    assert saved_by_us(fresh)
    _save(one_form, program, office)
    theirs = one_form.read_bytes()
    assert not saved_by_us(theirs)

    done = _generate(one_form)
    assert one_form.read_bytes() == theirs
    assert done.code == 0
    assert "已有人改动而保留 1 份" in done.out
    assert one_form.name in done.err
    assert "--overwrite" in done.err

    done = _generate(one_form, "--overwrite")
    assert one_form.read_bytes() == fresh
    assert "更新 1 份" in done.out
    assert "改动" not in done.out + done.err


@pytest.mark.xdist_group("demo-1")
def test_data_that_somebody_tried_out_is_used_and_not_replaced(tmp_path: Path) -> None:
    roster = tmp_path / "资料" / "roster.csv"
    roster.parent.mkdir()
    head, *lines = (EXAMPLE / "roster.csv").read_text("utf-8-sig").splitlines()
    only = next(line for line in lines if line.startswith(PERSON))
    roster.write_text(f"{head}\n{only}\n", "utf-8")
    done = xladdin("demo", tmp_path)
    assert roster.read_text("utf-8") == f"{head}\n{only}\n"
    assert "示例公司：1 人" in done.out
    assert len(list((tmp_path / MONTHLY_SUITE.base).rglob("*.xlsx"))) == len(PERIODS)
