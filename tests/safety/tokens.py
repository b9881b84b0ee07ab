"""Forms whose token the list on the disk lacks."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from xladdin.books.forms import TO_SEND
from xladdin.company.tokens import LIST_NAME, Tokens

from .scenes import OUT

TEXT = re.compile(r">([a-z0-9]+)<")


def orphans(folder: Path) -> list[str]:
    """The names of the forms that nobody can resolve."""
    tokens, problems = Tokens.read(folder / OUT / LIST_NAME)
    assert tokens is not None, problems
    known = {line.token for line in tokens.lines.values()}
    forms = (folder / OUT / TO_SEND).rglob("*.xlsx")
    whole = [form for form in forms if not form.name.startswith(".")]
    return [form.name for form in whole if not known & _words(form)]


def _words(form: Path) -> set[str]:
    """The texts of a form: its token stands inside, not in its name."""
    with zipfile.ZipFile(form) as package:
        return set(TEXT.findall(package.read("xl/sharedStrings.xml").decode()))
