"""The ribbon: valid for Microsoft's own schema, and every button leads to a macro that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from tests.workbench.validator import validate
from xladdin.addin.addin_package import RELATIONS, RIBBON, RIBBON_RELATION
from xladdin.addin.buttons import GROUPS, TAB, buttons
from xladdin.addin.ribbon_xml import CALLBACK, NAMESPACE, PREFIX, ribbon_xml
from xladdin.addin.vba import Kind
from xladdin.layout.package_edits import edited

from . import samples

LONGEST_TIP, LONGEST_LABEL = 1024, 24
SIGNATURE = re.compile(r"^Public Sub (\w+)\(control As IRibbonControl\)\r$", re.MULTILINE)


def elements(tag: str) -> list[etree._Element]:
    return etree.fromstring(samples.part(RIBBON)).findall(f".//{{{NAMESPACE}}}{tag}")


def macros() -> set[str]:
    """Every macro that a ribbon may call."""
    return {name for module in samples.modules() for name in SIGNATURE.findall(module.source)}


def test_microsofts_schema_has_no_objection(tmp_path: Path) -> None:
    path = tmp_path / "xladdin.xlam"
    path.write_bytes(samples.file())
    assert validate([path])[path] == []


def test_the_schema_does_look_at_the_ribbon(tmp_path: Path) -> None:
    path = tmp_path / "broken.xlam"
    path.write_bytes(edited(samples.file(), {RIBBON: lambda xml: xml.replace("large", "huge")}))
    assert {error.part for error in validate([path])[path]} == {f"/{RIBBON}"}


def test_the_part_is_in_the_file_and_related() -> None:
    assert samples.part(RIBBON) == ribbon_xml()
    relations = etree.fromstring(samples.part(RELATIONS))
    found = [each for each in relations if each.get("Type") == RIBBON_RELATION]
    assert [each.get("Target") for each in found] == [RIBBON]
    ids = [each.get("Id") for each in relations]
    assert len(ids) == len(set(ids))


def test_ids_are_unique_and_our_own() -> None:
    ids = [each.get("id", "") for tag in ("tab", "group", "button") for each in elements(tag)]
    assert len(ids) == len(set(ids)) == 1 + len(GROUPS) + len(buttons())
    assert all(re.fullmatch(f"{PREFIX}[a-z_]+", id_) for id_ in ids)


def test_every_button_calls_a_macro_with_the_right_signature() -> None:
    called = {each.get("onAction") for each in elements("button")}
    assert called == {CALLBACK}
    assert called <= macros()
    attributes = {
        name for each in etree.fromstring(ribbon_xml()).iter() for name in map(str, each.attrib)
    }
    # Of all callbacks only this one is used: others would need macros of other signatures.
    assert not [
        name for name in attributes if name.startswith(("get", "on")) and name != "onAction"
    ]


def test_the_macro_takes_the_commands_name_out_of_the_id() -> None:
    (module,) = [each for each in samples.modules() if each.name == "XladdinRibbon"]
    assert f"PREFIX_LENGTH As Long = {len(PREFIX)}" in module.source


def test_every_macro_of_ours_says_whose_it_is() -> None:
    """So that no other add-in has one of the same name."""
    modules = [each for each in samples.modules() if each.kind is Kind.STANDARD]
    ours = [each for each in modules if each.name.startswith("Xladdin")]
    public = [name for m in ours for name in re.findall(r"^Public \w+ (\w+)", m.source, re.M)]
    assert public
    assert all(name.lower().startswith("xladdin") for name in public)


@pytest.mark.parametrize("button", elements("button"), ids=lambda each: each.get("id"))
def test_every_button_has_its_words_and_its_picture(button: etree._Element) -> None:
    words = {name: button.get(name, "") for name in ("label", "screentip", "supertip")}
    assert all(re.search("[\u4e00-\u9fff]", text) for text in words.values())
    assert len(words["label"]) <= LONGEST_LABEL
    assert len(words["supertip"]) <= LONGEST_TIP
    assert words["supertip"].endswith("。")
    assert re.fullmatch("[A-Z][A-Za-z]+", button.get("imageMso", ""))


def test_the_tab_holds_what_was_promised() -> None:
    (tab,) = elements("tab")
    assert tab.get("label") == TAB == "绩效助手"
    labels = {each.get("label") for each in elements("button")}
    promised = "生成考核表 批量生成 插入到本工作簿 工作分析表 评分表 个人总结 检查本表 设置 帮助"
    promised += " 收回考核表 收表清单 月度汇总 反馈单 关闭本月"
    assert {*promised.split()} <= labels


def test_no_two_buttons_look_alike() -> None:
    for name in ("label", "imageMso"):
        found = [each.get(name) for each in elements("button")]
        assert len(found) == len(set(found))
