"""What a sheet may demand of its rows, as data: each demand builds the expressions that decide.

An expression is printed into the live 检查 column and evaluated by the reader: both doors know one
rule.  What differs is how much is said: the reader, who knows the clerk's sheets, says where and
what else might have been meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from xladdin.domain.identifiers import (
    ASCII_SIGNS,
    CAPITALS,
    ID_RULE,
    LONGEST_CHINESE_ID,
    LONGEST_ID,
    SIGNS,
)
from xladdin.domain.quantities import plain
from xladdin.domain.raw import FULL as WHOLE
from xladdin.domain.raw import off_by
from xladdin.domain.share_rules import off
from xladdin.formula.nodes import (
    Compare,
    Contains,
    Expr,
    FirstMatch,
    If,
    IsEmpty,
    Length,
    Not,
    Num,
    Range,
    Rel,
    Round,
    Spelled,
    Text,
    Var,
    cases,
    mul,
    number,
    sub,
)
from xladdin.intake.near_names import hint
from xladdin.intake.text import shown
from xladdin.layout.tables.table import NUMBER

from .cell_kinds import DASHES, Kind
from .row_questions import (
    NEVER,
    NOTHING,
    both,
    either,
    filled,
    first,
    is_number,
    key_of,
    none,
    repeats,
    some,
    text,
    told,
    with_row,
)
from .sheet_spec import Case, Column, Computed, Rule, SheetSpec

FULL = Num(WHOLE)
UNUSED, MISSING = "用不到，没有用上：", "缺："


@dataclass(frozen=True, slots=True)
class PlainDemand:
    """A constraint that needs no columns of its own."""

    def computed(self, spec: SheetSpec) -> Iterator[Computed]:
        yield from ()


@dataclass(frozen=True, slots=True)
class Demand(PlainDemand):
    """A rule that only one sheet has."""

    rule: Rule

    def rules(self, spec: SheetSpec) -> Iterator[Rule]:
        yield self.rule


def demand(
    code: str,
    wrong: Expr,
    said: Expr | str,
    marks: str = "",
    *,
    notice: bool = False,
    says: Callable[[Case], str] | None = None,
) -> Demand:
    """A rule that only one sheet has."""
    sentence = Text(said) if isinstance(said, str) else said
    return Demand(Rule(wrong, sentence, marks, code, notice, says))


@dataclass(frozen=True, slots=True)
class Required(PlainDemand):
    """Columns that must be filled in; without any, all that the sheet calls required."""

    columns: tuple[str, ...] = ()
    when: Expr | None = None
    code: str = "missing_value"
    but: tuple[str, ...] = ()
    says: Callable[[Case], str] | None = None
    dashes: bool = True
    """Whether a dash that stands for nothing is asked about; other rules of the sheet may."""

    def rules(self, spec: SheetSpec) -> Iterator[Rule]:
        left_out = (*self.but, *spec.later)
        keys = self.columns or tuple(key for key in spec.required if key not in left_out)
        for key in keys:
            says = self.says or _missing(key, self.code)
            head = Text(spec.column(key).head)
            wrong = self._where(IsEmpty(Var(key)))
            yield Rule(wrong, head, key, self.code, says=says, listed=MISSING)
        dashed = tuple(key for key in keys if takes_dashes(spec.column(key)))
        if dashed and self.dashes:
            yield Rule(self._where(any_dash(dashed)), Text(_NO_DASH))

    def _where(self, wrong: Expr) -> Expr:
        return wrong if self.when is None else both(wrong, self.when)


_NO_DASH = "必填的内容不能只写横线或斜线"
"""Said by the check alone: a reader takes such a cell for empty, and misses it."""


def takes_dashes(column: Column) -> bool:
    """A dash where ids or words of a list are wanted is no id and no word of it already."""
    return not column.refers and column.kind not in (Kind.CHOICE, Kind.YES_NO, Kind.PERIOD)


def any_dash(keys: tuple[str, ...]) -> Expr:
    """One of the columns holds a dash, and nothing else."""
    fenced = told("|", *(part for key in keys for part in (text(key), "|")))
    return Contains(fenced, tuple(f"|{dash}|" for dash in sorted(DASHES) if dash))


def _missing(key: str, code: str) -> Callable[[Case], str]:
    if code == "missing":
        return lambda case: f"缺少「{case.head(key)}」"
    return lambda case: f"没有填{case.head(key)}"


@dataclass(frozen=True, slots=True)
class Unused(PlainDemand):
    """Columns that have no meaning in some rows: greyed, and told where they say something."""

    columns: tuple[str, ...]
    when: Expr
    why: Callable[[Case], str]

    def rules(self, spec: SheetSpec) -> Iterator[Rule]:
        for key in self.columns:
            wrong = both(filled(key), self.when)
            head = Text(spec.column(key).head)
            says = self._says(key)
            yield Rule(wrong, head, key, "unused_value", True, says, UNUSED, self.when)

    def _says(self, key: str) -> Callable[[Case], str]:
        return lambda case: f"{self.why(case)}用不到「{case.head(key)}」，填写的内容没有用上"


@dataclass(frozen=True, slots=True)
class Unique:
    """No two rows have the same entries in these columns (letter case apart)."""

    columns: tuple[str, ...]
    code: str
    what: str
    blank: tuple[str, ...] = ()
    """Columns that may be empty."""
    whole: bool = False
    """The earlier row is told with the file's name."""
    notice: bool = False

    @property
    def once(self) -> str:
        return f"once_{self.columns[-1]}"

    def computed(self, spec: SheetSpec) -> Iterator[Computed]:
        yield Computed(self.once, key_of(*self.columns, blank=self.blank))

    def rules(self, spec: SheetSpec) -> Iterator[Rule]:
        place = FirstMatch(text(self.once), Range(f"{spec.key}.{self.once}"))
        sentence = with_row(f"{self.what}与第", place)
        wrong = repeats(self.once, spec.key)
        says = self._says(spec.key, place)
        yield Rule(wrong, sentence, self.columns[-1], self.code, self.notice, says)

    def _says(self, sheet: str, place: Expr) -> Callable[[Case], str]:
        key = self.columns[-1]

        def says(case: Case) -> str:
            at = case.place(sheet, case.value(place), key, whole=self.whole)
            return f"{self.what}「{case.said(key)}」重复，前面已有：{at}"

        return says


