"""One clause as one standard, or why it is none: its phrases, its subject, what it demands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from xladdin.domain.positions import Cycle, Standard, StandardKind
from xladdin.domain.quantities import Direction, Unit, written

from .doubts import CLAUSE, COMPARING, doubt_in, nothing_found
from .figure_phrases import FALL, FIGURES, GROWTH, NAMES, WORDINGS
from .numerals import has_number
from .phrase_parts import Found, Part, Phrase, Role
from .time_phrases import CYCLES, DUES, LIMITS

TABLES: tuple[tuple[Phrase, ...], ...] = (NAMES, DUES, LIMITS, CYCLES, WORDINGS, FIGURES)
"""What an earlier table has taken is gone for the later ones: 每月5日前 is no 5日."""

_TAKEN = "\0"
_DEMANDS = frozenset(Role) - {Role.EVERY, Role.NAME}


@dataclass(slots=True)
class Heard:
    """A clause with its phrases taken out."""

    text: str
    found: tuple[Found, ...] = ()
    refused: str = ""
    """Why a phrase cannot be understood, where one cannot."""
    rest: str = ""
    """What no phrase explains, without names, and with gaps where phrases were."""
    words: str = ""
    """What no phrase explains, with names that hold a figure: the words of the subject."""

    def of(self, *roles: Role) -> list[Found]:
        """The parts of these roles, in the clause's order."""
        return [found for found in self.found if found.part.role in roles]

    @property
    def demands(self) -> list[Found]:
        """The parts that each make a standard of their own."""
        return self.of(*_DEMANDS)


def heard(text: str) -> Heard:
    """Take the phrases out of a clause."""
    found: list[Found] = []
    refused: list[str] = []
    rest = words = text
    for table in TABLES:
        for phrase in table:
            for match in phrase.pattern.finditer(rest):
                meaning = phrase.means(match)
                start, end = match.span()
                rest = _without(rest, start, end)
                if isinstance(meaning, str):
                    refused.append(meaning)
                    continue
                found.append(Found(meaning, start, end))
                words = words if meaning.role is Role.NAME else _without(words, start, end)
    found.sort(key=lambda part: part.start)
    reason = refused[0] if refused else ""
    return Heard(
        text, tuple(_once(found)), reason, rest.replace(_TAKEN, " "), words.replace(_TAKEN, "")
    )


def _without(text: str, start: int, end: int) -> str:
    return text[:start] + _TAKEN * (end - start) + text[end:]


def _once(found: list[Found]) -> list[Found]:
    """无差错、无丢失 is one demand, and so is 完成一次 beside a date."""
    flawless = [item for item in found if item.part.role is Role.FLAWLESS]
    timed = any(item.part.role in (Role.DUE, Role.LIMIT) for item in found)
    drop = [*flawless[1:], *(item for item in found if timed and _is_one(item.part))]
    return [item for item in found if item not in drop]


def _is_one(part: Part) -> bool:
    counts = part.role is Role.FIGURE and part.kind is None
    return counts and part.value == 1 and part.unit in ("times", "piece")


NOT_STATED = "未写明对象"
"""The subject of a clause that is nothing but a figure: 95%以上."""

_LEADING = re.compile(
    r"^(?:[、,:;.的]|并且|并(?!发|购)|且|同时|以及|负责|确保|保证|要求|做到|必须|须(?!知)|需要|需(?!求)|应当|"
    r"应(?![答急付收对届])|要(?![点素件])|在(?![线岗职途库店])|于|对(?![账帐公接外内口比])|将|把(?![关控])|其中)"
)
_TRAILING = re.compile(
    r"(?:[、,:;]|达到|保持|维持|必须|应当|须|(?<![对响供反适效])应|(?<![必所])需|(?<![重需主纪摘概])要|"
    r"(?<![到传下转送触抵直表发])达|(?<![行作])为|是|(?<![所获])得|(?<!存)在|于|的|(?<![人日月周年平])均)$"
)
_VERBS = "提交|上交|上报|递交|报送|完成|制定|制订|编制|提报|定出|发布|组织|召开|发放|处理|回访|联系|发送|发出|更新|办结|解决|回复|整理|报批|发"
_HANDING_IN = re.compile(
    "^(?:提交|上交|上报|递交|报送|完成|制定|制订|编制|提报|定出|发布|组织|召开)"
    "(?!领导|上级|经理|主管|财务)(?=.{2})"
)
_BARE = re.compile(rf"(?:{_VERBS})*(?:出|好|完|完毕|到位)?")

