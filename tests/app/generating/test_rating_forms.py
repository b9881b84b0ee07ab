"""Rating forms: nothing tells who an anonymous one is from, and HR's list resolves each token."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import openpyxl
import pytest

from tests.books.opened import Opened
from xladdin.app.generating.generate import Outcome, generate
from xladdin.app.generating.rating_forms import CUSTOMERS
from xladdin.app.reading_company import read_company
from xladdin.books import forms
from xladdin.books.ratings.competency_ratings import who
from xladdin.company.company import Company
from xladdin.company.tokens import HEADERS, LIST_NAME, REQUIRED
from xladdin.domain.competency import (
    ANONYMOUS,
    SOURCE_LABELS,
    Assignment,
    CompetencyScheme,
    Rating,
    Source,
)
from xladdin.domain.people import Employee, Period
from xladdin.intake.tables import read_table
from xladdin.paths import templates_dir
from xladdin.schemes.library import Library

pytestmark = pytest.mark.xdist_group("rating-forms")
"""In one process, so that the files are made once."""
EXAMPLE = templates_dir() / "example_company"
PERIOD = Period("2026-10")


@dataclass
class Run:
    """What was generated into a folder."""

    out: Path
    company: Company
    outcome: Outcome
    forms: dict[str, Path] = field(default_factory=dict)
    """Token -> the rating form that carries it."""
    lines: dict[str, dict[str, str]] = field(default_factory=dict)
    """Token -> the line of HR's list."""

    @property
    def anonymous(self) -> Iterator[tuple[Path, dict[str, str]]]:
        """Every anonymous form with its line of HR's list."""
        labels = {SOURCE_LABELS[source] for source in ANONYMOUS}
        return (
            (self.forms[token], line)
            for token, line in self.lines.items()
            if line["source"] in labels
        )

    def summaries(self) -> list[Path]:
        return sorted((self.out / forms.COMPETENCY.folder).rglob("*.xlsx"))

    def feedback(self) -> list[Path]:
        return sorted((self.out / forms.FEEDBACK.folder).rglob("*.xlsx"))


def run(company: Company, out: Path, *ids: str) -> Run:
    found = Run(
        out, company, generate(company, PERIOD, out, form=forms.COMPETENCY_SUITE.id, ids=ids)
    )
    table, problems = read_table(out / LIST_NAME, wanted=HEADERS, required=REQUIRED)
    assert problems == []
    for row in table.rows:
        found.lines[row.text("token")] = {name: row.text(name) for name in HEADERS}
    for path in (out / forms.TO_SEND).rglob("*.xlsx"):
        found.forms[Opened(path).identity["id.token"]] = path
    return found


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The competency appraisal of the example company; not to be changed."""
    company, problems = read_company(
        EXAMPLE / "roster.csv",
        schemes=[str(templates_dir()), str(EXAMPLE)],
        raters=EXAMPLE / "raters.csv",
        ratings=EXAMPLE / "ratings.csv",
    )
    assert problems == []
    rated = dict.fromkeys(line.ratee for line in company.raters)
    return run(company, tmp_path_factory.mktemp("demo"), *rated)


# Looking for a person in a file.


LEAST = 6


def disguises(word: str) -> set[bytes]:
    """The bytes that a word may be in a file."""
    spellings = {
        word,
        escape(word),
        escape(word, quote=False),
        "".join(f"&#{ord(sign)};" for sign in word),
        "".join(f"&#x{ord(sign):x};" for sign in word),
        "".join(f"&#x{ord(sign):X};" for sign in word),
        "".join(f"_x{ord(sign):04X}_" for sign in word),
        ascii(word)[1:-1],
    }
    encodings = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
    return {text.encode(encoding) for text in spellings for encoding in encodings}


def traces(path: Path, words: list[str]) -> list[str]:
    """Where any of the words stands: file name, the file's own bytes, names and bytes of parts."""
    places = {"name": path.name.encode(), "bytes": path.read_bytes()}
    with zipfile.ZipFile(path) as package:
        for info in package.infolist():
            places[info.filename] = package.read(info)
            places[f"{info.filename} name"] = info.filename.encode()
            places[f"{info.filename} extra"] = info.extra + info.comment
        places["comment"] = package.comment
    return [
        f"{place}: {word}"
        for place, data in places.items()
        for word in words
        # In what is deflated, few bytes may come together by chance.
        if any(d in data for d in disguises(word) if len(d) >= LEAST or place != "bytes")
    ]


