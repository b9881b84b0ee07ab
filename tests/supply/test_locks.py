"""The lock names every package once, by its hash, within the ranges of pyproject.toml, and is fresh.

Where one of these fails after a change of pyproject.toml: ``make lock``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.supply.locks import LOWEST, SETS, lock_file, read_lock
from tests.workbench.tools import ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT, GROUPS = SETTINGS["project"], SETTINGS["dependency-groups"]
EXTRAS = PROJECT["optional-dependencies"]
WANTED = {
    "run": [*PROJECT["dependencies"], *GROUPS["build"]],
    "spark": [*PROJECT["dependencies"], *GROUPS["build"], *EXTRAS["spark"]],
    "test": [*PROJECT["dependencies"], *GROUPS["build"], *EXTRAS["test"]],
    "check": GROUPS["check"],
}
WANTED[LOWEST] = WANTED["test"]
LOCKS = {name: read_lock(lock_file(name)) for name in WANTED}


def parsed(requirements: Iterable[str]) -> list[Requirement]:
    return [Requirement(text) for text in requirements]


def canonical(names: Iterable[str]) -> set[str]:
    return {canonicalize_name(name) for name in names}


def unmet(lock: str, requirements: Iterable[Requirement]) -> list[str]:
    """The requirements that the lock does not satisfy."""
    pins = LOCKS[lock]
    return [
        str(wanted)
        for wanted in requirements
        if (pin := pins.get(canonicalize_name(wanted.name))) is None
        or not wanted.specifier.contains(pin.version, prereleases=True)
    ]


@pytest.mark.parametrize("name", WANTED)
def test_every_range_of_the_project_is_met(name: str) -> None:
    assert unmet(name, parsed(WANTED[name])) == []


@pytest.mark.parametrize("name", WANTED)
def test_nothing_is_locked_that_the_project_no_longer_asks_for(name: str) -> None:
    asked = [key for key, pin in LOCKS[name].items() if any("xladdin" in via for via in pin.via)]
    assert canonical(asked) == canonical(wanted.name for wanted in parsed(WANTED[name]))
    sources = {via.split()[0] for pin in LOCKS[name].values() for via in pin.via}
    assert canonical(sources) <= {"xladdin", "-c", *LOCKS[name]}


@pytest.mark.parametrize("name", WANTED)
def test_every_package_stands_with_one_version_and_its_hashes(name: str) -> None:
    for pin in LOCKS[name].values():
        assert str(pin.requirement.specifier) == f"=={pin.version}"
        assert pin.hashes
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", found) for found in pin.hashes)


def test_the_sets_agree_and_the_larger_hold_the_smaller() -> None:
    for larger in ("spark", "test"):
        assert LOCKS["run"].keys() <= LOCKS[larger].keys()
    for name in SETS:
        for key in LOCKS[name].keys() & LOCKS["test"].keys():
            assert LOCKS[name][key].version == LOCKS["test"][key].version, key


@pytest.mark.parametrize("name", WANTED)
def test_no_lock_says_where_packages_come_from(name: str) -> None:
    text = lock_file(name).read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"^-", text, flags=re.MULTILINE)


def test_the_lowest_set_has_the_oldest_that_each_range_allows() -> None:
    pins, first = LOCKS[LOWEST], (">=", "==")
    oldest = {
        canonicalize_name(wanted.name): Version(one.version)
        for wanted in parsed(WANTED[LOWEST])
        for one in wanted.specifier
        if one.operator in first
    }
    assert {name: Version(pins[name].version) for name in oldest} == oldest


def test_a_windows_machine_finds_its_packages_too() -> None:
    windows = {key for key, pin in LOCKS["run"].items() if "win32" in str(pin.requirement)}
    assert "pywin32" in windows


def test_what_is_installed_is_what_is_locked() -> None:
    here = {key: pin for key, pin in LOCKS["test"].items() if pin.holds_here}
    assert {key: metadata.version(key) for key in here} == {
        key: pin.version for key, pin in here.items()
    }


def test_the_lock_is_complete() -> None:
    """Every package that a locked one needs here is locked as well."""
    needs = {key: metadata.requires(key) or () for key, p in LOCKS["test"].items() if p.holds_here}
    for key, texts in needs.items():
        required = [it for it in parsed(texts) if not it.marker or it.marker.evaluate()]
        assert unmet("test", required) == [], key


def test_the_build_back_end_is_locked_as_pip_would_ask_for_it() -> None:
    assert set(SETTINGS["build-system"]["requires"]) <= set(GROUPS["build"])


def test_installing_takes_nothing_but_the_lock() -> None:
    installs = [
        line
        for line in (ROOT / "Makefile").read_text("utf-8").splitlines()
        if re.search(r"pip install|\$\(PIP\)", line) and not line.startswith("PIP :=")
    ]
    assert installs
    for line in installs:
        assert "--require-hashes" in line or "--no-deps --no-build-isolation --editable" in line


def test_a_missing_package_and_a_wrong_version_are_seen() -> None:
    assert unmet("run", parsed(["lxml>=999", "no-such-package"])) == [
        "lxml>=999",
        "no-such-package",
    ]
