"""Demands without a figure: 无差错, 零投诉, 做好记录, 不超出预算; and figures inside of names."""

from __future__ import annotations

from decimal import Decimal

from xladdin.domain.positions import StandardKind
from xladdin.domain.quantities import Unit

from .numerals import NUMBER, SPAN
from .parts import Part, Phrase, Role, always, phrase

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
