"""The page of a pack of evidence that people read: scores, what they are made of, and the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from html import escape
from typing import Any

from xladdin.books import forms
from xladdin.books.wording import adjustment_rule, rule_text, total_text
from xladdin.domain.quantities import Unit, plain, written
from xladdin.domain.schemes import Scheme
from xladdin.ledger.records import Appeal, Correction, Returned, SchemeSnapshot, ScoreResult
from xladdin.ledger.store import Entry
from xladdin.scoring import keys

HEAD = (
    '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title><style>'
    "body{{font-family:'Microsoft YaHei','Noto Sans CJK SC',sans-serif;margin:2em;line-height:1.5}}"
    "h1{{font-size:1.4em;border-bottom:2px solid #1f4e79;padding-bottom:.3em}}"
    "h2{{font-size:1.1em;color:#1f4e79;margin:1.2em 0 .3em}}"
    "table{{border-collapse:collapse;margin:.5em 0}}td,th{{border:1px solid #999;padding:.3em .6em;"
    "text-align:left;vertical-align:top;overflow-wrap:anywhere}}th{{background:#eaf0f7}}"
    "td:first-child{{width:28%}}"
    "@page{{size:A4;margin:16mm 14mm}}"
    "@media print{{body{{margin:0;font-size:9.5pt}}table{{width:100%}}h2,thead{{break-after:avoid}}"
    "tr{{break-inside:avoid}}thead{{display:table-header-group}}}}"
    "</style></head><body><h1>{title}</h1><p>{times}</p>"
)
TIMES = "时间是生成这份材料的电脑当地的时间（{zone}）。"
NO_RULES = "当时的方案已不能读出，规则见“台账/条目.json”里的方案存档。"
NAMES = {
    "period": "考核月份", "kind": "种类", "file_name": "文件名", "file_sha256": "文件指纹", "at": "收到时间",
    "inputs": "填写的内容", "what": "项目", "label": "哪一项", "claimed": "认为应是", "before": "原来", "after": "改后", "by": "经办人", "why": "原因",
    "text": "内容", "filed": "提出日期", "received": "收到日期", "due": "答复期限", "issued": "发出日期",
    "deadline": "申诉期限", "outcome": "结果", "state": "状态",
    "total": "最终得分", "grade": "等级", "coefficient": "系数", "incomplete": "没有总分的原因",
    "on_form": "表上", "in_master": "总表", "choice": "采用", "appeal": "申诉的条号",
}  # fmt: skip
"""Fields of entries as people call them; others stay in the ledger's own file."""
COMMENTS = {
    "comment.self": "自我评价", "comment.superior": "上级的意见", "comment.own": "本人意见",
    "comment.talk": "面谈记录", "comment.plan": "改进计划", "comment.rating": "评语",
    "comment.hr": "人力资源部意见",
}  # fmt: skip
"""What is written in words on a form; the forms' own heads differ a little."""


def overview(
    who: str,
    span: tuple[str, str],
    entries: Mapping[int, Entry[Any]],
    files: Mapping[int, str],
    schemes: Mapping[str, Scheme],
) -> bytes:
    """The page, as UTF-8; ``who`` it is about, by name and id."""
    title = escape(f"证据概览：{who}，{span[0]} 至 {span[1]}")
    zones = dict.fromkeys(_zone(entry.at) for entry in entries.values())
    parts = [HEAD.format(title=title, times=TIMES.format(zone="、".join(zones)))]
    for seq, entry in entries.items():
        record = entry.record
        if isinstance(record, SchemeSnapshot):
            continue
        parts.append(
            f"<h2>第 {seq} 条：{escape(record.LABEL)}（登记于 {entry.at.astimezone():%Y-%m-%d %H:%M}）</h2>"
        )
        labels: dict[str, str] = {}
        scheme = schemes.get(getattr(record, "scheme_hash", ""))
        if scheme is not None:
            labels = dict(_labels(scheme))
        parts.append(_table(("项目", "内容"), _fields(record, labels, files.get(seq, ""))))
        if isinstance(record, ScoreResult):
            parts.append(_table(("逐项得分", "值"), _values(record.items, labels)))
            parts.append(_rules(scheme))
    parts.append("</body></html>\n")
    return "".join(parts).encode()


def _labels(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """What the values of a form are called, by key."""
    for item in scheme.indicators:
        yield keys.actual(item.id), f"{item.name}：实际"
        yield keys.target(item.id), f"{item.name}：目标"
        yield keys.self_rating(item.id), f"{item.name}：自评"
        yield keys.score(item.id), f"{item.name}：得分"
    for extra in scheme.adjustments:
        yield keys.points(extra.id), f"{extra.name}：分数"
        yield keys.counted(extra.id), f"{extra.name}：计入"
    for section in scheme.sections:
        yield keys.subtotal(section.id), f"{section.name}：小计"
    yield from ((keys.TOTAL, "最终得分"), (keys.GRADE, "等级"), (keys.COEFFICIENT, "系数"))


def _fields(record: Any, labels: Mapping[str, str], file: str) -> Iterator[tuple[str, str]]:
    for name, label in NAMES.items():
        value = getattr(record, name, None)
        if isinstance(value, Mapping):
            yield from _values(value, {**labels, **dict(getattr(record, "labels", {}))})
        elif name == "kind" and (kind := forms.kind_of(str(value))) is not None:
            yield label, kind.label
        elif isinstance(value, Decimal) and isinstance(record, Appeal | Correction):
            yield label, written(value, Unit(record.unit))
        elif value not in (None, ""):
            yield label, _shown(value)
    if isinstance(record, Returned) or file:
        yield "包里的原件", file or "没有放入，见说明"


def _values(values: Mapping[str, Any], labels: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        yield str(labels.get(key) or COMMENTS.get(key) or key), _shown(value)


def local(moment: dt.datetime) -> str:
    """A moment by the clock of this computer, and how far that is from UTC."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}（{_zone(moment)}）"


def _zone(moment: dt.datetime) -> str:
    offset = f"{moment.astimezone():%z}"
    return f"UTC{offset[:3]}:{offset[3:5]}"


def _shown(value: object) -> str:
    if value is None:
        return "（空）"
    if isinstance(value, dt.datetime):
        return f"{value.astimezone():%Y-%m-%d %H:%M}"
    return plain(value) if isinstance(value, Decimal) else str(value)


def _rules(scheme: Scheme | None) -> str:
    if scheme is None:
        return f"<p>{escape(NO_RULES)}</p>"
    rows = [(it.name, rule_text(it, brief=False, scheme=scheme)) for it in scheme.indicators]
    rows += [(it.name, adjustment_rule(it)) for it in scheme.adjustments]
    rows.append(("最终得分", total_text(scheme)))
    rows.append(("等级", "；".join(_grades(scheme))))
    return f"<h3>评分规则（{escape(scheme.name)}）</h3>{_table(('项目', '规则'), rows)}"


def _grades(scheme: Scheme) -> Iterator[str]:
    for grade in scheme.grades:
        bound = "其余" if grade.lower is None else f"{grade.sign} {plain(grade.lower)} 分"
        yield f"{grade.name}：{bound}，系数 {plain(grade.coefficient)}"


def _table(heads: Iterable[str], rows: Iterable[tuple[str, str]]) -> str:
    head = "".join(f"<th>{escape(it)}</th>" for it in heads)
    body = "".join(
        f"<tr><td>{escape(name)}</td><td>{escape(text).replace(chr(10), '<br>')}</td></tr>"
        for name, text in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
