"""What the registry tells about Excel, and which of its settings keep an add-in out."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from .findings import Finding, broken, ok, remark
from .machine import Machine

CLICK_TO_RUN = r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
APP_PATH = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
WPS = (
    r"HKCU\Software\Kingsoft\Office\6.0\Common",
    r"HKLM\SOFTWARE\Kingsoft\Office\6.0\Common",
    r"HKLM\SOFTWARE\WOW6432Node\Kingsoft\Office\6.0\Common",
)
OFFICE = r"HKCU\Software\Microsoft\Office"
POLICIES = (
    r"HKCU\Software\Policies\Microsoft\Cloud\Office",
    r"HKCU\Software\Policies\Microsoft\Office",
)
PLATFORMS = {"x86": 32, "x64": 64}
MACHINES = {0x014C: 32, 0x8664: 64}
"""The processors in an exe's header."""
DEFAULT_VERSION = "16.0"
UNSIGNED_OFF, ALL_OFF, ALL_ON = 3, 4, 1
SWITCHES = (
    ("Common", "VBAOff", "Office 的 VBA 被关闭"),
    (r"Excel\Security", "DisableAllAddins", "Excel 禁用了所有加载项"),
    (r"Excel\Security", "RequireAddinSig", "Excel 只允许有数字签名的加载项，这个加载项没有签名"),
)


@dataclass(frozen=True, slots=True)
class Excel:
    """An installed Excel; no version or bits where nothing tells them."""

    version: str
    bits: int | None


def excel_of(machine: Machine) -> Excel | None:
    """Excel, if it is installed.

    That programs can ask for Excel (``HKCR\\Excel.Application``) proves nothing: WPS answers too.
    """
    path = _program(machine)
    suite = machine.registry(CLICK_TO_RUN)
    if path is None and not suite:
        return None
    inside = re.search(r"(?i)office(\d+)", str(path)) if path else None
    version = suite.get("versiontoreport") or (f"{inside[1]}.0" if inside else _answering(machine))
    bits = (_bits(path) if path else None) or PLATFORMS.get(str(suite.get("platform")).lower())
    return Excel(str(version), bits)


def installed(machine: Machine) -> Finding:
    """Whether there is an Excel, and which."""
    excel = excel_of(machine)
    if excel is None:
        advice = "请安装电脑版 Excel；WPS、网页版和手机版 Excel 都不能用这个加载项"
        return broken("excel", "没有找到 Excel", advice)
    name = f"Excel {excel.version}".strip()
    if excel.bits is None:
        advice = "请在 Excel 的“文件 → 帐户 → 关于 Excel”里看一下；加载项对两种都可用"
        return remark("excel", f"{name}，看不出是 32 位还是 64 位", advice)
    return ok("excel", f"{name}，{excel.bits} 位")


def wps(machine: Machine) -> Finding | None:
    """A word about WPS, where it is installed."""
    if not any(map(machine.registry, WPS)):
        return None
    advice = (
        "请用 Excel 打开工作簿（右键 → 打开方式 → Excel）；在 WPS 里没有这个加载项的函数和选项卡"
    )
    return remark("wps", "也装了 WPS", advice)


def macros(machine: Machine) -> Finding:
    """Whether macros run where the add-in lies."""
    level, by_policy = _setting(machine, r"Excel\Security", "VBAWarnings")
    locations = r"Excel\Security\Trusted Locations"
    untrusted, locked = _setting(machine, locations, "AllLocationsDisabled")
    off, who = level in (UNSIGNED_OFF, ALL_OFF), "单位的策略" if by_policy else "Excel 的设置"
    if untrusted != 1 and off:
        advice = (
            "启动文件夹默认是受信任位置，一般不受影响；如果加载项没有反应，请在“文件 → 选项 → 信任中心 "
            f"→ 受信任位置”里加上 {machine.add_in.parent}"
        )
        return remark("macros", f"{who}禁用了宏", advice)
    if untrusted != 1 or level == ALL_ON:
        return ok("macros", "宏可以运行")
    if off:
        return broken("macros", f"{who}禁用了宏，受信任位置也被停用", _trust(by_policy or locked))
    return remark("macros", "受信任位置被停用，每次打开 Excel 都会询问", _trust(locked))


