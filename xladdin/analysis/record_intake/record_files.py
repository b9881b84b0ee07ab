"""The files that are handed in, as parts that a statement in SQL can read: a file, or a sheet of one."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xladdin.analysis.service_records import Source
from xladdin.intake.grids import Grid, cell_at
from xladdin.intake.handed_in import handed_in
from xladdin.intake.headers import HeadRows
from xladdin.intake.text import is_blank, written_text
from xladdin.ooxml.opening import OLE, ZIP
from xladdin.path_checks import is_folder
from xladdin.problems import Place, Problem, warning

from .record_columns import Chosen, RecordPlan
from .record_fields import BEGINS, LABELS
from .record_texts import (
    PLAIN,
    NoTextError,
    Rewritten,
    TextFile,
    look_at,
    put_row,
    rewrite,
    transcode,
)
from .sql_text import literal, named

PARQUET = b"PAR1"
LEADING = 4
"""So many columns may say that a line is a sum."""
SUFFIXES = frozenset(
    (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".parquet", ".pq")
)
"""Files of a folder that are read; whatever is named by itself is read whatever its name."""
_PATTERN = frozenset("*?[")
_NUMBERS = re.compile(r"(\d+)")
Columns = Callable[[Path], Mapping[str, str]]
"""Names and types of a Parquet file's columns."""


@dataclass(slots=True)
class Part:
    """A file, or a sheet of a workbook, whose columns are known."""

    number: int
    """Of all parts, from 0: the ``file`` of its lines."""
    name: str
    """As messages call it."""
    chosen: Chosen
    relation: str
    """A table in SQL: ``line`` and the columns."""
    columns: Mapping[str, str]
    """Field -> its column there."""
    first: Sequence[str] = ()
    """Its first columns: where a sum says that it is one."""
    types: Mapping[str, str] = field(default_factory=dict)
    """Field -> its type in a Parquet file; nothing of text."""
    expected: int | None = None
    """How many rows there must be, where another way to read them is at hand."""
    otherwise: Callable[[], tuple[str, Rewritten]] | None = None
    """Another relation of the same rows, and what came of making it."""
    lines: int = 0

    @property
    def source(self) -> Source:
        return self.chosen.source


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """The files, and those of folders in the order in which people count: 2 before 10."""
    for path in paths:
        if is_folder(path):
            inside = (one for one in path.rglob("*") if one.suffix.lower() in SUFFIXES)
            named_so = (one for one in inside if not one.name.startswith(("~$", ".")))
            yield from sorted((one for one in named_so if one.is_file()), key=_counted)
        else:
            yield path


def _counted(path: Path) -> list[tuple[int, str]]:
    pieces = _NUMBERS.split(str(path))
    return [(int(one) if one.isdigit() else -1, one) for one in pieces]


