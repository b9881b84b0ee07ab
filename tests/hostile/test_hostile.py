"""Any file up to 20 MB, at every door: an answer in Chinese, in time, within memory.

A few files at their nearest doors always; all of them at all doors with ``make proof``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.proof.fixtures import Proofs

from .books import BOOKS, RIGHT
from .doors import DOORS, MOST_CPU, MOST_MEMORY, Answer, House
from .others import OTHERS
from .sealed_books import SEALED
from .service_lines import RECORDS

LARGEST = 20_000_000
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    **{name: (make, "xlsx") for name, make in BOOKS.items()},
    **OTHERS,
    **SEALED,
    **RECORDS,
}
SAMPLE = {
    "far_cell": ("check", "import_export", "collect"),
    "far_row_first": ("roster",),
    "odd_error_within_odd_errors": ("check",),
    "many_merges": ("check", "collect"),
    "broken_sheet": ("annotate", "import_master", "import_export"),
    "main_part_elsewhere": ("roster", "actuals"),
    "laughs_in_a_sheet": ("check", "raters", "collect"),
    "doubled_names": ("annotate", "ratings"),
    "climbing_names": ("import_master",),
    "a_million_attributes": ("check", "collect"),
    "no_sheets": ("score",),
    "ods_everything_repeated": ("actuals",),
    "xls_flipped_1": ("roster", "collect"),
    "csv_ten_thousand_columns": ("actuals", "import_export", "collect"),
    "csv_figures_all_alike": ("actuals",),
    "csv_figures_all_different": ("actuals",),
    "csv_one_line_of_quotes": ("roster",),
    "csv_pumps": ("roster",),
    "sealed_absurd_rounds": ("check_sealed",),
    "sealed_laughs": ("check_sealed",),
    "sealed_noise": ("collect_sealed",),
    "sealed_bomb": ("collect_sealed",),
    "sealed_in_circles": ("check_sealed", "check"),
    "records_times_of_nonsense": ("report",),
    "records_an_agent_each": ("report",),
    "yaml_laughs": ("template",),
    "yaml_deep_lists": ("template",),
}


LAWS = {
    "hostile": tuple(door for door in DOORS if door != "report"),
    "hostile_reports": ("report",),
}
"""What the figures are kept under -> the doors."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    found = House(tmp_path_factory.mktemp("house"))
    yield found
    found.close()


def ask(house: House, name: str, doors: tuple[str, ...]) -> dict[str, Answer]:
    make, ending = FILES[name]
    file = house.folder / f"{name}.{ending}"
    file.write_bytes(make())
    assert file.stat().st_size <= LARGEST + 100_000
    try:
        return {door: house.ask(door, file) for door in doors}
    finally:
        file.unlink()
        file.with_suffix(".xlsx").unlink(missing_ok=True)


def faults(answers: dict[str, Answer]) -> dict[str, list[str]]:
    return {door: found for door, answer in answers.items() if (found := list(answer.faults()))}


@pytest.mark.parametrize("name", SAMPLE)
def test_a_hostile_file_is_answered(name: str, house: House) -> None:
    assert faults(ask(house, name, SAMPLE[name])) == {}


def test_odd_but_right_is_read(house: House) -> None:
    for name in ("main_part_elsewhere", "dimension_lies", "utf_16"):
        answer = ask(house, name, ("roster",))["roster"]
        assert (answer.code, "员工 1 人" in answer.output) == (0, True), answer.output


def test_what_is_too_much_is_told_in_words(house: House) -> None:
    told = {
        "far_cell": "第1048576行、第XFD列",
        "the_same_cell_again_and_again": "两个内容",
        "csv_five_million_lines": "共约5000001行",
        "broken_sheet": "已损坏",
    }
    for name, words in told.items():
        answer = ask(house, name, ("roster",))["roster"]
        assert answer.code == 1
        assert words in answer.output


def test_what_opens_with_a_password_is_read_with_it(house: House) -> None:
    for name in ("sealed", "sealed_as_in_2007", "sealed_most_rounds"):
        answer = ask(house, name, ("check_sealed",))["check_sealed"]
        assert "员工 1 人" in answer.output, answer.output


def test_there_are_files_enough() -> None:
    assert len(FILES) >= 92
    assert FILES.keys() >= RIGHT


@pytest.mark.proof
@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("name", FILES)
def test_every_hostile_file_at_every_door(
    name: str, law: str, house: House, proofs: Proofs
) -> None:
    answers = ask(house, name, LAWS[law])
    found = faults(answers)
    survived = len(answers) - len(found)
    proofs.record(law, tried=len(answers), survived=survived, note=LIMITS)
    assert found == {}
    if name in RIGHT and "roster" in answers:
        assert answers["roster"].code == 0, answers["roster"].output


LIMITS = f"{MOST_CPU:.0f} s of CPU and {MOST_MEMORY:.0f} MB at most"
