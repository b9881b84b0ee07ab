"""Where schemes and job analyses come from."""

from __future__ import annotations

from pathlib import Path

from xladdin.app.sources import library
from xladdin.paths import templates_dir
from xladdin.schemes.library import Library
from xladdin.schemes.load import COMPETENCY, KPI, Broken

SHIPPED = Library.shipped()


def test_nothing_named_is_everything_shipped() -> None:
    assert library([]) == (SHIPPED, [])


def test_ids_files_and_folders_may_be_mixed() -> None:
    file = templates_dir() / "kpi_schemes" / "sales_service.yaml"
    folder = templates_dir() / "example_company"
    found, problems = library(["online_shop_monthly", str(file), str(folder)])
    assert [scheme.id for scheme in found.schemes] == ["online_shop_monthly", "sales_service"]
    assert not problems
    assert {"售后客服", "网销主管", "COO"} <= {position.name for position in found.positions}


def test_own_job_analyses_come_in_the_place_of_shipped_ones_of_the_same_name() -> None:
    own = templates_dir() / "positions" / "service_specialist.yaml"
    found, _ = library([str(own)])
    assert [item.id for item in found.positions_named("客服专员")] == ["service_specialist"]
    assert found.schemes == ()


def test_what_is_not_there_is_named_and_the_rest_is_used(tmp_path: Path) -> None:
    found, problems = library(["没有", str(tmp_path), "sales_service"])
    assert [scheme.id for scheme in found.schemes] == ["sales_service"]
    assert [problem.place.file for problem in problems] == ["没有"]


BROKEN = "kind: {kind}\nid: own\nname: 自家方案\npositions: [网销客服]\n"


def test_a_scheme_with_faults_is_known_by_name_from_a_file_or_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "方案.yaml"
    path.write_text(BROKEN.format(kind=KPI), "utf-8")
    known = Broken(KPI, "own", "自家方案", ("网销客服",))
    for source in (path, tmp_path):
        found, problems = library([str(source)])
        assert found.broken == (known,)
        assert problems
        assert found.competencies == SHIPPED.competencies


def test_no_shipped_scheme_takes_the_place_of_a_competency_scheme_with_faults(
    tmp_path: Path,
) -> None:
    path = tmp_path / "方案.yaml"
    path.write_text(BROKEN.format(kind=COMPETENCY), "utf-8")
    found, _ = library([str(path)])
    assert found.competencies == ()
    assert [each.label for each in found.broken] == ["自家方案"]


def test_what_is_no_scheme_at_all_is_no_broken_one(tmp_path: Path) -> None:
    for name, text in {"a": "kind: [\n", "b": "- 1\n", "c": "kind: position\n"}.items():
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    found, problems = library([str(tmp_path)])
    assert found.broken == ()
    assert problems
