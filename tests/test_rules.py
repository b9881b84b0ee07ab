"""What a scoring rule must bring, rule by rule; and that nothing else has to be touched for one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_type_hints

import pytest

from tests.cases.reading import FOLDER, read, rule_from, scheme_of
from xladdin.domain.base import Measure, Ratio
from xladdin.domain.methods import RULES
from xladdin.domain.rule_models import Adjustment, MethodSettings, ScoringRule
from xladdin.domain.schemes import Scheme
from xladdin.domain.setting_declarations import CellColumn, Setting, Takes
from xladdin.formula.explain import explain
from xladdin.formula.nodes import Expr
from xladdin.functions.argument_values import BadArgumentError
from xladdin.functions.lambda_pack import functions
from xladdin.functions.lambda_variants import VARIANTS
from xladdin.functions.method_options import SETTINGS, read_item
from xladdin.master.indicator_sheet import INDICATORS
from xladdin.master.setting_columns import METHOD_WORDS
from xladdin.schemes.labels import CHOICE_LABELS, FIELD_LABELS
from xladdin.schemes.write import to_yaml
from xladdin.schemes.yaml_text import parse

ROOT = Path(__file__).parents[1]
CHINESE = re.compile("[\u4e00-\u9fff]")
COMMON = set(MethodSettings.model_fields) | set(Adjustment.model_fields) - {"cap"}
TYPES = {Ratio: Takes.RATIO, Measure: Takes.MEASURE}
WORDS = {"full": "满分", "actual": "实际达成", "target": "目标"}


def lacking(rule: type[ScoringRule]) -> list[str]:
    """Everything that a rule still has to bring, by name."""
    kind = rule.kind_name()
    return [f"{kind}: {what}" for what, brings in MUST_BRING.items() if not _brings(brings, rule)]


def _brings(question: Callable[[type[ScoringRule]], bool], rule: type[ScoringRule]) -> bool:
    try:
        return question(rule)
    except (AttributeError, KeyError, FileNotFoundError, NotImplementedError, BadArgumentError):
        return False


def _settings_declared(rule: type[ScoringRule]) -> bool:
    declared = {each.path[0] for each in rule.settings()} | {each.field for each in rule.lists()}
    return set(rule.model_fields) - COMMON <= declared


def _settings_labelled(rule: type[ScoringRule]) -> bool:
    labels = [each.label for each in rule.settings()]
    fields = [each.field for each in (*rule.settings(), *rule.lists())]
    return all(map(CHINESE.search, (*labels, *(FIELD_LABELS[field] for field in fields))))


def _settings_of_their_type(rule: type[ScoringRule]) -> bool:
    hints = get_type_hints(rule, include_extras=False)
    full = get_type_hints(rule, include_extras=True)
    for each in rule.settings():
        setting = each.setting
        if bool(setting.choices) is not (setting.takes is Takes.CHOICE):
            return False
        if (setting.takes is Takes.YES_NO) is not (hints.get(each.path[0]) is bool):
            return False
        for kind, takes in TYPES.items():
            if len(each.path) == 1 and (kind in _parts(full[each.field])) is not (
                setting.takes is takes
            ):
                return False
    return True


def _parts(hint: Any) -> Iterator[Any]:
    """The types that an annotation is made of, those of ``Ratio | None`` included."""
    yield hint
    for part in get_args(hint):
        yield from _parts(part) if not isinstance(part, Setting) else ()
    if getattr(hint, "__metadata__", None):
        # An annotation of an annotated type is flattened: what it adds comes last.
        bare = tuple(each for each in hint.__metadata__ if not isinstance(each, Setting))
        for kind in TYPES:
            if bare[: len(kind.__metadata__)] == kind.__metadata__:
                yield kind


def _demanded(rule: type[ScoringRule]) -> bool:
    """What must be stated is what the model cannot do without."""
    needed = {each.field for each in (*rule.settings(), *rule.lists()) if each.required}
    bare = {name for name, info in rule.model_fields.items() if info.is_required()}
    return needed == bare - (COMMON - {"kind"})


def _columns(rule: type[ScoringRule]) -> bool:
    columns = [INDICATORS.column(each.setting.column.key) for each in rule.settings()]
    told = all(CHINESE.search(column.prompt) and column.width for column in columns)
    return told and METHOD_WORDS[rule.kind_name()] == rule.label


def _groups(rule: type[ScoringRule]) -> list[dict[str, Any]]:
    return read(rule.kind_name())


def _case_file(rule: type[ScoringRule]) -> bool:
    cases = [case for group in _groups(rule) for case in group.get("cases", ())]
    return (FOLDER / f"{rule.kind_name()}.yaml").exists() and len(cases) >= 8


def _told_case(rule: type[ScoringRule]) -> bool:
    return any("in_full" in group and "brief" in group for group in _groups(rule))


def _scheme(rule: type[ScoringRule]) -> Scheme:
    raw = next(group["method"] for group in _groups(rule))
    item = {"id": "one", "weight": 100, "method": {"kind": "pass_fail"}}
    extras = []
    if issubclass(rule, Adjustment):
        extras = [{"id": "extra", **raw}]
    else:
        group = next(group for group in _groups(rule))
        item |= {"method": raw, "direction": group.get("direction", "higher")}
    sections = [{"id": "all", "weight": 100, "indicators": [item]}]
    grades = [{"name": "全部", "coefficient": 1}]
    return scheme_of({"sections": sections, "adjustments": extras, "grades": grades})


def _yaml(rule: type[ScoringRule]) -> bool:
    scheme = _scheme(rule)
    document, problems = parse(to_yaml(scheme))
    return bool(document) and not problems and Scheme.model_validate(document.data) == scheme


def _tree(rule: type[ScoringRule]) -> bool:
    made = rule_from(next(group["method"] for group in _groups(rule)))
    return isinstance(made.expression(), Expr.__args__)


def _explained(rule: type[ScoringRule]) -> bool:
    made = rule_from(next(group["method"] for group in _groups(rule)))
    return bool(CHINESE.search(explain(made.expression(), WORDS | {"actual": rule.actual_word})))


def _options(rule: type[ScoringRule]) -> bool:
    """Every setting of the item can be said, and the examples of all of them can be read."""
    kind = rule.kind_name()
    options = {option.field: option for option in SETTINGS[kind]}
    of_item = {each.field for each in rule.settings() if each.setting.example}
    of_form = {each.field for each in rule.settings() if len(each.path) > 1}
    all_said = options.keys() == of_item | {each.field for each in rule.lists()}
    read_item(kind, "；".join(option.example for option in options.values() if option.required))
    return all_said and {each.field for each in rule.settings()} == of_item | of_form


def _variants(rule: type[ScoringRule]) -> bool:
    own = [variant for variant in VARIANTS if variant.rule is rule]
    pack = {function.name: function for function in functions()}
    built = [pack[f"KPI_SCORE_{variant.name}"] for variant in own]
    numbers = [value for each in built for example in each.examples for value in example.values]
    return bool(own) and all(isinstance(value, Decimal) for value in numbers)


def _choice_label(rule: type[ScoringRule]) -> bool:
    field = "adjustments" if issubclass(rule, Adjustment) else "method"
    return CHOICE_LABELS[field][rule.kind_name()] == rule.label


MUST_BRING: dict[str, Callable[[type[ScoringRule]], bool]] = {
    "a docstring": lambda rule: bool(rule.__doc__ and CHINESE.search(rule.__doc__)),
    "a Chinese label": lambda rule: bool(CHINESE.search(rule.label)),
    "a label among the choices": _choice_label,
    "a word for the actual": lambda rule: bool(CHINESE.search(rule.actual_word)),
    "where it is documented": lambda rule: bool(rule.documented),
    "a place in lists": lambda rule: isinstance(rule.place, int),
    "a Setting or Listed for every field": _settings_declared,
    "a Chinese label for every setting": _settings_labelled,
    "settings that take what their type is": _settings_of_their_type,
    "what is demanded": _demanded,
    "columns in the master": _columns,
    "a tree": _tree,
    "an explanation": _explained,
    "the way through YAML": _yaml,
    "options of the worksheet functions": _options,
    "a function of the LAMBDA pack with examples": _variants,
    "a case file": _case_file,
    "its explanation in the case file": _told_case,
}


@pytest.mark.parametrize("kind", RULES)
def test_a_rule_brings_all_that_it_must(kind: str) -> None:
    assert lacking(RULES[kind]) == []


def test_places_and_labels_tell_the_rules_apart() -> None:
    rules = RULES.values()
    words = [word for rule in rules for word in (rule.label, *rule.aliases)]
    assert len({rule.place for rule in rules}) == len(RULES)
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("kind", [kind for kind in RULES if issubclass(RULES[kind], Adjustment)])
def test_an_adjustment_refuses_more_than_it_takes_where_its_tree_leaves_a_blank(kind: str) -> None:
    cases = [case for group in read(kind) for case in group.get("cases", ())]
    # A text, or a sign where none belongs, leaves a blank under every rule.
    plain = [case for case in cases if isinstance(case["actual"], Decimal) and case["actual"] >= 0]
    scores = [case["score"] for case in plain]
    rule = RULES[kind]
    assert issubclass(rule, Adjustment)
    assert rule.refuses is (None in scores)


class _Unfinished(MethodSettings):
    kind: Literal["unfinished"] = "unfinished"
    told: Annotated[Ratio, Setting(Takes.POINTS, CellColumn("strange", "Strange", "", 0.0))]
    forgotten: Decimal = Decimal(0)

    label = "未完成"
    documented = ""


def test_what_a_rule_lacks_is_told_by_name() -> None:
    found = {each.removeprefix("unfinished: ") for each in lacking(_Unfinished)}
    brought = {"a Chinese label", "a word for the actual", "what is demanded"}
    assert found == MUST_BRING.keys() - brought


# A rule that is nothing but a module.

THROWN = Path(__file__).parent / "cases" / "thrown"


def test_a_new_rule_is_one_new_module(tmp_path: Path) -> None:
    """A copy of the package with one more file: every door knows the rule."""
    package = tmp_path / "xladdin"
    shutil.copytree(ROOT / "xladdin", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "workbook_templates", tmp_path / "workbook_templates")
    shutil.copy(THROWN / "thrown.py.txt", package / "domain" / "methods" / "thrown.py")
    done = subprocess.run(
        [sys.executable, THROWN / "doors.py.txt", tmp_path],
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["yaml", "master", "form", "score", "function", "lambda"]
