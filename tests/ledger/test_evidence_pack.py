"""A pack of evidence: what is changed, missing, extra, or out of its place in the chain is named."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from xladdin.ledger.evidence_pack import (
    CHAIN_FILE,
    ENTRIES,
    MANIFEST,
    json_bytes,
    read_pack,
    sealed,
    verify_files,
    zipped,
)
from xladdin.ledger.ledger_tables import NOTHING_BEFORE, content_hash, line_hash
from xladdin.problems import ProblemsFound


def pack(**more: bytes) -> dict[str, bytes]:
    lines = []
    before = NOTHING_BEFORE
    entries = []
    for seq in (1, 2, 3):
        row = {"salt": "0", "text": f"{seq}"}
        line = {"seq": seq, "kind": "k", "at": "x", "content": content_hash("k", row)}
        line |= {"previous": before}
        before = line_hash(line)
        lines.append({**line, "hash": before})
        entries.append({"seq": seq, "kind": "k", "label": "", "row": row, "file": ""})
    chain = {"length": 3, "head": before, "lines": lines}
    return {
        CHAIN_FILE: json_bytes(chain),
        ENTRIES: json_bytes(entries),
        "说明.txt": b"text",
        **more,
    }


def told(files: dict[str, bytes]) -> list[str]:
    return [str(problem) for problem in verify_files(files)]


def test_changed_missing_and_extra_files_are_all_named() -> None:
    files = sealed(pack(one=b"1", two=b"2"), {})
    assert told(files) == []
    files["one"] = b"0"
    files["more"] = b""
    del files["two"]
    found = told(files)
    assert [any(name in line for line in found) for name in ("one", "two", "more")] == [True] * 3
    assert len(found) == 3
    del files[MANIFEST]
    assert "缺少清单" in told(files)[0]


def test_a_forger_who_makes_the_manifest_anew_breaks_the_chain() -> None:
    files = pack()
    entries = json.loads(files[ENTRIES])
    entries[1]["row"]["text"] = "100"
    assert (
        "第 2 条的内容和台账登记的指纹不符"
        in told(sealed({**files, ENTRIES: json_bytes(entries)}, {}))[0]
    )
    chain = json.loads(files[CHAIN_FILE])
    del chain["lines"][1]
    found = told(sealed({**files, CHAIN_FILE: json_bytes(chain)}, {}))
    assert any("第 3 条和前一条接不上" in line for line in found)
    assert any("第 2 条不在指纹链里" in line for line in found)


def test_what_is_no_chain_is_named() -> None:
    for odd in (b"", b"[]", b"{}", b'{"lines":[1]}', b"\xff", b"[" * 100_000):
        found = told(sealed({**pack(), CHAIN_FILE: odd}, {}))
        assert any(CHAIN_FILE in line for line in found), odd[:9]
        assert told({**pack(), MANIFEST: odd})


def test_a_zip_and_its_folder_are_read_alike(tmp_path: Path) -> None:
    files = sealed(pack(), {})
    (tmp_path / "a.zip").write_bytes(zipped(files))
    for name, content in files.items():
        target = tmp_path / "folder" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    assert read_pack(tmp_path / "a.zip") == read_pack(tmp_path / "folder") == (files, [])


def test_what_is_not_there_or_never_was_a_pack_is_told_as_that(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="没有这个文件"):
        read_pack(tmp_path / "nowhere.zip")
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "a")
    files, problems = read_pack(other)
    assert problems == []
    assert next(one.code for one in verify_files(files)) == "no_manifest"
