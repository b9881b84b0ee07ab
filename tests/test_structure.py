"""The shape of the code: who imports whom, how long things are, and that tests mirror them."""

from __future__ import annotations

import ast
import re
import socket
import statistics
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

import xladdin

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "xladdin"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
LONGEST_MODULE = 450
MEDIAN_FUNCTION, P90_FUNCTION = 8, 25

# Rooms whose packages only sort modules: each module there is tested by its own name.
SORTED_ROOMS = {"app", "books"}

# Modules without a test module of their name, and what tests them instead.
TESTED_ELSEWHERE = {
    "analysis/engines.py": "tests/analysis/test_metric.py: every metric on an engine",
    "analysis/measuring.py": "tests/analysis/test_metric.py: every metric by every grouping",
    "analysis/measuring_month.py": "tests/analysis/test_month_figures.py: what it makes of tables",
    "analysis/metrics": "tests/analysis/test_metric.py: every metric against plain Python",
    "analysis/service_records.py": "names of columns; tests/analysis/test_metric.py fills them",
    "addin/buttons.py": "plain words; tests/addin/test_ribbon_xml.py and tests/ribbon",
    "addin/xlwings_import.py": "tests/udfs drives xlwings' own code through it",
    "app/help_workbook.py": "tests/ribbon/test_upkeep.py: the help is written by its button",
    "explorer/front.py": "tests/explorer/test_command_process.py: a record, and no window",
    "explorer/entry_jobs.py": "tests/explorer/test_command_process.py: every entry that takes files",
    "explorer/result_window.py": "a dialog of Windows; seen in Wine, and on the release checklist",
    "app/checking_master.py": "tests/app/test_annotate.py and tests/master check masters",
    "app/collecting/collect_decisions.py": "tests/app/results/test_appeals.py and test_calibration_sheets.py collect them",
    "app/collecting/collect_files.py": "tests/app/collecting/test_collect.py: one use case in six modules",
    "app/collecting/collect_list.py": "tests/app/collecting/test_collect.py: one use case in six modules",
    "books/reports/cell_labels.py": "tests/books/reports/test_sent_cells.py: what cells are called",
    "books/reports/sent_record.py": "tests/books/reports/test_sent_cells.py: what went out is read again",
    "company/figure_states.py": "two words; tests/company/test_settling.py asks for both",
    "company/kept_results.py": "plain fields; tests/app/results/test_ledger_results.py fills and reads them",
    "app/results/leaning.py": "tests/app/results/test_month_scores.py: raters of items; test_rated_people.py: of people",
    "books/return_list.py": "tests/app/collecting/test_collect.py writes it, changes it and reads it back",
    "app/function_pack.py": "tests/functions/test_lambda_pack.py writes it as the command does",
    "app/drafts/form_draft.py": "tests/app/drafts/test_drafting_forms.py: one use case in three modules",
    "app/drafts/proving_draft.py": "tests/app/drafts/test_drafting_forms.py: one use case in three modules",
    "app/imports/importing_rows.py": "tests/app/imports/test_importing.py: one use case in two modules",
    "formula/arithmetic.py": "tests/formula/test_evaluate.py rounds, test_ranges.py looks cells up",
    "formula/range_programs.py": "tests/formula/test_ranges.py tries every node over ranges",
    "books/manual.py": "tests/ribbon/test_upkeep.py: the help is written by its button",
    "books/problem_list.py": "tests/app/test_listed_problems.py writes it",
    "cli": "tests/test_cli.py: the commands as a contract, whichever module holds them",
    "intake/appraisal_forms": "tests/app/drafts/test_drafting_forms.py reads whole forms of many companies",
    "intake/unplaced_lines.py": "tests/intake/test_actuals.py: lines of refused.yaml; tests/master/test_faults.py",
    "intake/legacy_child.py": "a script that tests/intake/test_legacy.py has read old workbooks",
    "ooxml/decrypting_child.py": "a script that tests/ooxml/test_decrypting.py has decrypt workbooks",
    "ooxml/limited_start.py": "a script that tests/ooxml/test_limited_process.py has start others",
    "ooxml/limits.py": "numbers; tests/hostile tries what they let through",
    "ledger/migrations": "tests/ledger/test_upgrading.py runs them and compares what they make",
    "ledger/records.py": "plain dataclasses; tests/ledger/test_ledger_tables.py, test_store.py",
    "layout/calls.py": "tests/functions/test_lambda_pack.py: only the function pack calls functions",
    "layout/cell_rules.py": "plain dataclasses; tests/layout/test_validations.py prints them",
    "layout/drawings.py": "plain dataclasses; tests/layout/test_charts.py draws them",
    "app/demonstration/demo.py": "tests/test_demo.py: a module of its own for all that the demo writes",
    "app/demonstration/demo_returns.py": "tests/app/demonstration/test_demo_month.py collects what it sends back",
    "books/appraisal/head.py": "tests/books/appraisal/test_monthly.py and the golden dumps",
    "layout/logos.py": "tests/app/test_letterheads.py: from the settings into the workbook",
    "books/appraisal/monthly_labels.py": "tests/books/appraisal/test_monthly.py: weights that change",
    "books/appraisal/monthly_form.py": "tests/books/appraisal/test_monthly.py: the three sheets are one book",
    "master/bonus_columns.py": "tests/master: columns of two sheets, tried with all others of these",
    "app/results/result_files.py": "tests/app/results/test_summarise.py and test_month_report.py write by it",
    "books/reports/agent_names.py": "tests/books/reports/test_report_monthly.py: names of the table of agents",
    "books/reports/finding_candidates.py": "tests/books/reports/test_finding_rules.py: one use in four modules",
    "books/reports/finding_groups.py": "tests/books/reports/test_finding_rules.py: one use in four modules",
    "books/reports/finding_months.py": "tests/books/reports/test_finding_rules.py: one use in four modules",
    "books/reports/report_actions.py": "tests/books/reports/test_report_monthly.py: one workbook, a sheet a module",
    "books/reports/report_agents.py": "tests/books/reports/test_report_monthly.py: one workbook, a sheet a module",
    "books/reports/report_cover.py": "tests/books/reports/test_report_monthly.py: one workbook, a sheet a module",
    "books/debrief/report_debrief_appraisals.py": "tests/books/debrief/test_report_debrief.py: one workbook, a sheet a module",
    "books/debrief/report_debrief_beside.py": "tests/books/debrief/test_report_debrief.py: one workbook, a sheet a module",
    "books/debrief/report_debrief_definitions.py": "tests/books/debrief/test_report_debrief.py: one workbook, a sheet a module",
    "books/debrief/report_debrief_keys.py": "tests/books/debrief/test_report_debrief.py: one workbook, a sheet a module",
    "books/debrief/report_debrief_months.py": "tests/books/debrief/test_report_debrief.py: one workbook, a sheet a module",
    "books/debrief/report_debrief_page.py": "tests/books/debrief/test_report_debrief.py: one workbook, a sheet a module",
    "books/debrief/report_debrief_parts.py": "tests/books/debrief/test_report_debrief.py: one workbook, a sheet a module",
    "books/debrief/report_debrief_training.py": "tests/books/debrief/test_report_debrief.py: one workbook, a sheet a module",
    "books/debrief/report_debrief_words.py": "tests/books/debrief/test_report_debrief.py: one workbook, a sheet a module",
    "books/reports/report_definitions.py": "tests/books/reports/test_report_monthly.py: one workbook, a sheet a module",
    "books/reports/report_hours.py": "tests/books/reports/test_report_monthly.py: one workbook, a sheet a module",
    "books/reports/report_keys.py": "names; every formula of tests/books/reports/test_report_monthly.py reads by them",
    "analysis/shop_lines.py": "plain values; tests/analysis/test_shop_line_steps.py and tests/books/shop/test_report_shop_lines.py count by them",
    "books/reports/line_columns.py": "tests/books/reports/test_report_lines.py: every column of every sheet of lines",
    "books/reports/metric_lines.py": "tests/books/reports/test_report_lines.py: every figure counted again from its lines",
    "books/reports/report_row_commands.py": "tests/books/reports/test_report_lines.py: every command typed",
    "books/reports/report_months.py": "tests/books/reports/test_report_monthly.py: one workbook, a sheet a module",
    "books/reports/report_opinions.py": "tests/books/reports/test_report_monthly.py: one workbook, a sheet a module",
    "books/reports/report_overview.py": "tests/books/reports/test_report_monthly.py: one workbook, a sheet a module",
    "books/reports/report_parts.py": "tests/books/reports/test_report_monthly.py: what all of its sheets share",
    "books/reports/report_trend.py": "tests/books/reports/test_report_monthly.py: one workbook, a sheet a module",
    "books/reports/report_types.py": "tests/books/reports/test_report_monthly.py: one workbook, a sheet a module",
    "domain/report_findings.py": "tests/books/reports/test_finding_rules.py: every kind of condition, every fault",
    "books/shop/report_shop_agents.py": "tests/books/shop/test_report_shop.py: one workbook, a sheet a module",
    "books/shop/report_shop_conclusions.py": "tests/books/shop/test_report_shop.py: one workbook, a sheet a module",
    "books/shop/report_shop_funnel.py": "tests/books/shop/test_report_shop.py: one workbook, a sheet a module",
    "books/shop/report_shop_months.py": "tests/books/shop/test_report_shop.py: one workbook, a sheet a module",
    "books/shop/report_shop_paying.py": "tests/books/shop/test_report_shop.py: one workbook, a sheet a module",
    "books/shop/report_shop_platforms.py": "tests/books/shop/test_report_shop.py: one workbook, a sheet a module",
    "books/shop/report_shop_summary.py": "tests/books/shop/test_report_shop.py: one workbook, a sheet a module",
    "books/shop/report_shop_work.py": "tests/books/shop/test_report_shop.py: one workbook, a sheet a module",
    "analysis/measuring_shop.py": "tests/analysis/test_shop_figures.py: what it fills in",
    "books/summary/appeal_sheet.py": "tests/books/summary/test_feedback_slip.py and the golden dumps: a sheet of the slip",
    "app/results/calibration_rows.py": "tests/app/results/test_calibration_returns.py: every damage, every order",
    "app/results/kept_calibrations.py": "tests/app/results/test_calibration_returns.py: into the ledger and out of it",
    "books/calibration/calibration_guidelines.py": "tests/books/calibration/test_calibration_book.py: one workbook",
    "books/calibration/calibration_keys.py": "names; tests/books/calibration/test_calibration_book.py reads by them",
    "books/calibration/calibration_sheet.py": "tests/books/calibration/test_calibration_book.py: one workbook",
    "books/calibration/calibration_teams.py": "tests/books/calibration/test_calibration_book.py: one workbook",
    "company/calibrated.py": "plain fields; tests/app/results/test_decided_grades.py says them in a summary",
    "books/summary/summary_approval.py": "tests/books/summary/test_summary_book.py: one workbook, a sheet a module",
    "books/summary/summary_bonus.py": "tests/books/summary/test_summary_book.py: one workbook, a sheet a module",
    "books/summary/summary_competency.py": "tests/app/results/test_rated_people.py: its formulas in LibreOffice",
    "books/summary/summary_detail.py": "tests/books/summary/test_summary_book.py: one workbook, a sheet a module",
    "books/summary/summary_distribution.py": "tests/books/summary/test_summary_book.py: one workbook, a sheet a module",
    "books/summary/summary_lists.py": "tests/books/summary/test_summary_book.py: one workbook, a sheet a module",
    "books/summary/summary_parts.py": "tests/books/summary/test_summary_book.py: what all of its sheets share",
    "books/summary/summary_ranking.py": "tests/books/summary/test_summary_book.py: one workbook, a sheet a module",
    "books/summary/summary_teams.py": "tests/books/summary/test_summary_book.py: one workbook, a sheet a module",
    "books/summary/summary_trend.py": "tests/books/summary/test_summary_book.py: one workbook, a sheet a module",
    "books/trial/trial_overview.py": "tests/books/trial/test_trial_book.py: one workbook, a sheet a module",
    "books/trial/trial_rows.py": "tests/books/trial/test_trial_book.py: one workbook, a sheet a module",
    "books/appraisal/monthly_notes.py": "tests/books/appraisal/test_monthly.py: the three sheets are one book",
    "books/appraisal/monthly_sources.py": "tests/books/appraisal/test_monthly.py: the three sheets are one book",
    "books/ratings/competency_overview.py": "the golden dump of the summary; tests/test_demo.py",
    "books/ratings/competency_ratings.py": "the golden dump of the summary; tests/test_demo.py",
    "domain/method_rules.py": "tests/domain and tests/master ask every rule, through the faults",
    "domain/share_rules.py": "tests/domain and tests/schemes: totals that miss what is due",
    "domain/sizes.py": "numbers; tests/master/test_sizes.py compares columns and models",
    "formula/questions.py": "words for nodes; every rule of tests/master and tests/domain asks in them",
    "domain/data_sources.py": "plain fields; tests/domain/test_schemes.py, tests/master",
    "domain/kind_models.py": "tests/schemes/test_company_kinds.py reads every kind",
    "domain/survey_words.py": "tests/intake/test_survey_exports.py: what goes out comes back",
    "books/ratings/survey_text.py": "tests/intake/test_survey_exports.py: what goes out comes back",
    "domain/rule_models.py": "tests/test_rules.py asks every rule for all that it must bring",
    "domain/setting_declarations.py": "tests/test_rules.py asks every rule for all that it must bring",
    "domain/raw.py": "reading half-valid data: tests/domain/test_schemes.py, test_positions.py",
    "domain/scheme_faults.py": "tests/domain/test_schemes.py: every fault of a scheme",
    "master": "tests/master tries the workbook as a whole, through both of its doors",
    "patch": "tests/patch is arranged by what is done to a workbook; the parts have no use alone",
    "functions": "tests/functions calls them as cells do, and tries the whole pack",
    "standards": "tests/standards reads whole clauses, and tries every row of its tables; drafts are in"
    " tests/app/drafts/test_drafting.py",
    "returns": "tests/returns reads whole files, sound ones and those of every kind of damage",
    "ribbon": "tests/ribbon drives each command as its button does, in a real spreadsheet",
    "layout/styles.py": "named looks without logic; tests/layout/test_writer.py writes them",
}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


