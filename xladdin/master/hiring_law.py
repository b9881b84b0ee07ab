"""Requirements that narrow who may be hired, which the Employment Promotion Law forbids.

就业促进法 articles 3, 26, 27, 28 and 62: no discrimination by sex, marriage, ethnic group and the
like.  The form keeps what the source has; whoever writes it should know.
"""

from __future__ import annotations

import re

from xladdin.intake.text import narrow, written_text

from .cell_kinds import is_empty
from .judging import Judged
from .lines import Notes

_FREE = re.compile(
    r"(?:年龄|性别|男女|婚姻|婚否|籍贯|民族|户籍)?(?:皆可|均可|都可以?|不限(?:性别|男女|年龄|婚否|婚姻|籍贯|户籍|地区|民族|制)?|不作?要求|无要求|无限制|无)"
)
_ADULT = re.compile(r"(?:年)?满?1[68](?:周)?岁(?:及)?以上")
"""What the labour law itself asks for."""

_LIMITED = {
    "age": ("年龄", "年龄段", "第三条、第二十六条、第六十二条"),
    "sex": ("性别", "性别", "第三条、第二十六条、第二十七条、第六十二条"),
    "native_place": ("籍贯", "籍贯", "第三条、第二十六条、第六十二条"),
    "marital_status": ("婚姻状况", "婚姻状况", "第三条、第二十六条、第二十七条、第六十二条"),
}
"""Fields that say nothing else: label, what it narrows by, articles."""

_FREE_TEXTS = ("education", "experience", "knowledge", "ability", "other")
_PHRASES: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(
            r"(?:限|只招|只要|须为|要求)(?:招)?(?:男|女)|(?:男|女)(?:性|士|生)(?:优先|为佳)"
        ),
        "性别",
        "第三条、第二十六条、第二十七条、第六十二条",
    ),
    (
        re.compile(r"未婚|已婚|已育|未育|离异"),
        "婚育状况",
        "第三条、第二十六条、第二十七条、第六十二条",
    ),
    (
        re.compile(r"[0-9]{2}(?:周)?岁(?:及)?(?:以下|以内|之内)"),
        "年龄段",
        "第三条、第二十六条、第六十二条",
    ),
    (
        re.compile(r"(?:限|只招|须为)?(?:汉族|少数民族)|民族[:：](?!不限)"),
        "民族",
        "第三条、第二十六条、第二十八条、第六十二条",
    ),
    (
        re.compile(r"(?:限|只招|须为?|须有)?(?:本地|本市|当地)(?:人|户口|户籍)"),
        "户籍",
        "第三条、第二十六条、第六十二条",
    ),
)
"""The same said in passing, in fields about something else."""


def lawful(row: Judged, notes: Notes) -> None:
    """Warn of every cell of a position that narrows hiring by what must not matter."""
    for key, (label, narrowed, articles) in _LIMITED.items():
        said = narrow(written_text(row.line.raw(key)))
        if said and not is_empty(said) and not _open(said):
            _warn(row, notes, key, f"{label}写的是「{said[:20]}」", narrowed, articles)
    for key in _FREE_TEXTS:
        said = narrow(written_text(row.line.raw(key)))
        for pattern, narrowed, articles in _PHRASES:
            if found := pattern.search(said):
                _warn(row, notes, key, f"{row.head(key)}里写了「{found[0]}」", narrowed, articles)


def _open(said: str) -> bool:
    return _FREE.fullmatch(said) is not None or _ADULT.fullmatch(said) is not None


def _warn(row: Judged, notes: Notes, key: str, said: str, narrowed: str, articles: str) -> None:
    message = (
        f"{said}：招用时按{narrowed}设限，可能构成就业歧视（就业促进法{articles}）；"
        "没有法律规定的特殊原因，请改为“不限”"
    )
    notes.warn("hiring_narrowed", message, row.where(key))