# The last one met decides: 投诉处理满意度 is a satisfaction, 满意客户投诉率 a complaint rate.
_GOOD_OR_BAD = re.compile(
    "(?P<bad>不满意|不合格|不达标|不通过|未完成|误差|差错|错误|失误|出错|投诉(?!处理|回复)|中?差评|事故|违纪|违规|流失率?|退款|退货|"
    "超时|延误|延迟|遗漏|漏[报发回]|迟交|未|丢失|损坏|破损|缺勤|旷工|迟到|返工|纠纷|泄露|泄漏|泄密|逾期|响应时间|响应时长|处理时长|等待时间|费用率)"
    "|(?P<good>无差错率|满意|通过|完成率|达成|达标|合格|准确|正确|及时|回收率|回访率|转化率|转换率|转化|解决率|好评|执行率|可执行|回复率|"
    "响应率|成功|成绩|得分|销售|复购|覆盖率|到位率|参与率|有效率|完好率|续费|增长)"
)


def tidy(text: str) -> str:
    """A subject without the small words around it: 确保回收率达到 is about 回收率."""
    before = None
    while text != before:
        before = text
        text = _TRAILING.sub("", _LEADING.sub("", text.strip()))
    return text.replace(",", "")


def handed_in(text: str) -> str:
    """What is to be handed in or held: 提交运营分析报告 is about 运营分析报告."""
    return _HANDING_IN.sub("", text)


def is_bare(text: str) -> bool:
    """Whether a subject is no more than a verb: 提交, 发送."""
    return _BARE.fullmatch(text) is not None


def better(subject: str) -> Direction | None:
    """Which way the subject is better, where its name says so."""
    found = list(_GOOD_OR_BAD.finditer(subject))
    if not found:
        return None
    return Direction.LOWER if found[-1]["bad"] else Direction.HIGHER


LONGEST, LONGEST_SUBJECT = 120, 60

_SOFT: dict[str, StandardKind] = {
    **dict.fromkeys(("至少", "最少", "起码"), StandardKind.AT_LEAST),
    **dict.fromkeys(("至多", "最多"), StandardKind.AT_MOST),
}
"""Words that may stand apart from their figure: 每月至少组织2次培训."""
_NOT_ALONE = frozenset(["", "记录", "占预算比例", GROWTH, FALL])
"""What says nothing without whatever it is of."""
_SOFTLY = re.compile("|".join(_SOFT))
_PROMPT = re.compile("按时|按期|准时|如期")
_DELIVERED = re.compile(
    "回访|发放|提交|召开|组织|培训|例会|汇报|盘点|更新|检查|抽查|巡检|上报|开展|调查|总结|拜访|统计|"
    "整理|备份|报送|发布|评估|考核|回顾|轮换|消毒|清理|核对"
)
_DURATION = re.compile("(?:时间|时长|时效|响应|耗时|周期|速度)$")
_NEVER_ABOVE_ALL = re.compile("满意|合格|准确|及时|通过|回收|回访|转化|解决|好评|回复|响应|覆盖")
_COUNTED = (Unit.TIMES, Unit.PIECE, Unit.PERSON)
_HIGH = (StandardKind.AT_LEAST, StandardKind.ABOVE)


@dataclass(frozen=True, slots=True)
class Sense:
    """What a clause demands, before it has its text and its subject."""

    kind: StandardKind
    value: Decimal | None = None
    unit: Unit = Unit.NUMBER
    cycle: Cycle | None = None
    due: str = ""
    direction: Direction = Direction.HIGHER


@dataclass(frozen=True, slots=True)
class Context:
    """What a clause is about where it does not say so itself."""

    name: str = ""
    """The words in front of the bracket, or the clause before that demands nothing."""
    named: bool = False
    """Whether these words name a thing, 节日问候短信, rather than tell the whole duty."""
    previous: str = ""
    """What the clause before was about."""


Read = Sense | str


def own_subject(text: str) -> str:
    """What a clause itself says it is about; empty or a mere verb where it leaves that open."""
    found = heard(text)
    return _own(found)


def has_demand(text: str) -> bool:
    """Whether a clause holds something to be measured, understood or not."""
    found = heard(text)
    return bool(found.demands or found.refused) or has_number(found.rest)


def says_all(text: str) -> bool:
    """Whether a piece stands alone: a demand, and of a mere date also what is due."""
    found = heard(text)
    only_when = all(item.part.role is Role.DUE for item in found.demands) and not _own(found)
    return has_demand(text) and (bool(found.refused) or not only_when)


