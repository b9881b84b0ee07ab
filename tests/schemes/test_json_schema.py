"""The JSON Schemas for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from xladdin.paths import templates_dir
from xladdin.schemes.json_schema import schemas, write

TEMPLATES = sorted(templates_dir().glob("positions/*.yaml")) + sorted(
    templates_dir().glob("kpi_schemes/*.yaml")
)


def _validator(kind: str) -> Draft202012Validator:
    schema = yaml.safe_load(schemas()[f"{kind}.schema.json"])
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_the_written_schemas_are_up_to_date() -> None:
    folder = templates_dir() / "schema"
    written = {path.name: path.read_text("utf-8") for path in folder.glob("*.json")}
    assert schemas().items() <= written.items(), "run python -m xladdin.schemes.json_schema"


def test_writing(tmp_path: Path) -> None:
    write(tmp_path)
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == schemas()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_shipped_template_is_valid_to_an_editor(path: Path) -> None:
    data = yaml.safe_load(path.read_text("utf-8"))
    assert list(_validator(data["kind"]).iter_errors(data)) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_shipped_template_names_its_schema(path: Path) -> None:
    first, second = path.read_text("utf-8").splitlines()[:2]
    kind = second.removeprefix("kind: ")
    assert first == f"# yaml-language-server: $schema=../schema/{kind}.schema.json"
    assert (path.parent / f"../schema/{kind}.schema.json").is_file()


@pytest.mark.parametrize(
    ("field", "value", "valid"),
    [
        ("weight", 20, True),
        ("weight", "20", True),
        ("weight", 0, False),
        ("weight", 101, False),
        ("weight", "20%", False),
        ("weight", "二十", False),
        ("target", "95%", True),
        ("target", None, True),
        ("target", "95％吧", False),
        ("unit", "percent", True),
        ("unit", "百分比", False),
        ("method", {"kind": "percent", "cap": "120%"}, True),
        ("method", {"kind": "percent", "cap": 11}, False),
        ("method", {"kind": "percentage"}, False),
        ("colour", "红", False),
    ],
)
def test_what_an_editor_accepts(field: str, value: Any, valid: bool) -> None:
    data = yaml.safe_load((templates_dir() / "kpi_schemes/sales_service.yaml").read_text("utf-8"))
    data["sections"][0]["indicators"][0][field] = value
    assert _validator("kpi_scheme").is_valid(data) is valid
