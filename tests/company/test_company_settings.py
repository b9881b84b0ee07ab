"""The settings that a new master workbook has."""

from __future__ import annotations

from xladdin.company.company import Company
from xladdin.company.company_settings import FOLDER_SETTING, first_settings


def test_they_say_nothing_but_the_name_until_somebody_fills_them_in() -> None:
    firm = Company(settings=first_settings("某公司"))
    assert (firm.name, firm.month, firm.setting(FOLDER_SETTING)) == ("某公司", None, "")
    assert all(line.remark for line in firm.settings)