def has_figure(text: str) -> bool:
    """Whether a clause holds a figure, a date or a time allowed; a mere 无差错 is none."""
    found = heard(text)
    figures = found.of(Role.FIGURE, Role.GROWTH, Role.LIMIT, Role.DUE)
    return bool(figures or found.refused) or has_number(found.rest)


def standard_of(text: str, wording: str, context: Context) -> Standard | str:
    """The standard that a clause states, or why there is none."""
    if len(text) > LONGEST or len(wording) > 4 * LONGEST:
        return f"这一句超过{LONGEST}个字，请分开写"
    if reason := doubt_in(text, CLAUSE):
        return reason
    found = heard(text)
    subject = _subject(found, context)
    sense = _sense(found, subject)
    if isinstance(sense, str):
        return sense
    if len(subject) > LONGEST_SUBJECT:
        return f"衡量的对象超过{LONGEST_SUBJECT}个字，请写短些"
    return Standard(
        text=wording,
        subject=subject or NOT_STATED,
        kind=sense.kind,
        value=sense.value,
        unit=sense.unit,
        cycle=sense.cycle,
        due=sense.due,
        direction=sense.direction,
    )


def _own(found: Heard) -> str:
    return tidy(_SOFTLY.sub("", found.words) if found.of(Role.FIGURE) else found.words)


def _subject(found: Heard, context: Context) -> str:
    own = _own(found)
    noun = "".join(item.part.noun for item in found.found)
    if found.of(Role.DUE, Role.LIMIT) and context.named:
        return context.name
    if not own and noun in _NOT_ALONE:
        own = context.name if context.named else context.previous or context.name
    elif is_bare(own) and context.named:
        own = context.name + own
    elif found.of(Role.DUE, Role.EVERY) and not noun:
        own = handed_in(own)
    return own if noun and own.endswith(noun) else own + noun


def _sense(found: Heard, subject: str) -> Read:
    demands, every = found.demands, found.of(Role.EVERY)
    if found.refused:
        return found.refused
    if len(demands) > 1:
        return f"一句里有{len(demands)}个要求，分不清各指什么，请分开写"
    if len(every) > 1:
        return "一句里写了两个周期"
    if reason := _unexplained(found):
        return reason
    cycle = every[0].part.cycle if every else None
    if not demands:
        return _without_figure(found, cycle, subject)
    return _BY_ROLE[demands[0].part.role](found, demands[0], cycle, subject)


def _unexplained(found: Heard) -> str:
    """Figures and comparisons that no phrase took: whatever was read beside them may be wrong."""
    rest = _SOFTLY.sub("", found.rest)
    if has_number(rest):
        return "句中有没读懂的数字：可能缺单位，或写法特别"
    if found.demands and (met := COMPARING.search(rest)):
        return f"“{met[0]}”没有和数字连在一起，读不出界限"
    return ""


def _without_figure(found: Heard, cycle: Cycle | None, subject: str) -> Read:
    rest = found.rest.strip()
    if _PROMPT.search(rest) and "率" not in rest and not _PROMPT.fullmatch(rest):
        return Sense(StandardKind.DEADLINE, cycle=cycle or Cycle.EVENT)
    done = _DELIVERED.search(rest) if rest else subject
    if cycle in (None, Cycle.EVENT) or COMPARING.search(rest) or not done:
        return nothing_found(found.text)
    return Sense(StandardKind.CYCLE, cycle=cycle)


def _limit(found: Heard, item: Found, cycle: Cycle | None, subject: str) -> Read:
    """A time allowed; beside a measure of time, such as 响应时间, it bounds that measure."""
    if cycle not in (None, Cycle.EVENT):
        return "是每个周期的某一天之前，还是事情发生后几天之内？写法不能确定"
    if not subject:
        return "没有写明是什么事的时限"
    value, unit = item.part.value, item.part.unit
    before, after = tidy(found.text[: item.start]), tidy(found.text[item.end :])
    if value and not after and _DURATION.search(before):
        return Sense(StandardKind.AT_MOST, value, unit, cycle, direction=Direction.LOWER)
    return Sense(StandardKind.WITHIN, value, unit, Cycle.EVENT, direction=Direction.LOWER)


