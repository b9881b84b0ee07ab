"""From a company's own appraisal form to a scheme: read, drafted, proved, written into the master."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from xladdin.app.checking_master import is_master
from xladdin.domain.quantities import plain
from xladdin.domain.schemes import Scheme
from xladdin.intake.appraisal_forms.form_sheet import FormSheet, read_form
from xladdin.intake.appraisal_forms.form_words import SCORES
from xladdin.intake.handed_in import HandedIn, handed_in
from xladdin.master.read_master import read_master
from xladdin.problems import Place, Problem, errors, warning
from xladdin.schemes.write import to_yaml
from xladdin.standards.rules_in_words.rule_parts import Unread

from .drafting import save_text
from .form_draft import DraftLine, FormDraft, draft_form
from .proving_draft import Proof, prove, settle
from .scheme_into_master import Added, add_schemes

NOT_FILLED = "  表是空白的，没有分数可以对照；有填好的表时一起给出，就能核对方案算得对不对。"
NOT_COMPARED = (
    "  表里填了内容，但没有能读出的得分，没有对照；得分是公式的，请用 Excel 打开保存一次再试。"
)
MOST_SAME = 3
"""So many sheets that agree are told one by one."""
Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class Drafted:
    """One scheme that came of a form, and how it fared on the filled sheets."""

    draft: FormDraft
    scheme: Scheme
    proofs: list[Proof]

    @property
    def origins(self) -> dict[str, str]:
        """Where each indicator came from, by its id."""
        return {line.id: origin(line) for line in self.draft.lines}

    @property
    def told(self) -> list[str]:
        """What was drafted, for a clerk."""
        lines = self.draft.lines
        unread = sum(isinstance(line.read, Unread) for line in lines)
        sheets = self.draft.sheets
        many = f"（{len(sheets)}张表：{'、'.join(_named(sheets))}）" if len(sheets) > 1 else ""
        read = f"，{unread}条评分标准没有读懂" if unread else "，评分标准都读懂了"
        head = f"「{self.scheme.name}」{many}：{len(lines)}个指标，权重合计100%{read}。"
        return [head, *(f"  {origin(line)}" for line in lines), *self._proved]

    @property
    def _is_filled(self) -> bool:
        cells = [
            cell
            for sheet in self.draft.sheets
            for line in sheet.lines
            for cell in (line.cells.get("actual"), *line.scores.values())
        ]
        return any(cell is not None and not cell.blank for cell in cells)

    @property
    def _proved(self) -> list[str]:
        if not self.proofs:
            return [NOT_COMPARED if self._is_filled else NOT_FILLED]
        odd = [proof for proof in self.proofs if not proof.same]
        same = [proof for proof in self.proofs if proof.same]
        shown = [f"  对照 {proof.told}。" for proof in [*odd, *same[:MOST_SAME]]]
        left = len(same) - MOST_SAME
        return shown if left <= 0 else [*shown, f"  对照 另有{left}张，也全部相同。"]

    def as_json(self) -> dict[str, Any]:
        """Plain data for machines."""
        return {
            "scheme": self.scheme.model_dump(mode="json"),
            "origins": [
                {
                    "indicator": line.id,
                    "name": line.name,
                    "weight": plain(line.weight),
                    "place": str(line.place),
                    "rule": line.rule,
                    "method": line.reading.method["kind"],
                    "unread": line.read.reason if isinstance(line.read, Unread) else "",
                }
                for line in self.draft.lines
            ],
            "proofs": [
                {
                    "who": proof.who,
                    "checked": proof.checked,
                    "differ": proof.differ,
                    "judged": proof.judged,
                    "open": proof.open,
                    "total": None if proof.total is None else plain(proof.total),
                    "stated": None if proof.stated is None else plain(proof.stated),
                }
                for proof in self.proofs
            ],
        }


def origin(line: DraftLine) -> str:
    """One line of a draft: its cell, its weight, its method."""
    where = f"{line.place.sheet}!{line.place.cell}" if line.place.sheet else str(line.place)
    unread = "（没有读懂，暂定）" if isinstance(line.read, Unread) else ""
    return f"{where} {line.name} {plain(line.weight)}% → {line.label}{unread}"


def _named(sheets: Sequence[FormSheet]) -> list[str]:
    shown = [sheet.who for sheet in sheets[:6]]
    return shown if len(sheets) <= 6 else [*shown, "…"]


@dataclass(slots=True)
class FormDrafts:
    """What came of the forms that were given."""

    drafted: list[Drafted] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    added: Added | None = None
    saved: Path | None = None
    """The file that the drafts were written to."""

    @property
    def told(self) -> list[str]:
        """What was done, line by line."""
        lines = [line for one in self.drafted for line in one.told]
        if self.added is not None:
            lines += self.added.told
        if self.saved is not None:
            lines.append(f"草案写入 {self.saved}。")
        return lines

    def as_json(self) -> dict[str, Any]:
        """Plain data, without the problems."""
        return {
            "drafts": [one.as_json() for one in self.drafted],
            "written": self.added is not None and self.added.written,
        }

    @property
    def yaml(self) -> str:
        """The drafts as a file, with the origin above each indicator."""
        return "\n".join(to_yaml(one.scheme, one.origins) for one in self.drafted)


NO_MASTER = (
    "没有给出总表，只显示草案，什么也没有写入。要写进总表：xladdin scheme from-form 总表.xlsx 考核表.xlsx"
    "（还没有总表，先用 xladdin init 总表.xlsx 新建一个）。"
)


def parted(files: Sequence[Path]) -> tuple[HandedIn | None, list[Path | HandedIn]]:
    """The master workbook, if the first file is one, and the forms."""
    first, *others = files
    if not is_master(first):
        return None, [*files]
    opened = handed_in(first)
    _, problems = read_master(opened)
    unfit = any(problem.code in ("not_master", "not_workbook") for problem in errors(problems))
    # A file alone that cannot be read is no master without a form: why, whoever reads it says.
    unfit = unfit or (not others and any(not one.place.sheet for one in errors(problems)))
    return (None, [opened, *others]) if unfit else (opened, [*others])


def draft_forms(
    files: Sequence[Path | HandedIn], progress: Progress = lambda *_: None
) -> FormDrafts:
    """Read the forms of some files and draft a scheme of each kind of form."""
    found = FormDrafts()
    sheets: list[FormSheet] = []
    for number, file in enumerate(files, start=1):
        read, problems = _sheets_of(handed_in(file))
        sheets += read
        found.problems += problems
        progress(number, len(files), file.name)
    for number, group in enumerate(_alike(sheets), start=1):
        _draft(found, group, number)
    found.problems = _once(found.problems)
    return found


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """What is said of many sheets of one form is said once."""
    groups: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.code, problem.message), []).append(problem)
    return [
        first
        if not others
        else replace(first, message=f"{first.message}（另有{len(others)}张表也是这样）")
        for first, *others in groups.values()
    ]


def save_drafts(
    found: FormDrafts,
    path: Path,
    files: Sequence[Path | HandedIn],
    *,
    overwrite: bool = False,
) -> list[Problem]:
    """Write the drafts as a YAML file; raises OutExistsError."""
    if not found.drafted:
        return []
    if len(found.drafted) > 1:
        message = f"有{len(found.drafted)}种考核表，一个 yaml 文件只放一个方案；请一种一种地起草"
        return [Problem("several_drafts", message, Place(path.name))]
    sources = [file if isinstance(file, Path) else file.path for file in files]
    problems = save_text(found.yaml, path, sources, overwrite=overwrite)
    found.saved = None if problems else path
    return problems


def forms_into_master(
    master: Path | HandedIn,
    files: Sequence[Path | HandedIn],
    *,
    now: dt.datetime | None = None,
    progress: Progress = lambda *_: None,
) -> FormDrafts:
    """The same, and the drafts written into the master workbook."""
    found = draft_forms(files, progress)
    if found.drafted:
        found.added = add_schemes(master, [one.scheme for one in found.drafted], now=now)
        found.problems += found.added.problems
        for one, scheme in zip(found.drafted, found.added.schemes, strict=False):
            one.scheme = scheme
    return found


def _sheets_of(file: HandedIn) -> tuple[list[FormSheet], list[Problem]]:
    grids, problems = file.grids(len, hidden=True)
    found: list[FormSheet] = []
    others = []
    for grid in grids:
        form = None if grid.hidden else read_form(grid)
        if form is not None:
            found.append(form)
        elif any(any(cell not in (None, "") for cell in row) for row in grid.rows):
            others.append(f"「{grid.sheet}」{'（隐藏）' if grid.hidden else ''}")
    notes = [form for form in found if _only_notes(form, found)]
    others += [f"「{form.grid.sheet}」" for form in notes]
    found = [form for form in found if form not in notes]
    if not found and not errors(problems):
        message = (
            "没有找到考核表：要有一行表头，写着指标（或项目）、权重（或分值）和评分标准；"
            f"看过的工作表：{'、'.join(others) or '都是空的'}"
        )
        return [], [*problems, Problem("no_form", message, Place(file.name))]
    if others and found:
        message = f"{'、'.join(others)}不像考核表，没有读"
        problems = [*problems, warning("sheets_left_out", message, Place(file.name))]
    return found, [*problems, *(problem for form in found for problem in form.problems)]


def _only_notes(form: FormSheet, forms: Sequence[FormSheet]) -> bool:
    """A sheet that only explains the items of another one, where they are scored."""
    roles = {role for head in form.heads for role in head.roles}
    if roles & {*SCORES, "actual"}:
        return False
    names = {line.name for line in form.lines}
    return any(
        other is not form
        and names <= {line.name for line in other.lines}
        and any(head.roles & {*SCORES, "actual"} for head in other.heads)
        for other in forms
    )


def _alike(sheets: Iterable[FormSheet]) -> list[list[FormSheet]]:
    """Sheets with the same lines, in their order."""
    groups: dict[tuple[tuple[str, str], ...], list[FormSheet]] = {}
    for sheet in sheets:
        groups.setdefault(sheet.shape, []).append(sheet)
    return list(groups.values())


def _draft(found: FormDrafts, sheets: list[FormSheet], number: int) -> None:
    draft = draft_form(sheets)
    draft.id = "own_form" if number == 1 else f"own_form_{number}"
    if not draft.lines:
        found.problems += draft.problems
        return
    settle(draft)
    try:
        scheme = draft.scheme()
    except ValidationError as error:
        found.problems += draft.problems
        said = "；".join(dict.fromkeys(one["msg"] for one in error.errors()))
        found.problems.append(
            Problem("draft_invalid", f"起草的方案不成立，没有写入：{said}", draft.sheet.place)
        )
        return
    proofs = prove(draft, scheme)
    found.drafted.append(Drafted(draft, scheme, proofs))
    found.problems += draft.problems
    found.problems += _folded(problem for proof in proofs for problem in proof.problems)


MOST_DIFFERENCES = 20
"""More differences than that say the same again."""


def _folded(problems: Iterable[Problem]) -> list[Problem]:
    found = list(problems)
    if len(found) <= MOST_DIFFERENCES:
        return found
    left = len(found) - MOST_DIFFERENCES
    message = f"另有{left}处不同，没有一一列出；先看上面的几处，多半是同一条评分标准"
    return [*found[:MOST_DIFFERENCES], warning("score_differs", message)]
