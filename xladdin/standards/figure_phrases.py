"""Demands with a figure (95%以上, 不低于70%), without one (无差错, 做好记录), and figures inside of names.

以上, 以下, 以内 include the number itself; 超过, 低于, 不足 do not (Civil Code art. 1259).
"""

from __future__ import annotations

import re
from decimal import Decimal

from xladdin.domain.positions import StandardKind
from xladdin.domain.quantities import Unit, facts

from .numerals import CHINESE, COUNT, NUMBER, SPAN, large, number_of, span_of, unit_of
from .phrase_parts import Meaning, Part, Phrase, Role, always, phrase

AT_LEAST, AT_MOST = StandardKind.AT_LEAST, StandardKind.AT_MOST
ABOVE, BELOW = StandardKind.ABOVE, StandardKind.BELOW

GROWTH, FALL = "增长率", "下降率"
"""What a figure of growth adds to its subject."""

BEFORE_FIGURE: dict[str, StandardKind] = {
    **dict.fromkeys(("不低于", "不少于", "不小于", "至少", "最少", "起码", "不下于"), AT_LEAST),
    **dict.fromkeys(("达到", "达", "确保", "保证", "≥", ">=", "大于等于", "大于或等于"), AT_LEAST),
    **dict.fromkeys(("不高于", "不超过", "不大于", "不多于", "不超出", "至多", "最多"), AT_MOST),
    **dict.fromkeys(("≤", "<=", "小于等于", "小于或等于"), AT_MOST),
    **dict.fromkeys(("高于", "大于", "超过", "超出", "多于", ">"), ABOVE),
    **dict.fromkeys(("低于", "小于", "少于", "不足", "未满", "<"), BELOW),
}
AFTER_FIGURE: dict[str, StandardKind] = {
    **dict.fromkeys(("及以上", "或以上", "以上"), AT_LEAST),
    **dict.fromkeys(("及以下", "或以下", "以下", "以内", "之内", "内"), AT_MOST),
}


# 触达 and 缺货 不足 are words of their own.
_APART = {"达": "(?<![触下传转送抵直到发表])达", "不足": "(?<![货存手备力量])不足"}


