"""Files that wait for each other are whole, or not there, one by one."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from xladdin import file_batches, files
from xladdin.file_batches import Batch
from xladdin.files import FileChangedError, FileLockedError

Outcome = dict[str, Exception | None]


@pytest.fixture
def told() -> Outcome:
    return {}


def add(batch: Batch, told: Outcome, path: Path, before: bytes | None, content: bytes) -> None:
    batch.add(path, before, content, lambda error: told.update({path.name: error}))


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_all_are_put_in_their_places_when_the_block_ends(tmp_path: Path, told: Outcome) -> None:
    (tmp_path / "old").write_bytes(b"1")
    with Batch() as batch:
        add(batch, told, tmp_path / "new", None, b"new")
        add(batch, told, tmp_path / "below" / "new too", None, b"")
        add(batch, told, tmp_path / "old", b"1", b"2")
        assert content(tmp_path)["old"] == b"1"
        assert told == {}
    assert content(tmp_path) == {"new": b"new", "new too": b"", "old": b"2"}
    assert told == dict.fromkeys(["new", "new too", "old"])


def test_one_that_has_changed_meanwhile_hinders_no_other(tmp_path: Path, told: Outcome) -> None:
    with Batch() as batch:
        for name in ("a", "b", "c"):
            add(batch, told, tmp_path / name, None, b"ours")
        (tmp_path / "b").write_bytes(b"theirs")
    assert content(tmp_path) == {"a": b"ours", "b": b"theirs", "c": b"ours"}
    assert {name: type(error) for name, error in told.items()} == {
        "a": type(None),
        "b": FileChangedError,
        "c": type(None),
    }


def test_what_breaks_off_leaves_nothing_behind(tmp_path: Path, told: Outcome) -> None:
    batch = Batch()
    add(batch, told, tmp_path / "a", None, b"ours")
    batch.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert content(tmp_path) == {}
    assert told == {}


def test_no_more_than_some_wait(
    tmp_path: Path, told: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_batches, "MOST", 2)
    with Batch() as batch:
        for name in ("a", "b", "c"):
            add(batch, told, tmp_path / name, None, b"x")
        assert set(told) == {"a", "b"}


@pytest.mark.parametrize(
    ("error", "kind"),
    [(OSError(errno.ENOSPC, "full"), OSError), (PermissionError(), FileLockedError)],
)
def test_a_disk_that_refuses_is_told_of_each(
    tmp_path: Path,
    told: Outcome,
    monkeypatch: pytest.MonkeyPatch,
    error: OSError,
    kind: type[Exception],
) -> None:
    def refuse(_: int) -> None:
        raise error

    monkeypatch.setattr(files.os, "fsync", refuse)
    with Batch() as batch:
        add(batch, told, tmp_path / "a", None, b"x")
        add(batch, told, tmp_path / "b", None, b"x")
    assert [type(one) for one in told.values()] == [kind, kind]
    assert content(tmp_path) == {}


def test_one_that_is_open_is_refused_at_once(tmp_path: Path, told: Outcome) -> None:
    (tmp_path / "~$a.xlsx").touch()
    with Batch() as batch, pytest.raises(FileLockedError):
        add(batch, told, tmp_path / "a.xlsx", None, b"x")
    assert os.listdir(tmp_path) == ["~$a.xlsx"]


def many(told: Outcome, folder: Path) -> dict[str, bytes]:
    wanted = {f"{number}": b"%d" % number for number in range(file_batches.FEW + 1)}
    with Batch() as batch:
        for name, data in wanted.items():
            add(batch, told, folder / name, None, data)
    return wanted


def test_many_are_waited_for_together(
    tmp_path: Path, told: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[int] = []
    monkeypatch.setattr(file_batches, "_syncfs", lambda: lambda opened: waits.append(opened) or 0)
    monkeypatch.setattr(files.os, "fsync", lambda _: pytest.fail("one by one"))
    monkeypatch.setattr(file_batches, "sync_folder", lambda _: None)
    assert content(tmp_path / "below") == {}
    assert many(told, tmp_path / "below") == content(tmp_path / "below")
    assert (len(waits), set(told.values())) == (1, {None})


@pytest.mark.parametrize("wait", [None, lambda _: -1])
def test_where_a_disk_cannot_be_waited_for_or_tells_of_a_fault_each_file_is_asked(
    tmp_path: Path, told: Outcome, monkeypatch: pytest.MonkeyPatch, wait: object
) -> None:
    """The one that could not be written is told, and the others are there."""
    monkeypatch.setattr(file_batches, "_syncfs", lambda: wait)
    usual, seen = files.os.fsync, []

    def sync(opened: int) -> None:
        seen.append(opened)
        if len(seen) == 3:
            raise OSError(errno.EIO, "broken")
        usual(opened)

    monkeypatch.setattr(files.os, "fsync", sync)
    wanted = many(told, tmp_path)
    assert {name for name, error in told.items() if error} == {"2"}
    assert content(tmp_path) == {name: data for name, data in wanted.items() if name != "2"}
