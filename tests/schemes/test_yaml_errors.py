"""The two implementations of the YAML parser are explained alike."""

from pathlib import Path

import pytest
import yaml

from xladdin.schemes import yaml_text
from xladdin.schemes.load import load_any

from .fault_files import EXPECTED, FOLDER, as_expected


class SlowLoader(yaml.SafeLoader):
    yaml_implicit_resolvers: dict[str, object] = {}  # noqa: RUF012


SYNTAX = [
    name
    for name, found in EXPECTED.items()
    if any(item["code"].startswith(("yaml", "control", "several")) for item in found)
]


@pytest.mark.parametrize("name", SYNTAX)
def test_the_parser_written_in_python(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "_Loader", SlowLoader)
    _, problems = load_any(FOLDER / f"{name}.yaml")
    expected = [
        {**item, "line": 1} if item["code"] == "yaml_depth" and name.endswith("parse") else item
        for item in EXPECTED[name]
    ]
    assert as_expected(problems) == expected


def test_some_of_the_faults_are_of_the_syntax() -> None:
    assert len(SYNTAX) > 10


def test_a_message_that_nobody_foresaw(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("%YAML 3.0\n---\na: 1\n", "utf-8")
    _, problems = load_any(path)
    assert [(p.code, p.message) for p in problems] == [
        ("yaml_syntax", "YAML 格式不对，请检查这一行和上一行")
    ]
