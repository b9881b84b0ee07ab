"""KPI_HELP: what may be written into the other functions, as a table beside the formula."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from xladdin.domain.methods import ADJUSTMENTS, RULES
from xladdin.domain.quantities import plain
from xladdin.domain.schemes import Scheme
from xladdin.schemes.library import Library

from .argument_values import BadArgumentError, bad, text
from .known_schemes import Known, known
from .method_options import COMMON, SETTINGS
from .spilling import Answers, answered, single

TOPIC = "主题"
FUNCTIONS, SCHEMES, METHODS = "函数", "方案", "计分方法"
USES: dict[str, str] = {}
"""What each worksheet function is for, as the function wizard shows it; told by what registers them."""
MOST = 200
"""Rows of a table: a company's master may have thousands of indicators."""

Row = tuple[str, ...]


@answered
def kpi_help(topic: object = None) -> Answers:
    """A table about a topic: functions, schemes, methods, or one of these by its name.

    Left out: the topics.  A blank cell: nothing.
    """
    if topic is None:
        return _table(_topics())
    name = text(single(topic, TOPIC), TOPIC)
    if not name:
        return None
    tables: Mapping[str, Callable[[], Iterator[Row]]] = {
        FUNCTIONS: _functions,
        SCHEMES: lambda: _schemes(known()),
        METHODS: _methods,
    }
    if name in tables:
        return _table(tables[name]())
    return _table(_about(name))


def _topics() -> Iterator[Row]:
    yield ("写法", "看到什么")
    if USES:
        yield (f'=KPI_HELP("{FUNCTIONS}")', "各个函数做什么")
    yield (f'=KPI_HELP("{SCHEMES}")', "能用的考核方案：打开的总表里的，和内置的")
    yield (f'=KPI_HELP("{METHODS}")', "各种计分方法，怎么写参数")
    yield ('=KPI_HELP("方案的编号或名称")', "这个方案的指标、权重和计分方法")
    first = next(iter(RULES.values())).label
    yield (f'=KPI_HELP("{first}")', "这个方法的参数，各写一个例子")


def _functions() -> Iterator[Row]:
    yield ("函数", "做什么")
    yield from sorted(USES.items())


def _schemes(there: Known) -> Iterator[Row]:
    yield ("编号", "名称", "在哪里")
    seen: set[str] = set()
    own = [(master.name, master.library) for master in there.masters]
    for place, library in (*own, ("内置", Library.shipped())):
        schemes = [(one.id, one.name) for one in library.schemes]
        schemes += [(one.id, one.name) for one in library.competencies]
        # A master's own scheme counts in the place of a shipped one of its name.
        yield from ((id_, name, place) for id_, name in schemes if id_ not in seen)
        seen.update(id_ for id_, _ in schemes)


def _methods() -> Iterator[Row]:
    yield ("计分方法", "参数")
    for kind, rule in RULES.items():
        options = SETTINGS[kind]
        yield (rule.label, ";".join(option.example for option in options) or "没有参数")


def _about(name: str) -> Iterator[Row]:
    """One function, scheme or method; BadArgumentError where there is none of that name."""
    if name.upper() in USES:
        return iter([("函数", "做什么"), (name.upper(), USES[name.upper()])])
    kinds = [kind for kind, rule in RULES.items() if name in (kind, rule.label)]
    if kinds:
        return _method(kinds[0])
    try:
        return _scheme(known().scheme(name))
    except BadArgumentError as error:
        if "有错误" in str(error) or "读不出" in str(error) or "有不同的" in str(error):
            raise
        said = "、".join([*([FUNCTIONS] if USES else []), SCHEMES, METHODS])
        raise bad(TOPIC, f"没有「{name}」，可写：{said}，或者方案、方法、函数的名称") from error


def _method(kind: str) -> Iterator[Row]:
    yield ("参数", "例子", "要不要写")
    for option in (*SETTINGS[kind], *(() if kind in ADJUSTMENTS else COMMON)):
        yield (option.label, option.example, "要写" if option.required else "可以不写")


def _scheme(scheme: Scheme) -> Iterator[Row]:
    yield ("指标", "权重", "计分方法", "编号")
    for section in scheme.sections:
        for item in section.indicators:
            label = RULES[item.method.kind].label
            yield (item.name, f"{plain(item.weight)}", label, item.id)
    for extra in scheme.adjustments:
        yield (extra.name, "", RULES[extra.kind].label, extra.id)


def _table(rows: Iterator[Row]) -> Answers:
    """The rows, as wide as the widest; of a longer table the rest is said to be missing."""
    every = list(rows)
    if len(every) > MOST:
        every = [*every[:MOST], (f"还有 {len(every) - MOST} 行没有列出",)]
    width = max(map(len, every))
    return [[*row, *[""] * (width - len(row))] for row in every]
