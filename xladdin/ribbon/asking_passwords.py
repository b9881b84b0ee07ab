"""A password for what holds a month's results, asked for where the settings say so.

It goes from Excel's own box into the file and is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from xladdin.company.company import Company
from xladdin.company.company_settings import SEAL_SETTING
from xladdin.ooxml import passwords
from xladdin.ooxml.sealing import UNSEALED, WEAK, Sealing, wrong_password

from . import windows_excel
from .desk import Desk, refused

YES, NO = "是", ("", "否")
BAD_SETTING = "“设置”里的“{setting}”写的是「{said}」，请写 是 或 否。"
QUESTION = (
    "给{what}设一个打开密码（输入时看得见，请注意旁边有没有人）。\n\n"
    "请记好密码：忘记了谁也打不开，也找不回来。"
)
AGAIN = "再输入一遍密码："
DIFFERENT = "两次输入的密码不一样，什么也没有写。"
SHORT = f"密码少于{WEAK}个字符，容易被猜出来。就用它吗？"


def sealing(desk: Desk, company: Company, what: str) -> Sealing | None:
    """How a result is to be written; None where the user is asked and gives up.

    ProblemsFound for a setting that says neither yes nor no, and for what is no password.
    """
    said = company.setting(SEAL_SETTING)
    if said in NO:
        return UNSEALED
    if said != YES:
        raise refused("bad_setting", BAD_SETTING.format(setting=SEAL_SETTING, said=said))
    word = windows_excel.typed_text(desk.app, QUESTION.format(what=what))
    if word is None:
        return None
    if wrong := wrong_password(word):
        raise refused("bad_password", f"{wrong}。")
    if len(word) < WEAK and not desk.affirms(SHORT):
        return None
    if windows_excel.typed_text(desk.app, AGAIN) != word:
        raise refused("bad_password", DIFFERENT)
    return Sealing(word)


@contextmanager
def known(sealing: Sealing) -> Iterator[None]:
    """What is there already may have the same password."""
    if not sealing:
        yield
        return
    with passwords.tried([sealing.password]):
        yield
