"""HR's list of tokens, read and saved around the generating of forms.

It is read, completed and saved under one lock, before any form is written: of two runs at once the
second goes on from what the first has saved.
"""

from __future__ import annotations

import itertools
from contextlib import suppress
from pathlib import Path

from xladdin.books.ratings import rater_list
from xladdin.company.tokens import LIST_NAME, Tokens
from xladdin.files import (
    FileChangedError,
    FileLockedError,
    content_of,
    in_use,
    reason,
    save_if_same,
)
from xladdin.layout.letterhead import NOBODY, Letterhead
from xladdin.layout.writer import saved_by_us, workbook_bytes
from xladdin.ooxml.opening import OpenedFile
from xladdin.ooxml.sealing import UNSEALED, Sealing
from xladdin.path_checks import is_folder, may_be_there
from xladdin.problems import Place, Problem, warning

NO_FORMS = "没有生成评分表"
"""What does not come about where the list fails."""


def list_near(folder: Path, base: str) -> Path | None:
    """The list in a folder, or one above it; ``base`` is the folder in which it belongs there."""
    places = (
        place
        for above in (folder, *folder.absolute().parents[:3])
        for place in (above / LIST_NAME, above / base / LIST_NAME)
    )
    return next((place for place in places if may_be_there(place) and not is_folder(place)), None)


def read_list(path: Path, lost: str = NO_FORMS) -> tuple[Tokens | None, list[Problem]]:
    """The list; where it is not to be trusted, None, why, and what therefore is ``lost``."""
    tokens, problems = Tokens.read(path)
    if tokens is None:
        message = f"评价人对照表读不出来或有误，{lost}，以免已发出的编号对不上人"
        problems.append(Problem("tokens_unreadable", message, Place(file=path.name)))
    return tokens, problems


def save_list(
    tokens: Tokens,
    sealing: Sealing = UNSEALED,
    lost: str = NO_FORMS,
    letterhead: Letterhead = NOBODY,
) -> list[Problem]:
    """Write the list if anything was added, or if it is to open with a password from now on.

    What HR changed in it is kept beside it.
    """
    there = tokens.before
    opens_otherwise = there is not None and bool(sealing) and there.password != sealing.password
    if not tokens.added and not opens_otherwise:
        return []
    problems = []
    lines = list(tokens.lines.values())
    content = workbook_bytes(rater_list.book(len(lines)), rater_list.values(lines), letterhead)
    try:
        if in_use(tokens.path):
            raise FileLockedError(str(tokens.path))
        if there is not None and not saved_by_us(there):
            kept = _keep(tokens.path, there.on_disk)
            message = f"评价人对照表有人改动过，原样另存为「{kept.name}」，再加进新的编号"
            problems.append(warning("list_kept", message, Place(file=tokens.path.name)))
        before = there.on_disk if there else None
        # With a password it stays with it, also where this time none is asked for.
        sealing = sealing or Sealing(there.password if there else "")
        sealed = sealing.sealed(content)
        save_if_same(tokens.path, before, sealed, private=True)
    except FileChangedError:
        message = f"评价人对照表在处理期间被别人保存过，{lost}；请再运行一次"
        return [*problems, Problem("file_changed", message, Place(file=tokens.path.name))]
    except (FileLockedError, PermissionError):
        message = "评价人对照表正在被 Excel、WPS 使用或写不进去，请关闭后再生成"
        return [*problems, Problem("file_locked", message, Place(file=tokens.path.name))]
    except OSError as error:
        message = f"评价人对照表写不进去：{reason(error)}；{lost}"
        return [*problems, Problem("not_written", message, Place(file=tokens.path.name))]
    tokens.added = False
    encrypted = sealed if sealing else None
    tokens.before = OpenedFile(tokens.path, content, encrypted=encrypted, password=sealing.password)
    return problems


def _keep(path: Path, before: bytes) -> Path:
    """A copy under the first free name; one that a killed run has made is not made again."""
    for number in itertools.count(1):
        kept = path.with_stem(f"{path.stem}（改动过 {number}）")
        if content_of(kept) == before:
            break
        with suppress(FileChangedError):
            save_if_same(kept, None, before, private=True)
            break
    return kept
