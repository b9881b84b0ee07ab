"""One soffice process with a profile of its own, which cannot outlive the process that began it."""

from __future__ import annotations

import os
import subprocess
import tempfile
import uuid
from pathlib import Path

from . import deaths
from .tools import program

_FONTS = Path(__file__).with_name("fonts-zh.conf")

# OOXMLRecalcMode 0: recalculate on load, always. Without it LibreOffice trusts the values
# stored in the file, and a comparison with it would compare us with ourselves.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc">
<prop oor:name="UseLocking" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>zh-CN</value></prop></item>
</oor:items>
"""

# The keeper starts soffice in a process group of its own and holds our pipe. The pipe closes
# when we close it and also when we are killed; either way the whole group and the profile go.
# Plain `wait` also returns when soffice is merely stopped, and `wait -f` was seen to spin for
# ever, so we ask again until the process is gone. Removing the profile may take a second try,
# while the killed processes finish what they were writing.
_KEEPER = """
profile=$1; shift
set -m
"$@" </dev/null >/dev/null 2>&1 & office=$!
{ cat >/dev/null; kill -KILL -- "-$office"; } 2>/dev/null & watch=$!
while kill -0 "$office"; do wait "$office"; sleep 0.05; done 2>/dev/null
kill -KILL -- "-$watch" "-$office" 2>/dev/null
for pause in 0 0.1 0.5; do
    sleep "$pause"
    rm -rf -- "$profile" 2>/dev/null && break
done
"""


_LONGEST_END = 30.0
"""Seconds after which a keeper that does not end is killed itself."""


class OfficeProcess:
    """A running soffice that listens on the UNO pipe named `pipe`."""

    def __init__(self) -> None:
        soffice, bash = program("soffice"), program("bash")
        self.pipe = f"workbench-{uuid.uuid4().hex}"
        self.profile = _new_profile()
        command = [bash, "-c", _KEEPER, "keeper", str(self.profile), soffice]
        # start_new_session: Ctrl-C in the terminal reaches the tests alone; they end us in order.
        self._keeper = subprocess.Popen(
            [*command, *self._arguments()],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
        )
        deaths.watch(self)

    def _arguments(self) -> list[str]:
        return [
            f"-env:UserInstallation={self.profile.as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            "--nodefault",
            f"--accept=pipe,name={self.pipe};urp;StarOffice.ComponentContext",
        ]

    @property
    def running(self) -> bool:
        """Whether soffice has not ended yet."""
        return self._keeper.poll() is None

    @property
    def cpu_seconds(self) -> float:
        """How long its processes have calculated, however busy the machine is (Linux)."""
        found = (_cpu_of(folder, self.profile) for folder in Path("/proc").glob("[0-9]*"))
        return sum(found) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """Kill soffice without waiting; safe to call twice and from another thread."""
        if self._keeper.stdin is not None:
            self._keeper.stdin.close()

    def close(self) -> None:
        """Kill soffice if it still runs and wait until it and its profile are gone."""
        deaths.forget(self)
        self.kill()
        try:
            self._keeper.wait(_LONGEST_END)
        except subprocess.TimeoutExpired:
            self._keeper.kill()
            self._keeper.wait()


def _cpu_of(process: Path, profile: Path) -> int:
    """Clock ticks of a process that was started with this profile; 0 of others."""
    try:
        if str(profile) not in (process / "cmdline").read_text("utf-8", "replace"):
            return 0
        # Behind the name, which may hold blanks: user and system time are the 12th and 13th.
        fields = (process / "stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0  # ended meanwhile
    return int(fields[11]) + int(fields[12])


def _new_profile() -> Path:
    profile = Path(tempfile.mkdtemp(prefix="workbench-office-"))
    user = profile / "user"
    user.mkdir()
    (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    return profile


def _environment() -> dict[str, str]:
    # An inherited URE_BOOTSTRAP, which the Python binding sets, keeps soffice from starting.
    kept = {key: value for key, value in os.environ.items() if key != "URE_BOOTSTRAP"}
    return kept | {"FONTCONFIG_FILE": str(_FONTS)}
