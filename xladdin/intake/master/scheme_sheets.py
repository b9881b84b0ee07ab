"""Sheets of the master workbook about schemes: schemes, indicators, elements, steps, grades."""

from __future__ import annotations

from xladdin.domain.methods import METHOD_LABELS

from .columns import RESTORED, Column, Kind, SheetSpec

SCHEME_ID = Column(
    "scheme",
    "方案编号",
    Kind.KEY,
    "属于哪个考核方案，从列表中选择。",
    22.0,
    True,
    refers="schemes.id",
)

SCHEMES = SheetSpec(
    "schemes",
    "考核方案",
    "每个方案一行。指标的权重合计必须是 100%，右边的检查列随时显示当前合计。",
    (
        Column(
            "id", "方案编号", Kind.KEY, "小写字母开头，只用小写字母、数字、下划线。", 24.0, True
        ),
        Column("name", "方案名称", Kind.TEXT, "给人看的名字，不能重复。", 26.0, True),
        Column("title", "表头标题", Kind.TEXT, "打印在表头上的标题（不含年月）。", 24.0, True),
        Column(
            "form",
            "表的种类",
            Kind.CHOICE,
            "月度考核、销售考核 或 能力考核。",
            11.0,
            True,
            choices=("月度考核", "销售考核", "能力考核"),
        ),
        Column("form_no", "表单编号", Kind.KEY, "印在表上的编号，可以不填。", 12.0),
        Column("version", "版本", Kind.WHOLE, "改动后加 1。", 7.0),
        Column("positions", "适用岗位", Kind.NAMES, "多个用顿号隔开；不填表示所有岗位。", 22.0),
        Column("weights_editable", "权重可改", Kind.YES_NO, "表上的权重能不能改。", 9.0),
        Column("cap", "总分上限", Kind.NUMBER, "加分以后最多多少分；不限写“无”。", 9.0),
        Column("floor", "总分下限", Kind.NUMBER, "减分以后最少多少分。", 9.0),
        Column("missing", "缺评处理", Kind.CHOICE, "能力考核：某来源没有评分时怎么办。", 16.0),
        Column(
            "least_peers",
            "同事最少人数",
            Kind.WHOLE,
            "能力考核：少于几人时不给本人看同事均值。",
            12.0,
        ),
        Column("bias_limit", "偏差上限", Kind.NUMBER, "能力考核：评价人偏离多少分时提示。", 9.0),
        Column(
            "stars", "星级对应", Kind.NAMES, "能力考核：1 至 5 星依次对应的等级，用顿号隔开。", 26.0
        ),
        Column("note", "说明", Kind.LONG, "能力考核：考核目的。", 40.0),
    ),
)

INDICATORS = SheetSpec(
    "indicators",
    "指标",
    "每个指标一行。先选计分方法，再填没有变灰的参数；加分项、减分项也写在这里，不占权重。",
    (
        SCHEME_ID,
        Column("section", "分项", Kind.TEXT, "如 关键KPI、综合能力；加减分项不填。", 12.0),
        Column("section_id", "分项编号", Kind.KEY, "小写字母、数字、下划线；不填自动编号。", 12.0),
        Column(
            "id", "指标编号", Kind.KEY, "小写字母开头，只用小写字母、数字、下划线。", 24.0, True
        ),
        Column("name", "指标名称", Kind.TEXT, "", 18.0, True),
        Column("weight", "权重", Kind.POINTS, "如 20%；同一方案合计 100%。", 8.0),
        Column("unit", "单位", Kind.CHOICE, "从列表中选择。", 8.0),
        Column("direction", "方向", Kind.CHOICE, "越高越好 或 越低越好。", 10.0),
        Column("target", "默认目标", Kind.MEASURE, "每人每月另有目标的可以不填。", 10.0),
        Column(
            "method",
            "计分方法",
            Kind.CHOICE,
            "从列表中选择；加分项、减分项不占权重。",
            13.0,
            True,
            choices=(*METHOD_LABELS.values(), "加分项", "减分项"),
        ),
        Column(
            "cap",
            "封顶",
            Kind.MEASURE,
            "百分比计分制填最高比例（如 120%）；扣分制、加减分项填最多分数。",
            8.0,
        ),
        Column("floor", "保底", Kind.MEASURE, "百分比计分制填最低比例；按时完成填最少分数。", 8.0),
        Column("zero_target", "目标为0时", Kind.CHOICE, "目标为 0 时算满分还是 0 分。", 10.0),
        Column("deduction", "每次扣分", Kind.NUMBER, "每次、每档或每天扣几分。", 9.0),
        Column("zero_at", "否决次数", Kind.NUMBER, "达到几次该项为 0 分（含本数）。", 9.0),
        Column("effect", "整表影响", Kind.CHOICE, "否决时对总分或等级的影响，可以不填。", 11.0),
        Column(
            "effect_grade", "封顶等级", Kind.TEXT, "整表影响为“等级封顶”时填最好能得的等级。", 10.0
        ),
        Column("basis", "比较依据", Kind.CHOICE, "阶梯、线性：和实际值比还是和完成率比。", 10.0),
        Column(
            "inclusive",
            "含界限",
            Kind.YES_NO,
            "刚好等于界限算达到写“是”（不填也算），不算写“否”。",
            8.0,
            choices=("是", "否"),
        ),
        Column("below", "最低档以下", Kind.RATIO, "一档都没达到时的得分比例。", 10.0),
        Column("step", "级差", Kind.MEASURE, "阶梯扣分：每差多少扣一次。", 8.0),
        Column("started", "不足一级", Kind.CHOICE, "不足一级怎样算。", 10.0),
        Column("bound", "达标线", Kind.MEASURE, "达标制：固定的达标线；不填则和目标比。", 9.0),
        Column("measure", "计量方式", Kind.CHOICE, "按时完成：填迟交天数还是日期。", 10.0),
        Column("definition", "指标定义/计算公式", Kind.LONG, "加减分项填评分标准。", 34.0),
        Column("way", "数据来源方式", Kind.TEXT, "系统抓取、手工统计、主观考核等。", 12.0, True),
        Column("post", "数据来源岗位", Kind.TEXT, "由谁提供。", 12.0, True),
        Column("source_form", "数据来源表单", Kind.TEXT, "", 14.0),
        Column("due", "截止时间", Kind.TEXT, "如 次月3日前。", 12.0),
        Column("remark", "备注", Kind.LONG, "", 26.0),
        RESTORED,
    ),
)

