"""Versions of a report: which one counts is asked only where something would be lost."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.returns.report_returns import kept, read, returned
from xladdin.returns.report_copies import ReceivedReport, gathered_reports, of_earlier

NEW = {"team.size": 8, "next.solved": 0.95}


def received(values: dict[str, object], name: str = "月报.xlsx") -> ReceivedReport:
    found = read(returned("monthly", values), name)
    return ReceivedReport(found, found.reports[0])


def test_the_same_words_in_two_files_are_one_version() -> None:
    reads = [received(NEW, name).read for name in ("甲.xlsx", "乙.xlsx")]
    (one,) = gathered_reports(reads)
    assert (len(one.copies), one.differing) == (2, False)


def test_an_earlier_version_is_asked_about_only_where_it_says_something_else() -> None:
    copy = received(NEW)
    earlier = kept(copy.report)
    assert list(of_earlier(copy, None)) == []
    assert list(of_earlier(copy, earlier)) == []
    less = replace(earlier, inputs={"team.size": Decimal(8)})
    assert list(of_earlier(copy, less)) == []
    more = replace(earlier, inputs={**earlier.inputs, "act.spare1.says": "双十一"})
    (question,) = of_earlier(copy, more)
    assert "填的act.spare1.says，这份没有或不一样" in question.fault
    other = replace(earlier, inputs={"team.size": Decimal(9)})
    (question,) = of_earlier(copy, other)
    assert "总体情况·月末人数·团队" in question.fault
