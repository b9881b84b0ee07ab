"""What is in the setup, for whoever has to know: a bill of materials in CycloneDX's JSON."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageMetadata

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from .interpreter import Lock

LONGEST = 120
"""A field named License may hold its whole text."""


def bill(
    version: str, interpreter: Lock, packages: Iterable[PackageMetadata], setup: Mapping[str, str]
) -> str:
    """The text: the interpreter with its files, and each package that is installed beside it.

    ``setup`` is the setup file with its SHA-256.  Equal things give equal texts: the serial number
    is made of that hash, and there is no time in it.
    """
    ((name, digest),) = setup.items()
    whole = Component(
        name=name,
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref="setup",
        hashes=[_sha(digest)],
    )
    parts = [_interpreter(interpreter), *map(_package, packages)]
    bom = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_OID, digest), components=parts)
    bom.metadata.component = whole
    bom.metadata.timestamp = None  # type: ignore[assignment]  # equal setups have equal bills
    bom.register_dependency(whole, parts)
    text: str = JsonV1Dot6(bom).output_as_string(indent=2)
    return text + "\n"


def _interpreter(lock: Lock) -> Component:
    files = [
        Component(
            name=name, type=ComponentType.FILE, bom_ref=f"python/{name}", hashes=[_sha(digest)]
        )
        for name, (digest, _) in sorted(lock.files.items())
    ]
    return Component(
        name="cpython",
        version=lock.version,
        type=ComponentType.PLATFORM,
        bom_ref="python",
        licenses=[DisjunctiveLicense(id="PSF-2.0")],
        cpe=f"cpe:2.3:a:python:python:{lock.version}:*:*:*:*:*:*:*",
        components=files,
    )


def _package(metadata: PackageMetadata) -> Component:
    name, version = str(metadata["Name"]), str(metadata["Version"])
    called = licence(metadata)
    return Component(
        name=name,
        version=version,
        type=ComponentType.LIBRARY,
        bom_ref=f"pkg/{name}",
        purl=PackageURL("pypi", name=name.lower().replace("_", "-"), version=version),
        description=metadata["Summary"],
        licenses=[DisjunctiveLicense(name=called)] if called else [],
    )


def licence(metadata: PackageMetadata) -> str:
    """As the package calls it: an expression, else its classifier, else a short field."""
    if told := metadata["License-Expression"]:
        return str(told)
    classifiers = [str(one) for one in metadata.get_all("Classifier") or ()]
    named = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License ::")]
    short = str(metadata["License"] or "").strip()
    return ", ".join(named) or (short if len(short) <= LONGEST and "\n" not in short else "")


def _sha(digest: str) -> HashType:
    return HashType(alg=HashAlgorithm.SHA_256, content=digest)
