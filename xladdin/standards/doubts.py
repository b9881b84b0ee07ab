"""Wordings that keep a clause from being understood, each with the reason a clerk is told."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .numerals import CHINESE, COUNT, SPAN


@dataclass(frozen=True, slots=True)
class Doubt:
    """A wording after which no figure beside it may be taken as the standard."""

    pattern: re.Pattern[str]
    reason: str
    """With ``{}`` for the words met."""
    examples: tuple[str, ...]


def _doubt(pattern: str, reason: str, *examples: str) -> Doubt:
    return Doubt(re.compile(pattern), reason, examples)


_COMPARING = (
    "以上|以下|以内|之内|不低于|不高于|不少于|不超过?|超过|低于|高于|大于|小于|少于|多于|不足|不满|"
    "至少|至多|最多|最少|[≥≤<>=+]"
)
COMPARING = re.compile(_COMPARING)
"""Words that ask for a figure: left over, they say that one was not understood."""

_FIGURE = rf"(?:[0-9.]{{1,12}}|{CHINESE}{{1,12}})"
_MEASURE = rf"(?:%|‰|月|年|号|点|个|{SPAN}|{COUNT})"

WHOLE_SENTENCE: tuple[Doubt, ...] = (
    _doubt(
        rf"扣|罚|不得分|不计分|得零分|该项|否则|[计记加减]{_FIGURE}分|得{_FIGURE}分(?!以上)|满分|为(?:优秀?|良好?|合格|及格|不合格|差)$|"
        r"每(?:超|低|少|迟|差|延|缺|漏|增)",
        "“{}”说的是怎么计分或奖罚，不是要达到的标准",
        "3次以上，该项0分",
        "每低1%扣2分",
    ),
    _doubt(
        r"除外|例外|不含|不包括|除[^,。]{1,12}外|特殊情况",
        "“{}”带有例外，不能当作对全部的要求",
        "满意度95%以上，不含售后",
    ),
    _doubt(
        r"如果|如遇|如有|如未|若|一旦|的情况下|视情况",
        "“{}”是有条件的要求，读不出固定的标准",
        "如遇大促，响应时间60秒以内",
    ),
)
"""What these say holds for everything up to the next full stop or semicolon."""

CLAUSE: tuple[Doubt, ...] = (
    _doubt(
        r"大约|(?<![预合节违履签邀契])约(?!谈|定|访)|大概|大致|左右|上下(?![级游班])|将近|接近|"
        rf"(?<!最)近(?=[0-9]|{CHINESE})|几乎|基本(?!信息|资料|情况)|原则上|差不多|许(?:前|$)",
        "“{}”是约数，读不出准确的界限",
        "约95%",
        "95%左右",
    ),
    _doubt(
        r"尽量|尽可能|力争|争取|努力|希望|最好|建议在",
        "“{}”是努力方向，不是硬性标准",
        "力争95%以上",
    ),
    _doubt(
        rf"{_FIGURE}{_MEASURE}?[-~—–至到]+{_FIGURE}{_MEASURE}?"
        rf"|[一二两三四五六七八九]、?[一二三四五六七八九]{_MEASURE}|[几数多]{_MEASURE}",
        "“{}”是一个范围或约数，不知道以哪个数为准",
        "3-5天",
        "每月1日至5日",
        "三五天内",
    ),
    _doubt(r"或者?(?!以上|以下|等于)", "“{}”前后有两种可能，不知道以哪个为准", "3天或5天内"),
    _doubt(
        r"(?:去年|上年|上月|上季度?|上期|同期|同行|行业|平均水平|平均值|均值|历史|竞品|计划|预算|总数)"
        rf"(?:同期|水平|总量)?的?(?=(?:{_COMPARING}|达到?)*{_FIGURE}[%倍])",
        "“{}…”是和别的数相比的比例，读不出固定的标准",
        "不低于去年的95%",
    ),
    _doubt(r"百分点|个点", "“{}”和百分比不是一回事，没有对应的写法", "提升5个百分点"),
    _doubt(
        r"[0-9]{4}年|[今明去本]年(?=[0-9])", "“{}”只指某一年，不是长期的标准", "2024年6月30日前"
    ),
    _doubt(
        r"未达|没有?达|达不到|不达(?!标)|未能|并非|不是|不必|无需|不要求|不一定|不(?=≥|≤|>|<|=)",
        "“{}”是否定的说法，分不清要求的是什么",
        "未达到95%",
    ),
    _doubt(r"(?<=.)的$", "以“{}”结尾，像是条件，不像要求", "超过3天未处理的"),
    _doubt(rf"{_MEASURE}/[天日周月季年人]", "“{}”请写成“每月2次”这样的句子", "2次/月"),
    _doubt(rf"名次|排名|前{_FIGURE}[名位%]", "“{}”是名次，不是数量", "排名前3名"),
    _doubt(r"提前", "“{}”是相对哪一天，写法不能确定", "提前3天通知"),
    _doubt(r"以外|翻[一二两三]?[番倍]|倍|封顶|为止", "“{}”的写法不在能读懂的范围内", "2倍以上"),
    _doubt(
        rf"前(?={_FIGURE}(?:个工作日|{SPAN})内)", "“{}…内”是之前还是之后，说不准", "上架前1天内"
    ),
    _doubt(r"每[天日周月季年次][^,]*每[天日周月季年次]", "“{}”写了两个周期", "每月每周一次"),
)

_VAGUE = re.compile(
    "尽快|及时|迅速|马上|立即|立刻|第一时间|随时|经常|不定期|定期|适时|妥善|认真|积极|合理|有效"
)


def doubt_in(text: str, doubts: tuple[Doubt, ...]) -> str:
    """The first reason for doubt, or nothing."""
    for doubt in doubts:
        if met := doubt.pattern.search(text):
            return doubt.reason.format(met[0])
    return ""


def nothing_found(text: str) -> str:
    """Why a clause without any figure or date is no measurable standard."""
    if met := COMPARING.search(text):
        return f"“{met[0]}”后面没有给出能读懂的数字"
    if met := _VAGUE.search(text):
        return f"“{met[0]}”没有写明数字或期限"
    return "没有写明可衡量的数字、期限或周期"
