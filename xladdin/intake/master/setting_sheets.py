"""Sheets of the master workbook that set how it works: settings, names in exports."""

from __future__ import annotations

from .columns import Column, Kind, SheetSpec

SETTINGS = SheetSpec(
    "settings",
    "设置",
    "公司名称等设置。",
    (
        Column("setting", "设置项", Kind.TEXT, "", 18.0, True),
        Column("value", "内容", Kind.TEXT, "", 30.0),
        Column("remark", "说明", Kind.LONG, "", 40.0),
    ),
)

MAPPINGS = SheetSpec(
    "mappings",
    "导入对照",
    "系统导出表的列名对应哪个指标；可以自己增加行。",
    (
        Column("column", "导出列名", Kind.TEXT, "导出表里的列名。", 24.0, True),
        Column(
            "target",
            "对应指标",
            Kind.TEXT,
            "指标名称或编号；工号、姓名、昵称也写在这里。",
            24.0,
            True,
        ),
        Column("unit", "单位", Kind.CHOICE, "导出表里的单位。", 10.0),
        Column("remark", "说明", Kind.LONG, "", 36.0),
    ),
)
