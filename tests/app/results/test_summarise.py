"""Writing the summary: over an earlier one, never over what somebody has saved; for its owner alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.command import xladdin
from tests.master.finished import example_master
from xladdin.app.results.month_scores import month_results
from xladdin.app.results.summarise import summarise
from xladdin.company.company import Company
from xladdin.domain.people import Period
from xladdin.problems import ProblemsFound

PERIOD = Period("2026-10")


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("summary") / "总表.xlsx"
    path.write_bytes(example_master())
    return path


def test_the_command_writes_a_summary_and_slips(master: Path, tmp_path: Path) -> None:
    out = tmp_path / "汇总.xlsx"
    done = xladdin("summary", master, "--period", "2026-10", "--out", out)
    assert done.code == 0, done.err
    assert "写好了" in done.out
    assert "人有总分" in done.out
    assert out.stat().st_mode & 0o077 == 0
    first = out.read_bytes()
    assert xladdin("summary", master, "--period", "2026-10", "--out", out).code == 0
    assert out.read_bytes() == first
    folder = tmp_path / "反馈单"
    done = xladdin(
        "feedback", master, "--period", "2026-10", "--out", folder, "--employee", "QC008"
    )
    assert done.code == 0, done.err
    assert "新生成 1 份" in done.out
    assert [path.name for path in folder.rglob("*.xlsx")] == [
        "2026-10_QC008_贺晓棠_绩效反馈单.xlsx"
    ]


def test_what_is_no_summary_of_ours_is_not_replaced(master: Path, tmp_path: Path) -> None:
    out = tmp_path / "汇总.xlsx"
    out.write_bytes(b"something else")
    done = xladdin("summary", master, "--period", "2026-10", "--out", out)
    assert done.code == 1
    assert "没有覆盖" in done.err
    assert out.read_bytes() == b"something else"
    assert xladdin("summary", master, "--period", "2026-10", "--out", out, "--overwrite").code == 0
    assert out.read_bytes() != b"something else"


@pytest.mark.parametrize(
    ("name", "told"), [("汇总.xls", "应以 .xlsx 结尾"), ("汇总.xlsx", "没有一个")]
)
def test_a_month_of_nobody_and_a_wrong_name_are_refused(
    name: str, told: str, tmp_path: Path
) -> None:
    results, _ = month_results(Company(), PERIOD)
    with pytest.raises(ProblemsFound, match=told):
        summarise(results, tmp_path / name)
    assert not (tmp_path / name).exists()
