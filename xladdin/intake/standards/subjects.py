"""What a standard is about, and which way that is better."""

from __future__ import annotations

import re

from xladdin.domain.quantities import Direction

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
