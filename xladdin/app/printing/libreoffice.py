"""LibreOffice, where this computer has it: workbooks in, a PDF each out."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 90.0
"""Seconds without another PDF: a file that takes longer never ends."""
AT_ONCE = 100
"""Files of one start: Windows takes no command of more than 32,000 characters."""
LOOK = 0.2
"""Seconds between two looks at what is done."""
NAMES = ("soffice", "libreoffice")
HIDDEN = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard")
END, TAIL = b"%%EOF", 64
"""What a whole PDF has among its last bytes."""

CHINESE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale">\
<value>zh-CN</value></prop></item>
</oor:items>
"""
"""Settings of the profile: a form's foot bears the day on which it is printed, as it is written in China."""

Progress = Callable[[int], None]
"""Told how many are done; it may raise, which ends LibreOffice too."""


@dataclass(frozen=True, slots=True)
class LibreOffice:
    """A LibreOffice that is installed here.

    It runs with a profile of its own: one that is open on the screen is neither waited for nor closed.
    """

    program: str
    patience: float = PATIENCE

    def pdfs(self, files: Sequence[Path], folder: Path, progress: Progress) -> Mapping[Path, Path]:
        """File -> its PDF in ``folder``; what it cannot read is missing.

        The files stand in one folder; none is called as another.
        """
        found: dict[Path, Path] = {}
        left = list(files)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            settings = Path(profile, "user", "registrymodifications.xcu")
            settings.parent.mkdir()
            settings.write_text(CHINESE, "utf-8")
            while left:
                batch, left = left[:AT_ONCE], left[AT_ONCE:]
                ended = self._convert(batch, folder, Path(profile), _after(len(found), progress))
                found |= {file: made for file in batch if _whole(made := _pdf(file, folder))}
                missing = [file for file in batch if file not in found]
                if not ended:
                    # It goes through them in order: the first is what it choked on.
                    left = [*missing[1:], *left]
        return found

    def _convert(
        self, files: Sequence[Path], folder: Path, profile: Path, progress: Progress
    ) -> bool:
        """Whether LibreOffice went through all files; their PDFs tell which ones it could read."""
        command = [self.program, *HIDDEN, f"-env:UserInstallation={profile.as_uri()}"]
        command += ["--convert-to", "pdf", "--outdir", str(folder), *(file.name for file in files)]
        with subprocess.Popen(  # noqa: S603 - what the computer calls LibreOffice
            command,
            cwd=files[0].parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ) as running:
            try:
                done, since = 0, time.monotonic()
                while running.poll() is None:
                    now = sum(_pdf(file, folder).exists() for file in files)
                    if now > done:
                        done, since = now, time.monotonic()
                    progress(done)
                    if time.monotonic() - since > self.patience:
                        return False
                    time.sleep(LOOK)
            finally:
                _end(running)
        return running.returncode == 0


def _after(before: int, progress: Progress) -> Progress:
    """Counts on from those that are done."""
    return lambda done: progress(before + done)


def _pdf(file: Path, folder: Path) -> Path:
    return folder / f"{file.stem}.pdf"


def _whole(made: Path) -> bool:
    """Whether a PDF is there to its end."""
    with suppress(OSError), made.open("rb") as opened:
        opened.seek(max(0, os.fstat(opened.fileno()).st_size - TAIL))
        return END in opened.read()
    return False


def _end(running: subprocess.Popen[bytes]) -> None:
    """End LibreOffice, whose program starts another one that does the work."""
    if running.poll() is not None:
        return
    if sys.platform == "win32":
        tree = ["taskkill", "/F", "/T", "/PID", str(running.pid)]
        subprocess.run(tree, check=False, capture_output=True)  # noqa: S603 - Windows' own
    else:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def installed() -> LibreOffice | None:
    """The LibreOffice of this computer; None where there is none."""
    named = next(filter(None, map(shutil.which, NAMES)), None)
    if named is not None:
        return LibreOffice(named)
    there = next((path for path in _usual_places() if path.is_file()), None)
    return None if there is None else LibreOffice(str(there))


def _usual_places() -> Iterator[Path]:
    """Where its own setup puts it, which tells the command line nothing."""
    if sys.platform == "darwin":
        yield Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
    for name in ("PROGRAMFILES", "PROGRAMW6432", "PROGRAMFILES(X86)"):
        if folder := os.environ.get(name):
            yield Path(folder, "LibreOffice", "program", "soffice.com")