def words_for(company: Company, line: dict[str, str]) -> list[str]:
    """What would tell a rater: name, id, the name in the chat, a customer's order."""
    people = {employee.id: employee for employee in company.employees}
    employee = people.get(line["rater_id"])
    order = line["rater"].partition("（")[2].rstrip("）")
    known = [line["rater"], line["rater_id"], employee.nickname if employee else "", order]
    return [word for word in known if word]


def test_every_trace_would_be_found(tmp_path: Path) -> None:
    for number, disguise in enumerate(sorted(disguises("梁<子>墨"))):
        path = tmp_path / f"{number}.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("xl/part.xml", b"<v>" + disguise + b"</v>")
        assert traces(path, ["梁<子>墨"]) == ["xl/part.xml: 梁<子>墨"]


def test_a_form_that_is_not_anonymous_tells_its_rater(demo: Run) -> None:
    """So the search finds something where there is something."""
    for token, line in demo.lines.items():
        if line["source"] == "主管评":
            found = traces(demo.forms[token], [line["rater_id"]])
            assert found == [f"xl/sharedStrings.xml: {line['rater_id']}"]


def test_no_anonymous_form_of_the_demo_tells_its_rater(demo: Run) -> None:
    checked = dict.fromkeys(("同事评", "客户评"), 0)
    for path, line in demo.anonymous:
        assert traces(path, words_for(demo.company, line)) == []
        checked[line["source"]] += 1
    assert min(checked.values()) > 15


def test_a_summary_names_no_anonymous_rater(demo: Run) -> None:
    """Not even HR sees by itself who a row is from: only the list tells."""
    assert len(demo.summaries()) == 8
    for path in demo.summaries():
        ratee = path.stem.split("_")[1]
        for _, line in demo.anonymous:
            if line["ratee"] == ratee:
                assert traces(path, words_for(demo.company, line)) == []


def content(path: Path, token: str) -> list[tuple[object, ...]]:
    """Every part of a form in order, with what the package says of it, without the token."""
    with zipfile.ZipFile(path) as package:
        return [
            (
                info.filename,
                info.date_time,
                info.external_attr,
                info.create_system,
                info.compress_type,
                info.extra,
                info.comment,
                package.read(info).replace(token.encode(), b"TOKEN"),
            )
            for info in package.infolist()
        ]


def test_the_forms_for_one_employee_differ_in_the_token_alone(demo: Run) -> None:
    groups = defaultdict(list)
    for path, line in demo.anonymous:
        token = line["token"]
        name = path.name.replace(token, "TOKEN")
        groups[line["ratee"], line["source"]].append((name, content(path, token)))
        with zipfile.ZipFile(path) as package:
            parts = [
                info.filename for info in package.infolist() if token.encode() in package.read(info)
            ]
        assert parts == ["xl/sharedStrings.xml"]
    assert len(groups) == 16
    for group in groups.values():
        assert len(group) > 1
        assert all(form == group[0] for form in group)


def test_neither_rows_nor_times_have_the_order_of_the_list(demo: Run) -> None:
    """Both have the order of the tokens, which is random."""
    by_list = [line["token"] for _, line in demo.anonymous]
    rows = []
    for path in demo.summaries():
        book = Opened(path)
        shown = [book.value(who(row)).partition(" #") for row in range(1, 12) if _has(book, row)]
        for label in ("同事评", "客户评"):
            tokens = [token for name, _, token in shown if name == label and token]
            assert tokens == sorted(tokens)
            rows += tokens
    assert sorted(rows) == sorted(by_list)
    assert rows != by_list
    times = defaultdict(list)
    for path, line in demo.anonymous:
        times[line["ratee"], line["source"]].append((path.stat().st_mtime_ns, line["token"]))
    for found in times.values():
        assert [token for _, token in sorted(found)] == sorted(token for _, token in found)


def _has(book: Opened, row: int) -> bool:
    return who(row) in book.keys


# What the files and the list say.


