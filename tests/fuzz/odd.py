"""Texts, numbers and names that nobody expects, and that turn up all the same."""

from __future__ import annotations

from random import Random

TEXTS = (
    "", " ", "　", "\u200b", "\ufeff", "-", "--", "—", "无", "待定", "同上", "优秀", "TRUE", "null", "~",
    "=1+1", "=HYPERLINK(\"x\")", "=CMD|' /C calc'!A0", "@SUM(A1)", "+1", "'0012", "#REF!", "#N/A",
    "#DIV/0!", "#BUSY!", "\u202e反过来\u202c", "\u2066网\u2069", "陆\u0301雨桐", "😀", "𠮷野家", "\ue000",
    "[red]红[/red]", "[/]", "[bold", "{0}", "{x!r}", "%s%d", "\\", "\\n", '"', '""', "'", "「", "」",
    "a\tb", "a\nb", "a\r\nb", "<b>", "&amp;", "]]>", "<!--", "../../x", "C:\\x", "\x1b[31m", "\x07",
    "长" * 300, "长" * 33_000, "x" * 70_000, "=" * 9_000, "(" * 3_000, "1-" * 3_000, "、" * 2_000,
)  # fmt: skip
NUMBERS = (
    "0", "-0", "-1", "1e400", "-1e400", "1e-400", "1E5%", "NaN", "Infinity", "-inf", "９５％", "95%%",
    "1,234.5.6", "1.234,5", "1,2", "½", "①", "Ⅷ", "٣٤", "五十", "十二万", "±5", "≥70%", "5-4", "1/0",
    "0x10", "1_000", "9" * 400, "0." + "1" * 400, "00:61:99", "25:00:00", "1:2:3:4", "2958466", "-2",
    "99999999999999999999", "1.7976931348623157E+308", "2026-13-45", "2026-02-30", "1900-02-29",
    "0000-00-00", "9999-12-31", "10月31日", "31/10/2026", "26-10-31", "Oct 31, 2026", "2026/10",
    "46327", "1e6", "100.0000000001%", "5天", "3次", "2小时30分", "￥1,000", "1万", "(100)",
)  # fmt: skip
MONTHS = (
    "2026-13", "2026-00", "２０２６-１１", "2026年11月", "202611", "2026-11-01", " 2026-11 ", "26-11",
    "0001-01", "9999-12", "99999-01", "-2026-11", "十一月", "",
)  # fmt: skip
NAMES = (
    "a b", " 前", "后 ", "点.", ".", "..", ".隐藏", "CON", "a:b", "a?b*", 'a"b', "a|b", "a\nb", "a\tb",
    "\x1b[31m红", "\x7f", "\u202eexcod", "\u200b", "😀", "陆\u0301", "[red]红[/red]", "[/]", "%s{0}",
    "$(id)", "`id`", "~", "-x", "--", "--help", "-", "没有/这个/文件夹", "现有文件/里面", "x" * 250, "表" * 80,
    "表" * 86, "x" * 300, "\udcff\udcfe", "a\udc80b", "\ud7ff", "\uffff", "名.xlsx.exe", "a\\b",
)  # fmt: skip
SUFFIXES = (
    "",
    ".xlsx",
    ".XLSX",
    ".xlsm",
    ".xls",
    ".csv",
    ".yaml",
    ".xlam",
    ".txt",
    "．xlsx",
    ".xlsx ",
)

NO_XML = {ord(c): None for c in map(chr, range(32)) if c not in "\t\n\r"} | {0xFFFF: None}
"""Characters that no XML may hold; a surrogate is none of ours here."""


def value(rng: Random) -> str:
    """A text or a number."""
    return rng.choice(rng.choice((TEXTS, NUMBERS)))


def xml_value(rng: Random) -> str:
    """The same, as an XML file may hold it."""
    return value(rng).translate(NO_XML)


def name(rng: Random, suffix: str) -> str:
    """A file's name: mostly with the suffix that the command wants."""
    return rng.choice(NAMES) + (suffix if rng.random() < 0.8 else rng.choice(SUFFIXES))
