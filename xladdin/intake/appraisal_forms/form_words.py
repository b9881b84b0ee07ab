"""The words that appraisal forms have over their columns, by what stands below them.

Gathered from published forms; a head is compared without blanks, marks and notes in brackets.
"""

from __future__ import annotations

_WORDS: dict[str, str] = {
    "number": "序号 编号 no no.",
    "section": (
        "分项 指标类别 类别 考核类别 维度 考核维度 指标类型 考核类型 类型 模块 kra 一级指标 评价维度 指标分类 分类 "
        "考核模块 指标维度 考核分类 "
    ),
    "name": (
        "具体指标 考核指标 指标名称 指标 kpi指标 关键绩效指标 关键指标 绩效指标 关键业绩指标 考核要素 评价指标 考核因素 "
        "指标项 kpi 要素 考核事项 重点工作 二级指标 考核指标名称 kpi名称 业绩指标 评价要素 关键绩效指标(kpi) "
        "指标内容 "
    ),
    "item": "项目 考核项目 评价项目 评估项目 考评项目",
    "content": "考核内容 内容 工作内容 考评内容 评价内容 工作任务 主要工作 工作目标及要求",
    "weight": "指标权重 权重 比重 占比 权重分 配分 权重比例 权数 权重值 所占比重 分值权重",
    "section_weight": "分项权重 类别权重 维度权重 一级权重 一级指标权重 项目权重 模块权重",
    "full": "分值 标准分 满分 标准分值 分数 基准分 标准分数 满分值",
    "rule": (
        "评分标准 评分原则 计分方法 考核标准 计分规则 评价标准 扣分标准 评分办法 评分细则 评分方法 计分标准 考核细则 "
        "评分规则 考核办法 计分办法 评分依据 考评标准 计算方法 考核评分标准 指标评分标准 评定标准 计分方式 考核方法 "
        "评分说明 "
    ),
    "definition": (
        "指标定义/计算公式 指标定义 计算公式 指标说明 定义 考核要点 指标解释 指标描述 指标定义及计算公式 指标要求 公式 "
        "定义/公式 考核说明 具体要求 指标公式 工作要求 "
    ),
    "target": "目标值 目标 考核目标 指标值 标准值 绩效目标 月度目标 目标要求 本月目标 任务目标 计划值 考核目标值 目标任务 业绩目标 月目标",
    "actual": (
        "实际达成 实际完成 实际值 完成值 完成情况 实际 达成值 实际完成值 实际完成情况 实际完成率 完成率 实际数据 数据 "
        "本月实际 实际达成值 实绩 达成情况 实际结果 完成结果 实际数 发生次数 扣分次数 考核数据 达成率 完成数据 "
    ),
    "unit": "单位 计量单位",
    "cycle": "考核周期 周期 频率 考核频率 统计周期",
    "way": "数据来源方式 来源方式 统计方式",
    "post": "数据来源岗位 责任岗位 数据提供部门 数据提供人 提供部门 考核部门 数据提供 考核人 考核责任人 评价人 数据提供者",
    "source": "数据来源 信息来源 资料来源 来源 考核依据 数据出处",
    "source_form": "数据来源表单 来源表单",
    "remark": "备注 说明 扣分原因 加减分原因 评分理由 扣分说明 评分说明及依据 事由",
    "self": "自评 自评分 自我评分 本人评分 自评得分 自我评价 员工自评 自我考评 个人自评 自评分数",
    "superior": (
        "上级评分 主管评分 领导评分 考核人评分 直接上级评分 上级评 上级评价 初评 主管评 直接上级 上级 组长评分 经理评分 "
        "部门评分 上级考评 直属上级评分 主管 考评人评分 领导评 "
    ),
    "review": "复评 复核 隔级上级评分 复核得分 审核得分 人事评分 隔级评分 复评分 人力资源部评分",
    "score": (
        "得分 合计得分 考核得分 实际得分 评分 最终得分 本项得分 考评得分 核定得分 考核分 指标得分 考评分 评定得分 单项得分 得分值 "
        "考核评分 终评得分 最后得分 评价得分 综合得分 "
    ),
    "weighted": "加权得分 加权分 折合得分 权重得分 实得分 折算得分 加权后得分 折合分 加权分数",
    "grade": "等级 评级",
}
HEADS = {role: tuple(words.split()) for role, words in _WORDS.items()}
"""Role of a column -> the heads that it may have."""

_GROUPS = "得分 打分 数据来源 期末考核 权重 绩效评分 考核得分 考核情况 考核打分 考核结果 考核评分 考评 评价 评估 评分 评分人 评分情况"
GROUPS = frozenset(_GROUPS.split())
"""Heads that other heads may stand under."""

SCORES = ("weighted", "score", "review", "superior", "self")
"""Columns of scores: the first that is there is the one that counts."""