def _any(words: dict[str, StandardKind]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(_APART.get(word, re.escape(word)) for word in longest_first)


_LEVEL = "(?:(?:控制|保持|维持|稳定)?在|(?:提升|提高|增长|增加|上升|降低|下降|减少|缩短|降)[到至]|为|是|:|=)?"
_PRE = rf"(?P<pre>(?:{_any(BEFORE_FIGURE)}){{0,2}})"
_POST = rf"(?P<post>{_any(AFTER_FIGURE)})?"
_SHARE = (
    rf"(?P<share>(?:{NUMBER})[%‰]|[百千]分之{CHINESE}+|(?<!{CHINESE})[一二三四五六七八九]成(?=以))"
)
_COUNTED = rf"(?P<number>{NUMBER})(?P<large>[万亿](?=元))?(?P<unit>{SPAN}|{COUNT})"
_GROWN = r"(?P<verb>递增|增长|增加|提升|提高|上升|递减|下降|降低|减少)"
_NEGATED = "(?<![不未没非])(?<!没有)(?<!不能)(?<!未能)"

_SCORED = re.compile("分数|成绩|得分|评分|打分|考试|测验|测试|考核|满意度|质检|均分")

_UNSURE = "“{}”和“{}”放在一起，看不出含不含这个数"
_ODD = "“{}”不像是合理的数字"


def _relation(match: re.Match[str]) -> tuple[StandardKind | None, str]:
    """What the words around a figure demand together, and a reason where they disagree."""
    before = re.findall(_any(BEFORE_FIGURE), match["pre"])
    after = [match["post"]] if match["post"] else []
    kinds = {BEFORE_FIGURE[word] for word in before} | {AFTER_FIGURE[word] for word in after}
    if len(kinds) > 1:
        return None, _UNSURE.format(before[0], [*before, *after][-1])
    return (kinds.pop() if kinds else None), ""


def _figure(match: re.Match[str], value: Decimal | None, unit: Unit, noun: str = "") -> Meaning:
    kind, reason = _relation(match)
    limits = facts(unit)
    sound = value is not None and limits.low <= value <= limits.high
    split = limits.whole and value is not None and value != value.to_integral_value()
    if not sound or split:
        reason = reason or _ODD.format(match[0])
    role = Role.GROWTH if noun else Role.FIGURE
    return reason or Part(role, kind, value, unit, noun=noun)


def _share_of(text: str) -> Decimal | None:
    scale = 1000 if text[0] == "千" or text.endswith("‰") else 100
    if text.endswith("成"):
        scale = 10
    digits = text.removeprefix("百分之").removeprefix("千分之").rstrip("%‰成")
    value = Decimal(100) if digits == "百" else number_of(digits)
    return None if value is None else value / scale


def _share(match: re.Match[str]) -> Meaning:
    return _figure(match, _share_of(match["share"]), Unit.PERCENT)


def _growth(match: re.Match[str]) -> Meaning:
    down = match["verb"] in ("递减", "下降", "降低", "减少")
    return _figure(match, _share_of(match["share"]), Unit.PERCENT, FALL if down else GROWTH)


def _counted(match: re.Match[str]) -> Meaning:
    word, value = match["unit"], number_of(match["number"])
    if word == "分" and not _SCORED.search(match.string):
        return f"“{match[0]}”的分是分钟还是分数？"
    spans = re.fullmatch(SPAN, word) is not None
    unit, scale = span_of(word) if spans else (unit_of(word), 1)
    whole = None if value is None else value * scale * large(match["large"])
    if spans and value is not None and value != value.to_integral_value() and unit is Unit.DAY:
        return f"“{match[0]}”折不成整天"
    return _figure(match, whole, unit)


def _zero(_: re.Match[str]) -> Meaning:
    return Part(Role.FIGURE, StandardKind.EQUAL, Decimal(0), Unit.NUMBER)


FIGURES = (
    phrase(
        rf"(?:同比|环比|[较比](?:去年|上年|上月|上季度|上期)(?:同期)?)?{_GROWN}{_PRE}{_SHARE}{_POST}",
        _growth,
        "销售量递增30%以上",
        "同比增长不低于20%",
        "成本下降百分之五以上",
    ),
    phrase(
        rf"{_NEGATED}{_LEVEL}{_PRE}{_SHARE}{_POST}",
        _share,
        "95%以上",
        "达95%以上",
        "不低于70%",
        "≥95%",
        "百分之九十五以上",
        "九成以上",
        "控制在3‰以内",
    ),
    phrase(
        rf"{_NEGATED}{_LEVEL}{_PRE}{_COUNTED}{_POST}",
        _counted,
        "至少2次",
        "不少于1小时",
        "10条以上",
        "确保1名",
        "5万元以上",
        "投诉0起",
    ),
    phrase(
        r"(?:保持)?(?:为|是|等于|=|:)?(?<![0-9.,])[0零]$",
        _zero,
        "事故率为0",
        "投诉率0",
        "差错为零",
    ),
)


_ERROR = "差错|错误|错漏|失误|丢失|遗漏|缺失|缺漏|漏项|漏报|损坏|错别字|误差"
_MISHAP = "投诉|事故|差评|中差评|泄露|泄漏|泄密|外泄|违规|违纪|纠纷|旷工"
_NO = "(?:无|没有|(?<![0-9.,])0|零)"
# 无差错率 and 零投诉处理 speak of something else.
_ENDED = "(?!率|量|处理|记录|的)"
_BUDGET = "(?:年度|季度|月度|部门|费用)?预算"

NAMES: tuple[Phrase, ...] = (
    phrase(
        rf"(?:{NUMBER})(?:{SPAN})(?:以内|之内|内)?(?:无条件|首次|平均|人工)?"
        "(?:响应|应答|回复|回访|解决|处理|办结|退货|到货|发货|签收|接通)(?:及时)?率",
        always(Part(Role.NAME)),
        "3分钟响应率",
        "24小时内解决率",
    ),
    phrase(
        r"(?:首|一|1|二|2)次(?:性|成功)?(?:解决|通过|合格|成功|接通|投诉|回访|交付|处理)(?:成功)?率",
        always(Part(Role.NAME)),
        "一次解决率",
        "首次解决率",
    ),
    phrase(
        r"(?:次日|当天|当日)[^0-9,]{0,6}?率|双(?:11|12|十一|十二)|(?<![0-9])(?:12315|12345|618|400)(?=[^0-9.,%人次元天])",
        always(Part(Role.NAME)),
        "次日询单转化率",
        "双11",
        "12315投诉",
    ),
)

WORDINGS: tuple[Phrase, ...] = (
    phrase(
        rf"(?:(?:准确|正确|完整|核对)无误|{_NO}(?:任何)?(?:{_ERROR})|不出(?:现)?(?:任何)?(?:{_ERROR})){_ENDED}",
        always(Part(Role.FLAWLESS)),
        "无差错",
        "准确无误",
        "无丢失",
        "零失误",
        "不出差错",
    ),
    phrase(
        rf"{_NO}(?:任何)?(?P<noun>(?:客户|有效|责任|安全|信息)?(?:{_MISHAP})){_ENDED}",
        lambda match: Part(
            Role.FIGURE, StandardKind.EQUAL, Decimal(0), Unit.TIMES, noun=match["noun"]
        ),
        "零投诉",
        "客户信息无泄露",
        "无安全事故",
    ),
    phrase(
        r"(?:做|作)好(?:相关|相应)?(?P<noun>[^,0-9]{0,6})(?:记录|登记|台账)(?!率|本)"
        r"|(?<!没)有(?:完整|书面|详细)?的?(?:记录|台账)(?:可查|备查)?(?!率|本)"
        r"|(?:并|均|须|应)(?:予以)?记录(?:在案)?$|(?:记录|登记)在[案册]|留有记录|建立台账",
        lambda match: Part(Role.RECORDED, noun=f"{match['noun'] or ''}记录"),
        "做好记录",
        "做好回访记录",
        "回访有记录",
        "并记录",
        "登记在册",
    ),
    phrase(
        rf"(?:不(?:超出|超过|超|突破)|控制在){_BUDGET}(?:范围)?(?:以内|之内|内)?(?!的|[0-9])",
        always(
            Part(Role.FIGURE, StandardKind.AT_MOST, Decimal(1), Unit.PERCENT, noun="占预算比例")
        ),
        "不超出预算",
        "控制在预算内",
    ),
)
