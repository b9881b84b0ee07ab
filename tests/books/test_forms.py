"""The registry of forms: what each asks and is given, where it lies, and how it is built again."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.books.blueprints import PERIOD, blueprints, competency, filled, read, schemes
from tests.books.opened import Opened, entry_keys
from tests.workbench.shipped import all_kinds_library
from xladdin.addin.buttons import buttons
from xladdin.books.forms import (
    COMPETENCY,
    KINDS,
    MONTHLY,
    SUITES,
    FormKind,
    Keys,
    keys,
    kind_of,
    rebuild,
    template_of,
)
from xladdin.books.identity import Identity, Origin
from xladdin.books.ratings.competency_summary import rows_for
from xladdin.domain.competency import ANONYMOUS, Source
from xladdin.domain.schemes import Scheme
from xladdin.layout.cells import Asked, Book, Fixed, Given, Result
from xladdin.layout.place import defined_name, keyed_cells
from xladdin.problems import Place
from xladdin.schemes.library import Library
from xladdin.schemes.load import Template

EACH_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
LISTED: dict[str, dict[str, Any]] = read("form_keys.yaml")
"""What is given and asked by one form of each kind, in words that somebody has read."""
ROOT = Path(__file__).parents[2]


def books(kind: FormKind[Any]) -> list[Book]:
    """A book of every shipped template from which such a form is made."""
    return [kind.book(template) for template in kind.templates(all_kinds_library())]


# Given and asked.


def test_every_kind_is_listed_and_no_other() -> None:
    assert list(LISTED) == [kind.id for kind in KINDS]


@EACH_KIND
def test_what_a_form_asks_is_given_and_keeps(kind: FormKind[Any]) -> None:
    listed = LISTED[kind.id]
    (template,) = (it for it in kind.templates(all_kinds_library()) if it.id == listed["of"])
    found = keys(kind.book(template))
    assert {what: " ".join(getattr(found, what)) for what in ("given", "asked", "fixed")} == {
        what: listed[what] for what in ("given", "asked", "fixed")
    }


@EACH_KIND
def test_every_keyed_cell_is_of_one_sort_and_every_result_has_its_formula(
    kind: FormKind[Any],
) -> None:
    for book in books(kind):
        sorts: dict[str, set[type]] = {}
        for key, _, cell in keyed_cells(book):
            sorts.setdefault(key, set()).add(type(cell.content))
        assert set().union(*sorts.values()) <= {Fixed, Given, Asked, Result}
        assert {key for key, found in sorts.items() if len(found) > 1} == set()
        found = keys(book)
        listed = [key for field in fields(Keys) for key in getattr(found, field.name)]
        assert sorted(listed) == sorted(sorts)
        assert set(found.results) <= book.model.keys()


@EACH_KIND
def test_what_is_asked_is_unlocked_and_what_is_given_is_locked_unless_it_says_so(
    kind: FormKind[Any],
) -> None:
    for book in books(kind):
        unlocked = {key for key, _, cell in keyed_cells(book) if not cell.style.locked}
        assert unlocked == entry_keys(book)
        assert all(sheet.protected for sheet in book.sheets)
        checked = {key for key, _, cell in keyed_cells(book) if cell.check}
        assert checked == unlocked


def test_only_figures_targets_and_the_company_are_given_and_open() -> None:
    found = {
        key.partition(".")[0]
        for kind in KINDS
        for book in books(kind)
        for key, _, cell in keyed_cells(book)
        if isinstance(cell.content, Given) and cell.content.open
    }
    assert found == {"target", "actual", "head"}


@pytest.mark.parametrize(
    "name", [name for name, form in blueprints().items() if form.book.named_cells]
)
def test_in_the_file_all_of_them_have_names_and_what_is_asked_is_unlocked(
    name: str, tmp_path: Path
) -> None:
    form = blueprints()[name]
    file, found = Opened(form.save(tmp_path)), keys(form.book, form.values)
    named = {*found.given, *found.asked, *found.fixed, *found.results}
    assert file.names.keys() == {defined_name(key) for key in named}
    assert file.unlocked >= {file.keys[key] for key in found.asked}
    assert file.unlocked == {file.keys[key] for key in entry_keys(form.book)}


def judged(scheme: Scheme) -> set[str]:
    return {f"actual.{item.id}" for item in scheme.indicators if item.subjective}


@pytest.mark.parametrize("scheme", schemes(), ids=lambda scheme: scheme.id)
def test_whether_a_figure_is_asked_depends_on_its_source_and_on_hr(scheme: Scheme) -> None:
    """A system's figure is given once it is there; counts and judgements are always asked."""
    form = filled(scheme)
    full, empty = keys(form.book, form.values), keys(form.book)
    fetched = {
        f"actual.{item.id}"
        for item in scheme.indicators
        if "系统" in item.source.way and not item.subjective
    }
    targets = {f"target.{item.id}" for item in scheme.indicators if item.uses_target}
    defaults = {f"target.{item.id}" for item in scheme.indicators if item.target is not None}
    assert fetched
    assert judged(scheme)
    assert fetched | targets <= set(full.given)
    assert set(empty.asked) - set(full.asked) == fetched | (targets - defaults)
    assert judged(scheme) <= set(full.asked)


