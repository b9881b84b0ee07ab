"""xladdin report rows: the lines behind a number, on the screen, as JSON and as CSV."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.app.command import xladdin
from tests.master.finished import people_master

LINES = (
    "工单编号,渠道,问题类型,处理人,客户编号,提交时间,首次回复时间,解决时间,状态,满意度,是否投诉,评价内容\n"
    "T1,电话,订单,QC001,KH00123,2026-10-05 09:00:00,2026-10-05 09:00:30,2026-10-05 10:00:00,已解决,满意,否,回复快\n"
    "T2,在线,订单,QC001,13812341234,2026-10-06 09:00:00,2026-10-06 09:01:00,,处理中,不满意,是,=打我电话13812341234\n"
    "T3,在线,物流,外人,KH00124,2026-10-07 20:00:00,,2026-10-07 21:00:00,已解决,,否,\n"
    "T4,在线,物流,外人,KH00125,2026-09-07 20:00:00,,2026-09-07 21:00:00,已解决,,否,\n"
)


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("rows")
    (folder / "总表.xlsx").write_bytes(people_master())
    (folder / "工单.csv").write_text(LINES, "utf-8-sig")
    return folder / "总表.xlsx", folder / "工单.csv"


def rows(given: tuple[Path, Path], *more: object, period: str = "2026-10"):
    master, data = given
    return xladdin("report", "rows", master, "--data", data, "--period", period, *more)


def test_the_screen_shows_conditions_count_and_where_lines_stand(given: tuple[Path, Path]) -> None:
    done = rows(given, "--where", "类型=订单", "--where", "指标=解决率")
    assert done.code == 0, done.err
    assert "条件：2026年10月提出；问题类型是“订单”；算进“解决率”的" in done.out
    assert "一共 2 条，其中 1 条算进分子" in done.out
    assert "T1" in done.out
    assert "工单.csv" in done.out
    assert "T3" not in done.out


def test_json_has_every_part_of_a_line(given: tuple[Path, Path]) -> None:
    found = json.loads(rows(given, "--where", "投诉=是", "--json").out)
    (line,) = found["rows"]
    assert (found["count"], line["编号"], line["行"]) == (1, "T2", "3")
    assert (line["响应（秒）"], line["解决（分钟）"], line["未解决"]) == ("60.0", "", "是")
    assert line["客户"] == "138****1234"
    assert line["评价内容"] == "=打我电话138****1234"


def test_another_month_is_asked_for_by_its_name(given: tuple[Path, Path]) -> None:
    assert json.loads(rows(given, "--json", period="2026-09").out)["count"] == 1


def test_a_csv_holds_all_and_no_formula(given: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "行.csv"
    done = rows(given, "--out", out)
    assert done.code == 0, done.err
    assert "1 处文字以 = + - @ 开头" in done.err
    assert out.stat().st_mode & 0o077 == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["编号"] for line in lines] == ["T1", "T2", "T3"]
    assert lines[1]["评价内容"] == "'=打我电话138****1234"
    assert rows(given, "--where", "类型=订单", "--out", out).code == 0
    out.write_text("别的\n", "utf-8")
    done = rows(given, "--out", out)
    assert (done.code, out.read_text("utf-8")) == (1, "别的\n")
    assert "--overwrite" in done.err
    assert rows(given, "--out", out, "--overwrite").code == 0
    assert rows(given, "--out", tmp_path / "行.xlsx").code == 1


CHATS = (
    "会话编号,客服,客户,开始时间,首次响应时长(秒),是否人工,是否询单,付款时间\n"
    "C1,QC001,甲,2026-10-05 09:00:00,10,是,是,2026-10-05 10:00:00\n"
    "C2,QC001,甲,2026-10-05 11:00:00,20,是,是,\n"
    "C3,QC001,乙,2026-10-05 12:00:00,400,是,是,\n"
    "C4,QC001,丙,2026-10-06 12:00:00,,是,否,\n"
)
ORDERS = (
    "订单编号,客户,客服,下单时间,付款时间,支付金额,是否退款\n"
    "D1,甲,QC001,2026-10-05 09:30:00,2026-10-05 10:00:00,12.50,否\n"
    "D2,甲,QC001,2026-10-06 09:30:00,2026-10-06 10:00:00,7.5,是\n"
    "D3,乙,QC001,2026-10-06 09:30:00,,,\n"
)


@pytest.fixture(scope="module")
def shop(given: tuple[Path, Path]) -> tuple[Path, Path]:
    folder = given[0].parent / "店铺"
    folder.mkdir()
    (folder / "会话.csv").write_text(CHATS, "utf-8-sig")
    (folder / "订单.csv").write_text(ORDERS, "utf-8-sig")
    return given[0], folder


def test_customers_are_counted_beside_their_sessions(shop: tuple[Path, Path]) -> None:
    done = rows(shop, "--where", "指标=询单转化率（T+4）")
    assert "一共 3 条，是 2 人，其中 1 人算进分子" in done.out, done.err
    found = json.loads(rows(shop, "--where", "环节=没有付款", "--json").out)
    (line,) = found["rows"]
    assert (line["编号"], line["环节"], line["快手回复"], line["询单人数"]) == (
        "C3", "没有付款", "没达到", "1",
    )  # fmt: skip


def test_orders_add_up_to_what_was_paid(shop: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "订单.csv"
    done = rows(shop, "--where", "指标=支付金额", "--out", out)
    assert "一共 2 个" in done.out, done.err
    with out.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert sum(float(line["支付金额（元）"]) for line in lines) == 20
    assert [line["买家数"] for line in lines] == ["1", ""]
    done = rows(shop, "--where", "指标=重复购买率")
    assert "一共 2 个，是 1 人，其中 1 人算进分子" in done.out


def test_requests_of_a_shop_without_tickets_are_its_chats(shop: tuple[Path, Path]) -> None:
    done = rows(shop, "--where", "指标=服务请求数量")
    assert "服务请求就是会话" in done.err
    assert "一共 4 条" in done.out


def test_what_no_line_says_is_told_with_what_there_is(given: tuple[Path, Path]) -> None:
    done = rows(given, "--where", "类型=退款", "--where", "客服=没这个人")
    assert "一共 0 条" in done.out
    assert "没有问题类型「退款」；有的是：物流、订单" in done.err
    assert "没有客服「没这个人」" in done.err


def test_an_unknown_column_and_bad_conditions_end_it(given: tuple[Path, Path]) -> None:
    master, data = given
    plain = data.with_name("少.csv")
    plain.write_text("工单编号,提交时间\nT1,2026-10-05 09:00:00\n", "utf-8-sig")
    done = xladdin(
        "report", "rows", master, "--data", plain, "--period", "2026-10", "--where", "类型=订单"
    )
    assert (done.code, "没有条件要的列" in done.err) == (1, True)
    done = rows(given, "--where", "天气=好", "--json")
    assert done.code == 1
    assert "看不懂" in json.loads(done.out)["problems"][-1]["message"] + done.err
