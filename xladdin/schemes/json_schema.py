"""JSON Schemas of the template files, so that editors complete and check them while typing.

Run ``python -m xladdin.schemes.json_schema`` after a model has changed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from xladdin.paths import templates_dir

from .load import ALL_MODELS

_DIGITS = r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"
_LIMITS = {
    "ge": "minimum",
    "gt": "exclusiveMinimum",
    "le": "maximum",
    "lt": "exclusiveMaximum",
}


class _Generator(GenerateJsonSchema):
    """Decimals as the loader reads them: numbers, figures in quotes, and ``65%`` where allowed."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        return _figure("")

    def function_before_schema(
        self, schema: core_schema.BeforeValidatorFunctionSchema
    ) -> JsonSchemaValue:
        # The one thing the models do before a number check is to read percentages.
        inner = super().function_before_schema(schema)
        return _figure("%?") if "anyOf" in inner else inner


def _figure(suffix: str) -> JsonSchemaValue:
    return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^{_DIGITS}{suffix}$"}]}


def schemas() -> dict[str, str]:
    """File name -> JSON Schema text, for every kind of template."""
    return {f"{kind}.schema.json": _text(kind) for kind in ALL_MODELS}


def write(folder: Path) -> None:
    """Write the schemas into a folder."""
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


def _text(kind: str) -> str:
    schema = ALL_MODELS[kind].model_json_schema(schema_generator=_Generator)
    # A file must say what it is, although the model in memory has its kind by default.
    schema = {"$schema": GenerateJsonSchema.schema_dialect, **_standard(schema)}
    schema["required"] = ["kind", *schema["required"]]
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _standard(node: Any) -> Any:
    """Limits on figures under their standard names, on the branch of numbers."""
    if isinstance(node, list):
        return [_standard(item) for item in node]
    if not isinstance(node, dict):
        return node
    plain = {key: _standard(value) for key, value in node.items() if key not in _LIMITS}
    limits = {_LIMITS[key]: value for key, value in node.items() if key in _LIMITS}
    if limits and "anyOf" in plain:
        return {**plain, "anyOf": [_limited(branch, limits) for branch in plain["anyOf"]]}
    return plain


def _limited(branch: JsonSchemaValue, limits: JsonSchemaValue) -> JsonSchemaValue:
    return {**branch, **limits} if branch.get("type") == "number" else branch


if __name__ == "__main__":
    write(templates_dir() / "schema")
