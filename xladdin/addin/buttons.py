"""The ribbon's buttons: what each is called, what it does in a sentence or two, and its picture.

Written once: the ribbon's XML, the help workbook and the commands behind them all read it here.
A button stands here only when a command stands behind it.
"""

from __future__ import annotations

from dataclasses import dataclass

from xladdin.books.forms import (
    COMPETENCY_SUITE,
    JOB_SUITE,
    MONTHLY_SUITE,
    SLIP_SUITE,
    SUMMARY_SUITE,
    Suite,
)

TAB = "绩效助手"


@dataclass(frozen=True, slots=True)
class Button:
    """One button; ``id`` is the name of its command."""

    id: str
    label: str
    tip: str
    """What it does, shown while the mouse rests on it."""
    picture: str
    """One of Office's own pictures (imageMso)."""
    large: bool = False
    makes: Suite | None = None
    """The forms that it makes."""
    changes: bool = False
    """Whether it changes the open workbook: such a change can be taken back (撤销上一步)."""


@dataclass(frozen=True, slots=True)
class Group:
    """Buttons that stand together under a title."""

    id: str
    label: str
    buttons: tuple[Button, ...]


_MONTH = Group(
    "opening",
    "月初",
    (
        Button(
            "open_month",
            "开新月份",
            "在“月度目标与实际”里给在岗的每人、每个指标加一行：目标沿用上月，没有的用方案的默认目标；"
            "指标表里填了目标增长率的，按增长率。已有的行不动，可以再点，只补缺的。入职、离职、停薪的按日期。",
            "FunctionsDateTimeInsertGallery",
            large=True,
            changes=True,
        ),
        Button(
            "ask_figures",
            "收数表",
            "给每个报数人写一份收数表：他要报的所有人、所有指标都在一张表上，总表里已有的不用再报。"
            "填好交回来，和考核表一起点“收回考核表”。谁报数在“设置”里写“报数人：岗位”。",
            "FileSendAsAttachment",
        ),
    ),
)
_FORMS = Group(
    "forms",
    "考核表",
    (
        Button(
            "generate",
            "生成考核表",
            "为选中那一行的员工生成当月的考核表，存到总表旁边的文件夹，并马上打开。"
            "选中总表里任何一张有工号的表都可以；月份在“设置”里改。",
            "CreateReport",
            large=True,
            makes=MONTHLY_SUITE,
        ),
        Button(
            "batch",
            "批量生成",
            "选中几行就为这几个员工生成；只选一格时，为筛选后看得见的员工生成；没有筛选就是全部员工。"
            "开始前会先问一句，中途按 Esc 可以停下。",
            "DistributionListSelectMembers",
            large=True,
            makes=MONTHLY_SUITE,
        ),
        Button(
            "insert",
            "插入到本工作簿",
            "把选中员工的考核表作为一张新工作表放进当前打开的工作簿，不另存文件。",
            "TableInsert",
            makes=MONTHLY_SUITE,
            changes=True,
        ),
        Button(
            "print",
            "打成PDF",
            "把考核表打成 PDF，一个部门一份，按名册的顺序，放在“打印”文件夹：打开它，一次打印全部。"
            "为谁打，和“批量生成”一样选；没有生成过的先生成，填过的照填的打。",
            "FilePrintQuick",
            makes=MONTHLY_SUITE,
        ),
    ),
)
_OTHERS = Group(
    "others",
    "其他表格",
    (
        Button(
            "job",
            "工作分析表",
            "生成选中员工所在岗位的工作分析表；在“岗位”“职责”等表里选中一行，就是那个岗位的。",
            "FilePrepareMenu",
            makes=JOB_SUITE,
        ),
        Button(
            "rating",
            "评分表",
            "生成选中员工的能力评分表：自评、主管、同事、客户各一份，外加人力资源用的绩效总结。"
            "同事和客户的表不写评价人姓名，只有编号。",
            "ReviewAcceptChange",
            makes=COMPETENCY_SUITE,
        ),
        Button(
            "summary",
            "个人总结",
            "生成选中员工的个人工作总结表，岗位职责已经填好。",
            "ReviewNewComment",
            makes=SUMMARY_SUITE,
        ),
    ),
)
_RESULTS = Group(
    "results",
    "回收",
    (
        Button(
            "collect",
            "收回考核表",
            "选一个放着收到的表的文件夹（里面可以有压缩包）：读出填的内容，填入总表的空格，写一份收表清单。"
            "收的时候总表会关闭，收完再打开；总表里有的数不会改，要改的先在收表清单里选。",
            "FileOpen",
            large=True,
            changes=True,
        ),
        Button(
            "returns",
            "收表清单",
            "打开当月的收表清单：谁交了，谁没交，哪里有问题，哪些要您决定。在“待定”里选好、保存、关闭，再收一次。",
            "ReviewTrackChangesMenu",
        ),
        Button(
            "month",
            "月度汇总",
            "写当月的汇总：排名、明细、等级分布、奖金、趋势、未交、签批，各一张表，并马上打开。",
            "PivotTableInsert",
        ),
        Button(
            "slip",
            "反馈单",
            "生成选中员工当月的绩效反馈单，一人一份：得分、趋势、优势与差距、改进计划、签字。"
            "还没有总分的不生成，会说明缺什么。",
            "ReviewShowOrHideComment",
            makes=SLIP_SUITE,
        ),
        Button(
            "print_slips",
            "反馈单打成PDF",
            "把反馈单打成 PDF，一个部门一份，按名册的顺序，用来面谈和签字；有打开密码的，PDF 用同一个密码。",
            "PrintPreviewAndPrint",
            makes=SLIP_SUITE,
        ),
        Button(
            "close",
            "关闭本月",
            "关闭“设置”里的考核月份：台账不再接收这个月的表和得分。开始前会先问一句。",
            "SheetProtect",
        ),
    ),
)
_DECIDING = Group(
    "deciding",
    "决定",
    (
        Button(
            "calibrate",
            "校准表",
            "写当月的校准表，全公司一份、每个部门一份：校准前后的等级、理由、各等级人数和要求、奖金。"
            "部门负责人填好以后，和别的表一样收回来，台账记下谁、什么时候、为什么改。",
            "SortDialog",
        ),
        Button(
            "appeals",
            "申诉清单",
            "列出反馈单上收回来、还没有答复的申诉：哪一项、认为应是多少、理由、离答复期限还有几个工作日，逾期的标出来。"
            "选成立或不成立，成立的写更正为多少，填好以后和别的表一样收回来，更正记进台账。",
            "ReviewAcceptOrRejectChangeDialog",
        ),
        Button(
            "simulate",
            "方案试算",
            "在总表里改好方案（权重、档位、等级、系数），先不用保存：按改过的方案把台账里的月份重算一遍，"
            "看谁的等级会变、要多花多少奖金，写成一份试算表并打开。台账和总表都不会改。",
            "WhatIfAnalysisMenu",
            large=True,
        ),
        Button(
            "evidence",
            "证据包",
            "为选中的一名员工打仲裁证据包：几个月里收回的表、得分、规则和台账的指纹，放进一个压缩包，"
            "以后可以核对有没有被改动。他人的评分不放进去。",
            "FileCreateDocumentWorkspace",
        ),
    ),
)
_REPORTS = Group(
    "reports",
    "报表",
    (
        Button(
            "report_month",
            "月度分析",
            "选一个放着工单等服务数据的文件夹，写“设置”里那个月的客服月度分析报告，并马上打开："
            "总体情况、客户问题、满意度、时段、客服排名、趋势、分析与措施。点报告里的数，可以看到它是从哪些行来的。",
            "ChartInsert",
            large=True,
        ),
        Button(
            "report_shop",
            "店铺分析",
            "选一个放着会话、订单、工单的文件夹，写“设置”里那个月的店铺客服分析报告，并马上打开："
            "工作量、满意度、咨询转化、付款转化、平台口径。",
            "ChartTypeColumnInsertGallery",
        ),
        Button(
            "report_debrief",
            "述职分析",
            "写一年的客服述职报告：去年和今年逐月比，考核结果取自台账。选中几行就为这几个人写；"
            "没有选中人（如点一下表头）就为全部的人和各部门写。年份会先问一句；没有服务数据也可以写，留空格自己填。",
            "ChartTypeLineInsertGallery",
        ),
    ),
)
_MASTER = Group(
    "master",
    "总表",
    (
        Button(
            "create",
            "新建总表",
            "新建一个总表：名册、岗位、考核方案和每月数据都填在里面。选公司的种类（电商客服、培训、物业、呼叫中心、空白），"
            "岗位和方案就配好了；也可以带上示例公司的数据先看看。",
            "FileNew",
        ),
        Button(
            "check",
            "检查本表",
            "检查当前打开的总表：错误的格变红，提醒的格变黄，并列成一张“检查结果”，点单元格就跳过去。"
            "改好后再点一次，上次的颜色会去掉，自己填的颜色不变。",
            "Spelling",
            changes=True,
        ),
        Button(
            "from_form",
            "从考核表建方案",
            "选一份公司自己的考核表（一张或每人一张，空白的或填好的），起草成考核方案，写进当前打开的总表。"
            "没有读懂的评分标准先按主观评分，并逐条列出；填好的表会重算一遍，和表里的得分对照。",
            "GetExternalDataFromText",
            changes=True,
        ),
        Button(
            "copy_scheme",
            "复制方案",
            "照一个月度或销售考核方案再建一个：指标、档位、等级一起复制到总表里，再改权重和内容。",
            "Copy",
            changes=True,
        ),
        Button(
            "rename",
            "改名",
            "岗位、方案或部门换名称：总表里写到它的每一格一次改好，改之前先列出是哪些格。"
            "编号不变，发出去的表和历史成绩照样对得上。",
            "ReplaceDialog",
            changes=True,
        ),
        Button(
            "undo",
            "撤销上一步",
            "撤销绩效助手的按钮对当前工作簿做的上一步改动（收回考核表、插入考核表、检查本表、改名、复制方案、从考核表建方案等），"
            "先说撤的是哪一步、再问一句；可以一步一步往回撤，保留 14 天。自己后来改的格先问再动。"
            "生成到文件夹里的表、台账里收下的表，不在此列：它们不在这个工作簿里。",
            "Undo",
            changes=True,
        ),
        Button(
            "settings",
            "设置",
            "打开总表的“设置”：公司名称、考核月份、考核表存放的文件夹。",
            "PropertySheet",
            changes=True,
        ),
    ),
)
_HELP = Group(
    "help",
    "帮助",
    (
        Button(
            "help",
            "帮助",
            "打开使用说明：每个按钮和每个函数做什么，出了问题怎么办。",
            "Help",
            large=True,
        ),
    ),
)
GROUPS = (_MONTH, _FORMS, _OTHERS, _RESULTS, _DECIDING, _REPORTS, _MASTER, _HELP)
"""From left to right."""


def buttons() -> tuple[Button, ...]:
    """All buttons, from left to right."""
    return tuple(button for group in GROUPS for button in group.buttons)
