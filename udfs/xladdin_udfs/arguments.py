"""The arguments of the worksheet functions, with what Excel's function wizard says of them.

Every one is handed over as rows of cells, with error values as their text: xlwings would turn a
column into a flat list, and ``#N/A`` into a blank.
"""

from typing import Annotated, Any, TypeAlias

from xladdin.domain.methods import RULES
from xladdin.domain.quantities import FACTS

CELLS: dict[str, Any] = {"ndim": 2, "err_to_str": True}

Actual: TypeAlias = Annotated[
    Any,
    CELLS | {"doc": "实际达成的数字，一个单元格或一列。次数、天数、评分也写在这里。空白不计分。"},
]
Target: TypeAlias = Annotated[
    Any, CELLS | {"doc": "目标值，和实际同一单位，一个单元格或一列。不看目标的方法可以留空。"}
]
Weight: TypeAlias = Annotated[
    Any,
    CELLS
    | {"doc": "权重，满分100分里占几分：20 和 20% 都是20分。小于1的数按百分比读；1分请写 1%。"},
]
Method: TypeAlias = Annotated[
    Any,
    CELLS
    | {"doc": f"计分方法：{'、'.join(rule.label for rule in RULES.values())}。不写就是第一种。"},
]
Options: TypeAlias = Annotated[
    Any,
    CELLS
    | {
        "doc": "方法的参数，用分号隔开，如 封顶=120%;保底=0、每次扣=2;否决次数=3、"
        "阶梯=65%:100%,60%:90%;其余=0、方向=低、单位=秒。写错时会提示能写什么。"
    },
]
Scheme: TypeAlias = Annotated[
    Any,
    CELLS
    | {
        "doc": "考核方案的编号或名称：打开的总表里的（以上次保存的为准），或内置的，如 "
        "online_shop_monthly。不写用店铺网站客服月度绩效考核。"
    },
]
Rated: TypeAlias = Annotated[
    Any,
    CELLS
    | {
        "doc": "能力考核方案的编号或名称：打开的总表里的（以上次保存的为准），或内置的。"
        "不写用客服能力考核。"
    },
]
Indicator: TypeAlias = Annotated[Any, CELLS | {"doc": "指标的编号或名称，如 日常询盘转换率。"}]
ItemActual: TypeAlias = Annotated[
    Any,
    CELLS
    | {
        "doc": '实际达成，一个单元格或一列。超过100%的比例请写成文字，如 TEXT(A2,"0%")。空白不计分。'
    },
]
ItemTarget: TypeAlias = Annotated[Any, CELLS | {"doc": "目标值，不写用方案里的默认目标。"}]
Scores: TypeAlias = Annotated[
    Any,
    CELLS | {"doc": "得分：一行或一列是一个人的各项得分；多行多列时一行一个人，每人得一个总分。"},
]
Bonus: TypeAlias = Annotated[
    Any,
    CELLS
    | {
        "doc": "加分，写正数，超过方案上限的部分不计。加减分写在一格（如K2）里时，"
        "这里写 MAX(K2,0)，减分写 MAX(-K2,0)。"
    },
]
Deduction: TypeAlias = Annotated[Any, CELLS | {"doc": "减分，写正数，超过方案上限的部分不计。"}]
Total: TypeAlias = Annotated[Any, CELLS | {"doc": "最终得分，一个单元格或一列。空白还是空白。"}]
Everyone: TypeAlias = Annotated[Any, CELLS | {"doc": "所有人的最终得分，一列。空白和缺项的不算。"}]
Shares: TypeAlias = Annotated[
    Any, CELLS | {"doc": "各等级的比例，从最好的等级起，合计100，如 10/20/50/15/5（不写就是它）。"}
]
Own: TypeAlias = Annotated[
    Any,
    CELLS | {"doc": "自评：等级或分值，只作参考。主管评是一列时一行一个人，否则都算同一个人的。"},
]
Superior: TypeAlias = Annotated[Any, CELLS | {"doc": "主管评：等级（如 优秀）或分值。没有就留空。"}]
Peers: TypeAlias = Annotated[
    Any, CELLS | {"doc": "同事评：一个或多个等级或分值，取平均。没有就留空，不会当成0分。"}
]
Customers: TypeAlias = Annotated[
    Any, CELLS | {"doc": "客户评：一个或多个1至5星，或等级。没有就留空，不会当成0分。"}
]
Subordinates: TypeAlias = Annotated[
    Any, CELLS | {"doc": "下级评：一个或多个等级，或分值。没有就留空，不会当成0分。"}
]
Element: TypeAlias = Annotated[
    Any,
    CELLS | {"doc": "要素的编号或名称，如 沟通能力：按它的评价人权重计算。不写按整份考核的权重。"},
]
TimeShares: TypeAlias = Annotated[
    Any, CELLS | {"doc": "各项工作的占用时间，如 30% 或 30，选中整列数字。空白不算。"}
]
DutyText: TypeAlias = Annotated[
    Any, CELLS | {"doc": "一项工作的文字，标准写在括号里，如 客户回访（每月不少于20次）。"}
]
FigureText: TypeAlias = Annotated[
    Any, CELLS | {"doc": "导出或手填的数字，如 ９５％、00:02:23、1,234.50。-- 和空白读作没有。"}
]
UnitName: TypeAlias = Annotated[
    Any, CELLS | {"doc": f"单位：{'、'.join(facts.label for facts in FACTS.values())}。"}
]
Topic: TypeAlias = Annotated[
    Any,
    CELLS
    | {
        "doc": "想看什么：函数、方案、计分方法，或者一个方案、方法、函数的名称。不写列出这些。结果是一张表，"
        "旧版 Excel 先选几行几列，写好后按 Ctrl+Shift+Enter。"
    },
]
