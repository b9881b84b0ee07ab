"""What a user gets: the wheel and the source archive, what is in them, and that they work elsewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import xladdin
from tests.supply.installed import Environment, built, closure, installed
from tests.workbench.tools import ROOT
from xladdin.addin.build import build

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
SETUP_ONLY = "xladdin/addin/setup/"
ONLY_THERE = {
    "uno",
    "unohelper",
    "com",
    "win32com",
    "win32gui",
    "win32con",
    "pythoncom",
    "pywintypes",
}
"""What LibreOffice's own Python brings, and what xlwings brings on Windows."""
PARTS_OF_PYDANTIC = {"annotated_types", "pydantic_core"}
"""Each release of it asks for the ones that belong to it; a range of ours could only contradict."""
IMPORT = re.compile(r"^\s*+(?:import|from)\s++([a-zA-Z]\w*+)", re.MULTILINE)


def git(*arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments, "-z"], cwd=ROOT, check=True, capture_output=True)
    return list(filter(None, done.stdout.decode().split("\0")))


def committed() -> list[str]:
    """The files of the checkout, also those about to be committed."""
    listed = git("ls-files", "--cached", "--others", "--exclude-standard")
    return [name for name in listed if (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """As ``pip install xladdin`` leaves it."""
    return installed(wheel, tmp_path_factory.mktemp("installed") / "venv")


def contents(wheel: Path) -> dict[str, bytes]:
    with ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_wheel_holds_the_packages_and_the_templates_and_nothing_else(wheel: Path) -> None:
    wanted = set()
    for name in committed():
        if name.startswith("xladdin/") and not name.startswith(SETUP_ONLY):
            wanted.add(name)
        elif name.startswith("udfs/xladdin_udfs/"):
            wanted.add(name.removeprefix("udfs/"))
        elif name.startswith("workbook_templates/"):
            wanted.add(name.replace("workbook_templates/", "xladdin/_templates/", 1))
    found = {name for name in contents(wheel) if ".dist-info/" not in name}
    assert found == wanted
    assert {"xladdin/py.typed", "xladdin_udfs/py.typed"} <= found


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    (told,) = metadata.distributions(path=[str(wheel)])
    assert told.version == xladdin.__version__
    assert told.metadata["License-Expression"] == "MIT"
    assert told.metadata["Requires-Python"] == ">=3.11"
    assert set(told.metadata.get_all("Provides-Extra") or ()) == {
        "excel",
        "postgres",
        "spark",
        "test",
    }
    classifiers = told.metadata.get_all("Classifier") or []
    versions = [one.rpartition(" ")[2] for one in classifiers if ":: 3." in one]
    assert versions == ["3.11", "3.12", "3.13", "3.14"]
    assert "Typing :: Typed" in classifiers
    named = {name: content for name, content in contents(wheel).items() if "/licenses/" in name}
    assert {Path(name).name: content for name, content in named.items()} == {
        name: (ROOT / name).read_bytes() for name in ("LICENSE", "THIRD-PARTY-NOTICES")
    }


def test_the_source_archive_is_the_checkout_and_makes_the_same_wheel(
    wheel: Path, tmp_path: Path
) -> None:
    archive = built("sdist", tmp_path / "sdist")
    shutil.unpack_archive(archive, tmp_path, filter="data")
    (root,) = tmp_path.glob("xladdin-*")
    held = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    # `PKG-INFO` is the archive's own.
    assert held - {"PKG-INFO"} == set(committed())
    again = built("wheel", tmp_path / "again", root)
    assert again.read_bytes() == wheel.read_bytes()


def test_the_command_says_its_version_elsewhere(environment: Environment, tmp_path: Path) -> None:
    done = environment.run(tmp_path, "--version")
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        f"xladdin {xladdin.__version__}\n",
        "",
    )


def test_the_demo_runs_elsewhere(environment: Environment, tmp_path: Path) -> None:
    done = environment.run(tmp_path, "demo")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    made = sorted(tmp_path.joinpath("xladdin-demo").rglob("*.xlsx"))
    assert len(made) > 100
    assert {path.name for path in tmp_path.iterdir()} <= {"xladdin-demo", ".xladdin"}


def test_the_add_in_is_built_elsewhere_byte_for_byte(
    environment: Environment, tmp_path: Path
) -> None:
    done = environment.run(tmp_path, "addin", "build", "--out", "助手.xlam")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "助手.xlam").read_bytes() == build()


def test_without_xlwings_the_add_in_says_what_to_install(
    environment: Environment, tmp_path: Path
) -> None:
    plain = environment.without("xlwings", tmp_path / "venv")
    done = plain.run(tmp_path, "addin", "build", "--out", "a.xlam")
    assert done.returncode == 1
    assert "pip install xladdin" in done.stderr
    listed = plain.run(tmp_path, "templates", "list")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "online_shop_monthly" in listed.stdout


def test_nothing_of_the_checkout_is_in_reach_there(environment: Environment) -> None:
    asked = "import sys, xladdin, xladdin_udfs; print(xladdin.__file__, xladdin_udfs.__file__, *sys.path)"
    command = [environment.python, "-I", "-c", asked]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert str(ROOT) not in told.replace(str(environment.folder), "")
    missing = subprocess.run(
        [environment.python, "-I", "-c", "import pytest"], capture_output=True, check=False
    )
    assert missing.returncode == 1


def imported() -> set[str]:
    """The packages of others that our code imports, wherever it does; a few words of texts as well."""
    paths = [*(ROOT / "xladdin").rglob("*.py"), *(ROOT / "udfs").rglob("*.py")]
    ours = [path for path in paths if SETUP_ONLY not in path.as_posix()]
    found = {name for path in ours for name in IMPORT.findall(path.read_text("utf-8"))}
    return found - set(sys.stdlib_module_names) - ONLY_THERE - PARTS_OF_PYDANTIC


def test_whatever_is_imported_is_asked_for() -> None:
    extras = PROJECT["optional-dependencies"]
    texts = [*PROJECT["dependencies"], *extras["postgres"], *extras["spark"]]
    asked = {canonicalize_name(Requirement(text).name) for text in texts}
    whose = metadata.packages_distributions()
    names = {
        module: {canonicalize_name(name) for name in whose[module]}
        for module in imported() & whose.keys()
    }
    assert {"lxml", "yaml", "xlwings"} <= names.keys()
    assert {module: found for module, found in names.items() if not found & asked} == {}


def test_what_is_asked_for_brings_what_it_asks_for() -> None:
    found = closure(PROJECT["dependencies"], frozenset())
    assert {"typer", "pydantic-core", "rich", "xlwings"} <= found
    assert "pytest" not in found
