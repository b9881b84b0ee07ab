"""What a form shows once people have entered something: LibreOffice, and Python, agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from decimal import Decimal
from typing import Any

import pytest

from tests.books.blueprints import Blueprint, filled, job, positions, read, schemes
from tests.books.opened import Opened
from tests.workbench.document import Document
from tests.workbench.office import Office
from xladdin.formula.evaluate import Value
from xladdin.layout.place import keyed_cells, results

FORMS = {scheme.id: filled(scheme) for scheme in schemes()} | {
    position.id: job(position) for position in positions()
}
CASES: list[dict[str, Any]] = read("filled_in.yaml")
SHARES: list[dict[str, Any]] = read("time_shares.yaml")
JOB = "coo"


class Filling:
    """Forms that stay open in LibreOffice while one case after the other is entered."""

    def __init__(self, office: Office, folder: Any) -> None:
        self.stack = ExitStack()
        self._office, self._folder = office, folder
        self._open: dict[str, tuple[Opened, Document]] = {}

    def show(self, form: Blueprint, changes: Mapping[str, Value]) -> dict[str, Any]:
        """What the results show after the changes; the form is as before afterwards."""
        opened, document = self._opened(form)
        for key, value in changes.items():
            document.set(
                *opened.keys[key], value if isinstance(value, str | None) else float(value)
            )
        document.recalculate()
        shown = {k: document.get(*opened.keys[k]) for k in form.book.model if k in opened.keys}
        for key in changes:
            document.set(*opened.keys[key], opened.value(key))
        return shown

    def _opened(self, form: Blueprint) -> tuple[Opened, Document]:
        if form.name not in self._open:
            opened = Opened(form.save(self._folder))
            document = self.stack.enter_context(self._office.open(opened.path))
            self._open[form.name] = (opened, document)
        return self._open[form.name]


@pytest.fixture(scope="module")
def filling(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filling]:
    found = Filling(office, tmp_path_factory.mktemp("filled"))
    with found.stack:
        yield found


def python_shows(form: Blueprint, changes: Mapping[str, Value]) -> dict[str, Any]:
    """The same results by the engine, in the way LibreOffice gives them."""
    found = results(form.book, {**form.values, **changes})
    # Some results of the model have no cell: the sum of weights that nobody may edit.
    placed = {key for key, _, _ in keyed_cells(form.book)}
    return {key: _plain(value) for key, value in found.items() if key in placed}


def _plain(value: Value) -> Any:
    if isinstance(value, Decimal):
        return pytest.approx(float(value), abs=1e-9)
    return "" if value is None else value


@pytest.mark.xdist_group("filled-in")
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_monthly_form(filling: Filling, case: dict[str, Any]) -> None:
    form = FORMS[case["scheme"]]
    shown = filling.show(form, case["set"])
    assert shown == python_shows(form, case["set"])
    assert {key: shown[key] for key in case["shows"]} == {
        key: _plain(value) for key, value in case["shows"].items()
    }


@pytest.mark.xdist_group("filled-in")
@pytest.mark.parametrize("case", SHARES, ids=[case["name"] for case in SHARES])
def test_the_time_shares_of_a_job_analysis(filling: Filling, case: dict[str, Any]) -> None:
    form = FORMS[JOB]
    shown = filling.show(form, case["set"])
    assert shown == python_shows(form, case["set"])
    assert shown == {"time.total": _plain(case["total"]), "time.check": case["says"]}


def test_every_scheme_has_a_case_and_a_case_for_each_text_that_replaces_a_total() -> None:
    assert {case["scheme"] for case in CASES} == {scheme.id for scheme in schemes()}
    totals = {str(case["shows"].get("total")) for case in CASES}
    assert {"权重不是100%", "缺3项"} <= totals


@pytest.mark.xdist_group("filled-in")
def test_a_veto_on_the_whole_form_takes_every_point(filling: Filling) -> None:
    """No shipped scheme sets the total to 0, so one is made that does."""
    shipped = next(scheme for scheme in schemes() if scheme.id == "online_shop_monthly")
    data = shipped.model_dump(mode="json")
    quality = next(
        item
        for section in data["sections"]
        for item in section["indicators"]
        if item["id"] == "reply_quality"
    )
    quality["method"]["whole_form"] = {"effect": "total_zero", "grade": None}
    form = filled(type(shipped).model_validate(data | {"id": "online_shop_monthly"}))
    form = Blueprint("veto", form.book, form.values)
    for count, vetoed in ((2, False), (3, True)):
        shown = filling.show(form, {"actual.reply_quality": Decimal(count)})
        assert shown == python_shows(form, {"actual.reply_quality": Decimal(count)})
        assert (shown["total"] == 0) is vetoed
        assert shown["grade"] == ("不合格" if vetoed else "良好")