class Parts:
    """What is read of files: parts, and what is wrong with the rest."""

    def __init__(self, plan: RecordPlan, folder: Path, columns_of: Columns) -> None:
        self._plan, self._folder, self._columns_of = plan, folder, columns_of
        self.parts: list[Part] = []
        self.problems: list[Problem] = []

    def add(self, path: Path) -> None:
        """Look at one file; nothing is raised."""
        try:
            with path.open("rb") as file:
                begin = file.read(8)
        except (OSError, ValueError):
            self.problems += handed_in(path).file.problems
            return
        if begin.startswith(PARQUET):
            self._add_parquet(path)
        elif begin.startswith((ZIP, OLE)):
            self._add_workbook(path)
        elif not begin.strip():
            self.problems.append(Problem("empty_file", "文件是空的", Place(path.name)))
        else:
            self._add_text(path)

    def _by_plain_name(self, path: Path) -> Path:
        """The file under a name in which the engine sees no pattern: 工单[10月].csv is one file."""
        if not _PATTERN & set(str(path)):
            return path
        copy = self._folder / f"file{len(self.parts)}{path.suffix}"
        shutil.copyfile(path, copy)
        return copy

    # Parquet.

    def _add_parquet(self, path: Path) -> None:
        plain = self._by_plain_name(path)
        try:
            types = self._columns_of(plain)
        except ValueError:
            message = "打不开：Parquet 文件已损坏，请重新导出"
            self.problems.append(Problem("file_corrupt", message, Place(path.name)))
            return
        labels = [*types]
        chosen = self._chosen([labels], path.name, Place(path.name))
        if chosen is None:
            return
        columns = {name: labels[one.index] for name, one in chosen.columns.items()}
        kinds = {name: types[label] for name, label in columns.items() if types[label] != "VARCHAR"}
        text = f"(SELECT *, file_row_number + 1 AS line FROM read_parquet({literal(str(plain))}, file_row_number = true))"
        self._put(path.name, chosen, text, columns, labels, kinds)

    # Workbooks.

    def _add_workbook(self, path: Path) -> None:
        handed = handed_in(path)
        grids, problems = handed.grids(lambda rows: self._plan.fit(HeadRows(rows)))
        self.problems += problems
        found = [
            (grid, chosen)
            for grid in grids
            if (chosen := self._plan.choose(HeadRows(grid.rows), f"{path.name} {grid.sheet}"))
        ]
        if grids and not found:
            self._tell_missing(HeadRows(grids[0].rows), Place(path.name))
        for grid, chosen in found:
            self._add_grid(grid, chosen)
        left = [grid for grid in grids if grid.rows and grid not in [one for one, _ in found]]
        if found:
            self.problems += [
                warning(
                    "sheet_left_out",
                    "这张工作表没有读：看不出是服务请求、会话还是订单",
                    grid.whole(),
                )
                for grid in left
            ]

    def _add_grid(self, grid: Grid, chosen: Chosen) -> None:
        width = max(one.index for one in chosen.columns.values()) + 1
        path = self._folder / f"part{len(self.parts)}.txt"
        with path.open("w", encoding="utf-8", newline="") as into:
            for index in range(chosen.row + 1, len(grid.rows)):
                cells = grid.rows[index]
                if not all(map(is_blank, cells)):
                    texts = (written_text(cell_at(cells, column)) for column in range(width))
                    put_row(into, grid.number(index), texts)
        name = f"{grid.file}「{grid.sheet}」" if grid.sheet else grid.file
        self._put(name, chosen, _plain(path, width), _numbered(chosen), _names(width))

    # Text.

    def _add_text(self, path: Path) -> None:
        try:
            file = look_at(path, lambda rows: self._plan.fit(HeadRows(rows)))
        except NoTextError:
            message = "不是表格文件，或者文字编码认不出（应为 .xlsx、.xls、.csv 或 .parquet）"
            self.problems.append(Problem("file_not_table", message, Place(path.name)))
            return
        chosen = self._chosen(file.first, path.name, Place(path.name))
        if chosen is None:
            return
        width = len(file.first[chosen.row])

        def otherwise() -> tuple[str, Rewritten]:
            into = self._folder / f"part{number}.txt"
            with into.open("w", encoding="utf-8", newline="") as stream:
                done = rewrite(file, chosen.row, width, stream)
            return _plain(into, width), done

        number = len(self.parts)
        expected = file.lines.number - chosen.row - 1
        if not file.is_plain(chosen.row):
            relation, expected = "", -1
        else:
            relation = self._direct(file, chosen.row, width, number)
        self._put(path.name, chosen, relation, _numbered(chosen), _names(width))
        self.parts[-1].expected, self.parts[-1].otherwise = expected, otherwise

    def _direct(self, file: TextFile, row: int, width: int, number: int) -> str:
        path = self._by_plain_name(file.path)
        if not file.encoding.startswith("utf-8"):
            path = self._folder / f"text{number}.csv"
            transcode(file, path)
        quote = '"' if file.lines.quoted else ""
        text = _csv(path, row + 1, file.separator, quote, _names(width))
        return f"(SELECT *, row_number() OVER () + {row + 1} AS line FROM {text})"

    # What all have in common.

    def _chosen(self, rows: Iterable[Sequence[object]], name: str, place: Place) -> Chosen | None:
        head = HeadRows([list(row) for row in rows])
        chosen = self._plan.choose(head, name)
        if chosen is None:
            self._tell_missing(head, place)
        return chosen

    def _put(
        self,
        name: str,
        chosen: Chosen,
        relation: str,
        columns: Mapping[str, str],
        first: Sequence[str],
        types: Mapping[str, str] | None = None,
    ) -> None:
        part = Part(len(self.parts), name, chosen, relation, columns, first[:LEADING], types or {})
        self.parts.append(part)

    def _tell_missing(self, head: HeadRows, place: Place) -> None:
        seen = self._plan.seen(head)
        if seen is None or not seen[2].columns:
            labels = (
                "、".join(label for label in head.labels(0) if label)[:120] if head.keys else ""
            )
            message = (
                f"没有读：看不出是服务请求、会话还是订单；看到的表头是：{labels or '空的'}；"
                "请在“导入对照”表中写明各列对应什么，如 提出时间、会话开始时间、下单时间"
            )
        else:
            _, source, chosen = seen
            label = LABELS[source][BEGINS[source]]
            heads = "、".join(one for one in head.labels(chosen.row) if one)[:120]
            message = (
                f"没有读：缺少{label}；看到的表头是：{heads}；"
                f"请在“导入对照”表中写明哪一列是{label}（导出列名写表头，对应指标写“{label}”）"
            )
        self.problems.append(Problem("missing_column", message, place))


def _numbered(chosen: Chosen) -> dict[str, str]:
    return {name: f"c{one.index}" for name, one in chosen.columns.items()}


def _names(width: int) -> list[str]:
    return [f"c{index}" for index in range(width)]


def _csv(path: Path, skip: int, separator: str, quote: str, names: Sequence[str]) -> str:
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    return (
        f"read_csv({literal(str(path))}, header = false, skip = {skip}, delim = {literal(separator)}, "
        f"quote = {literal(quote)}, escape = {literal(quote)}, auto_detect = false, null_padding = true, "
        f"strict_mode = true, max_line_size = 4000000, columns = {{{columns}}})"
    )


def _plain(path: Path, width: int) -> str:
    names = ["line", *_names(width)]
    text = _csv(path, 0, PLAIN, "", names)
    kept = ", ".join(named(name) for name in names[1:])
    return f"(SELECT {kept}, CAST(line AS BIGINT) AS line FROM {text})"
