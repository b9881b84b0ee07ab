"""All templates of a folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from xladdin.paths import templates_dir
from xladdin.problems import ProblemsFound
from xladdin.schemes import library
from xladdin.schemes.library import Library

SHOP = templates_dir() / "kpi_schemes/online_shop_monthly.yaml"
COO = templates_dir() / "positions/coo.yaml"


def test_the_shipped_library() -> None:
    shipped = Library.shipped()
    assert [scheme.id for scheme in shipped.schemes] == [
        "after_sales_monthly",
        "call_centre_agent_monthly",
        "online_shop_monthly",
        "online_supervisor_monthly",
        "property_service_monthly",
        "sales_service",
        "training_service_monthly",
    ]
    assert [position.id for position in shipped.positions] == [
        "call_centre_agent",
        "call_centre_team_leader",
        "coo",
        "online_sales_supervisor",
        "property_service_agent",
        "property_service_supervisor",
        "service_specialist",
        "shop_after_sales_agent",
        "shop_presales_agent",
        "shop_sales_agent",
        "training_service_manager",
        "training_service_specialist",
    ]
    assert Library.shipped() is shipped
    assert Library.from_dir(templates_dir()) == (shipped, [])


def test_look_ups() -> None:
    shipped = Library.shipped()
    shop = shipped.scheme("online_shop_monthly")
    assert shop is not None
    assert shipped.scheme(shop.name) is shop
    assert shipped.scheme("没有") is None
    coo = shipped.position("coo")
    assert coo is not None
    assert shipped.position("COO") is coo
    assert shipped.position("没有") is None
    assert shipped.positions_of("coo") == shipped.positions_of("COO") == (coo,)


def test_of_several_that_share_a_key_the_first_is_found() -> None:
    """Libraries may be put together out of several sources."""
    shop, other = Library.shipped().schemes[:2]
    again = other.model_copy(update={"name": shop.name, "id": "again"})
    found = Library((shop, other, again))
    assert found.scheme(shop.name) is shop
    assert found.scheme("again") is again


def test_a_name_that_two_positions_have() -> None:
    shipped = Library.shipped()
    assert shipped.position("客服专员") is None
    assert [item.company for item in shipped.positions_named("客服专员")] == [
        "第二家公司",
        "培训公司",
    ]
    assert shipped.position("service_specialist") is not None


def _copy(source: Path, target: Path, *changes: tuple[str, str]) -> None:
    text = source.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, "utf-8")


def test_one_id_in_two_files(tmp_path: Path) -> None:
    _copy(SHOP, tmp_path / "kpi_schemes/a.yaml")
    _copy(SHOP, tmp_path / "kpi_schemes/b.yaml", ("name: 店铺网站客服月度绩效考核", "name: 另一份"))
    found, problems = Library.from_dir(tmp_path)
    assert [scheme.name for scheme in found.schemes] == ["店铺网站客服月度绩效考核"]
    assert [(p.code, p.message, p.place.field) for p in problems] == [
        ("duplicate_id", "编号「online_shop_monthly」与文件 a.yaml 重复", "id")
    ]
    assert problems[0].place.file == str(tmp_path / "kpi_schemes/b.yaml")


def test_one_name_in_two_files(tmp_path: Path) -> None:
    _copy(COO, tmp_path / "positions/a.yaml")
    _copy(COO, tmp_path / "positions/b.yaml", ("id: coo", "id: coo2"))
    _copy(COO, tmp_path / "positions/c.yaml", ("id: coo", "id: coo3\ncompany: 分公司"))
    found, problems = Library.from_dir(tmp_path)
    assert [position.id for position in found.positions] == ["coo", "coo3"]
    assert [p.code for p in problems] == ["duplicate_name"]


def test_a_position_that_two_schemes_claim(tmp_path: Path) -> None:
    _copy(SHOP, tmp_path / "a.yaml")
    other = (
        ("id: online_shop_monthly", "id: other"),
        ("name: 店铺网站客服月度绩效考核", "name: 乙"),
    )
    _copy(SHOP, tmp_path / "b.yml", *other)
    found, problems = Library.from_dir(tmp_path)
    assert len(found.schemes) == 2
    assert [(p.code, p.is_error, p.message, p.place.field) for p in problems] == [
        (
            "position_claimed",
            False,
            "岗位「网销客服」已适用「店铺网站客服月度绩效考核」，此处不会自动采用",
            "positions[0]",
        )
    ]


def test_a_broken_file_leaves_the_others(tmp_path: Path) -> None:
    _copy(SHOP, tmp_path / "a.yaml")
    (tmp_path / "b.yaml").write_text("", "utf-8")
    (tmp_path / "说明.txt").write_text("not a template", "utf-8")
    found, problems = Library.from_dir(tmp_path)
    assert len(found.schemes) == 1
    assert [p.code for p in problems] == ["empty_file"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    found, problems = Library.from_dir(tmp_path / "没有")
    assert found == Library()
    assert [p.code for p in problems] == ["unreadable"]


def test_damaged_shipped_templates_are_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(SHOP, tmp_path / "a.yaml")
    (tmp_path / "b.yaml").write_text("", "utf-8")
    monkeypatch.setattr(library, "templates_dir", lambda: tmp_path)
    with pytest.raises(ProblemsFound, match="文件是空的"):
        library._shipped.__wrapped__()
