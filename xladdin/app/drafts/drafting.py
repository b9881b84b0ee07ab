"""From job analysis to scheme: where a job analysis comes from, and where its draft goes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xladdin.domain.positions import Position
from xladdin.files import (
    FileChangedError,
    FileLockedError,
    NotOursError,
    reason,
    replaceable,
    same_file,
    save_if_same,
)
from xladdin.intake.handed_in import HandedIn, handed_in
from xladdin.master.position_sheets import DUTIES, POSITIONS, STANDARDS
from xladdin.master.read_master import read_master
from xladdin.path_checks import is_folder, may_be_there
from xladdin.problems import Place, Problem
from xladdin.schemes.library import Library
from xladdin.schemes.load import load_position
from xladdin.standards.scheme_draft import Draft

from .scheme_into_master import Added, add_schemes

WORKBOOKS = (".xlsx", ".xlsm", ".xls")
POSITION_SHEETS = {sheet.name for sheet in (POSITIONS, DUTIES, STANDARDS)}
Positions = tuple[Position, ...]


class PositionUnclearError(Exception):
    """No position, or more than one, answers to what was asked for."""


class OutExistsError(Exception):
    """The file that was to be written is already there."""


def opened(source: str) -> str | HandedIn:
    """A workbook is opened, since a draft may go into it too; other sources are names still."""
    return handed_in(source) if is_workbook(source) else source


def read_positions(source: str | HandedIn) -> tuple[Positions, list[Problem]]:
    """The job analyses of a workbook, a YAML file, a folder, or the shipped one of this id or name."""
    if isinstance(source, HandedIn):
        return _of_workbook(source)
    path = Path(source)
    if is_folder(path):
        library, problems = Library.from_dir(path)
        return library.positions, problems
    if path.suffix.lower() in WORKBOOKS:
        return _of_workbook(handed_in(path))
    if may_be_there(path):
        position, problems = load_position(path)
        return (position,) if position else (), problems
    return _shipped(source)


def _of_workbook(file: HandedIn) -> tuple[Positions, list[Problem]]:
    company, problems = read_master(file)
    # Of the master workbook only what bears on positions: the rest is for `check` to say.
    bearing = [p for p in problems if not p.place.sheet or p.place.sheet in POSITION_SHEETS]
    return company.library.positions, bearing


def _shipped(key: str) -> tuple[Positions, list[Problem]]:
    library = Library.shipped()
    found = _answering(library.positions, key)
    if found:
        return found, []
    known = "、".join(position.id for position in library.positions)
    message = f"没有这个文件或文件夹，也没有这个内置岗位（内置岗位有：{known}）"
    return (), [Problem("unknown_source", message, Place(file=key))]


def choose(positions: Sequence[Position], key: str | None) -> Position:
    """The one position of this id or name; without a key the only one there is."""
    found = _answering(positions, key) if key else tuple(positions)
    if len(found) == 1:
        return found[0]
    if found:
        named = f"有{len(found)}个岗位叫“{key}”" if key else f"这里有{len(found)}个岗位"
        raise PositionUnclearError(f"{named}，请用编号指明：{_listed(found)}")
    raise PositionUnclearError(f"没有岗位“{key}”，现有：{_listed(positions)}")


def _answering(positions: Sequence[Position], key: str) -> Positions:
    by_id = tuple(position for position in positions if position.id == key)
    return by_id or tuple(position for position in positions if position.name == key)


def _listed(positions: Sequence[Position]) -> str:
    return "、".join(
        f"{item.id}（{item.name}{f'，{item.company}' if item.company else ''}）"
        for item in positions
    )


def is_workbook(source: str) -> bool:
    """Whether a source is named as a workbook: drafts go into it."""
    return Path(source).suffix.lower() in WORKBOOKS and not is_folder(Path(source))


def add_draft(draft: Draft, master: Path | HandedIn) -> Added:
    """Write the draft into the master workbook that its position is in."""
    return add_schemes(master, [draft.scheme])


def save_draft(
    draft: Draft, path: Path, *, source: str | None = None, overwrite: bool = False
) -> list[Problem]:
    """Write the draft as a YAML file, whole or not at all.

    A draft is there to be worked on, so that any file that is there may be somebody's work: it is
    replaced only where told to, and what the draft was made from never.  Raises OutExistsError.
    """
    sources = [] if source is None else [Path(source)]
    return save_text(draft.yaml, path, sources, overwrite=overwrite)


def save_text(
    text: str, path: Path, sources: Sequence[Path], *, overwrite: bool = False
) -> list[Problem]:
    """The same of any draft's text; ``sources`` are what it was made from."""
    try:
        before = replaceable(path, lambda _: False, overwrite=overwrite)
        if before is not None and any(_is_of(path, source) for source in sources):
            raise OutExistsError(f"草案由 {path} 起草，不能写在它上面，请换一个文件名")
        save_if_same(path, before, text.encode())
    except (NotOursError, FileChangedError) as error:
        message = f"文件 {path} 已经存在；要替换它，请加上 --overwrite"
        raise OutExistsError(message) from error
    except FileLockedError:
        message = "文件正被别的程序打开，或没有写入的权限"
        return [Problem("unwritable", message, Place(file=str(path)))]
    except OSError as error:
        return [Problem("unwritable", f"写不了这个文件：{reason(error)}", Place(file=str(path)))]
    return []


def _is_of(path: Path, source: Path) -> bool:
    """Whether a file is the source, or one of those in it."""
    files = source.rglob("*.y*ml") if source.is_dir() else (source,)
    return any(same_file(path, file) for file in files)
