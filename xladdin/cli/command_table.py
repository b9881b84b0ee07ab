"""Which commands there are, where they stand, and what each does in a line.

Whoever asks for help waits for nothing else: the module of a command is imported when it is typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, NamedTuple

import typer


class Entry(NamedTuple):
    """A command, or a group of them: an attribute of a module of this package."""

    module: str
    attribute: str
    told: str
    """The first paragraph of its help."""


COMMANDS: Mapping[str, Entry] = {
    "help": Entry(
        "help_command",
        "manual",
        "打开使用手册：怎样安装、一个月七步、每张表、每个按钮、每个函数，提示看不懂时怎么办。",
    ),
    "demo": Entry(
        "form_commands",
        "demo",
        "用示例公司走一遍全流程：读名册和数据，生成各种表，收回一个月的考核表，汇总，写反馈单和月度分析报告。",
    ),
    "init": Entry(
        "form_commands",
        "init",
        "写一个总表：名册、岗位、考核方案和每月数据都在里面，用 Excel 或 WPS 填写。",
    ),
    "generate": Entry(
        "form_commands",
        "generate",
        "生成每个员工的考核表；再次运行只补缺和更新，不会弄丢别人填过的表。",
    ),
    "check": Entry(
        "data_commands", "check", "检查总表、名册、数据和方案，列出全部问题；有错误时退出码为 1。"
    ),
    "rename": Entry(
        "scheme_commands",
        "rename",
        "岗位、方案或部门改名：总表里写到它的每一格一次改好（写入前留备份），并说出改了哪些格。",
    ),
    "month": Entry(
        "month_commands",
        "month",
        "开新月份：在总表里给每人每个指标加一行，沿用上月的目标；可以另写每个报数人的收数表。",
    ),
    "import": Entry(
        "data_commands",
        "import_",
        "把系统导出的数据写入总表的“月度目标与实际”；写入前在旁边留一份备份。",
    ),
    "collect": Entry(
        "data_commands",
        "collect",
        "收回填好的表：读出填的内容，重新计分，填入总表的空格，写一份收表清单。",
    ),
    "score": Entry("data_commands", "score", "不生成表，直接计算得分、等级和系数。"),
    "summary": Entry(
        "result_commands",
        "summary",
        "写一个月的汇总：排名、明细、等级分布、奖金、趋势、未交、评价人宽严、签批，各一张表。",
    ),
    "feedback": Entry(
        "result_commands",
        "feedback",
        "生成每个人的反馈单，一人一份：得分、趋势、优势与差距、改进计划、签字。",
    ),
    "calibrate": Entry(
        "calibrate_commands",
        "app",
        "绩效校准：写校准表给部门负责人，收回填好的，等级按校准后的算。",
    ),
    "appeals": Entry(
        "appeal_commands",
        "app",
        "申诉：列出没有答复的和剩下的工作日，答复，更正后的数记进台账。",
    ),
    "report": Entry("record_commands", "app", "由工单、会话、订单等服务数据写分析报告。"),
    "templates": Entry("template_commands", "app", "内置模板：岗位工作分析和考核方案。"),
    "scheme": Entry(
        "scheme_commands", "app", "考核方案：复制，由岗位工作分析起草，或由公司自己的考核表起草。"
    ),
    "period": Entry(
        "ledger_commands",
        "period",
        "考核月份：打开、关闭、写明原因后重新打开，列出谁在什么时候做的。",
    ),
    "ledger": Entry(
        "ledger_commands", "ledger", "绩效台账：核对、备份、恢复、查看里面有谁、按要求删除。"
    ),
    "evidence": Entry(
        "evidence_commands",
        "app",
        "仲裁证据包：打包一名员工的台账条目、原件和规则，离线核对有没有被改动。",
    ),
    "simulate": Entry(
        "decision_commands",
        "simulate",
        "方案试算：按总表里改过的方案，把台账里的月份重算一遍，看谁的等级会变、要多花多少奖金。",
    ),
    "addin": Entry("addin_commands", "app", "Excel 函数和加载项。"),
}


class LateCommands(Mapping[str, Any]):
    """The parser's commands by name, each made when it is asked for."""

    def __init__(self, entries: Mapping[str, Entry], kind: type[typer.Typer]) -> None:
        self.entries = entries
        self._kind = kind
        self._made: dict[str, Any] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = self._command(name, self.entries[name])
        return self._made[name]

    def _command(self, name: str, entry: Entry) -> Any:
        found = getattr(import_module(f"{__package__}.{entry.module}"), entry.attribute)
        group = self._kind(callback=_nothing)
        if isinstance(found, typer.Typer):
            group.add_typer(found, name=name)
        else:
            group.command(name)(found)
        return typer.main.get_command(group).commands[name]  # type: ignore[attr-defined]


def _nothing() -> None:
    """A group that holds one command only is a group all the same."""
