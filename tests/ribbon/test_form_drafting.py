"""从考核表建方案, in a real spreadsheet."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.app.own_forms import forms, write_form
from xladdin.app.drafts.scheme_into_master import Added, Grown
from xladdin.master.read_master import read_master
from xladdin.ooxml.addresses import Area
from xladdin.ribbon import form_drafting, windows_excel

from .desks import Workplace

pytestmark = pytest.mark.xdist_group("calc")
FORM = "a sheet per person, merged sections, weights as fractions shown in percent"


def choose(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    monkeypatch.setattr(windows_excel, "chosen_files", lambda *_: list(paths))


def test_a_form_becomes_a_scheme_of_the_open_master(
    work: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, write_form(forms()[FORM], tmp_path / "考核表.xlsx"))
    saved = (work.folder / work.book.name).read_bytes()
    told = work.click("from_form")
    assert "写进了总表：「售前客服」（还没有保存）" in told
    assert "张三：5项按实际值重算，得分全部相同" in told
    assert "检查结果" in work.sheets
    assert (work.folder / work.book.name).read_bytes() == saved
    copy = tmp_path / "copy.xlsx"
    work.book.api.SaveCopyAs(str(copy))
    schemes = {scheme.name: scheme for scheme in read_master(copy)[0].library.schemes}
    assert [item.name for item in schemes["售前客服"].indicators][:2] == ["销售额", "询单转化率"]


def test_what_is_no_form_is_said(
    work: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, write_form(forms()["no form at all"], tmp_path / "名单.xlsx"))
    told = work.click("from_form")
    assert "没有建成方案" in told
    assert "没有找到考核表" in told
    choose(monkeypatch)
    assert work.click("from_form") == ""


def test_a_table_that_is_full_is_made_longer() -> None:
    """Calc has no tables; Excel's are told where they end now."""
    resized: list[str] = []
    noted: list[tuple[str, ...]] = []
    table = SimpleNamespace(
        range=SimpleNamespace(row=4, address="$A$4:$P$44"), resize=resized.append
    )
    sheet = SimpleNamespace(tables=[table], range=lambda place: place)
    book: Any = SimpleNamespace(sheets={"评分档位": sheet})
    desk: Any = SimpleNamespace(quietly=nullcontext)
    added = Added(grown=[Grown("评分档位", Area.parse("A4:P90"))])
    step: Any = SimpleNamespace(book=book, grows=lambda *change: noted.append(change))
    form_drafting._put(desk, step, added)
    assert resized == ["A4:P90"]
    assert noted == [("评分档位", "$A$4:$P$44", "A4:P90")]


def test_the_dialog_gives_paths_or_nothing() -> None:
    def app(picked: object) -> Any:
        return SimpleNamespace(api=SimpleNamespace(GetOpenFilename=lambda *_: picked))

    assert windows_excel.chosen_files(app(("a.xlsx", "b.xls")), "?") == [
        Path("a.xlsx"),
        Path("b.xls"),
    ]
    assert windows_excel.chosen_files(app(False), "?") == []
