"""Two years of service records of the example company, as its systems export them: the same at every run.

Some of it is as untidy as exports are: days before months, sums below the lines, lines that come twice,
answers before their questions.  A report says so, and counts none of it twice.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from xladdin.files import FileChangedError, save_if_same
from xladdin.paths import templates_dir

MONTHS = tuple((2024 + (9 + number) // 12, (9 + number) % 12 + 1) for number in range(25))
"""2024-10 to 2026-10: two years and the month before, to compare with."""
AGENTS = 8
_SEED = 20261031
_REQUESTS, _CHATS, _ORDERS = 400, 260, 180
"""About so many lines a month."""
_BUSY = {6: 1.25, 11: 1.5, 12: 1.1, 2: 0.7}
"""Months of sales, and that of the spring festival."""
_HOURS = (0, 0, 0, 0, 0, 0, 0, 0, 2, 9, 12, 11, 6, 8, 11, 10, 9, 8, 6, 8, 10, 9, 6, 2)
_TYPES = (("产品", 24), ("订单", 22), ("支付", 9), ("售后", 27), ("物流", 18))
_CHANNELS = (("在线", 58), ("电话", 24), ("邮件", 6), ("工单", 12))
_PRAISE = ("很好", "回复快", "态度好", "解决了", "谢谢", "专业", "耐心")
_BLAME = ("太慢了", "没人回复", "没有解决", "转来转去", "物流太慢", "态度一般")
_SUGGESTED = ("建议加快退款", "建议写清尺寸", "希望晚上也有人")
_REQUEST_HEAD = [
    "工单编号",
    "渠道",
    "问题类型",
    "客服",
    "客户编号",
    "提出时间",
    "受理时间",
    "首次回复时间",
    "解决时间",
    "更新时间",
    "工单状态",
    "重开次数",
    "联系次数",
    "满意度评分",
    "是否投诉",
    "是否建议",
    "评价内容",
]
_CHAT_HEAD = [
    "会话ID",
    "客服昵称",
    "买家昵称",
    "会话开始时间",
    "首次响应时长（秒）",
    "平均响应时长（秒）",
    "接待类型",
    "售前售后",
    "下单时间",
    "付款时间",
    "满意度评分",
]
_ORDER_HEAD = ["订单编号", "买家昵称", "归属客服", "下单时间", "付款时间", "实付金额", "退款状态"]
_DAY_FIRST, _OTHER_ENCODING = (2025, 3), (2025, 8)
"""A month that was exported by another system, and one by an old one."""
_WORSE = (2026, 10)
"""A month in which things went less well: there is something to find."""

Line = list[str]


@dataclass(frozen=True, slots=True)
class _Agent:
    """Somebody of the example company, and how quickly they answer beside the others."""

    id: str
    name: str
    nickname: str
    pace: float


def sample(folder: Path) -> list[Path]:
    """Write the files into a folder, as far as they are not there, and return all of them.

    Raises OSError where the folder cannot be written.
    """
    files = {path: content for name, content in _files() for path in [folder / name]}
    for path, content in files.items():
        if not path.exists():
            with suppress(FileChangedError):
                save_if_same(path, None, content)
    return [*files]


def _files() -> Iterator[tuple[str, bytes]]:
    """Requests by the month, chats and orders by the year, as different systems export them."""
    agents = _agents()
    years: dict[str, list[Line]] = {}
    for year, month in MONTHS:
        chance = Random(_SEED + 100 * year + month)  # noqa: S311 - the same at every run
        made = _Month(year, month, agents, chance)
        encoding = "gb18030" if (year, month) == _OTHER_ENCODING else "utf-8-sig"
        content = _csv(_REQUEST_HEAD, made.requests()).encode(encoding)
        yield f"服务请求/服务请求 {year}-{month:02d}.csv", content
        years.setdefault(f"客服会话 {year}", [_CHAT_HEAD]).extend(made.chats())
        years.setdefault(f"订单 {year}", [_ORDER_HEAD]).extend(made.orders())
    for name, (head, *lines) in years.items():
        yield f"{name}.csv", _csv(head, lines).encode("utf-8-sig")


def _csv(head: Sequence[str], lines: Sequence[Line]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([head, *lines])
    return text.getvalue()


def _agents() -> list[_Agent]:
    text = (templates_dir() / "example_company" / "roster.csv").read_text("utf-8-sig")
    found = [row for row in csv.DictReader(io.StringIO(text)) if row["岗位"] == "售后客服"][:AGENTS]
    return [
        _Agent(row["工号"], row["姓名"], row["昵称"], 0.8 + 0.08 * number)
        for number, row in enumerate(found)
    ]


class _Month:
    """The lines of one month."""

    def __init__(self, year: int, month: int, agents: Sequence[_Agent], chance: Random) -> None:
        self.year, self.month, self.agents, self.chance = year, month, agents, chance
        self.key = (year, month)
        self.age = MONTHS.index(self.key)
        """From 0 to 24: they get better at it, but for the last month."""
        self.worse = 1.35 if self.key == _WORSE else 1.0
        self.first = dt.datetime(year, month, 1)
        self.days = ((self.first + dt.timedelta(days=32)).replace(day=1) - self.first).days

    def _number(self, usual: int) -> int:
        return round(usual * _BUSY.get(self.month, 1.0) * (1 + 0.01 * self.age))

    def _pick(self, weighed: Sequence[tuple[str, int]]) -> str:
        return self.chance.choices([one for one, _ in weighed], [each for _, each in weighed])[0]

    def _moments(self, number: int) -> list[dt.datetime]:
        """In the order of time; more on workdays, and when customers are awake."""
        days = [self.first + dt.timedelta(days=day) for day in range(self.days)]
        weights = [1.0 if day.weekday() < 5 else 0.7 for day in days]
        found = [
            day.replace(hour=self.chance.choices(range(24), _HOURS)[0])
            + dt.timedelta(seconds=self.chance.randrange(3600))
            for day in self.chance.choices(days, weights, k=number)
        ]
        return sorted(found)

    def _shown(self, moment: dt.datetime | None) -> str:
        if moment is None:
            return "--"
        form = "%d/%m/%Y %H:%M:%S" if self.key == _DAY_FIRST else "%Y-%m-%d %H:%M:%S"
        return moment.strftime(form)

    # Requests.

    def requests(self) -> list[Line]:
        """服务请求, with what goes wrong in exports."""
        moments = self._moments(self._number(_REQUESTS))
        lines = [
            line for number, opened in enumerate(moments) for line in self._request(number, opened)
        ]
        lines.insert(len(lines) // 2, lines[len(lines) // 3])
        if self.month % 3 == 1:
            lines.append(["合计", *[""] * 11, "", "", "", "", f"{len(moments)} 条"])
        return lines

    def _request(self, number: int, opened: dt.datetime) -> Iterator[Line]:
        chance, agent = self.chance, self.chance.choice(self.agents)
        kind, channel = self._pick(_TYPES), self._pick(_CHANNELS)
        pace = agent.pace * self.worse * (1.25 - 0.015 * self.age)
        quick = 45 if channel in ("在线", "电话") else 1500
        taken = opened + dt.timedelta(seconds=round(chance.expovariate(1 / (quick * 0.5 * pace))))
        replied = taken + dt.timedelta(seconds=1 + round(chance.expovariate(1 / (quick * pace))))
        hours = (18 if kind in ("售后", "物流") else 5) * pace
        solved = replied + dt.timedelta(seconds=60 + round(chance.expovariate(1 / (hours * 3600))))
        again = int(chance.random() < 0.05 + 0.02 * (kind == "售后"))
        open_ = chance.random() < (0.06 if self.key == MONTHS[-1] else 0.012)
        unhappy = 0.07 * pace + (0.05 if kind == "物流" and self.age > 20 else 0)
        complaint = chance.random() < unhappy * 0.45
        if number % 197 == 100:
            replied = opened - dt.timedelta(seconds=30)  # a clock that is wrong
        state = "处理中" if open_ else "已解决"
        end = None if open_ else solved
        judged = self._judged(unhappy, complaint)
        base = [
            f"GD{self.year}{self.month:02d}{number + 1:05d}",
            channel,
            kind,
            agent.name,
            f"KH{chance.randrange(1, 9000):05d}",
            self._shown(opened),
            self._shown(taken),
            "?" if number % 211 == 50 else self._shown(replied),
        ]
        counted = [str(again), str(1 + again + int(chance.random() < 0.12))]
        if again and number % 2:
            before = replied + (solved - replied) / 3
            yield [
                *base,
                self._shown(before),
                self._shown(before),
                "已解决",
                "0",
                "1",
                "",
                "否",
                "否",
                "",
            ]
        yield [*base, self._shown(end), self._shown(end or replied), state, *counted, *judged]

    def _judged(self, unhappy: float, complaint: bool) -> Line:
        """Stars, complaint, suggestion and words; most say nothing."""
        chance = self.chance
        suggestion = chance.random() < 0.02
        marks = ["是" if complaint else "否", "是" if suggestion else "否"]
        if not complaint and chance.random() > 0.42:
            return ["", *marks, chance.choice(_SUGGESTED) if suggestion else ""]
        bad = complaint or chance.random() < unhappy
        stars = chance.choice("112") if bad else chance.choices("345", (10, 30, 60))[0]
        said = chance.random() < 0.3
        words = chance.choice(_BLAME if bad else _PRAISE) if said else "无"
        return [stars, *marks, words]

    # Chats and orders.

    def chats(self) -> list[Line]:
        """客服会话 of the shop."""
        return [self._chat(*each) for each in enumerate(self._moments(self._number(_CHATS)))]

    def _chat(self, number: int, started: dt.datetime) -> Line:
        chance, agent = self.chance, self.chance.choice(self.agents)
        at_night = not 9 <= started.hour < 23
        kind = (
            "留言"
            if at_night and chance.random() < 0.7
            else "机器人"
            if chance.random() < 0.15
            else "人工"
        )
        first = round(chance.expovariate(1 / (24 * agent.pace * self.worse)) + 2)
        asked = chance.random() < 0.62
        bought = asked and chance.random() < 0.5 - 0.05 * (first > 40)
        ordered = started + dt.timedelta(seconds=chance.randrange(60, 90_000)) if bought else None
        paid = (
            ordered + dt.timedelta(seconds=chance.randrange(20, 3000))
            if ordered and chance.random() < 0.88
            else None
        )
        human = kind == "人工"
        return [
            f"HH{self.year}{self.month:02d}{number + 1:05d}",
            agent.nickname if human else "",
            f"tb{chance.randrange(1, 9000):05d}",
            self._shown(started),
            str(first) if human else "-",
            str(round(first * 1.2 + 6, 1)) if human else "-",
            kind,
            "售前" if asked else "售后",
            self._shown(ordered) if ordered else "",
            self._shown(paid) if paid else "",
            chance.choice("34555") if human and chance.random() < 0.3 else "",
        ]

    def orders(self) -> list[Line]:
        """订单 of the shop."""
        return [self._order(*each) for each in enumerate(self._moments(self._number(_ORDERS)))]

    def _order(self, number: int, ordered: dt.datetime) -> Line:
        chance = self.chance
        paid = (
            ordered + dt.timedelta(seconds=chance.randrange(15, 1800))
            if chance.random() < 0.92
            else None
        )
        back = paid is not None and chance.random() < 0.06
        return [
            f"{self.year}{self.month:02d}8{number + 1:09d}",
            f"tb{chance.randrange(1, 2500):05d}",
            chance.choice(self.agents).nickname,
            self._shown(ordered),
            self._shown(paid) if paid else "",
            f"{chance.lognormvariate(4.9, 0.5):,.2f}" if paid else "0.00",
            "退款成功" if back else "没有申请退款",
        ]