def switched_off(machine: Machine) -> Finding:
    """Whether add-ins as such are forbidden."""
    for key, name, message in SWITCHES:
        value, by_policy = _setting(machine, key, name)
        if value == 1:
            own = "请在“文件 → 选项 → 信任中心 → 加载项”里去掉对应的勾"
            return broken("addins", message, _ask() if by_policy else own)
    return ok("addins", "Excel 允许加载项")


def disabled(machine: Machine) -> Finding:
    """Whether Excel has put the add-in on its list of what made it crash."""
    items = machine.registry(rf"{_user(machine)}\Excel\Resiliency\DisabledItems").values()
    # Bytes are lowered letter by letter, which is right for the ASCII of the name in UTF-16.
    name = machine.add_in.name.lower().encode("utf-16-le")
    if any(isinstance(item, bytes) and name in item.lower() for item in items):
        advice = (
            "请在 Excel 的“文件 → 选项 → 加载项”里，管理选“禁用项目”，转到，选中 xladdin 后启用"
        )
        return broken("disabled", "Excel 上次出错后禁用了这个加载项", advice)
    return ok("disabled", "Excel 没有禁用这个加载项")


def twice(machine: Machine) -> Finding | None:
    """A word about a second copy, in the start folder that a user may name besides XLSTART."""
    folder = machine.value(rf"{_user(machine)}\Excel\Options", "AltStartup")
    if not folder or not (Path(str(folder)) / machine.add_in.name).exists():
        return None
    advice = f"请删除 {Path(str(folder)) / machine.add_in.name}"
    return remark("twice", "另一个启动文件夹里还有一份加载项，会打开两次", advice)


def _program(machine: Machine) -> Path | None:
    for root in ("HKCU", "HKLM"):
        path = str(machine.value(rf"{root}\{APP_PATH}") or "").strip('" ')
        if PureWindowsPath(path).name.lower() == "excel.exe":
            return Path(path)
    return None


def _answering(machine: Machine) -> str:
    named = str(machine.value(r"HKCR\Excel.Application\CurVer") or "")
    _, _, number = named.rpartition(".")
    return f"{number}.0" if number.isdecimal() else ""


def _bits(program: Path) -> int | None:
    try:
        with program.open("rb") as stream:
            head = stream.read(4096)
        (header,) = struct.unpack_from("<I", head, 0x3C)
        return MACHINES.get(struct.unpack_from("<H", head, header + 4)[0])
    except (OSError, struct.error):
        return None


def _version(machine: Machine) -> str:
    """The name under which Office keeps its settings."""
    excel = excel_of(machine)
    found = re.match(r"\d+", excel.version) if excel else None
    return f"{found[0]}.0" if found else DEFAULT_VERSION


def _user(machine: Machine) -> str:
    return rf"{OFFICE}\{_version(machine)}"


def _places(machine: Machine) -> Iterator[tuple[str, bool]]:
    """Where settings are, and whether it is a policy: that one wins."""
    version = _version(machine)
    for root in POLICIES:
        yield rf"{root}\{version}", True
    yield rf"{OFFICE}\{version}", False


def _setting(machine: Machine, key: str, name: str) -> tuple[object | None, bool]:
    for place, by_policy in _places(machine):
        if (value := machine.value(rf"{place}\{key}", name)) is not None:
            return value, by_policy
    return None, False


def _trust(by_policy: bool) -> str:
    own = "请在“文件 → 选项 → 信任中心 → 受信任位置”里去掉“禁用所有受信任位置”的勾"
    return _ask() if by_policy else own


def _ask() -> str:
    return "这是单位统一设置的，请联系电脑管理员"
