"""Where schemes and job analyses come from."""

from __future__ import annotations

from pathlib import Path

from xladdin.app.sources import library
from xladdin.paths import templates_dir
from xladdin.schemes.library import Library

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
