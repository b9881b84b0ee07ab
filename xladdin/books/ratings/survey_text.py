"""The customers' questionnaire as text that survey sites (问卷星, 腾讯问卷) take: FORMS B, 客户评.

One survey for everybody: the first question asks who served the customer.  The answers come back by
``intake.survey_exports``, which knows the questions by their words.
"""

from __future__ import annotations

from collections.abc import Sequence

from xladdin.domain.competency import CompetencyScheme, Source
from xladdin.domain.people import Employee
from xladdin.domain.survey_words import OTHER, SERVED, STARS

from . import questionnaire

TITLE = "客户服务满意度问卷"
GREETING = (
    "您好！感谢您选择{company}。想请您花一分钟说说最近一次服务的感受，一共 {count} 个问题。"
    "本问卷匿名：我们只看汇总的结果，不会告诉客服是谁填写的。"
)
US = "我们"


def text(scheme: CompetencyScheme, employees: Sequence[Employee], company: str = "") -> str:
    """Title, greeting and questions, an option a line.

    Each question ends with its type in brackets, which both sites know; the scale has the worst first,
    so that the number of an option is its stars.
    """
    asked = [element.question for element in scheme.elements_of(Source.CUSTOMER)]
    greeting = GREETING.format(company=company or US, count=len(asked) + 2)
    served = [questionnaire.known_as(employee) for employee in employees]
    questions = [
        _question(1, SERVED, "单选题", dict.fromkeys(served)),
        *(_question(i, one, "量表题", STARS) for i, one in enumerate(asked, 2)),
        _question(len(asked) + 2, OTHER, "填空题"),
    ]
    return "\n\n".join([f"{company}{TITLE}", greeting, *questions]) + "\n"


def _question(
    number: int, asked: str, kind: str, options: Sequence[str] | dict[str, None] = ()
) -> str:
    return "\n".join([f"{number}. {asked}[{kind}]", *options])
