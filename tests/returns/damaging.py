"""Ways in which people, and their programs, change a form; each is named in ``damages.yaml``.

Most are done to the parts of the file, as Excel leaves them: values computed before stay stored.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from openpyxl.comments import Comment

from tests.returns.samples import Sample, sample
from xladdin.layout.cell_rules import AtMost, Choice
from xladdin.ooxml.addresses import address, letters, number, position
from xladdin.returns.answers import is_figure

WORKBOOK = "xl/workbook.xml"
MAIN = "xl/worksheets/sheet1.xml"
ROWS = r"((?<![A-Za-z_])\$?[A-Z]{1,3}\$?)(\d+)(?![\d(])"
COLUMNS = r"((?<![A-Za-z_])\$?)([A-Z]{1,3})(\$?\d+)(?![\d(])"


@dataclass
class Damage:
    """A form while it is being changed."""

    form: Sample
    pick: random.Random
    told: Mapping[str, Any]
    parts: dict[str, bytes] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    """Keys whose answers are gone, or not to be read any more."""
    now: dict[str, Any] = field(default_factory=dict)
    """Keys whose answers are others now, and which."""

    # Parts.

    def xml(self, part: str = MAIN) -> str:
        return self.parts[part].decode()

    def put(self, text: str, part: str = MAIN) -> None:
        self.parts[part] = text.encode()

    def sub(
        self,
        pattern: str,
        by: str | Callable[[re.Match[str]], str],
        part: str = MAIN,
        count: int = 0,
    ) -> None:
        text, made = re.subn(pattern, by, self.xml(part), count=count)
        assert made, (pattern, part)
        self.put(text, part)

    def cell(self, place: str, content: str, kind: str = "") -> None:
        """Give a cell another content, in its own style."""
        t = f' t="{kind}"' if kind else ""
        pattern = rf'<c r="{place}"( s="\d+")?(?: t="\w+")?(?:/>|>.*?</c>)'
        self.sub(pattern, lambda m: f'<c r="{place}"{m[1] or ""}{t}>{content}</c>', count=1)

    def text(self, place: str, text: str) -> None:
        escaped = text.replace("&", "&amp;").replace("<", "&lt;")
        self.cell(place, f'<is><t xml:space="preserve">{escaped}</t></is>', "inlineStr")

    def figure(self, place: str, value: float) -> None:
        self.cell(place, f"<v>{value}</v>")

    def empty(self, place: str) -> None:
        self.sub(
            rf'<c r="{place}"( s="\d+")?(?: t="\w+")?(?:/>|>.*?</c>)',
            lambda m: f'<c r="{place}"{m[1] or ""}/>',
            count=1,
        )

    # Choosing.

    def key(self, begin: str, *, given: bool = False) -> str:
        keys = self.form.pattern.given if given else self.form.pattern.asked
        return self.pick.choice([key for key in keys if key.startswith(begin)])

    def place(self, key: str) -> str:
        return self.form.address(key)

    def any_figure(self) -> str:
        asked = [k for k in self.form.pattern.asked if self._is_figure(k)]
        return self.pick.choice(asked)

    def any_words(self) -> str:
        pattern = self.form.pattern
        return self.pick.choice(
            [
                k
                for k in pattern.asked
                if (c := pattern.cell(k)) and c.check and isinstance(c.check.rule, AtMost)
            ]
        )

    def any_choice(self) -> str:
        pattern = self.form.pattern
        return self.pick.choice(
            [
                k
                for k in pattern.asked
                if (c := pattern.cell(k))
                and c.check
                and isinstance(c.check.rule, Choice)
                and c.check.strict
            ]
        )

    def _is_figure(self, key: str) -> bool:
        cell = self.form.pattern.cell(key)
        return cell is not None and is_figure(cell) and self.form.answers[key] is not None

    def result(self, begin: str = "") -> tuple[str, str]:
        """Key and place of something that is computed."""
        cells = [
            (k, address(c.row + 1, c.col + 1))
            for k, c, _ in self.form.pattern.formulas()
            if k.startswith(begin)
        ]
        return self.pick.choice(cells)

    def fixed(self, long: bool = False) -> str:
        """The place of a text that is the same in every copy, and that only one cell shows."""
        fixed = self.form.pattern.main.fixed
        texts = list(fixed.values())
        spots = [
            s
            for s, t in fixed.items()
            if texts.count(t) == 1 and (len(t) > 8 if long else len(t) > 2)
        ]
        keyed = {(c.row + 1, c.col + 1) for c in self.form.pattern.main.slots.values()}
        return address(
            *self.pick.choice([s for s in spots if s not in keyed and "日期" not in fixed[s]])
        )


DOING: dict[str, Callable[[Damage], None]] = {}


def way(do: Callable[[Damage], None]) -> Callable[[Damage], None]:
    DOING[do.__name__] = do
    return do


def damaged(kind: str, seed: int, how: Mapping[str, Any]) -> tuple[Damage, bytes]:
    """A form of a kind that was filled in and then changed."""
    form = sample(kind, seed)
    damage = Damage(form, random.Random(f"{how['name']}{seed}"), how)
    with zipfile.ZipFile(io.BytesIO(form.data)) as package:
        damage.parts = {name: package.read(name) for name in package.namelist()}
    DOING[how["do"]](damage)
    return damage, packed(damage.parts)


def packed(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


def by_openpyxl(damage: Damage, change: Callable[[openpyxl.Workbook], None]) -> None:
    """Changed by a program that writes the whole file anew, without computing anything."""
    book = openpyxl.load_workbook(io.BytesIO(packed(damage.parts)))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as package:
        damage.parts = {name: package.read(name) for name in package.namelist()}


# What computes.


@way
def score_typed_over(d: Damage) -> None:
    d.figure(d.result("score.")[1], 99)


@way
def total_typed_over(d: Damage) -> None:
    d.figure(d.result(d.told.get("with", "total"))[1], 100)


@way
def formula_deleted(d: Damage) -> None:
    d.empty(d.result(d.told.get("with", ""))[1])


@way
def formula_plus_five(d: Damage) -> None:
    place = d.result("score.")[1]
    d.sub(rf'(<c r="{place}"[^>]*><f>)(.*?)(</f>)', r"\g<1>\g<2>+5\g<3>", count=1)


@way
def values_only(d: Damage) -> None:
    d.sub(r"<f>.*?</f>", "")


@way
def shown_score_changed(d: Damage) -> None:
    place = d.result("score.")[1]
    d.sub(rf'(<c r="{place}"[^>]*><f>.*?</f>)<v>.*?</v>', r"\g<1><v>98.76</v>", count=1)


# What was given.


@way
def weight_changed(d: Damage) -> None:
    keys = [
        k
        for k in d.form.pattern.main.slots
        if k.startswith("weight.") and k not in d.form.pattern.asked
    ]
    d.figure(d.form.address(d.pick.choice(keys)), 0.77)


@way
def target_changed(d: Damage) -> None:
    key = d.key("target.", given=True)
    d.figure(d.place(key), 0.123 if "%" in d.form.pattern.cell(key).style.number_format else 7)  # type: ignore[union-attr]


@way
def fetched_changed(d: Damage) -> None:
    key = d.key("actual.", given=True)
    d.figure(d.place(key), 0.123 if "%" in d.form.pattern.cell(key).style.number_format else 7)  # type: ignore[union-attr]


@way
def fetched_deleted(d: Damage) -> None:
    d.empty(d.place(d.key("actual.", given=True)))


@way
def name_changed(d: Damage) -> None:
    d.text(d.place("head.name"), "王小二")


@way
def post_changed(d: Damage) -> None:
    d.text(d.place("head.post"), "总经办 / 总经理")


@way
def title_of_another_month(d: Damage) -> None:
    d.text(d.place("head.title"), "2026年9月月度绩效考核表")


@way
def time_of_another_month(d: Damage) -> None:
    d.text(d.place("head.time"), "2026-09-01 至 2026-09-30")


@way
def title_rewritten(d: Damage) -> None:
    d.text(d.place("head.title"), "优秀员工推荐表")


@way
def duty_rewritten(d: Damage) -> None:
    d.text(d.place("duty.1"), "喝茶看报")


# Texts.


@way
def text_changed(d: Damage) -> None:
    d.text(d.fixed(long=True), "完成即得满分")


@way
def text_removed(d: Damage) -> None:
    d.empty(d.fixed())


@way
def signed_on_the_sheet(d: Damage) -> None:
    spot = next(s for s, t in d.form.pattern.main.fixed.items() if "日期：" in t or "日期:" in t)
    d.text(address(*spot), "张三　日期：2026-11-02")


@way
def notes_rewritten(d: Damage) -> None:
    part = "xl/worksheets/sheet2.xml"
    d.sub(
        r'<c r="([A-Z]+\d+)"( s="\d+") t="s"><v>\d+</v></c>',
        r'<c r="\1"\2 t="inlineStr"><is><t>改过</t></is></c>',
        part,
        9,
    )


# Cells, rows, columns.


@way
def cell_moved(d: Damage) -> None:
    """Cut and pasted below the form: the name goes along."""
    key = d.any_figure()
    place, target = d.place(key), "B190"
    found = re.search(rf'<c r="{place}"[^>]*?(?:/>|>.*?</c>)', d.xml())
    assert found
    moved = found[0].replace(f'r="{place}"', f'r="{target}"')
    d.empty(place)
    d.sub("</sheetData>", f'<row r="190">{moved}</row></sheetData>')
    column, row = re.fullmatch(r"([A-Z]+)(\d+)", place).groups()  # type: ignore[union-attr]
    d.sub(rf"\${column}\${row}</definedName>", "$B$190</definedName>", WORKBOOK)
    d.sub(rf"(?<![A-Z$])\${column}\${row}(?!\d)", "$B$190")


def _shifted_rows(d: Damage, first: int, by: int = 1) -> None:
    """Everything from a row on further down, or up: cells, formulas, names."""

    def shift(found: re.Match[str]) -> str:
        row = int(found[2])
        return f"{found[1]}{row + by if row >= first else row}"

    text = re.sub(r'(<row r=")(\d+)', shift, d.xml())
    text = re.sub(r'(<c r="[A-Z]+)(\d+)', shift, text)
    text = re.sub(
        r"(<f>|<formula\d?>)([^<]*)|((?<![a-z])(?:sq)?ref=\")([^\"]*)",
        lambda m: (m[1] or m[3]) + re.sub(ROWS, shift, m[2] or m[4] or ""),
        text,
    )
    d.put(text)
    main = d.form.pattern.main.name
    names = re.sub(rf"('{main}'!\$[A-Z]+\$)(\d+)(?=</definedName>)", shift, d.xml(WORKBOOK))
    d.put(names, WORKBOOK)


@way
def row_inserted(d: Damage) -> None:
    """As Excel does it: names and formulas follow."""
    key = d.any_figure() if d.told.get("with") != "choice" else d.any_choice()
    _shifted_rows(d, position(d.place(key))[0])


@way
def row_inserted_names_left(d: Damage) -> None:
    """By a program that leaves names where they were."""
    names = d.xml(WORKBOOK)
    row_inserted(d)
    d.put(names, WORKBOOK)


@way
def column_inserted(d: Damage) -> None:
    first = d.told.get("with", 3)

    def shift(found: re.Match[str]) -> str:
        column = number(found[2])
        return f"{found[1]}{letters(column + 1 if column >= first else column)}{found[3]}"

    text = re.sub(r'(<c r=")([A-Z]+)(\d+)', shift, d.xml())
    text = re.sub(
        r"(<f>|<formula\d?>)([^<]*)|((?<![a-z])(?:sq)?ref=\")([^\"]*)",
        lambda m: (m[1] or m[3]) + re.sub(COLUMNS, shift, m[2] or m[4] or ""),
        text,
    )
    d.put(text)
    main = d.form.pattern.main.name
    names = re.sub(rf"('{main}'!\$)([A-Z]+)(\$\d+)", shift, d.xml(WORKBOOK))
    d.put(names, WORKBOOK)


@way
def row_hidden(d: Damage) -> None:
    row = position(d.place(d.any_figure() if d.told.get("with") != "choice" else d.any_choice()))[0]
    d.sub(rf'<row r="{row}"', f'<row r="{row}" hidden="1"', count=1)


@way
def column_hidden(d: Damage) -> None:
    d.sub(r'<col min="1" max="1"', '<col min="1" max="1" hidden="1"', count=1)


@way
def row_deleted(d: Damage) -> None:
    """A whole item taken out, as Excel does it."""
    key = d.key("actual.")
    row = position(d.place(key))[0]
    gone = {k for k in d.form.pattern.main.slots if position(d.place(k))[0] == row}
    d.sub(rf'<row r="{row}" .*?</row>', "", count=1)
    main = d.form.pattern.main.name
    d.sub(rf"'{main}'!\$[A-Z]+\${row}</definedName>", "#REF!</definedName>", WORKBOOK)
    _shifted_rows(d, row + 1, -1)
    d.lost |= gone & set(d.form.pattern.asked)


@way
def row_emptied(d: Damage) -> None:
    key = d.key("actual.")
    row = position(d.place(key))[0]
    d.sub(rf'<row r="{row}" .*?</row>', "", count=1)
    gone = {k for k in d.form.pattern.main.slots if position(d.place(k))[0] == row}
    d.now |= dict.fromkeys(gone & set(d.form.pattern.asked))


@way
def rows_sorted(d: Damage) -> None:
    """Two rows of items change places; names stay where they are."""
    main = d.form.pattern
    keys = [k for k in main.asked if k.startswith("actual.")]
    one, other = (position(d.place(k))[0] for k in d.pick.sample(keys, 2))

    def swapped(found: re.Match[str]) -> str:
        row = int(found[2])
        return f"{found[1]}{other if row == one else one if row == other else row}"

    text = re.sub(r'(<row r=")(\d+)', swapped, d.xml())
    text = re.sub(r'(<c r="[B-Z]+)(\d+)', swapped, text)
    rows = re.findall(r"<row [^>]*/>|<row .*?</row>", text)
    rows.sort(key=lambda row: int(re.match(r'<row r="(\d+)', row)[1]))  # type: ignore[index]
    d.put(
        re.sub(
            r"<sheetData>.*</sheetData>", lambda _: f"<sheetData>{''.join(rows)}</sheetData>", text
        )
    )


@way
def unmerged_and_beside(d: Damage) -> None:
    """Merged cells taken apart, and written into the second one."""
    key = d.any_words()
    cell = d.form.pattern.cell(key)
    assert cell is not None
    place = d.place(key)
    found = re.search(rf'<c r="{place}"[^>]*?>(.*?)</c>', d.xml())
    assert found
    d.sub(rf'<mergeCell ref="{place}:[A-Z]+\d+"/>', "", count=1)
    d.empty(place)
    target = address(cell.row + 1, cell.col + 2)
    d.cell(target, found[1], "s")


# Names, identity, sheets.


@way
def names_deleted(d: Damage) -> None:
    d.sub(r'<definedName name="xl_.*?</definedName>', "", WORKBOOK)


@way
def names_broken(d: Damage) -> None:
    main = d.form.pattern.main.name
    d.sub(rf"'{main}'!\$[A-Z]+\$\d+</definedName>", "#REF!</definedName>", WORKBOOK)


@way
def sheet_renamed(d: Damage) -> None:
    main = d.form.pattern.main.name
    text = (
        d.xml(WORKBOOK)
        .replace(f'name="{main}"', 'name="张三10月"')
        .replace(f"'{main}'!", "'张三10月'!")
    )
    d.put(text, WORKBOOK)


@way
def sheet_renamed_names_left(d: Damage) -> None:
    d.sub(f'name="{d.form.pattern.main.name}"', 'name="Sheet1"', WORKBOOK, 1)


@way
def sheet_hidden(d: Damage) -> None:
    d.sub(f'(name="{d.form.pattern.main.name}")', r'\1 state="hidden"', WORKBOOK, 1)


@way
def identity_deleted(d: Damage) -> None:
    by_openpyxl(d, lambda book: book.remove(book["_xladdin"]))


@way
def identity_shown_and_renamed(d: Damage) -> None:
    d.sub(' state="veryHidden"', "", WORKBOOK)
    d.sub('name="_xladdin"', 'name="Sheet9"', WORKBOOK)


@way
def identity_garbled(d: Damage) -> None:
    by_openpyxl(d, lambda book: book["_xladdin"].__setitem__("B5", "不知道"))


@way
def notes_deleted(d: Damage) -> None:
    by_openpyxl(d, lambda book: book.remove(book.worksheets[1]))


@way
def sheet_added(d: Damage) -> None:
    by_openpyxl(d, lambda book: book.create_sheet("草稿").append(["算一下", 1, 2]))


@way
def only_values_in_a_new_workbook(d: Damage) -> None:
    """The sheet copied and pasted as values: no names, no identity, no formulas."""
    _pasted(d, "Sheet1")


@way
def pasted_into_another_workbook(d: Damage) -> None:
    _pasted(d, "考核表", beside=True)


def _pasted(d: Damage, name: str, *, beside: bool = False) -> None:
    source = openpyxl.load_workbook(io.BytesIO(packed(d.parts)), data_only=True).worksheets[0]
    book = openpyxl.Workbook()
    if beside:
        book.active.append(["日常排班", "周一", "周二"])  # type: ignore[union-attr]
        sheet = book.create_sheet(name)
    else:
        sheet = book.active  # type: ignore[assignment]
        sheet.title = name
    for row in source.iter_rows():
        for cell in row:
            if cell.value is not None:
                sheet.cell(cell.row, cell.column).value = cell.value
                sheet.cell(cell.row, cell.column).number_format = cell.number_format
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as package:
        d.parts = {part: package.read(part) for part in package.namelist()}


@way
def other_scheme_version(d: Damage) -> None:
    content = d.form.pattern.template.fingerprint()
    d.sub(content, "0123456789ab", "xl/sharedStrings.xml", 1)


@way
def other_form_version(d: Damage) -> None:
    by_openpyxl(d, lambda book: book["_xladdin"].__setitem__("B6", "0"))


# What guards.


@way
def protection_off(d: Damage) -> None:
    d.sub(r"<sheetProtection [^>]*/>", "")


@way
def drop_downs_lost(d: Damage) -> None:
    d.sub(r"<dataValidations.*?</dataValidations>", "")


@way
def formats_pasted_over(d: Damage) -> None:
    key = d.any_figure()
    d.sub(rf'<c r="{d.place(key)}" s="\d+"', f'<c r="{d.place(key)}" s="0"', count=1)


# What was written.


@way
def written_as(d: Damage) -> None:
    """A figure as a text, in some hand."""
    key = d.any_figure() if "分" not in d.told["with"] else d.pick.choice(list(_in_points(d)))
    value = d.form.answers[key]
    percent = "%" in d.form.pattern.cell(key).style.number_format  # type: ignore[union-attr]
    shown = value * 100 if percent else value  # type: ignore[operator]
    text = d.told["with"].format(
        f"{shown:f}".rstrip("0").rstrip(".") if "." in f"{shown:f}" else f"{shown:f}"
    )
    d.text(d.place(key), text + ("%" if percent else ""))


def _in_points(d: Damage) -> Iterator[str]:
    for key in d.form.pattern.asked:
        cell = d.form.pattern.cell(key)
        if (
            cell is not None
            and "分" in cell.style.number_format
            and d.form.answers[key] is not None
        ):
            yield key


@way
def full_width(d: Damage) -> None:
    key = d.any_figure()
    value = d.form.answers[key]
    percent = "%" in d.form.pattern.cell(key).style.number_format  # type: ignore[union-attr]
    shown = f"{value * 100 if percent else value:f}" + ("%" if percent else "")  # type: ignore[operator]
    d.text(d.place(key), "".join(chr(ord(c) + 0xFEE0) for c in shown))


@way
def in_characters(d: Damage) -> None:
    whole = {str(n): "零一二三四五六七八九十"[n] for n in range(11)}
    answers = {
        k: v
        for k in d.form.pattern.asked
        if k.startswith("actual.") and (v := d.form.answers[k]) is not None
    }
    fitting = [k for k, v in answers.items() if f"{v:f}".removesuffix(".0") in whole]
    key = d.pick.choice(fitting)
    d.text(d.place(key), whole[f"{answers[key]:f}".removesuffix(".0")])


@way
def nonsense_written(d: Damage) -> None:
    key = d.any_figure()
    d.text(d.place(key), d.told["with"])
    d.lost.add(key)


@way
def out_of_range(d: Damage) -> None:
    key = d.any_figure()
    d.figure(d.place(key), 987_654_321_987)
    d.lost.add(key)


@way
def not_on_the_list(d: Damage) -> None:
    key = d.any_choice()
    d.text(d.place(key), d.told["with"])
    d.lost.add(key)


@way
def choice_loosely(d: Damage) -> None:
    key = d.any_choice()
    d.text(d.place(key), d.told["with"].format(d.form.answers[key]))


@way
def formula_typed(d: Damage) -> None:
    key = d.any_figure()
    d.cell(d.place(key), f"<f>1*{d.form.answers[key]}</f><v>{d.form.answers[key]}</v>")


@way
def error_in_input(d: Damage) -> None:
    key = d.any_figure()
    d.cell(d.place(key), "<f>#REF!+1</f><v>#REF!</v>", "e")
    d.lost.add(key)


@way
def dash_written(d: Damage) -> None:
    key = d.any_figure()
    d.text(d.place(key), "—")
    d.now[key] = None


@way
def essay_written(d: Damage) -> None:
    key = d.any_words()
    text = "很好。" * 400
    d.text(d.place(key), text)
    d.now[key] = text


@way
def scribbled_beside(d: Damage) -> None:
    row = d.told.get("with", 5)
    d.sub(
        "</sheetData>",
        f'<row r="{190 + row}"><c r="B{190 + row}" t="inlineStr"><is><t>请领导多关照</t></is></c></row></sheetData>',
    )


@way
def far_away(d: Damage) -> None:
    d.sub("</sheetData>", '<row r="60001"><c r="B60001"><v>1</v></c></row></sheetData>')


@way
def comment_put_in(d: Damage) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["A1"].comment = Comment("这里有误", "某人")

    by_openpyxl(d, change)


@way
def picture_put_in(d: Damage) -> None:
    d.parts["xl/media/image1.png"] = b"\x89PNG"


@way
def link_put_in(d: Damage) -> None:
    d.parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
