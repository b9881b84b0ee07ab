"""The locked packages against a list of known vulnerabilities: ``python -m tests.supply.audit``.

No list may answer (no network, or a mirror without one).  Then nothing is known, which is no reason
to stop, and is said: a silent audit would pass for a good one.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

NO_ANSWER = re.compile(
    r"ConnectionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|NameResolutionError"
    r"|vulnerability feed|not redirecting properly|ServiceError"
)


@dataclass(frozen=True)
class Audit:
    """What the index said of one lock file; ``failed`` is the tool's own complaint, if any."""

    file: str
    audited: int = 0
    unknown: tuple[str, ...] = ()
    vulnerable: tuple[str, ...] = ()
    failed: str = ""

    @property
    def is_good(self) -> bool:
        """Nothing is known against it: a list that does not answer knows nothing."""
        return not self.vulnerable and (not self.failed or bool(NO_ANSWER.search(self.failed)))

    def lines(self) -> Iterable[str]:
        """What there is to say, a line each; never nothing."""
        if self.failed and self.is_good:
            yield f"{self.file}: NOT AUDITED, no advisory index answered."
        elif self.failed:
            yield f"{self.file}: the audit failed.\n{self.failed}"
        elif not self.audited:
            count = len(self.unknown)
            yield f"{self.file}: NOT AUDITED, the index knows none of the {count} packages."
        else:
            yield f"{self.file}: {self.audited} audited, {len(self.vulnerable)} vulnerable."
            if self.unknown:
                yield f"{self.file}: NOT AUDITED, unknown to the index: {', '.join(self.unknown)}."
        yield from self.vulnerable


def audit(path: Path) -> Audit:
    """Ask about every package of a lock file."""
    command = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip"]
    command += ["--progress-spinner", "off", "--format", "json", "--requirement", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return judge(path.name, done.stdout, done.stderr)


def judge(file: str, report: str, complaints: str) -> Audit:
    """An audit from what the tool printed; without a report, its complaints say why."""
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError):
        return Audit(file, failed=complaints.strip() or "The audit printed nothing.")
    unknown = tuple(package["name"] for package in packages if "skip_reason" in package)
    found = [(package, fault) for package in packages for fault in package.get("vulns", ())]
    return Audit(
        file,
        audited=len(packages) - len(unknown),
        unknown=unknown,
        vulnerable=tuple(_vulnerability(package, fault) for package, fault in found),
    )


def _vulnerability(package: dict[str, str], fault: dict[str, list[str]]) -> str:
    mended = ", ".join(fault["fix_versions"]) or "no release yet"
    return f"{package['name']} {package['version']}: {fault['id']}, mended in {mended}"


def main(files: Sequence[str]) -> int:
    audits = [audit(Path(file)) for file in files]
    for done in audits:
        print(*done.lines(), sep="\n")
    return int(not all(done.is_good for done in audits))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
