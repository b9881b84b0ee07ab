"""Kinds of company: what is offered, and that everything a kind names is there and fits together."""

from __future__ import annotations

from pathlib import Path

import pytest

from xladdin.cli.form_commands import KIND_HELP
from xladdin.domain.kind_models import CompanyKind
from xladdin.problems import ProblemsFound
from xladdin.schemes import company_kinds
from xladdin.schemes.company_kinds import every_kind, kind_called, library_of, offered, picked_kind

NAMES = ["电商客服", "培训", "物业", "呼叫中心", "空白"]


def test_these_are_offered_in_this_order() -> None:
    assert [kind.name for kind in offered()] == NAMES
    assert "、".join(NAMES) in KIND_HELP


@pytest.mark.parametrize(
    ("said", "id_"),
    [
        ("物业", "property"),
        (" property ", "property"),
        ("1", "online_shop"),
        ("５", "blank"),
        ("", "standard"),
        ("0", None),
        ("6", None),
        ("银行", None),
    ],
)
def test_an_answer_is_a_number_a_name_or_nothing(said: str, id_: str | None) -> None:
    found = picked_kind(said)
    assert (found.id if found else None) == id_


@pytest.mark.parametrize("kind", every_kind(), ids=lambda kind: kind.id)
def test_every_position_has_a_scheme_or_needs_none(kind: CompanyKind) -> None:
    library = library_of(kind)
    assert len(library.positions) == len(kind.positions)
    claimed = {name for scheme in library.schemes for name in scheme.positions}
    posts = {position.name: position.unappraised for position in library.positions}
    assert all((name in claimed) != unappraised for name, unappraised in posts.items())
    if kind.id != company_kinds.STANDARD:
        assert claimed == {name for name, unappraised in posts.items() if not unappraised}
    items = {item.name for scheme in library.schemes for item in scheme.indicators}
    assert {one.target for one in kind.mappings} <= items | {"工号", "姓名"}


def test_what_a_kind_names_and_nobody_ships_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "companies").mkdir()
    (tmp_path / "companies/odd.yaml").write_text(
        "kind: company_kind\nid: odd\nname: 怪\nabout: 试\nplace: 1\n"
        "positions: [coo, gone]\nschemes: [lost]\nunappraised: [没有的岗位]\n",
        "utf-8",
    )
    monkeypatch.setattr(company_kinds, "templates_dir", lambda: tmp_path)
    with pytest.raises(ProblemsFound) as found:
        every_kind.__wrapped__()
    told = " ".join(problem.message for problem in found.value.problems)
    assert all(f"「{name}」" in told for name in ("gone", "lost", "没有的岗位"))
    assert "coo" not in told


def test_a_kind_is_known_by_id_and_by_name() -> None:
    assert kind_called("空白") is kind_called("blank")
    assert kind_called("银行") is None