def test_every_token_is_resolved(demo: Run) -> None:
    assert demo.forms.keys() == demo.lines.keys()
    asked = {
        (line.ratee, SOURCE_LABELS[line.source], line.rater, line.rater_id)
        for employee in demo.company.employees
        for line in demo.company.raters_of(employee)
        if employee.id in {item["ratee"] for item in demo.lines.values()}
    }
    told = set()
    for token, path in demo.forms.items():
        line = demo.lines[token]
        known = Opened(path).identity
        assert known["id.token"] == token
        assert known["id.employee"] == line["ratee"]
        assert SOURCE_LABELS[forms.kind_of(known["id.form"]).source] == line["source"]
        assert known["id.period"] == line["period"] == PERIOD
        told.add((line["ratee"], line["source"], line["rater"], line["rater_id"]))
    assert told == asked


def test_one_folder_per_rater_and_one_for_all_customers(demo: Run) -> None:
    for token, line in demo.lines.items():
        folder = demo.forms[token].parent.name
        who_sends = f"{line['rater_id']}_{line['rater']}"
        assert folder == (CUSTOMERS if line["source"] == "客户评" else who_sends)


def test_no_name_below_a_persons_folder_holds_a_token(demo: Run) -> None:
    """A returned form, or a row of HR's, is not matched with a person by looking at folders."""
    customers = [path for path in demo.forms.values() if path.parent.name == CUSTOMERS]
    named = [path for path in demo.forms.values() if path.parent.name != CUSTOMERS]
    assert min(len(customers), len(named)) > 15
    listed = "\n".join(str(path.relative_to(demo.out)) for path in named)
    assert [token for token in demo.lines if token in listed] == []
    # Colleagues' forms about one employee are called the same, so a name on the way back tells
    # nothing either; customers share a folder and have no other name.
    names = defaultdict(set)
    for path, line in demo.anonymous:
        names[line["ratee"], line["source"]].add(path.name)
    for (_, source), found in names.items():
        assert (len(found) == 1) == (source == "同事评")


def test_a_customer_meets_the_employee_by_the_name_in_the_chat(demo: Run) -> None:
    people = {employee.id: employee for employee in demo.company.employees}
    for path, line in demo.anonymous:
        if line["source"] == "客户评":
            ratee = people[line["ratee"]]
            assert ratee.nickname in path.name
            assert traces(path, [ratee.name]) == []


def test_anonymous_forms_have_no_place_for_the_rater(demo: Run) -> None:
    for path, _ in demo.anonymous:
        book = Opened(path)
        assert "id.rater" not in book.identity
        known = book.book.properties
        assert not known.creator
        assert not known.lastModifiedBy


def test_a_second_run_writes_nothing(demo: Run) -> None:
    ids = list(dict.fromkeys(line["ratee"] for line in demo.lines.values()))[:3]
    before = (demo.out / LIST_NAME).read_bytes()
    again = generate(demo.company, PERIOD, demo.out, form=forms.COMPETENCY_SUITE.id, ids=ids)
    assert (again.written, again.kept) == ([], [])
    assert [problem.code for problem in again.problems] == ["few_raters"]
    sent = sum(line["ratee"] in ids for line in demo.lines.values())
    # A summary and a 反馈单 for each.
    assert again.total == sent + 2 * len(ids)
    assert (demo.out / LIST_NAME).read_bytes() == before


# What the employee and the superior get.


def test_who_has_a_result_has_a_feedback_of_the_same_month(demo: Run) -> None:
    people = {path.stem.split("_")[1]: path for path in demo.feedback()}
    assert len(people) == 7
    rated = {rating.ratee for rating in demo.company.ratings}
    assert people.keys() == rated
    for id_, path in people.items():
        known = Opened(path).identity
        assert (known["id.form"], known["id.employee"]) == ("feedback", id_)
        assert known["id.period"] == PERIOD


def test_a_feedback_holds_no_token_and_no_rater(demo: Run) -> None:
    for path in demo.feedback():
        ratee = path.stem.split("_")[1]
        for token, line in demo.lines.items():
            if line["ratee"] == ratee and line["source"] in ("同事评", "客户评"):
                assert traces(path, [token, *words_for(demo.company, line)]) == []


