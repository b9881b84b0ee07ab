"""The glossary holds, and a text that does not keep to it would be seen."""

from __future__ import annotations

from pathlib import Path

from tests.house import terms


def test_nobody_says_it_otherwise() -> None:
    assert terms.findings() == []


def test_the_entries_are_one_for_each_word() -> None:
    entries = terms.glossary()
    assert len(entries) > 30
    said = [one.term for one in entries]
    forbidden = [word for one in entries for word in one.forbidden]
    assert len({*said, *forbidden}) == len(said) + len(forbidden)
    assert [word for word in forbidden for one in said if word in one] == []
    assert terms.stale() == []


def test_a_forbidden_word_is_told_with_the_right_one() -> None:
    assert terms.said_otherwise("请在台帐里查") == [("台帐", "台账")]
    assert terms.said_otherwise("选“启动时打开此目录中的所有文件”") == []


def test_texts_of_code_are_its_strings_without_docstrings_and_quotations(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(
        '"""台帐 in a docstring."""\nA = "英文"\nB = f"台帐{A}"\nC = "plain"\n'
        'D = "台帐"  # glossary: quoted\n',
        "utf-8",
    )
    assert [text for _, text in terms.of_code(path)] == ["英文", "台帐"]


def test_what_users_see_is_looked_at_and_what_others_write_is_not() -> None:
    names = {name for name, _, _ in terms.texts()}
    assert {
        "xladdin/cli/command_table.py",
        "xladdin/addin/setup/xladdin.nsi",
        "workbook_templates/kpi_schemes/sales_service.yaml",
        "docs/deployment.md",
        "README.md",
    } <= names
    assert not [name for name in names if name.startswith(terms.OTHERS_WORDS)]
