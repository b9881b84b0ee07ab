"""The extension for LibreOffice Calc, made on any system; equal sources give equal bytes.

Functions, arguments and texts are those that xlwings registers for Excel.  Calc wants to know the types of an
add-in before it runs: ``xladdin_functions.rdb`` is made from the .idl beside it by ``unoidl-write`` of
LibreOffice's SDK (``unoidl-write types.rdb offapi.rdb xladdin_functions.idl xladdin_functions.rdb``).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from xladdin import __version__
from xladdin.addin.wrapper import FUNCTIONS
from xladdin.addin.xlwings_import import decorated
from xladdin.ooxml.archive import Archive, Packer
from xladdin.ooxml.refused import DamagedError, TooLargeError
from xladdin.replacing import refused_file, replace_ours

HERE = Path(__file__).parent
IDENTIFIER = "cn.xladdin.calc"
SERVICE = f"{IDENTIFIER}.Functions"
IDL, TYPES, COMPONENT = "xladdin_functions.idl", "xladdin_functions.rdb", "calc_component.py"
DESCRIPTION = "description.xml"
NOT_OURS = "已经有这个文件，它不是生成的扩展，没有覆盖；请换一个文件名，确实要替换请加 --overwrite"
SERVER = (
    "import sys; sys.path[:0] = [each for each in sys.argv[1:] if each not in sys.path]; "
    "from xladdin_udfs.calc_server import serve; serve()"
)

LABELS = {
    "actual": "实际",
    "target": "目标",
    "weight": "权重",
    "method": "计分方法",
    "options": "参数",
    "scheme": "方案",
    "indicator": "指标",
    "scores": "得分",
    "bonus": "加分",
    "deduction": "减分",
    "score": "最终得分",
    "shares": "比例",
    "topic": "主题",
    "self_rating": "自评",
    "superior": "主管评",
    "peers": "同事评",
    "customers": "客户评",
    "element": "要素",
    "subordinates": "下级评",
    "text": "文字",
    "unit": "单位",
}
"""What the function wizard calls each argument; those of Excel are called by their names in Python."""

TOLD, BLANK, TAKEN = "told", "blank", "taken"
ZEROS = {
    **dict.fromkeys(("actual", "target", "score", "scores", "text"), TOLD),
    **dict.fromkeys(("superior", "peers", "customers", "subordinates"), TOLD),
    **dict.fromkeys(("weight", "bonus", "deduction"), TAKEN),
}
"""Calc hands a single blank cell over as 0.  Told where both may be meant and are not the same; taken where they
are, or where 0 is refused; in every other argument nobody can mean 0, so that it is a blank."""


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument: its name in Python, what the function wizard calls it and says of it."""

    name: str
    label: str
    text: str
    required: bool


@dataclass(frozen=True, slots=True)
class Function:
    """A worksheet function as Calc knows it."""

    name: str
    text: str
    arguments: tuple[Argument, ...]

    @property
    def method(self) -> str:
        """``kpiScore``: UNO's names have no underscores."""
        return _camel(self.name)

    @property
    def facts(self) -> list[dict[str, object]]:
        """What the component knows of each argument."""
        return [
            {"label": each.label, "required": each.required, "zero": ZEROS.get(each.name, BLANK)}
            for each in self.arguments
        ]


def write(path: Path, *, overwrite: bool = False, interpreter: str = "") -> int:
    """Write the .oxt, and say how many worksheet functions it brings.

    They are computed by the ``interpreter``, else by the one that runs now.  Over an older one of ours; over
    any other file only where told to.  Raises ProblemsFound where xlwings is missing, or the file cannot be
    written.
    """
    if find_spec("xlwings") is None:
        raise refused_file("no_xlwings", "没有安装 xlwings，请运行 pip install xladdin", path)
    found = functions()

    def made() -> bytes:
        return extension(found, command(interpreter or sys.executable))

    replace_ours(path, made, is_ours, overwrite=overwrite, not_ours=NOT_OURS, ending=".oxt")
    return len(found)


def is_ours(content: bytes) -> bool:
    """Whether a file is an extension that was made here."""
    try:
        return f'"{IDENTIFIER}"'.encode() in Archive(content).read(DESCRIPTION)
    except (DamagedError, TooLargeError, KeyError):
        return False


def command(interpreter: str) -> list[str]:
    """Starts the Python that computes: isolated, with the folders in which our packages lie now."""
    specs = (find_spec(name) for name in ("xladdin", FUNCTIONS))
    places = [Path(spec.origin).parents[1] for spec in specs if spec and spec.origin]
    folders = list(dict.fromkeys(map(str, places)))
    return [interpreter, "-I", "-B", "-X", "utf8", "-c", SERVER, *folders]


