"""From a company's own form to a scheme: what is read, what is told, and that it scores the same."""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.app.command import xladdin
from tests.app.own_forms import forms, write_form
from tests.master.finished import shipped_master
from xladdin.app.drafts.drafting_forms import FormDrafts, draft_forms
from xladdin.company.starting import example_company
from xladdin.domain.methods.judgement import JudgementMethod
from xladdin.domain.schemes import Indicator, Scheme
from xladdin.master.read_master import read_master
from xladdin.problems import errors


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FormDrafts]:
    """Every form of the data file, drafted once."""
    folder = tmp_path_factory.mktemp("forms")
    return {
        name: draft_forms([write_form(form, folder / f"{number}.xlsx")])
        for number, (name, form) in enumerate(forms().items())
    }


@pytest.mark.parametrize("name", forms())
def test_a_form_becomes_the_scheme_that_it_says(name: str, drafts: dict[str, FormDrafts]) -> None:
    expect, found = forms()[name]["expect"], drafts[name]
    assert Counter(p.code for p in found.problems) == Counter(expect["told"]), [
        str(p) for p in found.problems
    ]
    if "lines" not in expect:
        assert found.drafted == []
        return
    [drafted] = found.drafted
    scheme = drafted.scheme
    assert [item.name for item in scheme.indicators] == list(expect["lines"])
    unread = {line.name: getattr(line.read, "reason", "") for line in drafted.draft.lines}
    for item in scheme.indicators:
        _same(item, expect["lines"][item.name], unread[item.name])
    _rest(scheme, expect)
    for line in drafted.draft.lines:
        cell = expect["lines"][line.name].get("cell")
        assert cell is None or line.place.cell == cell


def _same(item: Indicator, wanted: dict[str, Any], unread: str) -> None:
    assert item.weight == Decimal(str(wanted["weight"])), item.name
    assert ("unread" in wanted) == bool(unread), (item.name, unread)
    if "unread" in wanted:
        assert wanted["unread"] in unread or "读不出" in unread, (item.name, unread)
        assert isinstance(item.method, JudgementMethod)
        return
    for key in ("unit", "direction"):
        assert getattr(item, key) == wanted.get(key, getattr(item, key)), item.name
    if "target" in wanted:
        assert item.target == Decimal(str(wanted["target"])), item.name
    found = item.method.model_dump(mode="json")
    for key, value in wanted["method"].items():
        assert _plain(found[key]) == _plain(value), (item.name, key)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    try:
        return float(value)
    except (TypeError, ValueError):
        return value


def _rest(scheme: Scheme, expect: dict[str, Any]) -> None:
    assert scheme.positions == tuple(expect.get("positions", ["待填"]))
    if "title" in expect:
        assert scheme.title == expect["title"]
    if "sections" in expect:
        assert {one.name: float(one.weight) for one in scheme.sections} == expect["sections"]
    assert {one.name: one.cap for one in scheme.adjustments} == expect.get("adjustments", {})
    assert scheme.total.cap == expect.get("cap")
    if "grades" in expect:
        found = {one.name: None if one.lower is None else float(one.lower) for one in scheme.grades}
        assert found == expect["grades"]
    if "coefficients" in expect:
        assert [float(one.coefficient) for one in scheme.grades] == expect["coefficients"]


@pytest.mark.parametrize("name", [name for name in forms() if "proofs" in forms()[name]["expect"]])
def test_filled_forms_prove_the_draft(name: str, drafts: dict[str, FormDrafts]) -> None:
    """By person: lines worked out anew, lines that differ, lines judged, the total of the file."""
    expect = forms()[name]["expect"]
    [drafted] = drafts[name].drafted
    found = {
        one.who: [
            one.checked,
            one.differ,
            one.judged,
            None if one.stated is None else float(one.stated),
        ]
        for one in drafted.proofs
    }
    assert found == expect["proofs"], [one.told for one in drafted.proofs]
    for code, cell in expect.get("places", {}).items():
        [problem] = [one for one in drafts[name].problems if one.code == code]
        assert problem.place.cell == cell


# The command.


@pytest.fixture
def master(tmp_path: Path) -> Path:
    path = tmp_path / "总表.xlsx"
    path.write_bytes(shipped_master())
    return path


def form_file(folder: Path, name: str) -> Path:
    return write_form(forms()[name], folder / "考核表.xlsx")


PERSONS = "a sheet per person, merged sections, weights as fractions shown in percent"
SLIP = "a slip in the scores, and one in the total"


def test_the_command_writes_into_the_master(master: Path, tmp_path: Path) -> None:
    done = xladdin("scheme", "from-form", master, form_file(tmp_path, PERSONS))
    assert done.code == 0, done
    assert "张三!B5 销售额 30% → 百分比计分制" in done.out
    assert "对照 张三：5项按实际值重算，得分全部相同" in done.out
    assert "已写进总表：「售前客服」（考核方案!" in done.out
    company, problems = read_master(master)
    assert errors(problems) == []
    scheme = next(one for one in company.library.schemes if one.name == "售前客服")
    assert "来自原表B5" in scheme.sections[0].indicators[0].remark
    assert "考核表.xlsx「张三」" in scheme.note
    assert xladdin("check", master).code == 0
    assert len(list(tmp_path.glob("总表.备份-*.xlsx"))) == 1


