"""What a company sets once for all of its forms."""

from __future__ import annotations

from typing import NamedTuple

COMPANY_NAME, MONTH_SETTING, FOLDER_SETTING = "公司名称", "考核月份", "存放文件夹"
LOGO_SETTING = "标志图片"
"""A PNG or JPEG file for the head of forms, from the master's folder on."""
RETENTION_SETTING = "台账保留月数"
BUDGET_SETTING = "奖金预算"
TEAM_BUDGET = f"{BUDGET_SETTING}："
"""Begins the settings that say what a department may pay: ``奖金预算：客服一部``."""
SCALING_SETTING, UNIT_SETTING = "奖金缩放", "奖金取整"
"""Whether bonuses are scaled up to a department's budget, too, and to whole 元 instead of 分."""
REPORT_TARGET, SERVICE_LEVEL, TRAINING = "报告目标", "报告达标线", "培训日期"
"""Begin the settings of the reports, each followed by a figure's, a time's or somebody's name."""
SEAL_SETTING = "汇总表加密"
SETTLING_SETTING = "数据定稿天数"
"""How many days after its end a month's figures are final."""
MOST_SETTLING_DAYS = 31
DELIVERER = "报数人："
"""Begins the settings that say who delivers what a source's post has: ``报数人：财务``."""
TEAM_SETTING = "校准合并人数"
"""Departments with fewer people of a scheme are put together where guidelines are looked at."""
MOST_TEAM = 30
ORDER_SETTING = "校准同级排序"
"""Whether those who have the same grade are to be put in an order."""
APPEAL_SETTING, ANSWER_SETTING = "申诉期限", "申诉答复期限"
"""How many working days somebody has to object to a 反馈单, and how many the answer may take."""
MOST_APPEAL_DAYS = 60
HOURS_SETTING, DAYS_SETTING, MEASURE_SETTING = "服务时间", "服务日", "时长口径"
"""When customers are served, and whether reports count durations by the clock or within that."""


class Setting(NamedTuple):
    """One line of the settings."""

    name: str
    value: str = ""
    remark: str = ""


def first_settings(company: str = "") -> tuple[Setting, ...]:
    """The settings that a new master workbook has."""
    return (
        Setting(COMPANY_NAME, company, "印在表头上，可以不填"),
        Setting(LOGO_SETTING, "", "标志的文件名，如 logo.png，放在总表旁边；可以不填"),
        # Short, so that the sheet stays on one page.
        Setting(MONTH_SETTING, "", "如 2026-11；不填按最近有数据的月份"),
        Setting(FOLDER_SETTING, "", "不填就放在总表所在的文件夹"),
        Setting(SETTLING_SETTING, "", "月末后第几天起数据算最终，之前是暂定；不填按 4"),
        Setting(RETENTION_SETTING, "", "如 36；不填就一直保留"),
        Setting(BUDGET_SETTING, "", "每月多少元；部门的另加一行，写 奖金预算：部门名"),
        Setting(TEAM_SETTING, "", "少于几人的部门合并看人数要求；不填不分部门"),
        Setting(ORDER_SETTING, "", "是：校准时同一等级的人要排先后"),
        Setting(APPEAL_SETTING, "", "反馈单发出后几个工作日内可以申诉；不填按 7"),
        Setting(ANSWER_SETTING, "", "收到申诉后几个工作日内答复；不填按 7"),
        Setting(SEAL_SETTING, "", "是：月度汇总、反馈单和报表要设打开密码"),
        Setting(HOURS_SETTING, "", "报表用，如 09:00-18:00；不填按全天"),
        Setting(DAYS_SETTING, "", "报表用：每天、工作日 或 周一至周六；不填按每天"),
        Setting(MEASURE_SETTING, "", "报表用：自然时间 或 服务时间；不填按自然时间"),
    )
