"""What the first page of a debrief says: sentences, drafts of measures and of a closing, what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from xladdin.analysis.debrief_figures import (
    APPRAISAL,
    COMPLAINING,
    MEASURES,
    REQUESTS,
    RESOLUTION,
    SATISFACTION,
    SPEED,
    DebriefFigures,
    Measure,
)
from xladdin.analysis.metrics import workload
from xladdin.books.reports import report_parts as rp
from xladdin.books.reports import report_sentences as say
from xladdin.formula.nodes import (
    AnyOf,
    Compare,
    Expr,
    If,
    IsNumber,
    Join,
    Listing,
    Not,
    Rel,
    Round,
    Text,
    Var,
    cases,
    number,
    total,
)
from xladdin.formula.questions import both, equal, some

from . import report_debrief_keys as keys
from . import report_debrief_training as training
from .report_debrief_beside import in_all
from .report_debrief_months import differs

OVERALL, CLOSING, LACKING = "told.overall", "draft.closing", "told.lacking"
EFFECT = f"{training.METRIC.id}.effect"
EFFECT_NAME = "培训后满意度"


def sentence_key(of: Measure) -> str:
    """What is said of a measure's year."""
    return f"told.{of.id}"


def draft_key(what: str) -> str:
    """A drafted measure to take."""
    return f"draft.{what}"


def model(figures: DebriefFigures) -> dict[str, Expr]:
    """Every sentence of the page."""
    found: dict[str, Expr] = {OVERALL: _overall(figures)}
    for of in MEASURES:
        found[sentence_key(of)] = _sentence(of, figures.employee is None)
        found[draft_key(of.id)] = _draft(of)
    found[draft_key("survey")] = _survey()
    found[CLOSING] = _closing()
    warned: list[tuple[Expr, str]] = [(Not(equal(Var(differs(of, side), text=True), Text(""))), of.year.name)
              for of in MEASURES for side in keys.SIDES]  # fmt: skip
    found[LACKING] = Join(
        (
            _lacking(),
            If(
                AnyOf(tuple(test for test, _ in warned)),
                Join(
                    (
                        Text("全年数是自己填的，和按月算的不一样，请核对："),
                        Listing(tuple(_once(warned))),
                    )
                ),
                Text(""),
            ),
        )
    )
    return found


def _once(warned: list[tuple[Expr, str]]) -> Iterator[tuple[Expr, str]]:
    """Of both years of a measure one entry."""
    names = dict.fromkeys(name for _, name in warned)
    for name in names:
        tests = tuple(test for test, of in warned if of == name)
        yield AnyOf(tests), name


def _label(side: str) -> Var:
    return Var(keys.LABEL[side], text=True)


def _year(of: Measure, side: str) -> Var:
    return Var(keys.year(of.id, side))


def _overall(figures: DebriefFigures) -> Expr:
    """How much was done, in both years where they are of as many months."""
    metric = workload.REQUESTS
    now, before = (Var(keys.item_sum(REQUESTS, side)) for side in (keys.THIS, keys.LAST))
    months = {
        side: total(
            tuple(
                If(
                    both(IsNumber(Var(keys.item(REQUESTS, side, month))), keys.inside(month)),
                    number(1),
                    number(0),
                )
                for month in keys.MONTHS
            )
        )
        for side in keys.SIDES
    }
    parts = [month for month in figures.parts if figures.parts[month]]
    told = Join((Text("处理服务请求"), say.told(metric.scale, now)))
    uneven = Join(
        (
            Text("；"),
            _label(keys.LAST),
            say.told(metric.scale, before),
            Text("，两年有数据的月份不一样多，不比总数"),
        )
    )
    alike = Join((Text("，"), keys.beside_last(metric, now, before)))
    if parts:
        alike = Join(
            (
                Text("；"),
                _label(keys.LAST),
                say.told(metric.scale, before),
                Text("，有的月份不是整月，不比总数"),
            )
        )
    beside = cases(
        (
            (
                Not(IsNumber(before)),
                Join((Text("；"), _label(keys.LAST), Text("没有数据，不比较"))),
            ),
            (Not(equal(months[keys.THIS], months[keys.LAST])), uneven),
        ),
        alike,
    )
    who = "本部门" if figures.employee is None else ""
    return Join(
        (
            Text(f"{who}"),
            _label(keys.THIS),
            If(IsNumber(now), Join((told, beside)), Text("还没有服务请求的数据")),
            Text("。"),
            If(equal(_numbers()[3], number(len(MEASURES))), Text(""), _counted_words()),
        )
    )