# Imports.


def test_imports_point_down_only() -> None:
    command = "from importlinter.cli import lint_imports_command as run; run()"
    done = subprocess.run(
        [sys.executable, "-c", command, "pyproject.toml", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[done.stdout.find("Broken contracts") :] + done.stderr


def test_the_contracts_are_there_and_name_every_room() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = settings["contracts"][0]
    assert layers["exhaustive"] is True
    named = set(re.findall(r"\w+", " ".join(layers["layers"])))
    assert {room.name for room in PACKAGE.iterdir() if (room / "__init__.py").exists()} <= named


def test_the_writer_does_know_xlsxwriter() -> None:
    """Else the contract that it alone does would hold for nothing."""
    assert "import xlsxwriter" in (PACKAGE / "layout" / "writer.py").read_text("utf-8")


# Which module imports which, whatever the import is for.


def module_of(path: Path) -> str:
    """``xladdin.layout.cells``; a package for its ``__init__``."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def all_imports() -> dict[str, frozenset[str]]:
    """Every module with those of the package that it imports: late and for types, too."""
    paths = {module_of(path): path for path in PACKAGE.rglob("*.py")}
    return {
        name: frozenset(
            target
            for node in ast.walk(tree(path))
            for asked in asked_for(node, name, path)
            if (target := asked if asked in paths else asked.rpartition(".")[0]) in paths
        )
        - {name}
        for name, path in paths.items()
    }


def asked_for(node: ast.AST, module: str, path: Path) -> Iterator[str]:
    """The full names that a statement imports."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
        above = package[: len(package) + 1 - node.level] if node.level else []
        base = ".".join([*above, *filter(None, [node.module])])
        yield from (f"{base}.{alias.name}" for alias in node.names)


def circles(imports: Mapping[str, frozenset[str]]) -> list[tuple[str, ...]]:
    """Groups of modules that each lead to each other, in order of their names."""
    left = {name: set(targets) for name, targets in imports.items()}
    # Whatever imports nothing, or is imported by nothing, stands in no circle.
    while ends := {
        name
        for name, targets in left.items()
        if not targets or not any(name in others for others in left.values())
    }:
        left = {name: targets - ends for name, targets in left.items() if name not in ends}
    reached = {name: reachable(name, left) for name in left}
    return sorted(
        {
            tuple(sorted(other for other in reached[name] if name in reached[other]))
            for name in left
            if name in reached[name]
        }
    )


def reachable(start: str, imports: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = imports[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def test_no_module_imports_one_that_imports_it() -> None:
    assert circles(all_imports()) == []


def test_circles_are_found_whatever_they_are_made_of() -> None:
    parsed = ast.parse("if TYPE_CHECKING:\n    from ..b import c\ndef f():\n    import a.d.e")
    asked = [x for node in ast.walk(parsed) for x in asked_for(node, "a.d.f", Path("f.py"))]
    assert sorted(asked) == ["a.b.c", "a.d.e"]
    chain = {"a": "b", "b": "c", "c": "b", "d": "a", "e": ""}
    assert circles({name: frozenset(to) for name, to in chain.items()}) == [("b", "c")]
    assert circles({"a": frozenset("b"), "b": frozenset()}) == []


# Names.


def sharing_a_name(names: Iterable[str]) -> list[list[str]]:
    """Modules of the same file name, wherever they stand."""
    groups = defaultdict(list)
    for name in names:
        groups[name.rpartition("/")[2]].append(name)
    return [group for group in groups.values() if len(group) > 1]


def test_a_file_name_tells_which_module_it_is() -> None:
    assert sharing_a_name(map(name_of, MODULES)) == []


def test_names_that_two_rooms_share_are_found() -> None:
    assert sharing_a_name(["a/b.py", "c/d/b.py", "e.py"]) == [["a/b.py", "c/d/b.py"]]


# What stands in one place.


def using(*patterns: str) -> list[str]:
    """The modules whose text has one of the patterns."""
    pattern = re.compile("|".join(patterns), re.MULTILINE)
    return [name_of(path) for path in MODULES if pattern.search(path.read_text("utf-8"))]


def test_one_module_knows_zip_files() -> None:
    assert using(r"^\s*(import|from) zipfile\b", r"zipfile\.\w") == ["ooxml/archive.py"]


def test_one_module_turns_columns_into_letters_and_back() -> None:
    letters = (
        r"divmod\([^)\n]*\b26\)",
        r"\w [%*/]+ 26\b",
        r"\bchr\((6[45]\b|[^)\n]*ord\()",
        r"ascii_uppercase|ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        r"xl_col_to_name|xl_rowcol_to_cell|get_column_letter|column_index_from_string",
    )
    assert using(*letters) == ["ooxml/addresses.py"]


# Sizes.


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_is_too_long_to_be_read(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_MODULE


def function_lengths() -> dict[str, int]:
    """Lines of every function, without its docstring and decorators."""
    found = {}
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                where = f"{name_of(path)}:{node.lineno} {node.name}"
                found[where] = _lines(node) - (_lines(node.body[0]) if _has_docstring(node) else 0)
    return found


def _lines(node: ast.stmt) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def _has_docstring(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return ast.get_docstring(node, clean=False) is not None


def test_functions_are_short() -> None:
    lengths = sorted(function_lengths().values())
    assert len(lengths) > 300
    assert statistics.median(lengths) <= MEDIAN_FUNCTION
    assert lengths[len(lengths) * 9 // 10] <= P90_FUNCTION


# Tests mirror the source.


def mirrors(path: Path) -> Iterator[Path]:
    """Where the tests of a module may stand.

    A test module or a folder of its name; or of the name of a package below its room: such a
    package is tested through its face. Those that only sort a room's modules have none.
    """
    below = path.relative_to(PACKAGE)
    for unit in (below.with_suffix(""), *below.parents):
        if unit == below.with_suffix("") or (
            len(unit.parts) > 1 and unit.parts[0] not in SORTED_ROOMS
        ):
            folder = ROOT / "tests" / unit.parent
            yield folder / f"test_{unit.name}.py"
            yield folder / f"test_{unit.name.strip('_')}.py"
            yield folder / unit.name / "__init__.py"


def untested() -> set[str]:
    return {name_of(path) for path in MODULES if not any(map(Path.exists, mirrors(path)))}


def is_excused(name: str) -> bool:
    return any(name == excused or name.startswith(f"{excused}/") for excused in TESTED_ELSEWHERE)


def test_every_module_has_tests_of_its_name_or_a_reason() -> None:
    assert [name for name in sorted(untested()) if not is_excused(name)] == []


def test_no_exception_has_outlived_its_reason() -> None:
    assert [name for name in TESTED_ELSEWHERE if not (PACKAGE / name).exists()] == []
    needed = {name for name in TESTED_ELSEWHERE for it in untested() if f"{it}/".startswith(name)}
    assert TESTED_ELSEWHERE.keys() - needed == set()


# What the repository may not tell.


@cache
def repository_texts() -> dict[str, str]:
    """Every text of the repository, committed or about to be, by its path."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    found = {}
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file():
            content = path.read_bytes()
            if b"\0" not in content[:1000]:
                found[name] = content.decode("utf-8", errors="replace")
    return found


def joined(*parts: str) -> str:
    """A word in pieces, so that this file does not hold it."""
    return "".join(parts)


def _whole_word(host: str) -> str:
    """A host's name as a pattern; one as short as `vm` is a common word and tells nothing."""
    return rf"\b{re.escape(host)}\b" if len(host) >= SHORTEST_HOST else r"(?!)"


SHORTEST_HOST = 6
FORBIDDEN = {
    "the place of this checkout": re.escape(str(ROOT)) + r"\b",
    "this machine": _whole_word(socket.gethostname()),
    "somebody's home": joined("(?<![\\w.])/(ho", "me|Us", "ers)/[a-z]|/ro", "ot/"),
    "a package registry": joined(
        "regis", r"try\.npm|(files\.)?pyth", r"onhosted\.org|pyp", r"i\.org|pro", r"xy\.golang"
    ),
    "a tool that writes code": joined(
        r"(?i)\b(cla", "ude|chat", "gpt|copi", "lot|anthro", r"pic)\b"
    ),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_text_names(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{name}: {match[0]}"
        for name, text in repository_texts().items()
        if (match := pattern.search(text))
    ]
    assert found == []


def test_the_texts_that_are_searched_are_those_of_the_repository() -> None:
    texts = repository_texts()
    assert {"pyproject.toml", "xladdin/cli/__init__.py", "README.md"} <= texts.keys()
    assert not [name for name in texts if name.startswith((".venv", ".tools"))]


def test_the_version_stands_in_one_place() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "version" not in settings["project"]
    assert settings["project"]["dynamic"] == ["version"]
    assert settings["tool"]["hatch"]["version"]["path"] == "xladdin/__init__.py"
    quoted = re.compile(rf"[\"']{re.escape(xladdin.__version__)}[\"']")
    code = [
        name
        for name, text in repository_texts().items()
        if name.endswith((".py", ".toml")) and quoted.search(text)
    ]
    assert code == ["xladdin/__init__.py"]
