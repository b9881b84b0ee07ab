"""A file that is made anew each time: over an older one of its kind, over nothing else without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from xladdin.problems import ProblemsFound
from xladdin.replacing import refused_file, replace_ours

OLD, NEW, FOREIGN = b"ours: 1", b"ours: 2", b"a clerk's own"


def put(path: Path, *, overwrite: bool = False) -> None:
    replace_ours(
        path,
        lambda: NEW,
        lambda there: there.startswith(b"ours"),
        overwrite=overwrite,
        not_ours="不是这里写的",
        ending=".oxt",
    )


@pytest.mark.parametrize(("there", "overwrite"), [(None, False), (OLD, False), (FOREIGN, True)])
def test_it_is_written(tmp_path: Path, there: bytes | None, overwrite: bool) -> None:
    path = tmp_path / "x.oxt"
    if there is not None:
        path.write_bytes(there)
    put(path, overwrite=overwrite)
    assert path.read_bytes() == NEW


def test_what_somebody_else_wrote_stays(tmp_path: Path) -> None:
    path = tmp_path / "x.oxt"
    path.write_bytes(FOREIGN)
    with pytest.raises(ProblemsFound) as found:
        put(path)
    assert [(one.code, one.message) for one in found.value.problems] == [("exists", "不是这里写的")]
    assert path.read_bytes() == FOREIGN


def test_a_place_that_cannot_be_written_is_told_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ProblemsFound) as found:
        put(tmp_path / "file" / "x.oxt")
    (problem,) = found.value.problems
    assert problem.code == "not_written"
    assert problem.message.startswith("写不进去：")
    assert problem.place.file == str(tmp_path / "file" / "x.oxt")


@pytest.mark.parametrize("name", ["x", "x.xlsx", "x.oxt.zip"])
def test_another_ending_is_refused_before_anything_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(ProblemsFound, match=r"要以 \.oxt 结尾"):
        put(tmp_path / name, overwrite=True)
    assert list(tmp_path.iterdir()) == []


def test_one_problem_of_a_whole_file() -> None:
    (problem,) = refused_file("code", "为什么", Path("a.xlam")).problems
    assert (problem.code, problem.message, problem.place.file) == ("code", "为什么", "a.xlam")
