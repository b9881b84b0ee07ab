from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench import validator
from tests.workbench.breaker import Fault, break_workbook, load_faults
from tests.workbench.tools import SETUP_COMMAND, ToolMissing
from tests.workbench.validator import (
    OVERRIDE,
    ValidatorFailed,
    schema_errors,
    validate,
    validator_binary,
)

SCHEMA_FAULTS = [fault for fault in load_faults() if fault.schema]


@pytest.fixture(scope="module")
def verdicts(
    sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[Path, list[validator.SchemaError]]:
    folder = tmp_path_factory.mktemp("schema")
    broken = [break_workbook(sample, folder / f"{f.name}.xlsx", f) for f in SCHEMA_FAULTS]
    return validate([sample, *broken])


def test_the_sample_is_valid(
    sample: Path, verdicts: dict[Path, list[validator.SchemaError]]
) -> None:
    assert verdicts[sample] == []


@pytest.mark.parametrize("fault", SCHEMA_FAULTS, ids=lambda fault: fault.name)
def test_each_schema_fault_is_found(
    fault: Fault, verdicts: dict[Path, list[validator.SchemaError]]
) -> None:
    (errors,) = [errors for path, errors in verdicts.items() if path.stem == fault.name]
    assert errors
    assert {error.kind for error in errors} <= {"Schema", "Semantic"}
    assert errors[0].part == "/xl/worksheets/sheet2.xml"
    assert errors[0].part in str(errors[0])


def test_a_file_that_cannot_be_opened_is_an_error_too(tmp_path: Path) -> None:
    path = tmp_path / "no.xlsx"
    path.write_text("nothing")
    (error,) = schema_errors(path)
    assert error.kind == "Exception"


def test_an_unknown_version_is_refused(sample: Path) -> None:
    with pytest.raises(ValueError, match="Office2011"):
        schema_errors(sample, "Office2011")


def test_a_missing_validator_names_the_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(OVERRIDE, raising=False)
    monkeypatch.setattr(validator, "TOOLS", tmp_path)
    with pytest.raises(ToolMissing, match=SETUP_COMMAND):
        validator_binary()


def test_the_environment_names_another_binary(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sample: Path
) -> None:
    monkeypatch.setenv(OVERRIDE, str(tmp_path / "absent"))
    with pytest.raises(ToolMissing, match="absent"):
        validator_binary()
    monkeypatch.setenv(OVERRIDE, "/bin/echo")
    with pytest.raises(ValidatorFailed, match="exit 0"):
        schema_errors(sample)
