"""The documents lead somewhere, and what is wrong in one would be seen."""

from __future__ import annotations

from pathlib import Path

from tests.house.documents import (
    dead_links,
    documents,
    findings,
    headings,
    unknown_targets,
)
from tests.workbench.tools import ROOT


def test_nothing_is_wrong_with_them() -> None:
    assert len(documents()) > 5
    assert findings() == []


def test_links(tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text("# One thing\n\n## 安装、更新\n", "utf-8")
    (tmp_path / "a b.png").touch()
    text = (
        "[a](own.md) [b](own.md#one-thing) [c](#安装更新) ![d](a%20b.png) [e](https://x.example)\n"
        '[f](gone.md) [g](own.md#two) [h](#nothing) <img src="gone.png">'
    )
    assert list(dead_links(text, tmp_path, own)) == [
        "a link to nothing: gone.md",
        "a link to no heading: own.md#two",
        "a link to no heading: #nothing",
        "a link to nothing: gone.png",
    ]
    assert headings(own) == {"one-thing", "安装更新"}


def test_targets_of_make() -> None:
    text = "`make test` and `make nothing`, make sure\n\n    make demo\n    make coffee  # soon\n"
    assert list(unknown_targets(text)) == [
        "no such target: make nothing",
        "no such target: make coffee",
    ]
    assert {"check", "hook", "lowest"} <= {
        line.partition(":")[0] for line in (ROOT / "Makefile").read_text("utf-8").splitlines()
    }