@dataclass(frozen=True, slots=True)
class UniqueId:
    """No two rows have the same id, whether it is written or made from the name (``ref``).

    ``own`` tells them apart also where they do.
    """

    what: str
    within: tuple[str, ...] = ()
    """Columns that say where it must be the only one."""
    made: tuple[str, ...] = ("name",)
    """The columns that make an id where none is written."""
    named: str = "once_name"
    """The key of the rule that no two rows have the same name: of these one complaint is enough."""

    def computed(self, spec: SheetSpec) -> Iterator[Computed]:
        made = text("name") if len(self.made) == 1 else told(*map(text, self.made))
        ref = cases(((filled("id"), text("id")), (IsEmpty(Var("name")), NOTHING)), made)
        yield Computed("ref", ref)
        yield Computed("once_id", key_of(*self.within, "ref"))
        again = told(text("ref"), "#", Var(NUMBER))
        yield Computed("own", If(repeats("once_id", spec.key), again, text("ref")))

    def rules(self, spec: SheetSpec) -> Iterator[Rule]:
        place = FirstMatch(text("once_id"), Range(f"{spec.key}.once_id"))
        wrong = both(
            repeats("once_id", spec.key), either(filled("id"), Not(repeats(self.named, spec.key)))
        )

        def says(case: Case) -> str:
            at = case.place(spec.key, case.value(place), "id")
            made = "" if case.said("id") else "没有填，由名称生成的"
            return f"{made}{self.what}「{case.value(text('ref'))}」重复，前面已有：{at}"

        sentence = with_row(f"{self.what}与第", place)
        yield Rule(wrong, sentence, "id", "duplicate_id", says=says)


@dataclass(frozen=True, slots=True)
class Listed(PlainDemand):
    """Rows that other sheets refer to: by id, and by name where only one has that name.

    ``called`` is what they are offered as.
    """

    name: str = "name"
    ref: bool = False
    """Whether it says itself what a row is known by: its id, which it must have."""

    def rules(self, spec: SheetSpec) -> Iterator[Rule]:
        yield from ()

    def computed(self, spec: SheetSpec) -> Iterator[Computed]:
        own, label, again = (f"{spec.key}.{key}" for key in ("ref", "label", "again"))
        if self.ref:
            yield Computed("ref", text("id"))
        yield Computed("label", text(self.name))
        twice = both(some(first(own.replace("ref", "label"), "label")), _earlier(label))
        yield Computed("again", If(twice, text("label"), NOTHING))
        yield Computed(
            "alias", If(some(FirstMatch(text("label"), Range(again))), NOTHING, text("label"))
        )
        if not self.ref:
            yield Computed("called", If(filled("alias"), text("alias"), text("ref")))


def _earlier(label: str) -> Expr:
    return Compare(Rel.LT, FirstMatch(text("label"), Range(label)), Var(NUMBER))


