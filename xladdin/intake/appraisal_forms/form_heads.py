"""The heads of a company's own appraisal form: which column is what, over one row or two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from xladdin.intake.grids import Cells, Grid, cell_at
from xladdin.intake.headers import header_key
from xladdin.intake.text import clean, is_blank, written_text

from .form_words import GROUPS, HEADS, SCORES

MOST_ROWS = 400
"""So far down a form is looked through."""
MOST_COLUMNS = 60

_KNOWN = {header_key(word): role for role, words in HEADS.items() for word in words}
_NOTE = re.compile(r"[(（\[【]([^()（）\[\]【】]{0,30})[)）\]】]")
_SHARE = re.compile(r"(?:占|权重)?([0-9]{1,3}(?:\.[0-9])?)%|占([0-9]{1,3})(?:%|$)")
_COUNTS = re.compile(r"占?[0-9]{1,3}%$|占[0-9]{1,3}$")
_UNIT = re.compile(r"%|秒|分钟|小时|天|万元|元|万|次|件|单|个|人")


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column: its role, its head as written, and what the head says besides."""

    role: str
    label: str
    share: Decimal | None = None
    """How much a column of scores counts: 自评（30%）."""
    hundred: bool = False
    """百分制: scores out of 100."""
    unit: str = ""
    """实际值（万元）."""


@dataclass(frozen=True, slots=True)
class FormHead:
    """A head: its first and last row, and the columns that are known."""

    first: int
    last: int
    columns: dict[int, FormColumn] = field(default_factory=dict)
    unknown: tuple[int, ...] = ()
    """Columns with a head that is not known."""

    @property
    def roles(self) -> set[str]:
        return {column.role for column in self.columns.values()}

    def of(self, role: str) -> list[int]:
        """The columns of a role, from the left."""
        return sorted(i for i, column in self.columns.items() if column.role == role)


@lru_cache(maxsize=4096)
def _role(text: str) -> str:
    key = header_key(text)
    if key in _KNOWN:
        return _KNOWN[key]
    bare = header_key(_COUNTS.sub("", _NOTE.sub("", key)))
    return _KNOWN.get(bare) or _KNOWN.get(re.split(r"[/、及和|]", bare)[0], "")


def _column(text: str, group: str = "") -> FormColumn:
    notes = " ".join(found[1] for found in _NOTE.finditer(f"{group} {text}"))
    notes += " ".join(["", *_COUNTS.findall(text)])
    share = _SHARE.search(notes) if _role(text) in SCORES else None
    points = next((one for one in share.groups() if one), None) if share else None
    hundred = "百分制" in notes or ("100分" in notes and _role(text) in SCORES)
    unit = _UNIT.fullmatch(notes.strip().removeprefix("单位:").removeprefix("单位："))
    return FormColumn(
        _role(text), text, Decimal(points) if points else None, hundred, unit[0] if unit else ""
    )


def texts_of(cells: Cells) -> dict[int, str]:
    """The cells of a row that say something, as one line each."""
    return {
        i: clean(written_text(raw))
        for i, raw in enumerate(cells[:MOST_COLUMNS])
        if not is_blank(raw)
    }


def heads_in(grid: Grid) -> list[FormHead]:
    """Every head of a sheet, from the top."""
    found: list[FormHead] = []
    row = 0
    while row < min(len(grid.rows), MOST_ROWS):
        head = _head_at(grid, row)
        if head is None:
            row += 1
        else:
            found.append(head)
            row = head.last + 1
    return found


def _head_at(grid: Grid, row: int) -> FormHead | None:
    texts = texts_of(grid.rows[row])
    known = {i: text for i, text in texts.items() if _role(text)}
    roles = {_role(text) for text in known.values()}
    about = {"name", "item", "content", "section"} & roles
    judged = {"weight", "full", "rule", *SCORES, "target", "actual"} & roles
    if not about or not {"weight", "full", "rule"} & roles or len(about | judged) < 3:
        return None
    if len(known) * 2 < len(texts):
        return None
    below = _second_row(grid, row, texts)
    columns: dict[int, FormColumn] = {}
    unknown = []
    for i in sorted({*texts, *below}):
        own = below.get(i) or texts.get(i, "")
        group = _group(texts, i) if i in below and below[i] != texts.get(i) else ""
        column = _column(own, group)
        if column.role:
            columns[i] = column
        else:
            unknown.append(i)
    last = row + 1 if below else row
    return _settled(grid, FormHead(row, last, columns, tuple(unknown)))