def _counted_words() -> Expr:
    """How many of the measures became better, worse, or stayed."""
    better, worse, flat, none = _numbers()
    return Join(
        (
            Text("四项指标和"),
            _label(keys.LAST),
            Text("比："),
            Round(better, 0),
            Text("项好转，"),
            Round(worse, 0),
            Text("项变差，"),
            Round(flat, 0),
            Text("项持平"),
            If(some(none), Join((Text("，"), Round(none, 0), Text("项缺数据不比"))), Text("")),
            Text("。"),
        )
    )


def _judged(of: Measure) -> Var:
    return Var(in_all(of.id, "judged"), text=True)


def _is(of: Measure, word: str) -> Expr:
    return equal(_judged(of), Text(word))


def _numbers() -> tuple[Expr, Expr, Expr, Expr]:
    def many(word: str) -> Expr:
        return total(tuple(If(_is(of, word), number(1), number(0)) for of in MEASURES))

    return many(say.BETTER), many(say.WORSE), many(say.FLAT), many("")


def _sentence(of: Measure, team: bool) -> Expr:
    """A measure's two years, and the team's median."""
    now, before, metric = _year(of, keys.THIS), _year(of, keys.LAST), of.year
    mid = Var(keys.year_middle(of.id, keys.THIS))

    def at(side: str, value: Var) -> Expr:
        return Join(
            (_label(side), Text("的"), say.told(metric.scale, value), keys.count_told(of, side))
        )

    this = at(keys.THIS, now)
    compared = Join(
        (
            Text("从"),
            at(keys.LAST, before),
            Text("到"),
            this,
            Text("，"),
            keys.beside_last(metric, now, before),
            If(
                _is(of, say.FLAT),
                Text(""),
                Join((Text("，"), _judged(of))),
            ),
        )
    )
    alone = Join(
        (
            _label(keys.THIS),
            say.told(metric.scale, now),
            keys.count_told(of, keys.THIS),
            Text("，"),
            _label(keys.LAST),
            Text("没有数据，不比较"),
        )
    )
    middle_told = say.told(metric.scale, mid)
    beside = (
        Join((Text("；部门里各人的中位数是"), middle_told))
        if team
        else Join(
            (Text("；团队中位数"), middle_told, Text("，"), keys.beside_middle(metric, now, mid))
        )
    )
    whole = Join(
        (
            Text(f"{metric.name}："),
            If(IsNumber(before), compared, alone),
            If(IsNumber(mid), beside, Text("")),
            Text("。"),
        )
    )
    lack = Text(f"{metric.name}：今年没有数据，请在“月度数据”里填。")
    return If(IsNumber(now), whole, lack)


WORSE_DRAFTS = {
    SATISFACTION.id: "把今年不满意的评价逐条看一遍，分出最多的两类原因，每月和主管对一次改没改",
    COMPLAINING.id: "每起投诉三天内写清经过和处理，每月把重复出现的问题报给相关部门一起改",
    SPEED.id: "找出处理时间最长的几类问题，补好产品知识和标准话术，需要别的部门配合的先约好谁接、多久回",
    RESOLUTION.id: "没有解决的请求每周清一次，写明卡在哪里，自己办不了的当天转给能办的人并跟到底",
}
KEEP_DRAFTS = {
    SATISFACTION.id: "保持现在的做法，把客户评价好的几次沟通整理成例子，和同事交流",
    COMPLAINING.id: "保持现在的做法，容易引起投诉的情况先跟客户说清楚",
    SPEED.id: "保持现在的做法，新产品上线前先把常见问题的答法准备好",
    RESOLUTION.id: "保持现在的做法，遇到没见过的问题记进知识库",
}
LACK_DRAFTS = "先把两年的数补齐，再写措施"


