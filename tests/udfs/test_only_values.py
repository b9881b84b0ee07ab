"""The worksheet functions take values only: any workbook may call them, with any text."""

from __future__ import annotations

import json
import subprocess
import sys

from .watched import TEXTS, is_own_code

WATCHED = "from tests.udfs.watched import main; main()"


def done_by(code: str) -> list[str]:
    """What the functions do with texts of strangers besides answering, and how often called."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_no_argument_reads_a_file_asks_a_server_or_runs_a_text() -> None:
    *acts, count = done_by(WATCHED)
    assert acts == []
    assert int(count) > 12 * len(TEXTS)


def test_a_function_that_did_would_be_seen() -> None:
    planted = "import os, xladdin_udfs; xladdin_udfs.KPI_GRADE = lambda score, scheme=None: {}\n"
    for body, event in (
        ("os.path.exists(str(scheme).replace('\\0', ''))", "os.stat"),
        ("os.path.isdir(os.devnull) or open(os.devnull)", "open"),
        ("eval('1')", "compile"),
    ):
        acts = [json.loads(line)[0] for line in done_by(planted.format(body) + WATCHED)[:-1]]
        assert event in acts


def test_code_with_words_of_others_would_be_seen() -> None:
    known = "def run(known):\n    c1 = known.get(v1)\n"
    assert is_own_code("compile", (known.encode(), "<model>"))
    for code in (known + "    os.stat(v1)", known + "    c2 = '//server'", "import os"):
        assert not is_own_code("compile", (code.encode(), "<model>"))
    assert not is_own_code("compile", (known.encode(), "<string>"))
