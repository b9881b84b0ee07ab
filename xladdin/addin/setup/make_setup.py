"""``make installer``: the setup file, its hash and its bill of materials.  Needs Debian's ``nsis``.

python -m xladdin.addin.setup.make_setup ROOT OUT
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from importlib import metadata, resources
from pathlib import Path
from tempfile import TemporaryDirectory

import xladdin

from . import bill_of_materials, interpreter, locked_packages, staged_app
from .setup_script import quoted, removing_entries, unpacking

NAME = "xladdin-setup"
SCRIPT = "xladdin.nsi"
EPOCH = "315532800"
"""1980: no file of the setup has a time that means anything."""


class SetupFault(Exception):
    """Why no setup file was made."""


def make(root: Path, out: Path) -> Path:
    """The setup file of a checkout.  Raises SetupFault, and what the parts raise."""
    if shutil.which("makensis") is None:
        raise SetupFault("needs makensis: sudo apt-get install --no-install-recommends nsis")
    with TemporaryDirectory(prefix="setup-") as made:
        work = Path(made)
        app, lock = work / "app", interpreter.read_lock()
        found = interpreter.check(python := staged_app.fetch_interpreter(work), lock)
        print(f"interpreter {lock.version}: {len(lock.files)} files as locked and signed;")
        print(f"  {len(found.same)} modules are what their signed sources compile to,")
        print(f"  {len(found.without_source)} known by the lock alone: no such source at hand")
        pins = locked_packages.running(
            locked_packages.read_lock(_text(root, "requirements/run.txt"))
        )
        staged_app.install_packages(pins, staged_app.build_wheel(root, work), work / "site", work)
        staged_app.assemble(app, python, work / "site")
        staged_app.list_files(app)
        if odd := list(staged_app.odd_names(app)):
            raise SetupFault(f"names that Windows has no room for: {', '.join(odd)}")
        setup = compiled(app, out, work)
        _tell(setup, app, lock)
    return setup


def _text(root: Path, name: str) -> str:
    return (root / name).read_text("utf-8")


def compiled(app: Path, out: Path, work: Path) -> Path:
    """The setup file of a staged folder."""
    out.mkdir(parents=True, exist_ok=True)
    target = out.resolve() / f"{NAME}-{xladdin.__version__}.exe"
    (work / "files.nsh").write_text(unpacking(app, r"$INSTDIR\app.new"), "utf-8")
    (work / "entries.nsh").write_text(removing_entries(), "utf-8")
    script = work / SCRIPT
    shutil.copyfile(str(resources.files(__package__).joinpath(SCRIPT)), script)
    size = sum(path.stat().st_size for path in staged_app.files_of(app)) // 1024
    defined = {"VERSION": xladdin.__version__, "OUT": quoted(str(target)), "SIZE": str(size)}
    command = ["makensis", "-V2", "-INPUTCHARSET", "UTF8"]
    command += [f"-D{name}={value}" for name, value in defined.items()]
    environment = os.environ | {"SOURCE_DATE_EPOCH": EPOCH, "TZ": "UTC"}
    subprocess.run([*command, str(script)], check=True, cwd=work, env=environment)  # noqa: S603
    return target


def _tell(setup: Path, app: Path, lock: interpreter.Lock) -> None:
    """Write hash and bill of materials beside the setup."""
    digest = hashlib.sha256(setup.read_bytes()).hexdigest()
    setup.with_suffix(".exe.sha256").write_text(f"{digest}  {setup.name}\n", "ascii")
    infos = sorted((app / "site").glob("*.dist-info"))
    packages = [metadata.PathDistribution(info).metadata for info in infos]
    text = bill_of_materials.bill(xladdin.__version__, lock, packages, {setup.name: digest})
    setup.with_suffix(".cdx.json").write_text(text, "utf-8")
    print(f"{setup.name}: {setup.stat().st_size / 1e6:.1f} MB, SHA-256 {digest}")
    print(f"  {len(packages)} packages, {len(staged_app.files_of(app))} files")


if __name__ == "__main__":
    try:
        make(Path(sys.argv[1]), Path(sys.argv[2]))
    except (SetupFault, interpreter.InterpreterFault, subprocess.CalledProcessError) as error:
        sys.exit(f"no setup file: {error}")
