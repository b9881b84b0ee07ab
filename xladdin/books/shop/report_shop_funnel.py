"""咨询转化 of the shop's report: 咨询, 接待, 询单, 付款, what is lost between, and that it adds up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xladdin.analysis.metric import Metric
from xladdin.analysis.metrics import shop
from xladdin.analysis.record_lines import View
from xladdin.analysis.shop_figures import ShopFigures
from xladdin.analysis.shop_lines import NOT_ASKED, NOT_PAID, NOT_RECEIVED
from xladdin.books.reports import report_keys as keys
from xladdin.books.reports import report_overview as overview
from xladdin.books.reports import report_parts as rp
from xladdin.books.reports import report_sentences as say
from xladdin.books.reports.metric_lines import ADDED_UP, behind_metric
from xladdin.books.reports.report_lines import behind
from xladdin.books.reports.report_months import quotient
from xladdin.formula.nodes import (
    Blank,
    Compare,
    Expr,
    Greatest,
    If,
    IsNumber,
    Join,
    Rel,
    Round,
    SumNumbers,
    Text,
    Var,
    all_of,
    cases,
    mul,
    number,
    sub,
)
from xladdin.formula.questions import both, either, related
from xladdin.layout.cell_rules import Highlight
from xladdin.layout.cells import Block, Cell, Fixed, Result, Sheet
from xladdin.layout.drawings import Series, Waterfall
from xladdin.layout.styles import ALERT, CENTER, HEAD, LABEL, NOTE, PLAIN, TEXT

from . import report_shop_conclusions as conclusions
from .report_shop_work import MORE, conclusion

SHEET_NAME = "咨询转化"
WIDTHS, WIDTH = overview.WIDTHS, overview.WIDTH
CHART_ROWS = 12
STEPS = shop.FUNNEL
NAMES = ("咨询", "接待", "询单", "付款")
LOSSES = (
    ("没有接待", "没有人工回复：留言、机器人、没人回"),
    ("没有询单", "没有问要买的东西：售后、物流、闲谈"),
    ("没有付款", "到第4天（T+4）没有付款"),
)
LOST_STAGES = (NOT_RECEIVED, NOT_ASKED, NOT_PAID)
SHARES = (shop.RECEIVED_SHARE, shop.ASKED_SHARE, shop.CONVERTED)
TABLE: tuple[Metric, ...] = (
    *STEPS,
    shop.RECEIVED_SHARE,
    shop.ASKED_SHARE,
    shop.CONVERTED_SOON,
    shop.CONVERTED,
    shop.REPLIED,
    shop.FIRST_REPLY,
    shop.MEAN_REPLY,
    shop.SALES,
    shop.PAID_ORDERS,
    shop.BUYERS,
    shop.EACH_BUYER,
    shop.RETURNED,
)
CHECK, TOLD, TITLE = "funnel.check", "funnel.told", "funnel.title"
TITLES = (TITLE,)
MARK = "请核对"


def _now(step: int) -> Var:
    return Var(keys.value(STEPS[step].id))


def _lost(step: int, what: str = "lost") -> str:
    """A loss after a step: how many, of those who came, of all losses."""
    return f"funnel.{step}.{what}"


def model(figures: ShopFigures) -> dict[str, Expr]:
    """The table, the losses, the sentence, the check, and what the chart shows."""
    found: dict[str, Expr] = {}
    for metric in TABLE:
        found |= overview.metric_cells(metric, figures)
    scale = shop.CONVERTED.scale
    for step in range(len(LOSSES)):
        before, after = _now(step), _now(step + 1)
        known = both(IsNumber(before), IsNumber(after))
        found[_lost(step)] = If(known, sub(before, after), Blank())
        found[_lost(step, "from")] = rp.or_dash(before)
        found[_lost(step, "to")] = rp.or_dash(after)
        found[_lost(step, "share")] = quotient(Var(_lost(step)), _now(0), scale)
        found[_lost(step, "passed")] = rp.or_dash(Var(keys.value(SHARES[step].id)))
    losses = tuple(Var(_lost(step)) for step in range(len(LOSSES)))
    found["funnel.lost"] = If(all_of(tuple(map(IsNumber, losses))), SumNumbers(losses), Blank())
    found["funnel.lost_share"] = quotient(Var("funnel.lost"), _now(0), scale)
    found |= {CHECK: _check(), TOLD: _told(), TITLE: _title()}
    return conclusions.unless_provisional(found) | _steps()


def _check() -> Expr:
    """How the steps make up the whole; which step holds more than the one before it."""
    wrong = [
        (
            related(Rel.GT, _now(step + 1), _now(step)),
            Text(f"{MARK}：{NAMES[step + 1]}比{NAMES[step]}多"),
        )
        for step in range(len(LOSSES))
    ]
    parts: list[Expr] = [Text("咨询"), Round(_now(0), 0), Text(" = ")]
    for step, (name, _) in enumerate(LOSSES):
        parts += [Text(f"{name}"), Round(Var(_lost(step)), 0), Text(" + ")]
    parts += [Text("付款"), Round(_now(3), 0)]
    known = all_of(tuple(IsNumber(_now(step)) for step in range(len(STEPS))))
    return cases((*wrong, (known, Join(tuple(parts)))), Text("人数不全，合不上"))


def _told() -> Expr:
    """The way in one sentence, and where most are lost."""
    known = all_of(tuple(IsNumber(_now(step)) for step in range(len(STEPS))))
    parts: list[Expr] = [Round(_now(0), 0), Text("人来咨询")]
    for step, share in enumerate(SHARES):
        parts += [Text(f"，{NAMES[step + 1]}"), Round(_now(step + 1), 0), Text("人")]
        value = Var(keys.value(share.id))
        told = Join(
            (Text(f"（{share.name.partition('（')[0]}"), say.told(share.scale, value), Text("）"))
        )
        parts.append(If(IsNumber(value), told, Text("")))
    lost = [Var(_lost(step)) for step in range(len(LOSSES))]
    most = cases(
        (
            (Compare(Rel.LE, Var("funnel.lost"), number(0)), Text("。")),
            (_most(lost, 0), _most_told(0)),
            (_most(lost, 1), _most_told(1)),
        ),
        _most_told(2),
    )
    return If(known, Join((*parts, most)), Text("漏斗：本月人数不全。"))


def _most(lost: Sequence[Var], step: int) -> Expr:
    others = [one for i, one in enumerate(lost) if i != step]
    return all_of(tuple(Compare(Rel.GE, lost[step], one) for one in others))


def _most_told(step: int) -> Expr:
    name, _ = LOSSES[step]
    share = Var(_lost(step, "share"))
    return Join(
        (
            Text(f"；少得最多的是{name}，"),
            Round(Var(_lost(step)), 0),
            Text("人，占咨询的"),
            say.told(shop.CONVERTED.scale, share),
            Text("。"),
        )
    )


def _title() -> Expr:
    paid, asked = _now(3), _now(0)
    share = quotient(paid, asked, shop.CONVERTED.scale)
    told = Join((Text("每100个咨询的人，"), Round(mul(share, say.HUNDRED), 1), Text("人付了款")))
    some = Compare(Rel.GT, asked, number(0))
    return If(
        both(IsNumber(paid), IsNumber(asked)),
        If(some, told, Text("咨询到付款")),
        Text("咨询到付款"),
    )


def _bar(i: int, what: str) -> str:
    return f"funnel.bar.{i}.{what}"


def _steps() -> dict[str, Expr]:
    """Bars of steps and of losses between them; a missing figure is a bar of nothing."""
    found: dict[str, Expr] = {}
    for step in range(len(STEPS)):
        last = step == len(STEPS) - 1
        found[_bar(2 * step, "paid" if last else "sum")] = SumNumbers((_now(step),))
        if not last:
            after = SumNumbers((_now(step + 1),))
            found[_bar(2 * step + 1, "unseen")] = after
            found[_bar(2 * step + 1, "lost")] = Greatest(
                sub(SumNumbers((_now(step),)), after), number(0)
            )
    return found


def sheet(figures: ShopFigures) -> Sheet:
    """The way, the losses, the chart, the figures beside."""
    blocks = [
        *rp.head(figures, "咨询转化：咨询 → 接待 → 询单 → 付款", WIDTH),
        Block((rp.result(0, 0, TOLD, rp.TOLD, cols=WIDTH),), 1, {0: 22.0}),
        rp.together((*_losses(figures), _sums(figures))),
        rp.together(
            (rp.heading("结论", WIDTH), *(conclusion(metric) for metric in conclusions.SELLING))
        ),
        rp.framed((chart(rp.pixels(WIDTHS), rp.chart_height(CHART_ROWS)),), CHART_ROWS, WIDTH),
        rp.together(
            (rp.heads(overview.HEADS), *(overview.row(metric, figures) for metric in TABLE))
        ),
        Block((Cell(0, 0, Fixed(MORE), NOTE, cols=WIDTH),), 1),
    ]
    return rp.sheet(SHEET_NAME, WIDTHS, blocks)


def _losses(figures: ShopFigures) -> Iterator[Block]:
    heads = ("环节", "单位", "上一步", "下一步", "少了", "占咨询", "过来的", "少在哪里")
    cells = [Cell(0, col, Fixed(text), HEAD) for col, text in enumerate(heads[:-1])]
    cells.append(Cell(0, 7, Fixed(heads[-1]), HEAD, cols=WIDTH - 7))
    yield Block(tuple(cells), 1, {0: 24.0})
    count, rate = CENTER.shown_as("#,##0"), CENTER.shown_as("0.0%")
    came = [behind_metric(figures, metric) for metric in STEPS]
    lost = [
        behind(figures, View.STAGE, [stage], f"，这个数是“{ADDED_UP[STEPS[0]]}”一列的和")
        for stage in LOST_STAGES
    ]
    for step, (_, why) in enumerate(LOSSES):
        yield Block(
            (
                Cell(0, 0, Fixed(f"{NAMES[step]} → {NAMES[step + 1]}"), rp.LEFT_LABEL),
                Cell(0, 1, Fixed("人"), CENTER),
                rp.led(rp.result(0, 2, _lost(step, "from"), count), came[step]),
                rp.led(rp.result(0, 3, _lost(step, "to"), count), came[step + 1]),
                rp.led(rp.result(0, 4, _lost(step), count), lost[step]),
                rp.led(rp.result(0, 5, _lost(step, "share"), rate), lost[step]),
                rp.led(rp.result(0, 6, _lost(step, "passed"), rate), came[step]),
                Cell(0, 7, Fixed(why), TEXT, cols=WIDTH - 7),
            ),
            1,
            {0: 22.0},
        )


def _sums(figures: ShopFigures) -> Block:
    every = behind(
        figures, View.STAGE, [*reversed(LOST_STAGES)], f"，这个数是“{ADDED_UP[STEPS[0]]}”一列的和"
    )
    off = either(*(related(Rel.GT, _now(i + 1), _now(i)) for i in range(len(LOSSES))))
    check = Cell(0, 7, Result(CHECK), LABEL, cols=WIDTH - 7, highlights=(Highlight(off, ALERT),))
    return Block(
        (
            Cell(0, 0, Fixed("合计"), LABEL, cols=4),
            rp.led(rp.result(0, 4, "funnel.lost", LABEL.shown_as("#,##0")), every),
            rp.led(rp.result(0, 5, "funnel.lost_share", LABEL.shown_as("0.0%")), every),
            Cell(0, 6, Fixed(""), LABEL),
            check,
        ),
        1,
        {0: 22.0},
    )


def chart(width: int, height: int, row: int = 0, col: int = 0) -> Waterfall:
    """The steps as bars, and between them what is lost."""
    bars = range(2 * len(STEPS) - 1)
    return Waterfall(
        row,
        col,
        "咨询到付款",
        tuple(_bar(i, "name") for i in bars),
        tuple(
            Series(name, tuple(_bar(i, what) for i in bars))
            for name, what in (
                ("", "unseen"),
                ("到这一步的人", "sum"),
                ("付了款的人", "paid"),
                ("少了的人", "lost"),
            )
        ),
        width,
        height,
        unit="人",
        title_key=TITLE,
    )


def hidden() -> Iterator[Block]:
    """What the chart shows, a row per bar."""
    worked_out = _steps()
    for i in range(2 * len(STEPS) - 1):
        name = LOSSES[i // 2][0] if i % 2 else NAMES[i // 2]
        cells = [Cell(0, 0, Fixed(name, _bar(i, "name")), PLAIN)]
        for col, what in enumerate(("unseen", "sum", "paid", "lost"), start=1):
            own = _bar(i, what)
            content = Result(own) if own in worked_out else Fixed(None, own)
            cells.append(Cell(0, col, content, PLAIN))
        yield Block(tuple(cells), 1)
