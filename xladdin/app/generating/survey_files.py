"""Writes the customers' questionnaire as text beside the questionnaires, to paste into a survey site."""

from __future__ import annotations

from pathlib import Path

from xladdin.books.forms import TO_SEND
from xladdin.books.ratings import survey_text
from xladdin.company.company import Company
from xladdin.domain.competency import CompetencyScheme, Source
from xladdin.domain.people import Employee, Period
from xladdin.domain.presence import presence
from xladdin.files import (
    FileChangedError,
    FileLockedError,
    content_of,
    reason,
    safe_name,
    save_if_same,
)
from xladdin.problems import Place, Problem, warning

NAME = "粘贴到问卷网站"


def write_texts(company: Company, period: Period, out: Path) -> list[Problem]:
    """One text per scheme that asks customers; one that is there and differs stays, and is told.

    For everybody who is there in the month, whoever forms are made for: else a form for one person
    would make a survey of one.
    """
    people: dict[str, tuple[CompetencyScheme, list[Employee]]] = {}
    for employee in company.employees:
        scheme = company.competency_of(employee)
        asks = scheme is not None and Source.CUSTOMER in scheme.sources
        if scheme is not None and asks and not presence(employee, period).absent:
            people.setdefault(scheme.id, (scheme, []))[1].append(employee)
    problems = []
    for scheme, employees in people.values():
        several = f"_{scheme.name}" if len(people) > 1 else ""
        name = safe_name(f"{period}_{survey_text.TITLE}{several}_{NAME}")
        below = Path(TO_SEND) / f"{name}.txt"
        # With a mark, so that the editor of any Windows reads it as UTF-8.
        text = survey_text.text(scheme, employees, company.name)
        problems += _save(out / below, below, text.replace("\n", "\r\n").encode("utf-8-sig"))
    return problems


def _save(path: Path, below: Path, content: bytes) -> list[Problem]:
    place = Place(str(below))
    try:
        before = content_of(path)
        if before == content:
            return []
        if before is not None:
            message = "问卷的文字已有，和现在的人员、问题不一样，没有覆盖；要新的请先删掉它再生成"
            return [warning("survey_kept", message, place)]
        save_if_same(path, None, content, private=True)
    except (OSError, FileLockedError, FileChangedError) as error:
        why = reason(error) if isinstance(error, OSError) else "正在被别的程序使用"
        return [Problem("not_written", f"问卷的文字写不进去：{why}", place)]
    return []
