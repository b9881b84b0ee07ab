"""Everything that works from a roster and files works from the master workbook, to the byte."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.app.command import xladdin
from xladdin.app.init import init
from xladdin.paths import templates_dir

EXAMPLE = templates_dir() / "example_company"
FILES = ["--roster", str(EXAMPLE / "roster.csv")]
SCHEMES = ["--scheme", str(templates_dir())]
MORE = {
    "monthly": [*SCHEMES, "--actuals", str(EXAMPLE / "actuals.csv")],
    "sales": [*SCHEMES, "--actuals", str(EXAMPLE / "actuals.csv")],
    "job": ["--scheme", str(EXAMPLE)],
    "summary": ["--scheme", str(EXAMPLE)],
}
WHO = {"monthly": "QC003", "sales": "QC016", "job": "QC003", "summary": "QC003"}


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("master") / "总表.xlsx"
    init(path, example=True)
    return path


@pytest.fixture(scope="module")
def nameless(master: Path) -> Path:
    """Only a master knows the company's name, which stands on every form."""
    book = openpyxl.load_workbook(master)
    sheet = book["设置"]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row}
    sheet.cell(cells["公司名称"].row, cells["内容"].column).value = None
    path = master.with_name("没有名称.xlsx")
    book.save(path)
    return path


def written(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.xlsx")}


@pytest.mark.parametrize("form", MORE)
def test_forms_are_the_same_from_the_master_and_from_files(
    form: str, nameless: Path, tmp_path: Path
) -> None:
    common = ["--period", "2026-09", "--form", form, "--employee", WHO[form]]
    of_master, of_files = tmp_path / "master", tmp_path / "files"
    done = xladdin("generate", str(nameless), *common, "--out", str(of_master))
    assert done.code == 0, done
    done = xladdin("generate", *FILES, *MORE[form], *common, "--out", str(of_files))
    assert done.code == 0, done
    assert written(of_master) == written(of_files) != {}


def test_competency_forms_come_from_the_master(master: Path, tmp_path: Path) -> None:
    done = xladdin(
        "generate",
        str(master),
        *("--period", "2026-10", "--form", "competency", "--employee", "QC002"),
        *("--ratings", str(EXAMPLE / "ratings.csv"), "--out", str(tmp_path)),
    )
    assert done.code == 0, done
    names = [path.name for path in tmp_path.rglob("*.xlsx")]
    assert sum("同事评" in name for name in names) == 3
    assert sum("绩效总结" in name for name in names) == 1
    assert sum("反馈单" in name for name in names) == 1


def test_a_master_and_files_together_are_wrong_usage(master: Path, tmp_path: Path) -> None:
    out = ["--period", "2026-10", "--out", str(tmp_path)]
    assert xladdin("generate", str(master), *FILES, *out).code == 2
    assert xladdin("generate", *out).code == 2


def test_scores_are_the_same_from_the_master_and_from_files(master: Path) -> None:
    tail = ["--actuals", str(EXAMPLE / "actuals.csv"), "--json"]
    of_master = json.loads(xladdin("score", str(master), *tail).out)
    of_files = json.loads(xladdin("score", str(templates_dir()), *FILES[:2], *tail).out)
    assert of_master["scores"] == of_files["scores"] != []


def test_a_draft_comes_from_the_master(master: Path) -> None:
    done = xladdin("scheme", "from-position", str(master), "--position", "网销客服", "--json")
    assert done.code == 0, done
    assert json.loads(done.out)["scheme"]["positions"] == ["网销客服"]