def test_nobody_is_named_on_the_forms_of_others(tmp_path: Path) -> None:
    """Sheets are called after people; what a scheme says is printed for everybody."""
    [drafted] = draft_forms([form_file(tmp_path, PERSONS)]).drafted
    printed = drafted.scheme.model_copy(update={"note": ""}).model_dump_json()
    assert "张三" not in printed
    assert "李四" not in printed


def test_a_draft_counts_for_nobody_until_a_position_is_filled_in(
    master: Path, tmp_path: Path
) -> None:
    """A scheme without positions would be everybody's."""
    name = "a list of what is appraised, without any rule"
    assert xladdin("scheme", "from-form", master, form_file(tmp_path, name)).code == 0
    company, _ = read_master(master)
    drafted = company.library.schemes[-1]
    person = example_company().employees[0].model_copy(update={"position": "别的岗位"})
    assert drafted.positions == ("待填",)
    assert company.scheme_of(person) is None


def test_without_a_master_nothing_is_written(tmp_path: Path) -> None:
    form = form_file(tmp_path, SLIP)
    before = sorted(tmp_path.iterdir())
    done = xladdin("scheme", "from-form", form)
    assert done.code == 0
    assert "没有给出总表，只显示草案" in done.out
    assert "表里是40分" in done.err
    assert sorted(tmp_path.iterdir()) == before


def test_out_writes_a_file_that_checks(master: Path, tmp_path: Path) -> None:
    form, out = form_file(tmp_path, PERSONS), tmp_path / "方案.yaml"
    before = master.read_bytes()
    assert xladdin("scheme", "from-form", master, form, "--out", out).code == 0
    assert master.read_bytes() == before
    assert "张三!B5" in out.read_text("utf-8")
    assert xladdin("check", out).code == 0
    again = xladdin("scheme", "from-form", form, "--out", out)
    assert again.code == 2
    assert "--overwrite" in again.err


def test_several_kinds_of_forms_become_several_schemes(master: Path, tmp_path: Path) -> None:
    first = form_file(tmp_path, PERSONS)
    second = write_form(forms()[SLIP], tmp_path / "另一种.xlsx")
    done = xladdin("scheme", "from-form", master, first, second, "--json")
    found = json.loads(done.out)
    assert found["written"] is True
    assert [one["scheme"]["name"] for one in found["drafts"]] == ["售前客服", "客服"]
    assert found["drafts"][1]["proofs"][0]["differ"] == 1
    assert [one["place"] for one in found["drafts"][1]["origins"]] == [
        "另一种.xlsx!Sheet1!A3",
        "另一种.xlsx!Sheet1!A4",
    ]
    out = tmp_path / "两种.yaml"
    assert xladdin("scheme", "from-form", first, second, "--out", out).code == 1
    assert not out.exists()


def test_wrong_usage(master: Path) -> None:
    done = xladdin("scheme", "from-form", master)
    assert done.code == 2
    assert "只有总表" in done.err


def test_a_position_of_the_master_is_drafted_into_it(master: Path) -> None:
    done = xladdin("scheme", "from-position", master, "--position", "coo")
    assert done.code == 0, done
    assert "已写进总表" in done.out
    company, problems = read_master(master)
    assert errors(problems) == []
    assert company.library.schemes[-1].id == "coo_kpi"
    again = json.loads(
        xladdin("scheme", "from-position", master, "--position", "coo", "--json").out
    )
    assert again["written"] is True
    assert read_master(master)[0].library.schemes[-1].id == "coo_kpi_2"


JUNK = [
    None, "#DIV/0!", "合计", "加分项", "100%", 0, -5, 1e300, "每低1%扣", "≥%", "一、（）", "％", "姓名：",
    "得分", True, "9" * 400, "1-2-3", "（", "优秀(90分以上)", "≥95%得满分" * 50,
]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_odd_cells_anywhere_end_in_words(seed: int, tmp_path: Path) -> None:
    """Whatever somebody typed into a form: a draft whose weights are right, or why there is none."""
    pick = random.Random(seed)
    for number in range(12):
        form = copy.deepcopy(pick.choice(list(forms().values())))
        for sheet in form["sheets"].values():
            rows = [row for row in sheet["rows"] if row]
            for _ in range(4):
                row = pick.choice(rows)
                row[pick.randrange(len(row))] = pick.choice(JUNK)
            extra = [pick.choice(JUNK) for _ in range(5)]
            sheet["rows"].insert(pick.randrange(len(sheet["rows"]) + 1), extra)
        found = draft_forms([write_form(form, tmp_path / f"{number}.xlsx")])
        assert found.drafted or errors(found.problems)
        for one in found.drafted:
            assert sum(item.weight for item in one.scheme.indicators) == 100
            assert one.told
