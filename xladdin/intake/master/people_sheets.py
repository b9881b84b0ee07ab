"""Sheets of the master workbook about people: roster, raters, targets and actuals."""

from __future__ import annotations

from .columns import Column, Kind, SheetSpec

ROSTER = SheetSpec(
    "roster",
    "员工名册",
    "每人一行。工号不能重复；岗位、考核方案从列表中选择，考核方案不填时按岗位自动确定。",
    (
        Column(
            "id",
            "工号",
            Kind.KEY,
            "字母、数字或汉字，不能重复。",
            11.0,
            True,
            ("员工编号", "员工工号", "编号"),
        ),
        Column("name", "姓名", Kind.TEXT, "员工姓名。", 11.0, True, ("员工姓名",)),
        Column(
            "nickname",
            "昵称",
            Kind.TEXT,
            "聊天工具和店铺系统中的名字，可以不填。",
            14.0,
            False,
            ("花名", "旺旺昵称"),
        ),
        Column("department", "部门", Kind.TEXT, "所属部门。", 14.0, True, ("所属部门",)),
        Column(
            "position",
            "岗位",
            Kind.TEXT,
            "从“岗位”表中选择。",
            14.0,
            True,
            ("职位", "岗位名称"),
            refers="positions.name",
        ),
        Column(
            "superior", "直接上级", Kind.TEXT, "上级的姓名。", 12.0, False, ("上级", "直属上级")
        ),
        Column(
            "scheme",
            "考核方案",
            Kind.TEXT,
            "不填则按岗位确定。",
            26.0,
            False,
            ("方案",),
            refers="schemes.name",
        ),
    ),
)

RATERS = SheetSpec(
    "raters",
    "评价人",
    "谁评谁。自评和主管评不写也会自动加上；同事和客户每人一行。",
    (
        Column("ratee", "被评人工号", Kind.KEY, "从名册中选择。", 12.0, True, refers="roster.id"),
        Column("ratee_name", "被评人", Kind.TEXT, "可以不填。", 11.0),
        Column(
            "source",
            "评价身份",
            Kind.CHOICE,
            "自评、主管评、同事评、客户评。",
            11.0,
            True,
            choices=("自评", "主管评", "同事评", "客户评"),
        ),
        Column("rater", "评价人", Kind.TEXT, "评价人姓名；客户写称呼即可。", 24.0, True),
        Column(
            "rater_id",
            "评价人工号",
            Kind.KEY,
            "同事、主管填工号；客户不填。",
            12.0,
            refers="roster.id",
        ),
    ),
)

FIGURES = SheetSpec(
    "figures",
    "月度目标与实际",
    "每人每月每个指标一行；也可以用导入命令从系统导出的表填入。百分比写成 65%。",
    (
        Column("period", "考核月份", Kind.PERIOD, "如 2026-11。", 11.0, True, ("月份", "期间")),
        Column(
            "employee",
            "工号",
            Kind.KEY,
            "从名册中选择。",
            11.0,
            True,
            ("员工编号",),
            refers="roster.id",
        ),
        Column("name", "姓名", Kind.TEXT, "可以不填，填了会核对。", 11.0),
        Column(
            "indicator",
            "指标",
            Kind.TEXT,
            "指标名称或编号，须属于这个员工的方案。",
            20.0,
            True,
            ("指标名称",),
        ),
        Column("target", "目标值", Kind.MEASURE, "没有目标的不填。", 12.0, False, ("目标",)),
        Column(
            "actual",
            "实际值",
            Kind.MEASURE,
            "还没有的不填，不要写 0。",
            12.0,
            True,
            ("实际", "实际达成"),
        ),
        Column("remark", "备注", Kind.LONG, "加减分写明事由。", 30.0, False, ("说明",)),
        Column(
            "state",
            "数据状态",
            Kind.CHOICE,
            "暂定：月末后还会变；最终：已定。",
            10.0,
            choices=("暂定", "最终"),
        ),
        Column("origin", "数据出处", Kind.TEXT, "从哪个文件导入，自动填写。", 24.0),
    ),
)
