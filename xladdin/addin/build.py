"""The finished add-in, made without Excel on any system; equal sources give equal bytes."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from xladdin.layout.writer import macro_workbook, saved_by_us
from xladdin.replacing import refused_file, replace_ours

from .addin_package import as_add_in, has_our_ribbon
from .buttons import TAB
from .glue import PROJECT, PYTHON, GlueChangedError, glue, own_source
from .vba import Module, class_module, document, project_bytes, standard
from .vba.modules import SHEET, WORKBOOK
from .wrapper import FUNCTIONS, Wrapper, wrapper

VBA_PROJECT = "XladdinVBA"
PROJECT_ID = "{6B1D52B4-7C0E-4F0B-9B5E-2A6D1F83C7A9}"
OWN_MODULES = ("XladdinProbe", "XladdinRibbon")
NOT_OURS = (
    "已经有这个文件，它不是生成的加载项，或者有人保存过，没有覆盖；"
    "请换一个文件名，确实要替换请加 --overwrite"
)
INTELLISENSE, FUNCTION_INFO = "_IntelliSense_", "FunctionInfo"
"""The sheet, and its first cell, by which Excel-DNA's IntelliSense (MIT) knows what an add-in's functions
do; who has not installed that sees nothing of it."""
SETTINGS = (
    ("ADD_WORKBOOK_TO_PYTHONPATH", "False"),
    ("Use UDF Server", "True"),
    ("Show Console", "False"),
    ("UDF Modules", FUNCTIONS),
)
"""Not which Python to start: even an empty row would hide what the user's own file says."""

INTERPRETER = "INTERPRETER_WIN"

TEXTS = (
    (f"{TAB}：没有完成",),
    (
        "Python 没有启动，没有做任何事。请点“开始 → 绩效助手 → 检查”（没有这一项的，打开“命令提示符”，运行 xladdin addin doctor），"
        "它会检查哪里不对、怎么办；照做以后重新打开 Excel。",
    ),
    (
        "Python 中途停了，这一步可能没有做完；已经生成的表都是完整的。"
        "请重新打开 Excel 再试一次；还是不行，请运行 xladdin addin doctor。",
    ),
    (f"{TAB}　正在启动，第一次要等几秒……",),
)
"""What the add-in says by itself: a title, without Python, when it was lost, while it starts."""


def build() -> bytes:
    """The .xlam file."""
    generated = wrapper()
    return add_in(modules(generated), generated)


def write(path: Path, *, overwrite: bool = False, interpreter: str = "") -> int:
    """Write the file, and say how many worksheet functions it brings.

    With an ``interpreter`` the add-in itself names it, and asks no settings of the user: for an add-in and a
    Python that both lie on a share.

    Over an older add-in of ours that nobody has saved since; over any other file only where told
    to.  Raises ProblemsFound where xlwings is missing or another one, or the file cannot be written.
    """
    if find_spec("xlwings") is None:
        raise refused_file("no_xlwings", "没有安装 xlwings，请运行 pip install xladdin", path)
    generated = wrapper()

    def made() -> bytes:
        return add_in(modules(generated), generated, interpreter)

    try:
        replace_ours(path, made, is_ours, overwrite=overwrite, not_ours=NOT_OURS, ending=".xlam")
    except GlueChangedError as error:
        message = "安装的 xlwings 版本不合适，请重新运行 pip install xladdin"
        raise refused_file("wrong_xlwings", message, path) from error
    return len(generated.help)


def is_ours(content: bytes) -> bool:
    """Whether a file is an add-in with our ribbon, as it was written here."""
    return saved_by_us(content) and has_our_ribbon(content)


def modules(generated: Wrapper) -> tuple[Module, ...]:
    """All VBA of the add-in."""
    return (
        document("ThisWorkbook", WORKBOOK, own_source("ThisWorkbook")),
        document("Sheet1", SHEET),
        document("Sheet2", SHEET),
        document("Sheet3", SHEET),
        document("Sheet4", SHEET),
        class_module(PYTHON, glue()),
        standard("xlwings_udfs", generated.text),
        *(standard(name, own_source(name)) for name in OWN_MODULES),
    )


def add_in(vba: Sequence[Module], generated: Wrapper, interpreter: str = "") -> bytes:
    """The file of some modules, with the sheets that they read."""
    named = ((INTERPRETER, interpreter),) if interpreter else ()
    sheets: dict[str, Sequence[Sequence[str]]] = {
        f"{PROJECT}.conf": (*SETTINGS, *named),
        f"{PROJECT}.help": generated.help,
        f"{PROJECT}.text": TEXTS,
        # Looked for among the sheets' last one.
        INTELLISENSE: ((FUNCTION_INFO,), *generated.in_cell),
    }
    return as_add_in(macro_workbook(sheets, project_bytes(VBA_PROJECT, PROJECT_ID, vba)))
