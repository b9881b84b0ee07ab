"""Forms whose token the list on the disk lacks."""

from __future__ import annotations

from pathlib import Path

from xladdin.app.rating_forms import TO_SEND
from xladdin.app.tokens import LIST_NAME, Tokens

from .scenes import OUT


def orphans(folder: Path) -> list[str]:
    """The names of the forms that nobody can resolve."""
    tokens, problems = Tokens.read(folder / OUT / LIST_NAME)
    assert tokens is not None, problems
    known = {line.token for line in tokens.lines.values()}
    forms = (folder / OUT / TO_SEND).rglob("*.xlsx")
    names = [form.name for form in forms if not form.name.startswith(".")]
    return [name for name in names if Path(name).stem.rpartition("_")[2] not in known]