def functions() -> list[Function]:
    """Every worksheet function, by its name."""
    with decorated(FUNCTIONS) as imported:
        records = imported.registered
        return [_function(records[name]) for name in sorted(records)]


def _function(record: Mapping[str, Any]) -> Function:
    arguments = (
        Argument(each["name"], LABELS[each["name"]], each["doc"], "optional" not in each)
        for each in record["args"]
    )
    return Function(record["name"], record["ret"]["doc"], tuple(arguments))


def extension(found: Sequence[Function], started: Sequence[str]) -> bytes:
    """The .oxt file."""
    parts = {
        "META-INF/manifest.xml": MANIFEST,
        DESCRIPTION: ABOUT.format(identifier=IDENTIFIER, version=__version__),
        "CalcAddIns.xcu": "\n".join(configuration(found)),
        "xladdin.components": COMPONENTS.format(component=COMPONENT, service=SERVICE),
        "settings.json": json.dumps(settings(found, started), ensure_ascii=False, indent=1),
    }
    packer = Packer()
    for name, text in parts.items():
        packer.add(name, text.encode())
    for name in (COMPONENT, TYPES):
        packer.add(name, (HERE / name).read_bytes())
    return packer.done().getvalue()


def settings(found: Sequence[Function], started: Sequence[str]) -> dict[str, object]:
    """What the component reads."""
    known = {each.method: {"name": each.name, "arguments": each.facts} for each in found}
    return {"command": list(started), "functions": known}


def idl(found: Sequence[Function]) -> str:
    """The interface; ``xladdin_functions.idl`` must be the same."""
    methods = (
        f"  any {each.method}({', '.join(f'[in] any {_camel(a.name)}' for a in each.arguments)});\n"
        for each in found
    )
    return (
        "module cn { module xladdin { module calc {\n"
        f"interface XFunctions {{\n{''.join(methods)}}};\n"
        "}; }; };\n"
    )


def configuration(found: Sequence[Function]) -> Iterator[str]:
    """What Calc knows of the functions before it starts them."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" oor:name="CalcAddIns"'
    yield '  oor:package="org.openoffice.Office"><node oor:name="AddInInfo">'
    yield f'<node oor:name="{SERVICE}" oor:op="replace"><node oor:name="AddInFunctions">'
    for each in found:
        yield f'<node oor:name={quoteattr(each.method)} oor:op="replace">'
        yield from _texts(DisplayName=each.name, Description=each.text, CompatibilityName=each.name)
        yield '<prop oor:name="Category"><value>Add-In</value></prop><node oor:name="Parameters">'
        for argument in each.arguments:
            yield f'<node oor:name={quoteattr(_camel(argument.name))} oor:op="replace">'
            yield from _texts(DisplayName=argument.label, Description=argument.text)
            yield "</node>"
        yield "</node></node>"
    yield "</node></node></node></oor:component-data>"


def _texts(**texts: str) -> Iterator[str]:
    # Chinese in every language of LibreOffice.
    for name, text in texts.items():
        values = (
            f'<value xml:lang="{language}">{escape(text)}</value>' for language in ("en", "zh-CN")
        )
        yield f'<prop oor:name="{name}">{"".join(values)}</prop>'


def _camel(name: str) -> str:
    first, *others = name.lower().split("_")
    return first + "".join(map(str.capitalize, others))


MANIFEST = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">
 <manifest:file-entry manifest:full-path="{TYPES}"
  manifest:media-type="application/vnd.sun.star.uno-typelibrary;type=RDB"/>
 <manifest:file-entry manifest:full-path="xladdin.components"
  manifest:media-type="application/vnd.sun.star.uno-components"/>
 <manifest:file-entry manifest:full-path="CalcAddIns.xcu"
  manifest:media-type="application/vnd.sun.star.configuration-data"/>
</manifest:manifest>
"""
ABOUT = """\
<?xml version="1.0" encoding="UTF-8"?>
<description xmlns="http://openoffice.org/extensions/description/2006"
 xmlns:d="http://openoffice.org/extensions/description/2006"
 xmlns:l="http://libreoffice.org/extensions/description/2011">
 <identifier value="{identifier}"/>
 <version value="{version}"/>
 <display-name><name lang="en">绩效助手：工作表函数</name><name lang="zh-CN">绩效助手：工作表函数</name></display-name>
 <dependencies><l:LibreOffice-minimal-version d:name="LibreOffice 7.0" value="7.0"/></dependencies>
</description>
"""
COMPONENTS = """\
<?xml version="1.0" encoding="UTF-8"?>
<components xmlns="http://openoffice.org/2010/uno-components">
 <component loader="com.sun.star.loader.Python" uri="{component}">
  <implementation name="{service}">
   <service name="{service}"/>
   <service name="com.sun.star.sheet.AddIn"/>
  </implementation>
 </component>
</components>
"""
