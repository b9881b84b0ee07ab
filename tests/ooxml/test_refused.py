from __future__ import annotations

from xladdin.ooxml.refused import DamagedError, RefusedError, TooLargeError, protected
from xladdin.problems import Place, Problem


def test_reasons_become_problems_with_their_place() -> None:
    found = RefusedError("code", "message", "S", "A1").problem("a.xlsx")
    assert found == Problem("code", "message", Place("a.xlsx", sheet="S", cell="A1"))


def test_each_reason_has_its_code() -> None:
    reasons = (DamagedError("x"), TooLargeError("太多"), protected())
    codes = [reason.problem("a").code for reason in reasons]
    assert codes == ["file_corrupt", "file_too_large", "file_protected"]
    assert "密码" in DamagedError(maybe_protected=True).message
    assert DamagedError("for engineers").why not in DamagedError("for engineers").message