def _due(_: Heard, item: Found, cycle: Cycle | None, __: str) -> Read:
    own, due = item.part.cycle, item.part.due
    if own is None and cycle is not None:
        fits = (cycle is Cycle.DAY and ":" in due) or (cycle is Cycle.YEAR and "-" in due)
        return Sense(StandardKind.DEADLINE, cycle=cycle, due=due) if fits else "周期和期限对不上"
    if cycle not in (None, own):
        return "周期和期限对不上"
    return Sense(StandardKind.DEADLINE, cycle=own, due=due)


def _figure(found: Heard, item: Found, cycle: Cycle | None, subject: str) -> Read:
    part, soft = item.part, _SOFTLY.search(found.rest)
    if soft:
        if part.kind not in (None, _SOFT[soft[0]]):
            return f"“{soft[0]}”和数字旁边的说法对不上"
        part = replace(part, kind=_SOFT[soft[0]])
    if part.value == 0:
        return _zero(part, cycle, subject)
    if not (subject or cycle or part.unit is Unit.PERCENT):
        return "没有写明是什么的数量"
    if part.kind is None:
        return _bare(part, cycle, subject)
    return _compared(part, cycle, subject)


def _compared(part: Part, cycle: Cycle | None, subject: str) -> Read:
    way, value = better(subject), part.value or Decimal(0)
    direction = Direction.HIGHER if part.kind in _HIGH else Direction.LOWER
    if part.kind is None or way not in (None, direction):
        good = "越高越好" if way is Direction.HIGHER else "越低越好"
        return f"这一项{good}，却写成了相反的界限，可能是扣分条件"
    if part.unit is Unit.PERCENT and value > 1 and _NEVER_ABOVE_ALL.search(subject):
        return f"这一项不会超过100%，{written(value, part.unit)}可能是笔误"
    return Sense(part.kind, part.value, part.unit, cycle, direction=direction)


def _zero(part: Part, cycle: Cycle | None, subject: str) -> Read:
    """None at all is demanded: only of what nobody wants."""
    way = better(subject)
    if part.kind not in (None, StandardKind.EQUAL, StandardKind.AT_MOST) or way is Direction.HIGHER:
        return "界限是0，看不出要求的是什么"
    unit = part.unit
    if unit is Unit.NUMBER:
        if way is None:
            return "“0”没有单位，看不出要求的是什么"
        unit = Unit.PERCENT if re.search("率$|比例$|占比$", subject) else Unit.TIMES
    return Sense(StandardKind.EQUAL, Decimal(0), unit, cycle, direction=Direction.LOWER)


def _bare(part: Part, cycle: Cycle | None, subject: str) -> Read:
    """A figure without 以上 or 以内: only 100% and a count per week or month leave no doubt."""
    way, value = better(subject), part.value or Decimal(0)
    if part.unit is Unit.PERCENT and value == 1 and way is not Direction.LOWER:
        return Sense(StandardKind.EQUAL, value, part.unit, cycle)
    if part.unit in _COUNTED and cycle and way is not Direction.LOWER:
        return Sense(StandardKind.CYCLE, value, part.unit, cycle)
    shown = written(value, part.unit)
    counts = "，也没有写明周期" if part.unit in _COUNTED else ""
    return f"“{shown}”没有写明是以上还是以内{counts}"


def _growth(found: Heard, item: Found, cycle: Cycle | None, subject: str) -> Read:
    part = item.part
    base = tidy(found.text[: item.start])
    if re.search("率|满意度|比例|占比|比重", base):
        return "是提高几个百分点，还是按原来的数提高百分之几？写法不能确定"
    wanted = Direction.LOWER if part.noun == FALL else Direction.HIGHER
    if better(base) not in (None, wanted):
        return "增减的方向和这一项的好坏相反"
    if part.kind not in _HIGH:
        return "增减的幅度没有写明“以上”"
    return Sense(part.kind or StandardKind.AT_LEAST, part.value, part.unit, cycle)


def _flawless(_: Heard, __: Found, cycle: Cycle | None, ___: str) -> Read:
    return Sense(StandardKind.NO_ERRORS, cycle=cycle)


def _recorded(_: Heard, __: Found, cycle: Cycle | None, ___: str) -> Read:
    return Sense(StandardKind.RECORDED, cycle=cycle)


_BY_ROLE: dict[Role, Callable[[Heard, Found, Cycle | None, str], Read]] = {
    Role.FIGURE: _figure,
    Role.GROWTH: _growth,
    Role.LIMIT: _limit,
    Role.DUE: _due,
    Role.FLAWLESS: _flawless,
    Role.RECORDED: _recorded,
}
