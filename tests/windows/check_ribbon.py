"""The ribbon's Windows side: it imports, asks for the Esc key, and a missing Excel is only logged."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import xladdin.ribbon
from xladdin import unforeseen
from xladdin.files import in_use
from xladdin.ribbon import windows_excel


def main() -> int:
    application: Any = SimpleNamespace(pid=0)
    print(f"Esc: {windows_excel.escape_pressed(application)}")
    with TemporaryDirectory() as folder:
        vars(unforeseen)["user_folder"] = lambda: Path(folder)
        vars(xladdin.ribbon)["APPLICATION"] = "no Excel"
        xladdin.ribbon.clicked("help")
        logged = unforeseen.log_file().read_text("utf-8")
        print(logged.splitlines()[-1])
        owner = Path(folder) / "~$a.xlsx"
        owner.write_bytes(b"left")
        left = in_use(Path(folder) / "a.xlsx")
    assert "help: could not be told" in logged
    assert xladdin.ribbon.APPLICATION is None
    assert not left, "an owner file that nobody holds"
    print("0 faults")
    return 0


if __name__ == "__main__":
    sys.exit(main())