@dataclass(frozen=True, slots=True)
class Refers:
    """A column that names a row of another sheet; ``<column>_at`` is that row, 0 if none."""

    column: str
    to: str
    code: str
    by: tuple[str, ...] = ("ref", "alias")
    """Columns of the other sheet in which it is looked for, one after the other."""
    says: Callable[[Case], str] | None = None
    but: Expr | None = None
    """Rows in which it may name none."""

    @property
    def at(self) -> str:
        return f"{self.column}_at"

    def computed(self, spec: SheetSpec) -> Iterator[Computed]:
        looks = [first(f"{self.to}.{by}", self.column) for by in self.by]
        yield Computed(self.at, cases(tuple((some(one), one) for one in looks[:-1]), looks[-1]))

    def rules(self, spec: SheetSpec) -> Iterator[Rule]:
        wrong = both(filled(self.column), none(Var(self.at)))
        wrong = wrong if self.but is None else both(wrong, Not(self.but))
        sentence = told(f"“{SHEET_NAMES[self.to]}”表中没有“", text(self.column), "”")
        says = self.says or self._says
        yield Rule(wrong, sentence, self.column, self.code, says=says)

    def _says(self, case: Case) -> str:
        said, sheet = case.said(self.column), case.sheet(self.to)
        if "alias" in self.by and case.value(some(first(f"{self.to}.again", self.column))):
            return f"「{sheet}」表里有几个都叫{shown(said)}，请写编号"
        known = [*case.entries(f"{self.to}.id"), *case.entries(f"{self.to}.name")]
        return f"「{sheet}」表里没有{shown(said)}{hint(said, known)}"


SHEET_NAMES = {
    "roster": "员工名册",
    "positions": "岗位",
    "duties": "职责",
    "schemes": "考核方案",
    "indicators": "指标",
    "elements": "能力要素",
    "steps": "评分档位",
    "grades": "等级系数",
}
"""What the sheets are called that rules of other sheets speak of."""


@dataclass(frozen=True, slots=True)
class SumsTo100(PlainDemand):
    """A computed sum of shares is 100%, once nothing is lacking."""

    total: str
    lacking: str
    """A computed column: how many of the shares are missing."""
    code: str
    what: str
    """What the check calls the sum."""
    named: str
    """The column that names whose sum it is."""
    means: Callable[[Case], str]
    marks: str
    when: Expr | None = None

    def rules(self, spec: SheetSpec) -> Iterator[Rule]:
        sum_ = Round(mul(FULL, Var(self.total)), 2)
        difference = If(
            Compare(Rel.LT, sum_, FULL),
            told("差", Round(sub(FULL, sum_), 2)),
            told("多", Round(sub(sum_, FULL), 2)),
        )
        misses = If(is_number(self.total), off(mul(FULL, Var(self.total)), FULL), NEVER)
        wrong = both(misses, none(Var(self.lacking)), *(() if self.when is None else (self.when,)))
        sentence = told(f"{self.what}合计", sum_, "%，", difference, "%")
        yield Rule(wrong, sentence, self.marks, self.code, says=self._says)

    def _says(self, case: Case) -> str:
        total = case.value(Var(self.total)) * 100
        whose = f"「{case.said(self.named)}」{self.means(case)}"
        return f"{whose}合计为 {plain(total)}%，应为 100%（{off_by(total, WHOLE)}）"


LETTERS, NUMERALS = "abcdefghijklmnopqrstuvwxyz", "0123456789"
_NO_LETTERS = (*ASCII_SIGNS, *CAPITALS, *SIGNS)
_NO_BEGINNINGS = tuple(f"|{sign}" for sign in f"{NUMERALS}_")


@dataclass(frozen=True, slots=True)
class Identifier(PlainDemand):
    """An id of a template: it goes into defined names."""

    column: str = "id"

    def rules(self, spec: SheetSpec) -> Iterator[Rule]:
        id_ = Var(self.column)
        fenced = told("|", text(self.column), "|")
        well = both(
            Not(Contains(text(self.column), _NO_LETTERS)),
            Not(Contains(fenced, ("__", "_|", *_NO_BEGINNINGS))),
            Compare(Rel.LE, Length(id_), number(LONGEST_ID)),
            either(
                Compare(Rel.LE, Length(id_), number(LONGEST_CHINESE_ID)),
                Spelled(id_, LETTERS, LETTERS + NUMERALS + "_"),
            ),
        )
        head = spec.column(self.column).head
        sentence = head + ID_RULE
        yield Rule(
            both(filled(self.column), Not(well)),
            Text(sentence),
            self.column,
            "bad_pattern",
            says=lambda case: f"{sentence}，现为「{case.said(self.column)}」",
        )