def test_a_judgement_is_asked_whatever_its_source_says() -> None:
    scheme = schemes()[0].model_dump(mode="json")
    for section in scheme["sections"]:
        for item in section["indicators"]:
            item["source"]["way"] = "系统抓取"
    changed = Scheme.model_validate(scheme)
    asked = keys(MONTHLY.book(changed), dict.fromkeys(_actuals(changed), Decimal(1))).asked
    assert {key for key in asked if key.startswith("actual.")} == judged(changed)


def _actuals(scheme: Scheme) -> list[str]:
    return [f"actual.{item.id}" for item in scheme.indicators]


# The list, and what reads it.


def test_ids_and_labels_are_unique() -> None:
    assert len({kind.id for kind in KINDS}) == len({kind.label for kind in KINDS}) == len(KINDS)
    assert all(kind_of(kind.id) is kind for kind in KINDS)
    assert kind_of("") is None


def test_every_form_that_a_scheme_can_ask_for_is_a_kind_of_its_own() -> None:
    asked = get_args(Scheme.model_fields["form"].annotation)
    assert len(asked) > 1
    for form in asked:
        kind = kind_of(form)
        assert kind
        assert {it.form for it in kind.templates(all_kinds_library())} == {form}


@EACH_KIND
def test_a_form_calls_itself_by_its_kind(kind: FormKind[Any]) -> None:
    made = books(kind)
    assert made
    for book in made:
        (own,) = (cell.content for key, _, cell in keyed_cells(book) if key == "id.form")
        assert own == Fixed(kind.id, "id.form")
        assert book.private == kind.anonymous
        assert ("id.rater" in keys(book).given) == (kind.source not in {None, *ANONYMOUS})


def test_every_source_has_its_form() -> None:
    assert {kind.source for kind in KINDS} == {None, *Source}


def test_every_kind_is_made_by_a_suite_a_button_and_a_blueprint_of_the_tests() -> None:
    by_suite = {kind for suite in SUITES.values() for kind in suite.kinds}
    by_button = {kind for button in buttons() if button.makes for kind in button.makes.kinds}
    assert by_suite == by_button == set(KINDS)
    known = {_id_form(form.book) for form in blueprints().values()} - {None}
    assert known == {kind.id for kind in KINDS}


def _id_form(book: Book) -> str | None:
    found = [cell.content for key, _, cell in keyed_cells(book) if key == "id.form"]
    return str(found[0].value) if found and isinstance(found[0], Fixed) else None


def test_the_page_of_commands_tells_every_suite() -> None:
    told = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert [id_ for id_ in SUITES if f"| `{id_}` |" not in told] == []


PLACES = {
    "monthly": "考核表/2026-11",
    "sales": "考核表/2026-11",
    "job": ".",
    "competency": "能力考核",
    "summary": "个人工作总结",
    "slip": "绩效反馈单/2026-11",
}


def test_the_folder_of_a_suite() -> None:
    assert {id_: suite.folder(PERIOD).as_posix() for id_, suite in SUITES.items()} == PLACES


# Built again.


def identity_of(kind: FormKind[Any], template: Template, rows: tuple[Source, ...] = ()) -> Identity:
    origin = Origin(kind.id, template.id, template.fingerprint(), rows)
    return Identity(origin, "1", "T001", PERIOD, place=Place("表.xlsx"))


@EACH_KIND
def test_the_book_is_built_again_from_the_identity(kind: FormKind[Any]) -> None:
    library = Library.shipped()
    for template in kind.templates(library):
        rows = rows_for(template, ()) if kind is COMPETENCY else ()
        assert rebuild(identity_of(kind, template, rows), library) == (kind.book(template), [])


def test_a_summary_is_built_with_the_rows_that_it_had() -> None:
    rows = rows_for(competency(), [Source.PEER] * 5)
    book, _ = rebuild(identity_of(COMPETENCY, competency(), rows), Library.shipped())
    assert book == COMPETENCY.book(competency(), rows)
    assert book != COMPETENCY.book(competency())


def test_an_older_wording_of_the_scheme_is_found_by_its_content() -> None:
    now = schemes()[0]
    before = now.model_copy(update={"version": now.version + 1})
    both = Library(schemes=(now, before))
    for scheme in (now, before):
        assert template_of(identity_of(MONTHLY, scheme), both) == (scheme, [])


WRONG = {
    "unknown_form": lambda it: replace(it, origin=replace(it.origin, form="rating")),
    "form_version": lambda it: replace(it, version="0"),
    "unknown_template": lambda it: replace(it, origin=replace(it.origin, scheme="nobody")),
    "template_changed": lambda it: replace(it, origin=replace(it.origin, content="0123456789ab")),
}


@pytest.mark.parametrize("code", WRONG)
def test_what_cannot_be_built_again_is_told_with_its_file(code: str) -> None:
    identity = WRONG[code](identity_of(MONTHLY, MONTHLY.templates(Library.shipped())[0]))
    book, (problem,) = rebuild(identity, Library.shipped())
    assert book is None
    assert (problem.code, problem.place.file) == (code, "表.xlsx")


def test_a_scheme_is_not_taken_for_one_of_another_form() -> None:
    sales = next(scheme for scheme in schemes() if scheme.form == "sales")
    _, (problem,) = rebuild(identity_of(MONTHLY, sales), Library.shipped())
    assert problem.code == "unknown_template"
