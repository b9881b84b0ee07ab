"""What defends a machine against Office files, and stands in the way of an add-in that starts Python.

Attack surface reduction is Microsoft Defender's; its rules and their states are told by Microsoft
("Attack surface reduction rules reference"): 1 blocks, 2 writes it down only, 6 asks the user.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from . import logon_server
from .findings import Finding, broken, ok, remark
from .machine import Machine

GUARD = r"Windows Defender Exploit Guard\ASR\Rules"
BY_RULE = (
    rf"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\{GUARD}",
    rf"HKLM\SOFTWARE\Microsoft\Windows Defender\{GUARD}",
)
"""Keys with a value for each rule: of the company's policy, of the machine itself."""
MANAGED = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager"
"""Where a management service writes them into one value."""
MANAGED_RULES = "ASRRules"
BLOCKS, ASKS = "1", "6"
ASK_IT = "请把这一行发给单位的 IT，请他们"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that concerns the add-in: what it forbids, and what to ask for."""

    id: str
    name: str
    stops: str
    ask: str


RULES = (
    Rule(
        "d4f940ab-401b-4efc-aadc-ad5f3c50688a",
        "阻止所有 Office 应用程序创建子进程",
        "Excel 启动不了 Python，函数和按钮都不能用",
        "为 {python} 加一条例外；或者运行 xladdin addin server --on，登录时先启动 Python，Excel 就不用启动它",
    ),
    Rule(
        "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b",
        "阻止从 Office 宏进行 Win32 API 调用",
        "加载项里调用 Python 的宏可能被拦下",
        "为 {add_in} 加一条例外",
    ),
    Rule(
        "75668c1f-73b5-4cf0-bb93-3ecf5cb7cc84",
        "阻止 Office 应用程序将代码注入其他进程",
        "Excel 和 Python 之间的连接可能被拦下",
        "为 {python} 加一条例外",
    ),
)


def attack_surface(machine: Machine) -> Finding:
    """Whether Defender's rules keep Excel from Python; the first rule that does."""
    states = {**dict(_managed(machine)), **dict(_by_rule(machine))}
    for rule in RULES:
        state = states.get(rule.id)
        if state not in (BLOCKS, ASKS) or (rule is RULES[0] and logon_server.is_on(machine)):
            continue
        ask = rule.ask.format(python=machine.python, add_in=machine.add_in)
        advice = f"{ASK_IT}{ask}（规则编号 {rule.id}）"
        message = f"Defender 的规则“{rule.name}”开着：{rule.stops}"
        # Only the first surely ends it, and only where nobody is asked.
        sure = state == BLOCKS and rule is RULES[0]
        return (broken if sure else remark)("attack_surface", message, advice)
    return ok("attack_surface", "Defender 的规则没有拦住 Excel 启动 Python")


def _by_rule(machine: Machine) -> Iterator[tuple[str, str]]:
    """Rule -> state; what the company says stands last."""
    for key in reversed(BY_RULE):
        for name, state in machine.registry(key).items():
            yield name.strip("{}").lower(), str(state).strip()


def _managed(machine: Machine) -> Iterator[tuple[str, str]]:
    told = str(machine.value(MANAGED, MANAGED_RULES) or "")
    for one in told.split("|"):
        name, _, state = one.partition("=")
        yield name.strip("{} ").lower(), state.strip()