ELEMENTS = SheetSpec(
    "elements",
    "能力要素",
    "能力考核方案的要素。权重合计 100%；四类评价人的权重合计也必须是 100%，自评一般为 0。",
    (
        SCHEME_ID,
        Column(
            "id", "要素编号", Kind.KEY, "小写字母开头，只用小写字母、数字、下划线。", 18.0, True
        ),
        Column("name", "要素名称", Kind.TEXT, "", 18.0, True),
        Column("weight", "权重", Kind.POINTS, "如 20%；同一方案合计 100%。", 8.0, True),
        Column("behaviours", "行为要点", Kind.LINES, "每条一行（Alt+Enter 换行）。", 44.0, True),
        Column("self", "自评权重", Kind.POINTS, "一般为 0，只作参考。", 9.0),
        Column("superior", "主管权重", Kind.POINTS, "", 9.0),
        Column("peer", "同事权重", Kind.POINTS, "", 9.0),
        Column("customer", "客户权重", Kind.POINTS, "", 9.0),
        Column("question", "向客户提的问题", Kind.LONG, "有客户权重时必填。", 32.0),
    ),
)

STEPS = SheetSpec(
    "steps",
    "评分档位",
    "阶梯、主观评分、线性插值的各档，以及能力要素的等级描述；按从好到差排列。",
    (
        SCHEME_ID,
        Column(
            "item",
            "指标编号",
            Kind.KEY,
            "哪个指标或要素，从列表中选择。",
            24.0,
            True,
            ("要素编号",),
        ),
        Column(
            "kind",
            "档位种类",
            Kind.CHOICE,
            "阶梯、评分档、线性端点 或 等级描述。",
            12.0,
            True,
            choices=("阶梯", "评分档", "线性端点", "等级描述"),
        ),
        Column(
            "low",
            "界限",
            Kind.MEASURE,
            "阶梯、线性的界限；评分档的最低分。",
            10.0,
            False,
            ("下限",),
        ),
        Column("high", "上限", Kind.MEASURE, "评分档的最高分。", 10.0),
        Column("share", "得分比例", Kind.RATIO, "阶梯、线性：得权重的百分之几。", 10.0),
        Column("text", "描述", Kind.LONG, "评分档、等级描述的文字。", 50.0),
    ),
)

GRADES = SheetSpec(
    "grades",
    "等级系数",
    "每个等级一行，从高到低；只写下限，最后一级不写下限表示其余。能力考核还要填分值。",
    (
        SCHEME_ID,
        Column("name", "等级", Kind.TEXT, "如 优秀。", 10.0, True),
        Column("sign", "符号", Kind.CHOICE, "≥ 含下限，＞ 不含下限。", 7.0, choices=("≥", "＞")),
        Column("lower", "下限", Kind.NUMBER, "从多少分起；最后一级不填。", 9.0),
        Column("upper", "上限", Kind.NUMBER, "印在表上的最高分，只用来检查有没有空档。", 9.0),
        Column("coefficient", "奖金系数", Kind.NUMBER, "绩效奖金系数。", 10.0),
        Column("points", "分值", Kind.NUMBER, "能力考核：这个等级算几分。", 8.0),
        Column("reward", "奖励与改进", Kind.LONG, "", 36.0),
        RESTORED,
    ),
)
