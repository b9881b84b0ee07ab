"""The bill of materials: complete, valid, and equal for equal setups."""

from __future__ import annotations

import json
from email import message_from_string
from typing import Any

from xladdin.addin.setup.bill_of_materials import bill
from xladdin.addin.setup.interpreter import read_lock

PACKAGES = (
    "Name: Some_Thing\nVersion: 1.2\nSummary: does it\nLicense-Expression: MIT\n",
    "Name: other\nVersion: 3\nLicense: BSD\nClassifier: License :: OSI Approved :: BSD License\n",
    "Name: long\nVersion: 4\nLicense: " + "a whole text " * 20 + "\n",
)


def made(digest: str = "ab" * 32) -> str:
    packages: list[Any] = [message_from_string(text) for text in PACKAGES]
    return bill("1.0", read_lock(), packages, {"setup.exe": digest})


def test_every_part_with_its_licence_and_hash() -> None:
    told = json.loads(made())
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    whole = told["metadata"]["component"]
    assert whole["hashes"] == [{"alg": "SHA-256", "content": "ab" * 32}]
    parts = {part["name"]: part for part in told["components"]}
    assert parts["Some_Thing"]["purl"].endswith("some-thing@1.2")
    licences = [parts[name].get("licenses") for name in ("Some_Thing", "other", "long")]
    assert licences == [
        [{"license": {"name": "MIT"}}],
        [{"license": {"name": "BSD License"}}],
        None,
    ]
    files = {one["name"]: one["hashes"][0]["content"] for one in parts["cpython"]["components"]}
    assert files == {name: digest for name, (digest, _) in read_lock().files.items()}
    (all_of_it,) = [each["dependsOn"] for each in told["dependencies"] if each["ref"] == "setup"]
    assert len(all_of_it) == len(PACKAGES) + 1


def test_equal_setups_have_equal_bills() -> None:
    assert made() == made()
    assert json.loads(made())["serialNumber"] != json.loads(made("cd" * 32))["serialNumber"]
    assert "timestamp" not in json.loads(made())["metadata"]