def _draft(of: Measure) -> Expr:
    """A measure to take by what became of the figure: a draft, which people put into their words."""
    now, before = _year(of, keys.THIS), _year(of, keys.LAST)
    behind = equal(Var(in_all(of.id, "mid"), text=True), Text(keys.BELOW))
    worse = Join(
        (
            Text(f"{of.year.name}"),
            keys.beside_last(of.year, now, before),
            Text(f"：{WORSE_DRAFTS[of.id]}。"),
        )
    )
    return cases(
        (
            (Not(IsNumber(now)), Text(f"{of.year.name}：{LACK_DRAFTS}。")),
            (_is(of, say.WORSE), worse),
            (behind, Text(f"{of.year.name}不如团队中位数：{WORSE_DRAFTS[of.id]}。")),
        ),
        Text(f"{of.year.name}：{KEEP_DRAFTS[of.id]}。"),
    )


def _survey() -> Expr:
    """Surveys: satisfaction of few answers says little."""
    many = Var(keys.item_sum(SATISFACTION.below, keys.THIS)) if SATISFACTION.below else number(0)
    few = Join(
        (
            Text("有评价的请求今年只有"),
            Round(many, 0),
            Text("条，看不准：结束服务时请客户评价，每季度再做一次客户调研。"),
        )
    )
    plenty = Text("每季度做一次客户调研，听客户要什么，按结果调整服务。")
    is_few = Compare(Rel.LT, many, number(say.SMALL))
    return If(IsNumber(many), If(is_few, few, plenty), plenty)  # type: ignore[arg-type]


def _closing() -> Expr:
    """A first draft of the closing: what went well, what did not, in the figures' own terms."""

    def names(word: str) -> Expr:
        return Listing(tuple((_is(of, word), of.year.name) for of in MEASURES))

    better, worse, _, none = _numbers()
    well = If(some(better), Join((Text("好转的有"), names(say.BETTER), Text("；"))), Text(""))
    badly = If(
        some(worse),
        Join((Text("变差的有"), names(say.WORSE), Text("，明年先改这几项"))),
        Text("没有变差的指标，明年保持"),
    )
    nothing = equal(none, number(len(MEASURES)))
    return If(
        nothing,
        Text("两年的数还不全，补齐以后再写结语。"),
        Join(
            (
                _label(keys.THIS),
                Text("，"),
                well,
                badly,
                Text("。以上是按数据起的草稿，请用自己的话改写。"),
            )
        ),
    )


def _lacking() -> Expr:
    """What a reader misses, so that somebody fills it in."""
    items: list[tuple[Expr, str]] = []
    for of in MEASURES:
        for side, label in ((keys.THIS, "今年"), (keys.LAST, "去年")):
            items.append((Not(IsNumber(_year(of, side))), f"{label}的{of.year.name}"))
    effect = Var(in_all(EFFECT, "change"), text=True)
    items.append((equal(effect, Text(say.NO_FIGURE)), "培训前后的满意率"))
    for side, label in ((keys.THIS, "今年"), (keys.LAST, "去年")):
        absent = Not(IsNumber(Var(keys.year(APPRAISAL.id, side))))
        items.append((absent, f"{label}的考核总分"))
    missing = AnyOf(tuple(test for test, _ in items))
    return If(
        missing, Join((Text("还缺："), Listing(tuple(items)), Text("。"))), Text("各项都有数。")
    )


def effect_model() -> dict[str, Expr]:
    """The fifth measure: the first training's before and after."""
    before, after = (Var(training.rate(1, end)) for end in training.ENDS)
    return {
        in_all(EFFECT, "last"): rp.or_dash(before),
        in_all(EFFECT, "this"): rp.or_dash(after),
        in_all(EFFECT, "change"): say.in_short(training.METRIC, after, before),
        in_all(EFFECT, "judged"): say.judged(training.METRIC, after, before),
    }


def shown_model() -> dict[str, Expr]:
    """The medians as the first page shows them."""
    found: dict[str, Expr] = {}
    for metric_id in (*(of.id for of in MEASURES), APPRAISAL.id):
        key = keys.year_middle(metric_id, keys.THIS)
        few = equal(Var(key, text=True), Text(keys.NONE_OF_FEW))
        dash = If(few, Text(keys.NONE_OF_FEW), Text(say.NO_FIGURE))
        found[f"shown.{key}"] = If(IsNumber(Var(key)), Var(key), dash)
    return found
