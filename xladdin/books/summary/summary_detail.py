"""明细: every item of every person, with subtotals, total, grade and coefficient.

A sheet per scheme.  Subtotals, totals, grades and coefficients are the very trees of the scheme's
form, over the columns of the row.
"""

from __future__ import annotations

from collections.abc import Iterator

from xladdin.company.month_results import MonthResults, PersonResult
from xladdin.domain.quantities import plain
from xladdin.domain.schemes import Scheme
from xladdin.formula.nodes import Expr, If, IsEmpty, Var
from xladdin.formula.walk import substitute
from xladdin.layout.cells import Block, Cell, Fixed, Sheet
from xladdin.layout.styles import CENTER, HEAD, LABEL, SECTION
from xladdin.layout.tables.table import TableCell
from xladdin.scoring import keys
from xladdin.scoring.model import SELF_RATING, SUPERIORS_RATING, score_model

from . import summary_parts as sp

SHEET_NAME = "明细"
FORBIDDEN = str.maketrans("", "", "[]:*?/\\'")
LONGEST_NAME = 31
TOLD = (
    "各项得分来自考核表；小计、总分、等级、系数是公式，改了得分会跟着变，排名、分布、奖金也跟着变。"
)


def sheets(results: MonthResults) -> tuple[Sheet, ...]:
    """A sheet per scheme, in the order of ``results.schemes``."""
    many = len(results.schemes) > 1
    return tuple(
        _sheet(
            results,
            scheme,
            number,
            sheet_name(SHEET_NAME, scheme.name, number) if many else SHEET_NAME,
        )
        for number, scheme in enumerate(results.schemes, start=1)
    )


def sheet_name(what: str, scheme: str, number: int) -> str:
    """The name of one of several sheets, each about a scheme."""
    return f"{what}{number} {scheme.translate(FORBIDDEN)}"[:LONGEST_NAME].strip()


def table_key(number: int) -> str:
    """The table of the n-th scheme."""
    return f"detail_{number}"


def _item(id_: str) -> str:
    return f"i_{id_}"


def _subtotal(id_: str) -> str:
    return f"s_{id_}"


def _counted(id_: str) -> str:
    return f"a_{id_}"


def _self(id_: str) -> str:
    return f"o_{id_}"


def _rated(id_: str) -> str:
    return f"r_{id_}"


def _events(id_: str) -> str:
    return f"n_{id_}"


def _points(id_: str) -> str:
    return f"p_{id_}"


def _sheet(results: MonthResults, scheme: Scheme, number: int, name: str) -> Sheet:
    people = [one for one in results.people if one.scheme.id == scheme.id]
    decided = any(one.calibrated and one.calibrated.is_changed for one in people)
    columns = list(_columns(scheme, decided=decided))
    shown = [at for at, each in enumerate(columns) if not each.column.hidden]
    title = sp.head(results, f"绩效明细（{scheme.name}）", shown[-1] + 1, TOLD)
    above = [*title, _weights(scheme, columns)]
    table = sp.table(table_key(number), columns, (_row(scheme, one) for one in people))
    return sp.table_sheet(name, above, columns, table, kept=2)


def _columns(scheme: Scheme, *, decided: bool) -> Iterator[sp.Wide]:
    model = _model(scheme)
    taken = {"工号", "姓名", "部门", "总分", "等级", "系数"}

    def head(text: str) -> str:
        number, free = 1, text
        while free.casefold() in taken:
            number += 1
            free = f"{text}{number}"
        taken.add(free.casefold())
        return free

    yield sp.entry("name", "姓名", 9, sp.NAME)
    yield sp.entry("department", "部门", 10)
    for section in scheme.sections:
        for item in section.indicators:
            yield sp.entry(_item(item.id), head(item.name), 8.5, sp.POINTS)
        key = _subtotal(section.id)
        yield sp.computed(key, head(f"{section.name}小计"), 9, model[key], sp.TOTAL)
    for extra in scheme.adjustments:
        yield sp.entry(_counted(extra.id), head(extra.name), 8, sp.POINTS)
    for indicator in scheme.indicators:
        if indicator.whole_form is not None:
            yield sp.entry(_events(indicator.id), head(f"{indicator.name}次数"), 8)
    yield sp.computed("total", "总分", 9, model["total"], sp.TOTAL, (sp.no_number("total"),))
    if keys.SCALED in model:
        told = head(f"{scheme.scale}分制")
        yield sp.computed(keys.SCALED, told, 8, model[keys.SCALED], sp.POINTS)
    if decided:
        yield sp.entry("decided", head("校准等级"), 9, CENTER)
        given = Var("decided", text=True)
        yield sp.computed("grade", "等级", 8, If(IsEmpty(given), model["grade"], given))
    else:
        yield sp.computed("grade", "等级", 8, model["grade"])
    yield sp.computed("coefficient", "系数", 7, model["coefficient"])
    for indicator in scheme.indicators:
        if scheme.asks_self(indicator):
            for column, who in ((_self, SELF_RATING), (_rated, SUPERIORS_RATING)):
                told = head(f"{indicator.name}{who}")
                yield sp.entry(column(indicator.id), told, 8, sp.POINTS)
    yield sp.entry("id", "工号", 9, sp.GREY_ID)
    for extra in scheme.adjustments:
        yield sp.known(_points(extra.id))


