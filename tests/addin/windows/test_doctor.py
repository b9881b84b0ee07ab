"""Each thing that can keep the add-in from working, with its advice."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from xladdin.addin.glue import GlueChangedError
from xladdin.addin.windows import defences, runtime
from xladdin.addin.windows.doctor import examine
from xladdin.addin.windows.excel_settings import APP_PATH, CLICK_TO_RUN, WPS
from xladdin.addin.windows.findings import Finding, State
from xladdin.addin.windows.install import install
from xladdin.addin.windows.machine import Machine, mark_of

from . import fake

ROOT = Path(__file__).parents[3]
OK, REMARK, BROKEN = State.OK, State.REMARK, State.BROKEN
USER = r"HKCU\Software\Microsoft\Office\16.0"
POLICY = r"HKCU\Software\Policies\Microsoft\Office\16.0"
CLOUD = r"HKCU\Software\Policies\Microsoft\Cloud\Office\16.0"
SECURITY, LOCATIONS = r"Excel\Security", r"Excel\Security\Trusted Locations"
CRASHED = b"\1\0\0\0\x20\0\0\0" + "c:\\x\\XLSTART\\XLADDIN.xlam\0".encode("utf-16-le")
NO_EXCEL: Mapping[str, Mapping[str, object]] = {rf"HKLM\{APP_PATH}": {}, CLICK_TO_RUN: {}}


@dataclass(frozen=True)
class Case:
    """What differs from a sound machine, and what is found then."""

    name: str
    code: str
    state: State
    says: tuple[str, ...]
    registry: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    change: Callable[[Machine], object] = lambda _: None
    bits: int = 64


def drop(name: str) -> Callable[[Machine], None]:
    return lambda machine: (Path(machine.python).parent.parent / name).unlink()


def conf(content: bytes) -> Callable[[Machine], object]:
    return lambda machine: machine.conf.write_bytes(content)


def level(
    place: str, value: int, *, locations: tuple[str, int] | None = None
) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {rf"{place}\{SECURITY}": {"VBAWarnings": value}}
    if locations:
        found[rf"{locations[0]}\{LOCATIONS}"] = {"AllLocationsDisabled": locations[1]}
    return found


def switch(place: str, key: str, name: str) -> dict[str, dict[str, object]]:
    return {rf"{place}\{key}": {name: 1}}


def other_python(machine: Machine) -> None:
    other = fake.written(Path(machine.python).with_name("other.exe"))
    machine.conf.write_bytes(f'"INTERPRETER_WIN","{other}"'.encode())


CASES = (
    Case("sound: Windows", "windows", OK, ("Windows",)),
    Case("sound: Excel", "excel", OK, ("Excel 16.0.17", "64 位")),
    Case("32-bit Excel", "excel", OK, ("32 位",), bits=32),
    Case("no Excel", "excel", BROKEN, ("没有找到 Excel", "请安装电脑版 Excel"), NO_EXCEL),
    Case(
        "WPS answers in Excel's place",
        "excel",
        BROKEN,
        ("没有找到 Excel",),
        {
            rf"HKLM\{APP_PATH}": {"": r"C:\WPS\et.exe"},
            CLICK_TO_RUN: {},
            r"HKCR\Excel.Application\CurVer": {"": "Excel.Application.12"},
        },
    ),
    Case(
        "Excel not from Click-to-Run",
        "excel",
        OK,
        ("Excel 16.0", "64 位"),
        {CLICK_TO_RUN: {}},
    ),
    Case(
        "only Click-to-Run tells",
        "excel",
        OK,
        ("Excel 16.0.17", "64 位"),
        {rf"HKLM\{APP_PATH}": {}},
    ),
    Case(
        "nothing tells the bits",
        "excel",
        REMARK,
        ("看不出是 32 位还是 64 位", "关于 Excel"),
        {
            rf"HKLM\{APP_PATH}": {},
            rf"HKCU\{APP_PATH}": {"": r'"Z:\gone\EXCEL.EXE"'},
            CLICK_TO_RUN: {},
            r"HKCR\Excel.Application\CurVer": {"": "Excel.Application.15"},
        },
    ),
    Case("WPS too", "wps", REMARK, ("WPS", "请用 Excel 打开"), {WPS[0]: {"InstallRoot": "C:"}}),
    Case("sound: xlwings", "xlwings", OK, (runtime.XLWINGS,)),
    Case(
        "no xlwings",
        "no_xlwings",
        BROKEN,
        ("没有安装 xlwings", "pip install xladdin"),
        facts={"xlwings": None},
    ),
    Case(
        "another xlwings",
        "wrong_xlwings",
        BROKEN,
        ("0.99", runtime.XLWINGS, "pip install xladdin"),
        facts={"xlwings": "0.99"},
    ),
    Case("sound: pywin32", "pywin32", OK, ("pywin32",)),
    Case(
        "no pywin32",
        "pywin32",
        BROKEN,
        ("pip install --force-reinstall pywin32",),
        facts={"has_pywin32": False},
    ),
    Case("sound: paths", "path", OK, ("读得出",)),
    Case(
        "a code page without Chinese",
        "path",
        BROKEN,
        ("Python 的路径", "“张三”", "cp1252", "系统区域设置"),
        facts={"code_page": "cp1252", "python": r"C:\张三\python.exe"},
    ),
    Case("sound: settings", "conf", OK, ("xladdin.conf",)),
    Case(
        "settings saved as Unicode",
        "conf",
        BROKEN,
        ("Unicode", "xladdin addin install"),
        change=conf(b'\xef\xbb\xbf"A","B"'),
    ),
    Case(
        "settings with bad lines",
        "conf",
        BROKEN,
        ("第 1、3 行", '"名称","值"'),
        change=conf(b'\r\n"A","B"\r\nC\r\n'),
    ),
    Case("sound: Python", "python", OK, ("python.exe",)),
    Case(
        "no settings",
        "python",
        BROKEN,
        ("没有", "登记 Python", "xladdin addin install"),
        change=lambda machine: machine.conf.unlink(),
    ),
    Case(
        "settings without Python",
        "python",
        BROKEN,
        ("登记 Python", "xladdin addin install"),
        change=conf(b'"SHOW CONSOLE","True"'),
    ),
    Case(
        "Python has moved",
        "python",
        BROKEN,
        ("不在了", "xladdin addin install"),
        change=drop("Scripts/python.exe"),
    ),
    Case(
        "settings in another encoding",
        "python",
        BROKEN,
        ("不在了", "xladdin addin install"),
        change=conf('"INTERPRETER_WIN","C:\\张三\\python.exe"'.encode()),
    ),
    Case("another Python", "python", REMARK, ("另一个 Python", "other.exe"), change=other_python),
    Case(
        "this Python is not to be found",
        "python",
        REMARK,
        ("另一个 Python",),
        facts={"python": ""},
    ),
    Case("sound: DLL", "dll", OK, (f"xlwings64-{runtime.XLWINGS}.dll",)),
    Case("sound: DLL of 32 bits", "dll", OK, (f"xlwings32-{runtime.XLWINGS}.dll",), bits=32),
    Case(
        "DLL beside Python",
        "dll",
        OK,
        ("Scripts",),
        change=lambda machine: fake.written(
            Path(machine.python).with_name(f"xlwings64-{runtime.XLWINGS}.dll")
        ),
    ),
    Case(
        "no DLL",
        "dll",
        BROKEN,
        (f"没有 xlwings64-{runtime.XLWINGS}.dll", "Scripts", "venv", "python -m venv"),
        change=drop(f"xlwings64-{runtime.XLWINGS}.dll"),
    ),
    Case(
        "no DLL of 32 bits",
        "dll",
        BROKEN,
        (f"没有 xlwings32-{runtime.XLWINGS}.dll", "python -m venv"),
        change=drop(f"xlwings32-{runtime.XLWINGS}.dll"),
        bits=32,
    ),
    Case(
        "one DLL, nobody knows for which Excel",
        "dll",
        OK,
        ("xlwings32",),
        NO_EXCEL,
        change=drop(f"xlwings64-{runtime.XLWINGS}.dll"),
    ),
    Case("sound: add-in", "addin", OK, ("已安装", "XLSTART")),
    Case(
        "no add-in",
        "addin",
        BROKEN,
        ("没有安装加载项", "请运行 xladdin addin install"),
        change=lambda machine: (machine.add_in.unlink(), machine.conf.unlink()),
    ),
    Case(
        "the add-in is gone, its settings are there",
        "addin",
        BROKEN,
        ("没有安装加载项", "隔离区", "xladdin addin install"),
        change=lambda machine: machine.add_in.unlink(),
    ),
    Case(
        "an add-in that a company's program encrypts",
        "addin",
        BROKEN,
        ("加密软件加密了", "例外"),
        change=lambda machine: machine.add_in.write_bytes(b"%TSD-Header-###%"),
    ),
    Case(
        "an old add-in",
        "addin",
        BROKEN,
        ("旧版本", "请重新运行 xladdin addin install"),
        change=lambda machine: machine.add_in.write_bytes(b"PK\3\4 old"),
    ),
    Case(
        "an add-in that cannot be read",
        "addin",
        REMARK,
        ("读不出", "请关闭所有 Excel 窗口"),
        change=lambda machine: (machine.add_in.unlink(), machine.add_in.mkdir()),
    ),
    Case(
        "nothing to compare with",
        "addin",
        REMARK,
        ("看不出", "pip install"),
        facts={"xlwings": None},
    ),
    Case("sound: no mark", "blocked", OK, ("没有被拦截",)),
    Case(
        "a download's mark",
        "blocked",
        BROKEN,
        ("来自网络", "xladdin addin install"),
        change=lambda machine: fake.written(mark_of(machine.add_in)),
    ),
    Case("sound: not disabled", "disabled", OK, ("没有禁用",)),
    Case(
        "disabled after a crash",
        "disabled",
        BROKEN,
        ("禁用了这个加载项", "禁用项目"),
        {rf"{USER}\Excel\Resiliency\DisabledItems": {"AB12": CRASHED, "none": 0}},
    ),
    Case(
        "something else is disabled",
        "disabled",
        OK,
        (),
        {
            rf"{USER}\Excel\Resiliency\DisabledItems": {
                "AB12": CRASHED.replace("XLADDIN".encode("utf-16-le"), b"o\0")
            }
        },
    ),
    Case("sound: add-ins", "addins", OK, ("允许加载项",)),
    Case(
        "VBA is off",
        "addins",
        BROKEN,
        ("VBA 被关闭", "管理员"),
        switch(POLICY, "Common", "VBAOff"),
    ),
    Case(
        "no add-ins, by policy",
        "addins",
        BROKEN,
        ("禁用了所有加载项", "管理员"),
        switch(CLOUD, SECURITY, "DisableAllAddins"),
    ),
    Case(
        "no add-ins, by the user",
        "addins",
        BROKEN,
        ("禁用了所有加载项", "信任中心"),
        switch(USER, SECURITY, "DisableAllAddins"),
    ),
    Case(
        "only signed add-ins",
        "addins",
        BROKEN,
        ("数字签名", "信任中心"),
        switch(USER, SECURITY, "RequireAddinSig"),
    ),
    Case("sound: no rules", "attack_surface", OK, ("没有拦住",)),
    Case(
        "a rule only writes down",
        "attack_surface",
        OK,
        (),
        {defences.BY_RULE[0]: {defences.RULES[0].id: 2}},
    ),
    Case(
        "Office may start no other program",
        "attack_surface",
        BROKEN,
        ("创建子进程", "IT", "python.exe", defences.RULES[0].id),
        {defences.BY_RULE[1]: {defences.RULES[0].id.upper(): "1"}},
    ),
    Case(
        "Office asks before it starts another program",
        "attack_surface",
        REMARK,
        ("创建子进程",),
        {defences.MANAGED: {"ASRRules": f"x=1|{{{defences.RULES[0].id}}}=6"}},
    ),
    Case(
        "the company's rule wins over the machine's",
        "attack_surface",
        OK,
        (),
        {
            defences.BY_RULE[0]: {defences.RULES[0].id: "0"},
            defences.BY_RULE[1]: {defences.RULES[0].id: "1"},
        },
    ),
    Case(
        "macros may not call Windows",
        "attack_surface",
        REMARK,
        ("Win32 API", "xladdin.xlam"),
        {defences.BY_RULE[0]: {defences.RULES[1].id: 1}},
    ),
    Case("sound: macros", "macros", OK, ("宏可以运行",)),
    Case("macros asked for", "macros", OK, (), level(USER, 2)),
    Case("macros off", "macros", REMARK, ("Excel 的设置禁用了宏", "受信任位置"), level(USER, 4)),
    Case("unsigned macros off", "macros", REMARK, ("禁用了宏",), level(USER, 3)),
    Case("macros off by policy", "macros", REMARK, ("单位的策略禁用了宏",), level(POLICY, 4)),
    Case(
        "a policy wins",
        "macros",
        OK,
        (),
        level(POLICY, 1) | level(USER, 4),
    ),
    Case(
        "macros and places off",
        "macros",
        BROKEN,
        ("也被停用", "去掉“禁用所有受信任位置”"),
        level(USER, 4, locations=(USER, 1)),
    ),
    Case(
        "macros and places off by policy",
        "macros",
        BROKEN,
        ("也被停用", "管理员"),
        level(USER, 4, locations=(POLICY, 1)),
    ),
    Case(
        "places off",
        "macros",
        REMARK,
        ("每次打开 Excel 都会询问", "受信任位置"),
        level(USER, 2, locations=(USER, 1)),
    ),
    Case("places off, all macros on", "macros", OK, (), level(USER, 1, locations=(USER, 1))),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_finding(case: Case, tmp_path: Path) -> None:
    machine = fake.machine(tmp_path, bits=case.bits, registry=case.registry)
    install(machine, fake.build)
    case.change(machine)
    found = examine(replace(machine, **case.facts), fake.build)
    (finding,) = [it for it in found if it.code == case.code]
    assert finding.state is case.state
    told = finding.message + finding.advice
    assert [text for text in case.says if text not in told] == []
    assert bool(finding.advice) == (case.state is not OK)


def test_every_kind_of_finding_is_in_the_table(tmp_path: Path) -> None:
    machine = fake.machine(tmp_path)
    install(machine, fake.build)
    found = {it.code for it in examine(machine, fake.build)}
    assert found <= {case.code for case in CASES}


def test_a_sound_machine_has_nothing_to_tell(tmp_path: Path) -> None:
    machine = fake.machine(tmp_path)
    install(machine, fake.build)
    assert {it.state for it in examine(machine, fake.build)} == {OK}


def test_a_fresh_machine_has_only_to_install(tmp_path: Path) -> None:
    found = [it for it in examine(fake.machine(tmp_path), fake.build) if it.state is not OK]
    assert [it.code for it in found] == ["python", "addin"]
    assert {it.advice for it in found} == {runtime.INSTALL}


def test_it_changes_nothing(tmp_path: Path) -> None:
    machine = fake.machine(tmp_path)
    before = fake.tree(tmp_path)
    examine(machine, fake.build)
    assert fake.tree(tmp_path) == before


@pytest.mark.parametrize("there", [True, False])
def test_a_second_copy_in_the_other_start_folder(tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "start"
    options = {rf"{USER}\Excel\Options": {"AltStartup": str(folder)}}
    machine = fake.machine(tmp_path, registry=options)
    if there:
        fake.written(folder / "xladdin.xlam")
    found = [it for it in examine(machine, fake.build) if it.code == "twice"]
    assert [(it.state, str(folder) in it.advice) for it in found] == [(REMARK, True)] * there


def test_an_xlwings_that_somebody_changed(tmp_path: Path) -> None:
    def build() -> bytes:
        raise GlueChangedError

    machine = fake.machine(tmp_path)
    install(machine, fake.build)
    found = {it.code: it.state for it in examine(machine, build)}
    assert found["addin"] is REMARK


def test_another_system(tmp_path: Path) -> None:
    (found,) = examine(fake.machine(tmp_path, is_windows=False), fake.build)
    assert found.is_broken
    assert "xladdin addin build" in found.advice
    assert "xladdin addin lambdas" in found.advice


def test_the_version_of_xlwings_is_the_pinned_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"xlwings=={runtime.XLWINGS}" in project["dependencies"]


def test_as_plain_data() -> None:
    finding = Finding("dll", BROKEN, "没有", "请安装")
    assert finding.as_json() == {
        "code": "dll",
        "state": "error",
        "message": "没有",
        "advice": "请安装",
    }
    assert str(finding.as_problem()) == "没有。请安装。"