def test_without_a_rating_there_is_nothing_to_feed_back(tmp_path: Path) -> None:
    made = run(company_of(assigned(Source.PEER, *PEERS[:3])), tmp_path, RATEE.id)
    assert made.feedback() == []
    assert "没有生成反馈单" in Opened(made.summaries()[0]).value("told.feedback")


# A company of its own, made to be awkward.

NAMES = ['O"Neil & <Söhne>', "'=1+1", "王芳", "王芳", "欧阳"]
PEERS = [
    Employee(
        id=f"PEER-{i}", name=name, nickname=f"昵称{i}", department="网络销售部", position="网销客服"
    )
    for i, name in enumerate(NAMES)
]
RATEE = Employee(
    id="QC002", name="陆雨桐", department="网络销售部", position="网销客服", superior="王芳"
)


def assigned(source: Source, *raters: Employee) -> tuple[Assignment, ...]:
    return tuple(
        Assignment(ratee=RATEE.id, source=source, rater=rater.name, rater_id=rater.id)
        for rater in raters
    )


def company_of(
    raters: tuple[Assignment, ...],
    ratings: tuple[Rating, ...] = (),
    library: Library | None = None,
) -> Company:
    return Company((RATEE, *PEERS), library or Library.shipped(), raters=raters, ratings=ratings)


def scheme_with(weights: dict[str, int]) -> CompetencyScheme:
    shipped = Library.shipped().competencies[0].model_dump()
    elements = [element | {"weights": weights} for element in shipped["elements"]]
    return CompetencyScheme.model_validate(shipped | {"elements": elements})


def test_awkward_names_leave_no_trace_either(tmp_path: Path) -> None:
    made = run(company_of(assigned(Source.PEER, *PEERS)), tmp_path, RATEE.id)
    peers = list(made.anonymous)
    assert len(peers) == len(PEERS)
    for path, line in peers:
        assert traces(path, words_for(made.company, line)) == []
    assert {line["rater"] for _, line in peers} == set(NAMES)


def test_two_colleagues_of_one_name_are_two_raters(tmp_path: Path) -> None:
    lines = assigned(Source.PEER, PEERS[2], PEERS[3])
    ratings = tuple(
        Rating(
            ratee=RATEE.id,
            source=Source.PEER,
            rater="王芳",
            rater_id=line.rater_id,
            element="relations",
            level=level,
        )
        for line, level in zip(lines, ("优秀", "待改进"), strict=True)
    )
    made = run(company_of(lines, ratings), tmp_path, RATEE.id)
    peers = {line["rater_id"]: line["token"] for _, line in made.anonymous}
    assert len(set(peers.values())) == 2
    book = Opened(made.summaries()[0])
    given = {book.value(who(row)): book.value(f"rating.{row}.relations") for row in range(1, 6)}
    assert given[f"同事评 #{peers['PEER-2']}"] == "优秀"
    assert given[f"同事评 #{peers['PEER-3']}"] == "待改进"


@pytest.mark.parametrize("refused", [False, True])
def test_a_refused_rating_leaves_its_element_open(refused: bool, tmp_path: Path) -> None:
    lines = assigned(Source.SUPERIOR, PEERS[0])
    elements = [element.id for element in Library.shipped().competencies[0].elements]
    parts = {"ratee": RATEE.id, "source": Source.SUPERIOR, "rater": lines[0].rater}
    ratings = [Rating(**parts, rater_id="PEER-0", element=each, level="优秀") for each in elements]
    if refused:
        bad = ratings[1].model_copy(update={"level": "很好（有误）", "refused": True})
        ratings.insert(0, bad)  # it counts, whatever else came in
    made = run(company_of(lines, tuple(ratings)), tmp_path, RATEE.id)
    told = [str(each) for each in made.outcome.problems if each.code == "rating_refused"]
    sentence = "陆雨桐（QC002）有 1 条收到的评级不能用，改好以前有关要素没有结果"
    assert told == ([sentence] if refused else [])
    pages = openpyxl.load_workbook(made.summaries()[0], data_only=True)
    shown = {cell.value for page in pages for row in page for cell in row}
    assert {"缺1项", "很好（有误）"} & shown == ({"缺1项", "很好（有误）"} if refused else set())