def _model(scheme: Scheme) -> dict[str, Expr]:
    """The computed columns, by key: the trees of the form over the columns of a row."""
    fixed = scheme.model_copy(update={"weights_editable": False})
    names: dict[str, Expr] = {
        **{keys.score(item.id): Var(_item(item.id)) for item in scheme.indicators},
        **{keys.actual(item.id): Var(_events(item.id)) for item in scheme.indicators},
        **{keys.subtotal(section.id): Var(_subtotal(section.id)) for section in scheme.sections},
        **{keys.counted(item.id): Var(_counted(item.id)) for item in scheme.adjustments},
        **{keys.points(item.id): Var(_points(item.id)) for item in scheme.adjustments},
    }
    model = score_model(fixed)
    wanted = {keys.TOTAL: "total", keys.GRADE: "grade", keys.COEFFICIENT: "coefficient"}
    wanted |= {key: key for key in (keys.SCALED,) if key in model}
    wanted |= {keys.subtotal(section.id): _subtotal(section.id) for section in scheme.sections}
    return {column: substitute(model[key], names) for key, column in wanted.items()}


def _weights(scheme: Scheme, columns: list[sp.Wide]) -> Block:
    """Two rows over the head: the sections, and the full points of each item."""
    places = {each.column.key: at for at, each in enumerate(columns)}
    last = places["id"]
    cells = [Cell(0, 0, Fixed("分项"), HEAD, cols=2), Cell(1, 0, Fixed("满分"), LABEL, cols=2)]
    filled = {0, 1}
    for section in scheme.sections:
        first, end = places[_item(section.indicators[0].id)], places[_subtotal(section.id)]
        told = f"{section.name}（{plain(section.weight)}%）"
        cells.append(Cell(0, first, Fixed(told), SECTION, cols=end - first + 1))
        for item in section.indicators:
            cells.append(Cell(1, places[_item(item.id)], Fixed(item.weight), CENTER))
        cells.append(Cell(1, end, Fixed(section.weight), LABEL))
        filled |= set(range(first, end + 1))
    for at in range(last + 1):
        if at not in filled:
            cells += [Cell(0, at, Fixed(""), SECTION), Cell(1, at, Fixed(""), CENTER)]
    return Block(tuple(cells), 2)


def _row(scheme: Scheme, one: PersonResult) -> sp.Row:
    person = one.employee
    row: dict[str, TableCell] = {
        "name": person.name,
        "department": person.department,
        "id": person.id,
    }
    if one.calibrated and one.calibrated.is_changed:
        row["decided"] = one.calibrated.after
    for item in scheme.indicators:
        row[_item(item.id)] = _held(one, keys.score(item.id))
        if item.whole_form is not None:
            row[_events(item.id)] = _held(one, keys.actual(item.id))
        if scheme.asks_self(item):
            row[_self(item.id)] = _held(one, keys.self_rating(item.id))
            row[_rated(item.id)] = _held(one, keys.actual(item.id))
    for extra in scheme.adjustments:
        row[_counted(extra.id)] = _held(one, keys.counted(extra.id))
        row[_points(extra.id)] = _held(one, keys.points(extra.id))
    return row


def _held(one: PersonResult, key: str) -> TableCell:
    value = one.values.get(key)
    return None if isinstance(value, bool) else value