def _group(texts: dict[int, str], column: int) -> str:
    """The head that a second one stands under: of a merged area the first cell says it."""
    left = [i for i in texts if i <= column]
    return texts[max(left)] if left else ""


def _second_row(grid: Grid, row: int, above: dict[int, str]) -> dict[int, str]:
    """The heads below, where the row below is one of heads; else nothing."""
    if row + 1 >= len(grid.rows):
        return {}
    below = texts_of(grid.rows[row + 1])
    same = {i for i, text in below.items() if above.get(i) == text}
    own = {i: text for i, text in below.items() if i not in same}
    if not own or any(not _role(text) for text in own.values()):
        return {}
    grouped = all(header_key(_NOTE.sub("", _group(above, i))) in GROUPS for i in own)
    return own if grouped and len(own) >= 2 else {}


def _settled(grid: Grid, head: FormHead) -> FormHead:
    """项目 and 考核内容 are a section, a name, or a definition: by what else there is, and by how
    the cells below are filled.
    """
    roles = {role: head.of(role) for role in ("section", "name", "item", "content")}
    change: dict[int, str] = {}
    if roles["name"]:
        for i in roles["item"]:
            change[i] = "section" if not roles["section"] and i < roles["name"][0] else "definition"
        change |= dict.fromkeys(roles["content"], "definition")
    elif roles["item"] and roles["content"]:
        grouped = not roles["section"] and _groups_rows(grid, head, roles["item"][0])
        change |= dict.fromkeys(roles["item"], "section" if grouped else "name")
        change |= dict.fromkeys(roles["content"], "name" if grouped else "definition")
    elif len(roles["item"]) > 1:
        change = {roles["item"][0]: "section", roles["item"][1]: "name"}
    else:
        change |= dict.fromkeys(roles["item"] or roles["content"], "name")
    if not head.of("weight"):
        change |= dict.fromkeys(head.of("full")[:1], "weight")
    if not head.of("weight") and len(head.of("full")) > 1:
        change |= dict.fromkeys(head.of("full")[1:], "score")
    if len(head.of("weight")) == 2 and roles["section"]:
        change[head.of("weight")[0]] = "section_weight"
    columns = {
        i: column if i not in change else _as(column, change[i])
        for i, column in head.columns.items()
    }
    return FormHead(head.first, head.last, columns, head.unknown)


def _as(column: FormColumn, role: str) -> FormColumn:
    return FormColumn(role, column.label, column.share, column.hundred, column.unit)


def _groups_rows(grid: Grid, head: FormHead, column: int) -> bool:
    """Whether cells of a column stand beside several items each: not where weights do the same."""
    if _goes_with_weights(grid, head, column):
        return False
    rows = range(head.last + 1, min(len(grid.rows), MOST_ROWS))
    said = [cell_at(grid.rows[row], column) for row in rows]
    merged = any(left == column and top > head.last for top, left, _ in grid.merged)
    if merged:
        return True
    beside = head.of("content") or head.of("name")
    filled = [
        (not is_blank(one), not is_blank(cell_at(grid.rows[row], beside[0])) if beside else False)
        for row, one in zip(rows, said, strict=True)
    ]
    return sum(1 for own, other in filled if other and not own) > 0


def _goes_with_weights(grid: Grid, head: FormHead, column: int) -> bool:
    """Whether a weight stands exactly where the column says something."""
    weights = head.of("weight") or head.of("full")
    if not weights:
        return False
    covered = {
        (row, left) for top, left, bottom in grid.merged for row in range(top + 1, bottom + 1)
    }
    pairs = [
        tuple(
            (row, i) not in covered and not is_blank(cell_at(grid.rows[row], i))
            for i in (column, weights[0])
        )
        for row in range(head.last + 1, min(len(grid.rows), MOST_ROWS))
    ]
    own = sum(1 for first, _ in pairs if first)
    # A total row has a weight or a label only.
    odd = sum(1 for first, weight in pairs if weight and not first)
    return own > 0 and odd == 0


def head_labels(head: FormHead, columns: Sequence[int], grid: Grid) -> str:
    """Heads that are not known, for a message."""
    row = grid.rows[head.first]
    return "、".join(f"「{clean(written_text(cell_at(row, i)))}」" for i in columns)
