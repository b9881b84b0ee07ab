"""Base pay out of a file of its own takes the place of 奖金基数, for this one command and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from xladdin.company.company import Company
from xladdin.intake.base_pay import lacking, read_base_pay
from xladdin.intake.handed_in import handed_in
from xladdin.ooxml.opening import is_protected
from xladdin.problems import Place, Problem, warning

OPEN = "工资表没有打开密码，谁都能看；请在 Excel 里用“用密码进行加密”保存"


def with_base_pay(company: Company, path: Path) -> tuple[Company, list[Problem]]:
    """The company in which everybody's base is what the file says, and every mismatch.

    A person who is not in it keeps the base of the roster or of the scheme, and is told.
    """
    file = handed_in(path)
    pay, problems = read_base_pay(file, company.employees)
    if not file.file.problems and not is_protected(file.file.on_disk):
        problems.append(warning("base_pay_open", OPEN, Place(file=file.name)))
    appraised = [one for one in company.employees if company.scheme_of(one) is not None]
    problems += lacking(pay, appraised, file.name)
    employees = tuple(
        one.model_copy(update={"bonus_base": pay.amounts[one.id]}) if one.id in pay.amounts else one
        for one in company.employees
    )
    return replace(company, employees=employees), problems