def test_a_refused_rating_of_a_customer_is_shown_as_it_was_written(tmp_path: Path) -> None:
    line = Assignment(ratee=RATEE.id, source=Source.CUSTOMER, rater="客户甲")
    element = next(
        each for each in Library.shipped().competencies[0].elements if each.rated_by(line.source)
    )
    parts = {"ratee": RATEE.id, "source": line.source, "rater": line.rater, "element": element.id}
    bad = Rating(**parts, level="4（有误）", refused=True)
    made = run(company_of((line,), (bad,)), tmp_path, RATEE.id)
    pages = openpyxl.load_workbook(made.summaries()[0], data_only=True)
    assert "4（有误）" in {cell.value for page in pages for row in page for cell in row}


def test_raters_whom_the_scheme_does_not_ask_are_named(tmp_path: Path) -> None:
    library = Library(competencies=(scheme_with({"superior": 100}),))
    company = company_of(assigned(Source.PEER, PEERS[0]), library=library)
    made = run(company, tmp_path, RATEE.id)
    # Two of the roster have the superior's name: which of them, the roster has to say.
    assert codes(made) == ["ambiguous_superior", "no_rater", "source_not_used"]
    assert "工号 PEER-2、PEER-3" in str(made.outcome.problems[0])
    assert "同事评" in str(made.outcome.problems[2])
    assert {line["source"] for line in made.lines.values()} == {"自评"}


def codes(made: Run) -> list[str]:
    return [problem.code for problem in made.outcome.problems]


@pytest.mark.parametrize(("count", "told"), [(1, True), (2, True), (3, False), (5, False)])
def test_too_few_anonymous_raters_are_named_beforehand(
    tmp_path: Path, count: int, told: bool
) -> None:
    made = run(company_of(assigned(Source.PEER, *PEERS[:count])), tmp_path, RATEE.id)
    assert ("few_raters" in codes(made)) is told
    assert all(problem.severity == "warning" for problem in made.outcome.problems)


def rated_by(*lines: Assignment, level: str = "优秀") -> tuple[Rating, ...]:
    return tuple(
        Rating(
            ratee=RATEE.id,
            source=line.source,
            rater=line.rater,
            rater_id=line.rater_id,
            element="relations",
            level=level,
        )
        for line in lines
    )


def test_a_superior_who_rates_as_a_colleague_too_learns_nothing_of_the_others(
    tmp_path: Path,
) -> None:
    """Of two others' and the own rating, the mean would tell more than it does to anybody else."""
    peers = assigned(Source.PEER, PEERS[0], PEERS[1], PEERS[4])
    superior = assigned(Source.SUPERIOR, PEERS[4])
    company = company_of((*peers, *superior), rated_by(*peers, *superior))
    made = run(company, tmp_path, RATEE.id)
    assert "superior_is_peer" in codes(made)
    seen = Opened(made.feedback()[0])
    assert seen.value("shown.peer.relations") == "人数不足，不显示"
    assert seen.value("shown_level.relations") == "良好以上"


def test_nor_does_the_superior_of_the_roster_where_somebody_else_rates_as_one(
    tmp_path: Path,
) -> None:
    peers = assigned(Source.PEER, *PEERS[:3])  # the third is 王芳
    superior = assigned(Source.SUPERIOR, PEERS[4])
    made = run(company_of((*peers, *superior), rated_by(*peers)), tmp_path, RATEE.id)
    assert "superior_is_peer" in codes(made)
    assert Opened(made.feedback()[0]).value("shown.peer.relations") == "人数不足，不显示"


def test_missing_sources_and_positions_without_scheme_are_named(tmp_path: Path) -> None:
    alone = Employee(id="Q1", name="甲", department="部", position="岗")
    outcome = generate(
        Company((alone,), Library.shipped()), PERIOD, tmp_path, form=forms.COMPETENCY_SUITE.id
    )
    assert [problem.code for problem in outcome.problems] == ["no_rater"] * 3
    none = generate(
        Company((alone,), Library()), PERIOD, tmp_path / "none", form=forms.COMPETENCY_SUITE.id
    )
    assert [problem.code for problem in none.problems] == ["no_competency_scheme"]
    assert not (tmp_path / "none").exists()
