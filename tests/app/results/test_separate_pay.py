"""Base pay out of an encrypted file: in the bonuses of the summary, and in no byte that the ledger keeps."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.app.command import xladdin
from tests.workbench.cached import cached_values
from tests.workbench.tools import ROOT
from xladdin.app.reading_company import read_master_company
from xladdin.app.results.separate_pay import with_base_pay
from xladdin.ooxml import passwords
from xladdin.ooxml.sealing import Sealing, plain

WORD = "gongzi-2026"
RATINGS = ROOT / "workbook_templates/example_company/ratings.csv"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A master with shares and departments' budgets, a ledger, a password, everybody's pay."""
    folder = tmp_path_factory.mktemp("工资")
    master = folder / "总表.xlsx"
    assert xladdin("init", str(master), "--example").code == 0
    book = openpyxl.load_workbook(master)
    schemes = book["考核方案"]
    heads = {cell.value: cell for row in schemes.iter_rows(max_row=5) for cell in row}
    for row in range(heads["业绩占比"].row + 1, heads["业绩占比"].row + 4):
        schemes.cell(row, heads["业绩占比"].column).value = 0.7
        schemes.cell(row, heads["能力占比"].column).value = 0.3
    settings = book["设置"]
    (free,) = [
        cell.row + 1
        for row in settings.iter_rows(max_col=1)
        for cell in row
        if cell.value == "时长口径"
    ]
    for row, (name, said) in enumerate(SETTINGS, start=free):
        settings.cell(row, 1).value, settings.cell(row, 3).value = name, said
    book.save(master)
    company, _ = read_master_company(master)
    sheet = openpyxl.Workbook()
    assert sheet.active is not None
    sheet.active.append(["工号", "姓名", "基本工资"])
    for number, one in enumerate(company.employees):
        sheet.active.append([one.id, one.name, amount(number)])
    made = io.BytesIO()
    sheet.save(made)
    (folder / "工资.xlsx").write_bytes(Sealing(WORD).sealed(made.getvalue()))
    (folder / "没加密.xlsx").write_bytes(made.getvalue())
    secret = folder / "密码.txt"
    secret.write_text(f"{WORD}\n", "utf-8")
    secret.chmod(0o600)
    assert xladdin("period", "open", str(master), "--period", "2026-10").code == 0
    return folder


SETTINGS = (("奖金预算：网络销售部", "7654321"), ("奖金取整", "分"))


def amount(number: int) -> float:
    """Digits that stand nowhere else."""
    return float(f"{83_471 + 97 * number}.{17 + number}")


def digits(number: int) -> tuple[str, str]:
    """As text, and as the whole part with a dot."""
    whole, cents = f"{amount(number):.2f}".split(".")
    return f"{whole}.{cents}", f"{whole}{cents}"


def test_bonuses_are_worked_out_from_it_and_the_ledger_never_holds_it(desk: Path) -> None:
    master, out = desk / "总表.xlsx", desk / "汇总.xlsx"
    sealed = ("--password-file", str(desk / "密码.txt"))
    pay = ("--base-pay", str(desk / "工资.xlsx"))
    month = (str(master), "--period", "2026-10")
    done = xladdin("summary", *month, "--out", str(out), *pay, *sealed)
    assert done.code == 0, done.err
    assert "网络销售部：应发" in done.out
    assert "记入台账" not in done.out
    with passwords.tried([WORD]):
        content = plain(out.read_bytes())
    assert content != out.read_bytes()
    (desk / "打开.xlsx").write_bytes(content)
    cached = {str(value) for value in cached_values(desk / "打开.xlsx").values()}
    sheet = openpyxl.load_workbook(desk / "打开.xlsx")["奖金"]
    bases = {cell.value for row in sheet.iter_rows() for cell in row}
    company, _ = read_master_company(master)
    scored = [i for i, one in enumerate(company.employees) if company.scheme_of(one) is not None]
    assert sum(amount(i) in bases for i in scored) > 20
    assert cached
    combined = xladdin(
        "summary", *month, "--combined", "--ratings", str(RATINGS), "--out", str(desk / "综合.xlsx")
    )
    assert combined.code == 0, combined.err
    assert "综合得分记入台账" in combined.out
    assert xladdin("feedback", *month, "--out", str(desk / "反馈单")).code == 0
    (desk / "打开.xlsx").unlink()
    kept = [
        path
        for path in desk.rglob("*")
        if path.is_file() and path.name not in ("汇总.xlsx", "工资.xlsx", "没加密.xlsx")
    ]
    assert any(path.name == "绩效台账.db" for path in kept)
    for path in kept:
        data = path.read_bytes()
        for number in range(len(company.employees)):
            for text in digits(number):
                assert text.encode() not in data, (path.name, text)
                assert text.encode("utf-16-le") not in data, (path.name, text)


def test_without_the_password_nothing_is_read_and_an_open_file_is_told(desk: Path) -> None:
    company, _ = read_master_company(desk / "总表.xlsx")
    same, problems = with_base_pay(company, desk / "工资.xlsx")
    assert same.employees == company.employees
    assert [one.is_error for one in problems] == [True]
    with passwords.tried(["falsch-123"]):
        _, problems = with_base_pay(company, desk / "工资.xlsx")
    assert [one.code for one in problems] == ["file_password_wrong"]
    paid, problems = with_base_pay(company, desk / "没加密.xlsx")
    assert "base_pay_open" in [one.code for one in problems]
    assert paid.employees[0].bonus_base == Decimal(str(amount(0)))


@pytest.mark.parametrize("more", [("--combined",), ()])
def test_it_is_for_one_month_s_bonuses(desk: Path, more: tuple[str, ...]) -> None:
    period = "2026-10" if more else "2026Q4"
    done = xladdin(
        "summary", str(desk / "总表.xlsx"), "--period", period, "--out", str(desk / "x.xlsx"),
        "--base-pay", str(desk / "没加密.xlsx"), *more,
    )  # fmt: skip
    assert (done.code, "--base-pay" in done.err) == (2, True)
