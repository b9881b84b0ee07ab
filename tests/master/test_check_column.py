"""What the 检查 columns say, as Python works them out; test_edits does it in LibreOffice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xladdin.domain.identifiers import ID_RULE
from xladdin.master.all_sheets import SHEETS
from xladdin.master.cell_kinds import CellValue

from .rows import checks, small

# Sheet, row, what is entered there, and what the check then says.
CASES: list[tuple[str, int, dict[str, CellValue], str]] = [
    ("roster", 0, {"position": None}, "缺：岗位"),
    ("roster", 0, {"name": None, "department": " "}, "缺：姓名、部门"),
    ("roster", 0, {"name": "—"}, "必填的内容不能只写横线或斜线"),
    ("roster", 1, {"id": "001"}, "工号与第5行重复"),
    ("roster", 0, {"position": "司机"}, "“岗位”表中没有“司机”"),
    ("roster", 0, {"scheme": "季度"}, "“考核方案”表中没有月度、销售考核“季度”"),
    ("roster", 0, {"scheme": "月度"}, "通过"),
    ("positions", 0, {"name": "司机"}, "提醒：“职责”表中还没有这个岗位"),
    ("positions", 1, {"id": "agent"}, "岗位编号与第5行重复"),
    ("positions", 1, {"name": "客服"}, "岗位名称与第5行重复"),
    ("positions", 1, {"id": "岗位二"}, "通过"),
    ("positions", 1, {"id": None}, "通过"),
    ("positions", 1, {"id": "客服（二）"}, "岗位编号" + ID_RULE),
    ("duties", 0, {"position": "agent"}, "通过"),
    ("duties", 0, {"position": "driver"}, "“岗位”表中没有“driver”"),
    ("duties", 1, {"rank": Decimal(1)}, "重要性序号与第5行重复"),
    ("standards", 0, {"rank": Decimal(3)}, "“职责”表中没有第3项"),
    ("schemes", 0, {"name": "每周"}, "“指标”表中还没有这个方案"),
    ("schemes", 1, {"name": "技能"}, "“能力要素”表中还没有这个方案"),
    ("schemes", 1, {"name": "月度"}, "方案名称与第5行重复"),
    ("indicators", 0, {"scheme": "ability"}, "能力考核的内容写在“能力要素”表"),
    ("indicators", 0, {"scheme": "weekly"}, "“考核方案”表中没有“weekly”"),
    ("indicators", 1, {"id": "speed"}, "指标编号与第5行重复"),
    ("indicators", 1, {"name": "响应"}, "指标名称与第5行重复"),
    ("indicators", 0, {"weight": None}, "缺：权重"),
    ("indicators", 0, {"method": "扣分制"}, "缺：每次扣分"),
    ("indicators", 0, {"method": "单项否决制"}, "缺：每次扣分、否决次数"),
    ("indicators", 0, {"method": "阶梯扣分", "deduction": Decimal(1)}, "缺：级差"),
    ("indicators", 0, {"method": "百分比计分制"}, "缺：封顶"),
    ("indicators", 1, {"cap": None}, "通过"),
    ("indicators", 1, {"effect": "等级封顶"}, "提醒：用不到，没有用上：整表影响"),
    ("indicators", 2, {"cap": None, "definition": None}, "缺：封顶"),
    ("indicators", 2, {"definition": None}, "提醒：没有写评分标准"),
    ("indicators", 2, {"unit": "分"}, "提醒：用不到，没有用上：单位"),
    ("indicators", 1, {"section": None}, "提醒：没有填分项，按上一行的“关键”读"),
    ("indicators", 2, {"weight": Decimal("0.1")}, "提醒：用不到，没有用上：权重"),
    ("indicators", 1, {"method": "主观评分"}, "“评分档位”表中没有这个指标的档位"),
    ("elements", 0, {"scheme": "monthly"}, "这个方案不是能力考核"),
    ("elements", 0, {"peer": Decimal("0.3")}, "评价人权重合计90%，差10%"),
    (
        "elements",
        0,
        {"peer": None, "customer": Decimal("0.4")},
        "客户参与评价，须写明向客户提的问题",
    ),
    ("steps", 0, {"item": "slow"}, "该方案中没有“slow”"),
    ("steps", 0, {"low": None, "share": None}, "缺：界限、得分比例"),
    ("steps", 0, {"kind": "评分档"}, "档位种类应为“阶梯”"),
    ("grades", 1, {"name": "优秀"}, "等级与第5行重复"),
    ("raters", 0, {"ratee": "002"}, "“员工名册”表中没有“002”"),
    ("raters", 0, {"ratee": "1"}, "“员工名册”表中没有“1”"),
    ("raters", 0, {"rater_id": "AB"}, "“员工名册”表中没有“AB”"),
    ("raters", 0, {"ratee_name": "乙"}, "提醒：姓名与工号不符，名册里是甲"),
    ("raters", 0, {"rater_id": "001"}, "评价人不能是被评人自己"),
    ("figures", 2, {}, "待填"),
    ("figures", 0, {"period": None}, "缺：考核月份"),
    ("figures", 0, {"employee": "002"}, "“员工名册”表中没有“002”"),
    ("figures", 0, {"name": "乙"}, "提醒：姓名与工号不符，名册里是甲"),
    ("figures", 0, {"indicator": "速度"}, "该员工的方案中没有“速度”"),
    ("figures", 2, {"indicator": "销售"}, "与第6行重复"),
    ("settings", 0, {"setting": None, "value": "甲"}, "缺：设置项"),
    ("settings", 0, {"setting": "汇总表加密", "value": "要"}, "汇总表加密请写 是 或 否"),
    ("mappings", 0, {"target": None}, "缺：对应指标"),
    ("mappings", 0, {"how": "加权平均"}, "加权平均要写除以或加权列"),
    ("mappings", 0, {"by": "人数"}, "这里要选加权平均或求和相除"),
    ("mappings", 0, {"how": "占比"}, "占比要写条件，如 是、满意、评价=满意"),
    ("mappings", 0, {"target": "工号", "how": "求和"}, "提醒：只有指标的列用得到汇总方式"),
]


@pytest.mark.parametrize(("sheet", "row", "entered", "said"), CASES)
def test_the_check_says(sheet: str, row: int, entered: dict[str, CellValue], said: str) -> None:
    rows = small()
    rows[sheet][row] |= entered
    assert checks(rows, sheet)[row] == said


@pytest.mark.parametrize("sheet", [spec.key for spec in SHEETS if spec.key != "figures"])
def test_nothing_is_said_against_a_whole_master(sheet: str) -> None:
    assert set(checks(small(), sheet)) == {"通过"}


def test_every_sheet_is_tried() -> None:
    assert {spec.key for spec in SHEETS} == {sheet for sheet, *_ in CASES}


def test_duplicates_are_named_where_they_come_second() -> None:
    rows = small()
    rows["roster"][1]["id"] = "001"
    assert checks(rows, "roster") == ["通过", "工号与第5行重复"]


@pytest.mark.parametrize(
    ("share", "total", "said"),
    [
        (Decimal("0.35"), Decimal("0.95"), "占用时间合计95%，差5%"),
        (Decimal("0.455"), Decimal("1.055"), "占用时间合计105.5%，多5.5%"),
        (Decimal("0.4000001"), Decimal("1.0000001"), "通过"),
    ],
)
def test_the_times_of_a_position_total_100(share: Decimal, total: Decimal, said: str) -> None:
    rows = small()
    rows["duties"][1]["share"] = share
    assert checks(rows, "positions", "total")[0] == str(total)
    assert checks(rows, "positions")[0] == said


def test_the_weights_of_a_scheme_total_100() -> None:
    rows = small()
    rows["indicators"][0]["weight"] = Decimal("0.6")
    rows["elements"][0]["weight"] = Decimal("1.1")
    assert checks(rows, "schemes") == ["权重合计90%，差10%", "权重合计110%，多10%"]


def test_a_scheme_needs_grades() -> None:
    rows = small()
    del rows["grades"][2:]
    assert checks(rows, "schemes") == ["通过", "“等级系数”表中还没有这个方案"]


def test_the_scheme_of_an_employee() -> None:
    """The one that is named, else the position's, else one for everybody; never a competency one."""
    rows = small()
    rows["positions"].append({"id": "driver", "name": "司机", "superior": "甲", "department": "乙"})
    rows["schemes"].append({"id": "all", "name": "通用", "title": "通用", "form": "月度考核"})
    rows["roster"] = [
        {
            "id": str(number),
            "name": "甲",
            "department": "乙",
            "position": position,
            "scheme": scheme,
        }
        for number, (position, scheme) in enumerate(
            (("客服", None), ("客服", "通用"), ("客服", "all"), ("司机", None), ("客服", "能力"))
        )
    ]
    assert checks(rows, "roster", "used") == ["monthly", "all", "all", "all", ""]
    assert checks(rows, "roster", "used_name") == ["月度", "通用", "通用", "通用", "无"]


def test_an_employee_without_a_scheme_has_no_figures() -> None:
    rows = small()
    rows["schemes"][0]["positions"] = "质检"
    assert set(checks(rows, "figures")) == {"该员工没有适用的考核方案"}


def test_departments_are_offered_once_each() -> None:
    rows = small()
    rows["positions"].append({**rows["positions"][0], "id": "third"})
    assert checks(rows, "positions", "fresh") == ["客服部", "质检部", ""]
