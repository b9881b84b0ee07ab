"""Where forms lie below the folder that somebody chose for all of them."""

from __future__ import annotations

from pathlib import Path

from xladdin.books import job_analysis, monthly, personal_summary
from xladdin.domain.people import Period

from .generate import COMPETENCY, SALES

MONTHLY_FOLDER, RATING_FOLDER, SUMMARY_FOLDER = "考核表", "能力考核", "个人工作总结"


def folder_of(form: str, period: Period) -> Path:
    """The folder of a kind of form: monthly ones by month, since there come to be many.

    HR's list of tokens is one for all months, so that everything about ratings lies together.
    Job analyses bring a folder of their own.
    """
    by_month = Path(MONTHLY_FOLDER) / period
    folders = {
        monthly.FORM: by_month,
        SALES: by_month,
        COMPETENCY: Path(RATING_FOLDER),
        personal_summary.FORM: Path(SUMMARY_FOLDER),
        job_analysis.FORM: Path(),
    }
    return folders[form]
