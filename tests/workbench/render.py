"""Pages as pictures: `python -m tests.workbench.render FILE... [--out DIR] [--dpi 70]`.

Takes workbooks and folders, which it searches for workbooks, and prints the path of one PNG for
each page that a clerk would print.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .office import Office
from .tools import program

_DPI = 70
_SECONDS = 120


def workbooks(path: Path) -> list[tuple[Path, Path]]:
    """Return the file, or the .xlsx files in the folder, each with its subfolder there.

    Excel's own lock files (`~$...`) are left out.
    """
    if not path.is_dir():
        return [(path, Path())]
    found = sorted(file for file in path.rglob("*.xlsx") if not file.name.startswith("~$"))
    return [(file, file.parent.relative_to(path)) for file in found]


def render(path: Path, out: Path, office: Office, dpi: int = _DPI) -> list[Path]:
    """Print one workbook and return its pages in order, as `<out>/<name>-<page>.png`.

    Pages of an earlier run are removed. Raises `ToolMissing`, `OfficeError`, or
    `CalledProcessError` when the PDF cannot be drawn.
    """
    pdftoppm = program("pdftoppm")
    out.mkdir(parents=True, exist_ok=True)
    for old in _pages(out, path.stem):
        old.unlink()
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        with office.open(path) as document:
            pdf = document.pdf(Path(folder) / "pages.pdf")
        command = [pdftoppm, "-png", "-r", str(dpi), str(pdf), str(out / path.stem)]
        subprocess.run(command, check=True, timeout=_SECONDS)
    return _pages(out, path.stem)


def _pages(out: Path, stem: str) -> list[Path]:
    # pdftoppm pads page numbers to one width, so the order of names is the order of pages.
    return sorted(p for p in out.glob("*.png") if p.stem.rpartition("-")[0] == stem)


def main(arguments: Sequence[str] | None = None) -> int:
    """Render what the command line names; return 1 when there is no workbook in it."""
    parser = argparse.ArgumentParser(prog="python -m tests.workbench.render", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE", help="workbook or folder")
    default = Path(tempfile.gettempdir()) / "workbench-pages"
    parser.add_argument("--out", type=Path, default=default, help="folder (default: %(default)s)")
    parser.add_argument("--dpi", type=int, default=_DPI, help="resolution (default: %(default)s)")
    options = parser.parse_args(arguments)
    files = [found for path in options.paths for found in workbooks(path)]
    if not files:
        print("no workbook there", file=sys.stderr)
        return 1
    with Office() as office:
        for file, folder in files:
            print(*render(file, options.out / folder, office, options.dpi), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
