"""Sheets of the master workbook about positions: posts, duties, standards (FORMS A)."""

from __future__ import annotations

from xladdin.domain.positions import StandardKind
from xladdin.schemes.labels import CHOICE_LABELS

from .columns import RESTORED, Column, Kind, SheetSpec

POSITION_ID = Column(
    "position",
    "岗位编号",
    Kind.KEY,
    "属于哪个岗位，从列表中选择。",
    26.0,
    True,
    refers="positions.id",
)

POSITIONS = SheetSpec(
    "positions",
    "岗位",
    "每个岗位一行，就是工作分析表的表一。编号只用小写字母、数字和下划线，定了以后不要再改。",
    (
        Column(
            "id", "岗位编号", Kind.KEY, "小写字母开头，只用小写字母、数字、下划线。", 28.0, True
        ),
        Column("name", "岗位名称", Kind.TEXT, "从事岗位名字。", 14.0, True),
        Column("company", "所属公司", Kind.TEXT, "两家公司有同名岗位时填写。", 14.0),
        Column("part_time", "有无兼职", Kind.CHOICE, "有 或 无。", 10.0, choices=("有", "无")),
        Column("superior", "上级岗位", Kind.TEXT, "我的上级岗位名字。", 14.0, True),
        Column("department", "所在部门", Kind.TEXT, "我的部门名字。", 20.0, True),
        Column("subordinates", "下级岗位", Kind.NAMES, "多个用顿号隔开。", 20.0),
        Column("age", "年龄", Kind.TEXT, "", 12.0),
        Column("sex", "性别", Kind.TEXT, "不限、男、女。", 8.0),
        Column("native_place", "籍贯", Kind.TEXT, "", 8.0),
        Column("education", "学历", Kind.TEXT, "", 18.0),
        Column("marital_status", "婚姻状况", Kind.TEXT, "", 10.0),
        Column("experience", "经验要求", Kind.LONG, "", 30.0),
        Column("knowledge", "知识要求", Kind.LONG, "", 30.0),
        Column("ability", "能力要求", Kind.LONG, "", 30.0),
        Column("other", "其他要求", Kind.LONG, "", 24.0),
        Column("note", "说明", Kind.LONG, "", 24.0),
    ),
)

DUTIES = SheetSpec(
    "duties",
    "职责",
    "每项工作一行，就是工作分析表的表二。同一岗位的占用时间合计必须是 100%，重要性不能重复。",
    (
        POSITION_ID,
        Column("rank", "重要性", Kind.WHOLE, "1 为最重要，依次递增。", 9.0, True),
        Column(
            "text",
            "具体工作",
            Kind.LONG,
            "做什么；衡量标准可以写在括号里，也可以写在“衡量标准”表。",
            60.0,
            True,
        ),
        Column(
            "share",
            "占用时间",
            Kind.POINTS,
            "如 10%；同一岗位合计 100%。",
            11.0,
            True,
            ("占用时间%",),
        ),
        RESTORED,
    ),
)

STANDARDS = SheetSpec(
    "standards",
    "衡量标准",
    "每条可衡量的标准一行，对应“职责”表中的一项工作；可以由它起草考核方案。",
    (
        POSITION_ID,
        Column("rank", "重要性", Kind.WHOLE, "对应“职责”表中的重要性序号。", 9.0, True),
        Column("text", "标准文字", Kind.LONG, "表上括号里的写法。", 36.0, True),
        Column("subject", "衡量对象", Kind.TEXT, "衡量什么，如 报审通过率。", 18.0, True),
        Column(
            "kind",
            "标准类型",
            Kind.CHOICE,
            "从列表中选择。",
            12.0,
            True,
            choices=tuple(CHOICE_LABELS["kind"][kind.value] for kind in StandardKind),
        ),
        Column("value", "数值", Kind.MEASURE, "要求的数字。", 10.0),
        Column("unit", "单位", Kind.CHOICE, "从列表中选择。", 9.0),
        Column("cycle", "周期", Kind.CHOICE, "多久一次。", 9.0),
        Column("due", "期限", Kind.TEXT, "如 12-25（月日）、30（每月几日）、3 09:00。", 12.0),
        Column("direction", "方向", Kind.CHOICE, "越高越好 或 越低越好。", 11.0),
    ),
)
