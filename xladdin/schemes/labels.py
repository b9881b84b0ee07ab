"""What the fields and fixed values of the models are called in Chinese messages."""

from __future__ import annotations

from collections.abc import Iterable

from xladdin.domain.bonus_rules import LABELS as BONUS_LABELS
from xladdin.domain.guidelines import LABELS as ASKS_LABELS
from xladdin.domain.methods import ADJUSTMENTS, METHOD_LABELS, RULES
from xladdin.domain.positions import REQUIREMENT_LABELS
from xladdin.domain.quantities import FACTS

_SETTINGS = [each for rule in RULES.values() for each in rule.settings()]
_CHOICES = {
    each.setting.column.key: dict(each.setting.choices)
    for each in _SETTINGS
    if each.setting.choices
}

FIELD_LABELS: dict[str, str] = {
    **{each.field: each.label for each in _SETTINGS},
    **{each.field: each.names[0] for rule in RULES.values() for each in rule.lists()},
    **REQUIREMENT_LABELS,
    "about": "说明",
    "adjustments": "加减分项",
    "asks": "人数要求",
    "at_least": "至少",
    "at_most": "至多",
    "at": "端点",
    "average": "多月得分",
    "average_best": "最好几个月",
    "average_weights": "各月权重",
    "month_weights": "各月权重",
    "base": "奖金基数",
    "best": "最好几个月",
    "behaviours": "行为要点",
    "bias_limit": "偏差上限",
    "bonus": "奖金算法",
    "bonus_base": "奖金基数",
    "bound": "界限",
    "by": "幅度",
    "cap": "封顶",
    "coefficient": "绩效奖金系数",
    "column": "导出列名",
    "company": "公司",
    "competencies": "能力考核方案",
    "criteria": "评分标准",
    "customer": "客户评",
    "cycle": "周期",
    "definition": "指标定义",
    "department": "部门",
    "descriptors": "等级描述",
    "direction": "方向",
    "due": "截止时间",
    "duties": "具体工作",
    "effect": "整表影响",
    "elements": "要素",
    "findings": "提示",
    "first": "前几类",
    "floor": "下限",
    "form": "数据来源表单",
    "form_no": "表单编号",
    "grade": "等级",
    "grades": "等级表",
    "guideline": "人数要求",
    "high": "上端",
    "id": "编号",
    "indicators": "指标",
    "kind": "类型",
    "least": "最少条数",
    "least_peers": "同事最少人数",
    "levels": "等级",
    "linear": "档间按直线",
    "binding": "必须符合",
    "low": "下端",
    "lower": "等级下限",
    "mappings": "导入对照",
    "measure": "建议措施",
    "met": "是否达到",
    "method": "计分方法",
    "metric": "统计指标",
    "missing": "缺评时",
    "months": "月数",
    "most": "占比上限",
    "name": "名称",
    "not_worse": "不能比上月差",
    "note": "说明",
    "opposite": "是否反向",
    "other": "另一个统计指标",
    "part_time": "有无兼职",
    "pay": "定额奖金",
    "place": "先后",
    "peer": "同事评",
    "points": "分值",
    "position": "岗位",
    "positions": "适用岗位",
    "post": "数据来源岗位",
    "purpose": "考核目的",
    "question": "向客户提的问题",
    "rank": "重要性",
    "remark": "备注",
    "requirements": "任职资格要求",
    "restored": "是否补充",
    "reward": "奖励",
    "says": "说的话",
    "scale": "分制",
    "schemes": "考核方案",
    "sections": "分项",
    "self": "自评",
    "self_rating": "自评",
    "self_weight": "自评权重",
    "settings": "设置",
    "share": "比例",
    "side": "归类",
    "sign": "界限符号",
    "slower": "慢多少倍",
    "source": "数据来源",
    "standards": "衡量标准",
    "stars": "星级对应等级",
    "subject": "衡量对象",
    "subordinate": "下级评",
    "subordinates": "下级岗位",
    "superior": "上级岗位",
    "target": "目标值",
    "text": "文字",
    "than": "同什么比",
    "threshold": "起付分",
    "title": "标题",
    "total": "总分规则",
    "turn": "变化方向",
    "unappraised": "无需考核",
    "unit": "单位",
    "upper": "等级上限",
    "value": "数值",
    "version": "版本",
    "way": "数据来源方式",
    "when": "条件",
    "who": "哪些人",
    "weight": "权重",
    "weights": "评价人权重",
    "weights_editable": "权重可改",
    "weights_of": "权重写法",
    "whole_form": "整表影响",
    "within": "分项内权重",
}

KIND_LABELS = {
    "kpi_scheme": "考核方案",
    "competency_scheme": "能力考核方案",
    "position": "岗位分析",
    "report_findings": "报告提示",
    "company_kind": "公司种类",
}
"""What a template file can be."""

CHOICE_LABELS: dict[str, dict[str, str]] = {
    **_CHOICES,
    "asks": {asks.value: label for asks, label in ASKS_LABELS.items()},
    "adjustments": {kind: rule.label for kind, rule in ADJUSTMENTS.items()},
    "cycle": {
        "day": "每天",
        "week": "每周",
        "month": "每月",
        "two_months": "每两个月",
        "quarter": "每季",
        "year": "每年",
        "event": "每次",
    },
    "direction": {"higher": "越高越好", "lower": "越低越好"},
    "kind": {
        **KIND_LABELS,
        **{kind.value: label for kind, label in BONUS_LABELS.items()},
        "at_least": "不低于",
        "at_most": "不超过",
        "above": "超过",
        "below": "低于",
        "equal": "等于",
        "deadline": "按期完成",
        "within": "限时完成",
        "cycle": "定期完成",
        "no_errors": "无差错",
        "recorded": "有记录",
    },
    "missing": {"spread": "由已有评分的来源分摊", "incomplete": "不出结果"},
    "method": METHOD_LABELS,
    "scale": {"100": "100分制", "10": "10分制", "5": "5分制"},
    "unit": {unit.value: known.label for unit, known in FACTS.items()},
    "weights_of": {"form": "占总分", "section": "分项内合计100%"},
}
"""Field -> its fixed values whose names alone say little to a clerk."""


def choices(field: str, values: Iterable[str]) -> str:
    """The values that a field may have: ``higher（越高越好）、lower（越低越好）``."""
    labels = CHOICE_LABELS.get(field, {})
    return "、".join(
        f"{value}（{labels[value]}）" if value in labels else value for value in values
    )
