"""The shop's report from the command line: chats, orders and tickets in, a workbook out."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.app.command import xladdin
from tests.master.finished import people, people_master
from xladdin.app.init import write
from xladdin.company.company_settings import Setting
from xladdin.layout.saved import part_of
from xladdin.ooxml import opening, passwords

from .test_month_report import texts, tickets

CHAT_HEAD = (
    "会话ID", "客服昵称", "买家昵称", "会话开始时间", "首次响应时长（秒）", "平均响应时长（秒）", "接待类型", "售前售后",
    "付款时间", "满意度评分",
)  # fmt: skip
ORDER_HEAD = ("订单编号", "买家昵称", "下单时间", "付款时间", "实付金额")


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shop") / "总表.xlsx"
    path.write_bytes(people_master())
    return path


def written(path: Path, head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def chats(folder: Path) -> Path:
    """A chat a day in September and October; who asked on even days paid two days later."""
    rows = []
    for n in range(61):
        at = dt.datetime(2026, 9, 1, 10) + dt.timedelta(days=n)
        paid = at + dt.timedelta(days=2) if n % 2 == 0 else ""
        rows.append((f"H{n}", "小雨", f"客{n % 20}", at, 20 + n % 3, 40, "人工", "售前", paid, 5))
    return written(folder / "会话.csv", CHAT_HEAD, rows)


def orders(folder: Path) -> Path:
    rows = []
    for n in range(61):
        at = dt.datetime(2026, 9, 1, 12) + dt.timedelta(days=n)
        rows.append((f"D{n}", f"客{n % 20}", at, at, "99.00"))
    return written(folder / "订单.csv", ORDER_HEAD, rows)


def report(master: Path, data: Path, out: Path, *more: str, period: str = "2026-10") -> Any:
    command = ("report", "shop", master, "--data", data, "--period", period, "--out", out)
    return xladdin(*command, *more)


def test_a_shop_report_may_have_a_password(master: Path, tmp_path: Path) -> None:
    word, out = tmp_path / "密码.txt", tmp_path / "店铺.xlsx"
    word.write_text("correct-horse-9\n", "utf-8")
    word.chmod(0o600)
    data = chats(tmp_path)
    assert report(master, data, out, "--password-file", str(word)).code == 0
    assert out.read_bytes().startswith(b"\xd0\xcf\x11\xe0")
    with passwords.tried(["correct-horse-9"]):
        content = opening.open_file(out).data
    assert "店铺客服分析报告" in part_of(content, "docProps/core.xml")
    # Written again with it, it is known for ours; without it, it is left alone.
    assert report(master, data, out, "--password-file", str(word)).code == 0
    assert report(master, data, out).code == 1


def test_three_kinds_of_records_make_one_report(master: Path, tmp_path: Path) -> None:
    folder = tmp_path / "数据"
    folder.mkdir()
    chats(folder)
    orders(folder)
    tickets(folder / "工单.csv")
    out = tmp_path / "店铺.xlsx"
    done = report(master, folder, out)
    assert done.code == 0, done.err
    assert "服务请求 62 条、会话 31 条、付款订单 31 个" in done.out
    assert out.stat().st_mode & 0o077 == 0
    told = texts(out, "概述")
    assert "服务请求数量62条，比上月增加3.3%" in told
    assert "31人来咨询，接待31人（接待率100%），询单31人（询单率100%），付款16人" in told
    # 11 of 20 customers bought twice or more in 31 days.
    assert "重复购买率55%" in told
    assert "暂定，11月4日以后才最终" in texts(out, "付款转化")
    assert "合得上" in texts(out, "平台口径")
    assert "工单.csv" in texts(out, "数据质量")
    first = out.read_bytes()
    assert report(master, folder, out).code == 0
    assert out.read_bytes() == first


def test_chats_alone_are_the_requests_and_the_report_says_so(master: Path, tmp_path: Path) -> None:
    out = tmp_path / "店铺.xlsx"
    done = report(master, chats(tmp_path), out)
    assert done.code == 0, done.err
    assert "服务请求 31 条（就是会话，没有工单）、会话 31 条" in done.out
    assert "服务请求就是会话" in texts(out, "口径")
    assert "投诉比例：本月没有数据。" in texts(out, "概述")


def test_september_is_final_once_records_reach_the_fourth_day_after(
    master: Path, tmp_path: Path
) -> None:
    out = tmp_path / "店铺.xlsx"
    assert report(master, chats(tmp_path), out, period="2026-09").code == 0
    assert "暂定，10月4日以后才最终" not in texts(out, "付款转化")


def test_a_month_without_records_is_told_and_nothing_is_written(
    master: Path, tmp_path: Path
) -> None:
    out = tmp_path / "店铺.xlsx"
    done = report(master, chats(tmp_path), out, period="2027-03")
    assert done.code == 1
    assert "没有2027年3月的请求、会话和订单" in done.err
    assert not out.exists()


def test_targets_of_either_report_are_no_fault_of_the_other(tmp_path: Path) -> None:
    company = people()
    lines = (
        Setting("报告目标 询单转化率（T+4）", "60%"),
        Setting("报告目标 解决率", "90%"),
        Setting("报告达标线 客服响应时间", "21秒"),
    )
    path = tmp_path / "总表.xlsx"
    write(path, replace(company, settings=(*company.settings, *lines)))
    out = tmp_path / "店铺.xlsx"
    done = report(path, chats(tmp_path), out)
    assert done.code == 0
    assert "没有用上" not in done.err
    assert "不超过21秒" in texts(out, "口径")
    monthly = tmp_path / "月报.xlsx"
    done = xladdin(
        "report", "monthly", path, "--data", tickets(tmp_path / "工单.csv"), "--period", "2026-10",
        "--out", monthly,
    )  # fmt: skip
    assert done.code == 0
    assert "没有用上" not in done.err
