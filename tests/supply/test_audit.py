from __future__ import annotations

import json

from tests.supply.audit import Audit, judge

SOUND = {"name": "lxml", "version": "6.1.3", "vulns": []}
SKIPPED = {"name": "rich", "skip_reason": "not found"}
FAULT = {"id": "PYSEC-2026-1", "fix_versions": ["6.2.0"], "aliases": [], "description": "…"}


def judged(*packages: object) -> Audit:
    return judge("run.txt", json.dumps({"dependencies": packages, "fixes": []}), "")


def test_a_sound_lock_is_good_and_said_to_be() -> None:
    done = judged(SOUND)
    assert done.is_good
    assert list(done.lines()) == ["run.txt: 1 audited, 0 vulnerable."]


def test_a_vulnerability_fails_and_is_named() -> None:
    done = judged(SOUND, SKIPPED, {**SOUND, "vulns": [FAULT]})
    assert not done.is_good
    assert "lxml 6.1.3: PYSEC-2026-1, mended in 6.2.0" in list(done.lines())


def test_packages_that_the_index_does_not_know_are_named() -> None:
    done = judged(SOUND, SKIPPED)
    assert done.is_good
    assert list(done.lines())[1] == "run.txt: NOT AUDITED, unknown to the index: rich."


def test_an_index_that_knows_nothing_has_audited_nothing() -> None:
    done = judged(SKIPPED)
    assert done.is_good
    assert list(done.lines()) == ["run.txt: NOT AUDITED, the index knows none of the 1 packages."]


def test_no_answer_is_said_and_is_no_failure() -> None:
    done = judge("run.txt", "", "requests.exceptions.ConnectionError: Max retries exceeded")
    assert done.is_good
    assert list(done.lines()) == ["run.txt: NOT AUDITED, no advisory index answered."]


def test_any_other_end_without_a_report_fails() -> None:
    for complaint in ("ERROR:pip_audit._cli:invalid requirements input: run.txt", ""):
        assert not judge("run.txt", "", complaint).is_good
