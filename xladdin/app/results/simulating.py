"""方案试算: results as they were, scored again by the schemes of a changed master.

What somebody did stays; the rules, weights and default targets are the changed scheme's.  A target that
the earlier scheme's default does not explain was the person's own and stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property

from xladdin.company.company import Company
from xladdin.company.month_results import MonthResults, PersonResult
from xladdin.company.simulation import NotTried, Simulation, Tried
from xladdin.company.team_budgets import said_budgets
from xladdin.domain.quantities import FACTS, plain, written
from xladdin.domain.schemes import Indicator, Scheme
from xladdin.formula.evaluate import Value
from xladdin.formula.solving import Solver
from xladdin.scoring import keys
from xladdin.scoring.model import input_defaults, missing_items
from xladdin.scoring.scorer import Scorer

_BONUS = "bonus"
UNSCALED = "奖金是按方案应发的，没有按部门奖金预算（{teams}）缩放"
NOT_ON_ROSTER = "改过的总表的名册里没有此人（已离职或已删除）"


def simulated(months: Iterable[MonthResults], changed: Company) -> Simulation:
    """Every result of these months by the scheme of the same id in the ``changed`` company."""
    return Trying(changed).of(months)


class Trying:
    """Months under the schemes of a changed company; what is the same for many of them is made once."""

    def __init__(self, changed: Company) -> None:
        self.changed = changed
        # By identity: to hash a scheme takes longer than to score by it.  The pair keeps both.
        self._pairs: dict[tuple[int, int], _Pair] = {}

    def of(self, months: Iterable[MonthResults]) -> Simulation:
        tried: list[Tried] = []
        not_tried: list[NotTried] = []
        for month in months:
            not_tried += (NotTried(month.period, one.employee, one.why) for one in month.left_out)
            for before in month.people:
                pair = self._pair(before)
                after = pair if isinstance(pair, str) else pair.after(before)
                if isinstance(pair, str) or isinstance(after, str):
                    not_tried.append(NotTried(month.period, before.employee, str(after)))
                    continue
                tried.append(Tried(month.period, before, after, *pair.bonuses(before, after)))
        changes = [text for pair in self._pairs.values() for text in pair.changes()]
        if tried and (teams := said_budgets(self.changed)):
            changes.append(UNSCALED.format(teams="、".join(teams)))
        return Simulation(tuple(tried), tuple(not_tried), tuple(dict.fromkeys(changes)))

    def _pair(self, before: PersonResult) -> _Pair | str:
        """The two schemes of a result, else why it has no second one."""
        if before.employee.id not in self.changed.people:
            return NOT_ON_ROSTER
        scheme = self.changed.library.scheme(before.scheme.id)
        if scheme is None:
            return f"改过的总表里没有可用的考核方案「{before.scheme.name}」"
        key = id(before.scheme), id(scheme)
        if key not in self._pairs:
            self._pairs[key] = _Pair(before.scheme, scheme)
        return self._pairs[key]


class _Pair:
    """A scheme as it was and as it is now."""

    def __init__(self, old: Scheme, new: Scheme) -> None:
        self.old, self.new = old, new
        self.same = old == new
        self.had, self.asks = input_defaults(old), input_defaults(new)
        self.earlier, self.changed = Scorer(old), Scorer(new)
        self._bonus = tuple(Solver({_BONUS: one.bonus_expression}) for one in (old, new))
        self._asked_of = tuple(
            (item.name, key)
            for item in new.indicators
            for key in (keys.actual(item.id), keys.self_rating(item.id))
            if key in self.asks and key not in self.had
        )
        """What nobody was asked for by the earlier scheme, and whose it is."""
        self._old_weights = tuple(keys.weight(item.id) for item in old.indicators)
        weights = {keys.weight(item.id) for item in new.indicators}
        self._shared = tuple(
            (key, default)
            for key, default in self.had.items()
            if key in self.asks and key not in weights
        )
        """What both ask, and what the earlier one took for granted."""
        self.defaulted: Counter[str] = Counter()
        """By indicator: in how many months its target was the default, and moves with it."""
        self.own: Counter[str] = Counter()
        """In how many it was somebody's own."""
        self.reweighted = 0
        """In how many the form had weights of its own."""

    def after(self, before: PersonResult) -> PersonResult | str:
        """The result by the changed scheme, else why there is none."""
        if before.total is None:
            lacks = f"，缺：{'、'.join(before.missing)}" if before.missing else ""
            return f"原来就没有总分{lacks}"
        if self.same:
            return PersonResult(
                before.employee, self.new, before.values, before.missing, before.note
            )
        if self.otherwise_measured:
            return self.otherwise_measured
        given = {key: before.values.get(key) for key in self.had}
        again = self.earlier.results(given)[keys.TOTAL]
        if again != before.total:
            said = plain(again) if isinstance(again, Decimal) else "没有总分"
            return (
                f"按当时的方案和现有的数据重算是 {said}，与保留的总分 {plain(before.total)} 不同，"
                "不能照着试算"
            )
        inputs = self._inputs(before)
        if lacking := dict.fromkeys(name for name, key in self._asked_of if inputs[key] is None):
            return f"当月没有这些指标的数据：{'、'.join(lacking)}"
        values = self.changed.values(inputs)
        if not isinstance(values[keys.TOTAL], Decimal):
            return (
                f"按改过的方案算不出总分，缺：{'、'.join(missing_items(self.new, values, values))}"
            )
        self._count(before)
        return PersonResult(before.employee, self.new, values, note=before.note)

    def bonuses(self, before: PersonResult, after: PersonResult) -> Iterator[Decimal | None]:
        """What both pay in yuan; None where there is no base."""
        for one, solver in zip((before, after), self._bonus, strict=True):
            yield _paid(one, solver)

    def _inputs(self, before: PersonResult) -> dict[str, Value]:
        """What the month says, for the changed scheme: its weights, and default targets where none was set."""
        found: dict[str, Value] = {**self.asks}
        get = before.values.get
        for key, default in self._shared:
            said = get(key)
            if said != default:
                found[key] = said
        return found

    @cached_property
    def otherwise_measured(self) -> str:
        """Which indicators are figures of another kind now, so that those of the month are not what is asked."""
        told = [
            f"「{item.name}」由{_measure(then)}改为{_measure(item)}"
            for then, item in self._both()
            if _measure(then) != _measure(item)
        ]
        return f"指标的填法改了，当月填的数不能照用：{'、'.join(told)}" if told else ""

    def _both(self) -> Iterator[tuple[Indicator, Indicator]]:
        """Indicators that both have."""
        then = {item.id: item for item in self.old.indicators}
        return ((then[item.id], item) for item in self.new.indicators if item.id in then)

    def _moves(self) -> Iterator[tuple[Indicator, Indicator]]:
        """Those whose default target is another one."""
        for then, item in self._both():
            if then.uses_target and item.uses_target and then.target != item.target:
                yield then, item

    @cached_property
    def _watched(self) -> tuple[str, ...]:
        return tuple(item.id for _, item in self._moves())

    def _count(self, before: PersonResult) -> None:
        for id_ in self._watched:
            key = keys.target(id_)
            counts = self.defaulted if before.values.get(key) == self.had[key] else self.own
            counts[id_] += 1
        self.reweighted += any(
            before.values.get(key, self.had[key]) != self.had[key] for key in self._old_weights
        )

    def changes(self) -> Iterator[str]:
        """What makes figures of the month count otherwise, or not at all."""
        if self.same:
            return
        of = f"「{self.new.name}」"
        if self.old.name != self.new.name:
            yield f"考核方案「{self.old.name}」现在叫「{self.new.name}」，按同一个方案算"
        for then, item in self._both():
            if then.name != item.name:
                yield f"{of}的指标「{then.name}」现在叫「{item.name}」，按同一个指标算"
        yield from self._gone(of)
        yield from self._moved(of)
        if self.reweighted:
            yield f"{of}有 {self.reweighted} 人月的表上改过权重，改后按方案的权重算"

    def _gone(self, of: str) -> Iterator[str]:
        now = {item.id for item in self.new.indicators}
        for item in self.old.indicators:
            if item.id not in now:
                yield f"{of}里没有了指标「{item.name}」，它的得分改后不计"
        then = {extra.id: extra for extra in self.old.adjustments}
        kept = {extra.id: extra for extra in self.new.adjustments}
        for id_, extra in then.items():
            if id_ not in kept:
                yield f"{of}里没有了加减分「{extra.name}」，它的分改后不计"
            elif extra.name != kept[id_].name:
                yield f"{of}的加减分「{extra.name}」现在叫「{kept[id_].name}」，按同一项算"
        for id_, extra in kept.items():
            if id_ not in then:
                yield f"{of}新加了加减分「{extra.name}」，当月没有记录，按没有加减分算"

    def _moved(self, of: str) -> Iterator[str]:
        for then, item in self._moves():
            before, after = (
                "没有" if it.target is None else written(it.target, it.unit) for it in (then, item)
            )
            told = [
                text.format(count[item.id])
                for count, text in (
                    (self.defaulted, "用默认目标的 {} 人月按新的算"),
                    (self.own, "自己有目标的 {} 人月不变"),
                )
                if count[item.id]
            ]
            if told:
                changed = f"{of}的「{item.name}」默认目标由 {before} 改为 {after}"
                yield f"{changed}：{'，'.join(told)}"


def _measure(item: Indicator) -> str:
    """What the figure of an indicator is, in words: points up to so many, or a number of a unit."""
    if item.subjective:
        return f"评分（满分 {plain(max(band.high for band in item.method.described))}）"
    return f"填数（{FACTS[item.unit].label}）"


def _paid(one: PersonResult, solver: Solver) -> Decimal | None:
    asked = {
        "base": one.base,
        "score": one.total,
        "grade": one.values.get(keys.GRADE),
        "coefficient": one.values.get(keys.COEFFICIENT),
    }
    found = solver.values(asked)[_BONUS]
    return found if isinstance(found, Decimal) else None
