"""Columns of few words: what each word means is asked once, whatever the number of its lines."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, lru_cache
from typing import TypeAlias

from xladdin.analysis.metrics.opinions import CLASSES
from xladdin.analysis.service_records import Source
from xladdin.domain.people import Employee
from xladdin.intake.exports.export_people import People
from xladdin.intake.text import clean, narrow

from .many_texts import MANY, MOST_WORDS, OTHERS, rare
from .odd_values import AS_MISSING
from .record_columns import shipped
from .record_fields import LABELS, Kind
from .sql_text import literal
from .staging import MISSING, Stage

YES, NO = "是", "否"
SOLVED, OPEN, REOPENED = "solved", "open", "reopened"
MESSAGE = "留言"
Meaning = Callable[[str], str | None]
"""What a text means; None where it means nothing that is known."""
_DIGITS = ("1", "2", "3", "4", "5")
_STARS = frozenset((*_DIGITS, *"一二三四五"))
_TOLD = ("channel", "satisfaction")
"""Where another word than the one that stands there is told."""


_LISTED = ("channel", "type")
"""Words that a report lists, whatever they are."""
UNKNOWN, RARE, AS, STARS = "unknown", "too_many_words", "as ", "stars "
"""Why a text is told; the last two stand before what it means."""
NO_SCORE = "，不算成评分；要算评分，在导入对照里把这一列对到“满意度评分”"
_MISSING = frozenset(text.casefold() for text in MISSING)
Read: TypeAlias = tuple[str, str | None, str | None]
"""A text, what it means, and why that is told."""
Told: TypeAlias = tuple[str, str, str]
"""Code, what, and what was done."""


# The same text is looked at for several meanings, one after the other; hundreds of thousands of
# different ones are looked at only once each.
@lru_cache(maxsize=2)
def _folded(text: str) -> str:
    return narrow(text).casefold()


@cache
def meanings(group: str) -> Mapping[str, str]:
    """Word -> what it means, of a group of the shipped words."""
    words = shipped()["words"][group]
    listed = words if isinstance(words, Mapping) else {group: words}
    return {_folded(word): meaning for meaning, some in listed.items() for word in some}


@cache
def _truths(*groups: tuple[str, str]) -> Mapping[str, str]:
    """Words for yes and no, and those of a group that say so in other words."""
    found = dict.fromkeys(meanings("agreed"), YES) | dict.fromkeys(meanings("denied"), NO)
    for group, meaning in groups:
        kind, _, part = group.partition(".")
        found |= {word: meaning for word, said in meanings(kind).items() if said == part}
    return found


def _truth_meaning(*groups: tuple[str, str]) -> Meaning:
    return lambda text: _truths(*groups).get(_folded(text))


def _satisfaction(text: str) -> str | None:
    found = meanings("satisfaction").get(_folded(text))
    return found or _class_of(text)


def _is_stars(text: str) -> bool:
    """Whether a class is written as so many stars, out of which a score could have been made."""
    return _folded(text).rstrip("星分") in _STARS


def _class_of(text: str) -> str | None:
    """4、5 星算满意，3 星算一般，1、2 星算不满意."""
    stars = _folded(text).rstrip("星分")
    if stars not in _DIGITS:
        return None
    satisfied, middling, dissatisfied = CLASSES
    return satisfied if stars > "3" else middling if stars == "3" else dissatisfied


_MEANINGS: Mapping[Source, Mapping[str, Meaning]] = {
    Source.REQUESTS: {
        "channel": lambda text: meanings("channel").get(_folded(text)) or clean(text),
        "type": clean,
        "satisfaction": _satisfaction,
        "state": lambda text: meanings("state").get(_folded(text)),
        "complaint": _truth_meaning(("complaint.complaint", YES)),
        "suggestion": _truth_meaning(("suggestion.suggestion", YES)),
    },
    Source.CHATS: {
        "person": lambda text: (
            MESSAGE
            if MESSAGE in text
            else _truths(("person.person", YES), ("person.robot", NO)).get(_folded(text))
        ),
        "message": lambda text: YES if text.strip() == MESSAGE else _truths().get(_folded(text)),
        "asked": _truth_meaning(("asked.asked", YES), ("asked.other", NO)),
    },
    Source.ORDERS: {
        "returned": _truth_meaning(
            ("returned.returned", YES), ("returned.kept", NO), ("returned.pending", NO)
        ),
    },
}


def read_words(stage: Stage, employees: Sequence[Employee]) -> None:
    """Put into each column of words what they mean; tell those that nobody knows."""
    for name in stage.of_kind(Kind.WORD):
        if name == "agent":
            _agents(stage, employees)
        else:
            _words(stage, name, _MEANINGS[stage.source][name])


def _there(stage: Stage, name: str) -> list[str]:
    """The different texts of a column, the commonest first."""
    found = stage.rows(
        f"SELECT {name} FROM {stage.name} WHERE {name} IS NOT NULL GROUP BY {name} "
        f"ORDER BY count(*) DESC, {name}"
    )
    return [str(row[0]) for row in found]


def _listed(
    stage: Stage, name: str, knows: Callable[[str], bool] = lambda text: False
) -> list[str]:
    """The same of a column whose words a report lists; of nonsense only the commonest stay.

    So do words that somebody ``knows``.
    """
    texts = _there(stage, name)
    if len(texts) <= MANY:
        return texts
    kept = [*texts[:MOST_WORDS], *filter(knows, texts[MOST_WORDS:])]
    stage.run("CREATE TEMP TABLE common (text VARCHAR)")
    stage.put("common", [(text,) for text in kept])
    where = f"{name} NOT IN (SELECT text FROM common)"
    stage.tell(RARE, where, name, *_too_many(LABELS[stage.source][name], len(texts)))
    stage.run(f"UPDATE {stage.name} SET {name} = '{OTHERS}' WHERE {where}")
    stage.run("DROP TABLE common")
    return [*dict.fromkeys([*kept, OTHERS])]


def _too_many(label: str, number: int) -> tuple[str, str]:
    return (
        f"{label}有 {number} 种写法，多半不是{label}",
        f"最多的 {MOST_WORDS} 种照写，其余的都算作“{OTHERS}”",
    )


def _missing(text: str) -> bool:
    folded = _folded(text)
    if not folded or folded in meanings("not_answered"):
        return True
    return folded in _MISSING and narrow(text) in MISSING


def _words(stage: Stage, name: str, meaning: Meaning) -> None:
    label = LABELS[stage.source][name]
    read: list[Read] = []
    listed = name in _LISTED
    for text in _listed(stage, name) if listed else _there(stage, name):
        missing = _missing(text)
        means = None if missing else meaning(text)
        other = name in _TOLD and means not in (None, clean(text))
        stars = name == "satisfaction" and not missing and _is_stars(text)
        reading = f"{STARS if stars else AS}{means}" if other else None
        read.append((text, means, UNKNOWN if means is None and not missing else reading))
    told = {UNKNOWN: ("unknown_word", f"{label}里有不认识的词", AS_MISSING)}
    if listed:
        read = _told_apart(read, label, frozenset(), told)
    for means in sorted(
        {str(means) for _, means, why in read if why and why not in (UNKNOWN, RARE)}
    ):
        told[AS + means] = ("word_read_as", f"{label}是“{means}”的另一种说法", f"按“{means}”算")
        # Beside a column of scores of their own nothing is lost.
        lost = "" if "score" in stage.fields else NO_SCORE
        what = f"{label}写的是几星，不是“{means}”"
        told[STARS + means] = ("stars_read_as", what, f"按“{means}”算{lost}")
    _put(stage, name, read, told)


def _agents(stage: Stage, employees: Sequence[Employee]) -> None:
    """By the roster's ids; who is not there stays as written."""
    people = People(employees)
    read: list[Read] = []
    for text in _listed(stage, "agent", people.knows):
        missing = _missing(text)
        found = None if missing else people.match([("姓名", text)]).employee
        means = None if missing else found.id if found else clean(text)
        stranger = bool(employees) and means is not None and found is None
        read.append((text, means, UNKNOWN if stranger else None))
    known = frozenset(one.id for one in employees)
    what = "客服不在名册里，或者有几个人同名"
    told = {UNKNOWN: ("unknown_agent", what, "照写的名字算，不归到名册里的人")}
    read = _told_apart(read, LABELS[stage.source]["agent"], known, told)
    _put(stage, "agent", read, told)


def _told_apart(
    read: Sequence[Read], label: str, known: Collection[str], told: dict[str, Told]
) -> list[Read]:
    """The texts, of which the commonest come first; those that are too many are put together.

    ``known`` words are told apart however many there are.
    """
    words = [means for _, means, _ in read if means not in (None, OTHERS) and means not in known]
    left = rare(words)
    if not left:
        return [*read]
    told[RARE] = (RARE, *_too_many(label, len(left) + MOST_WORDS))
    return [
        (text, OTHERS, RARE) if means in left else (text, means, why) for text, means, why in read
    ]


def _put(stage: Stage, name: str, read: Sequence[Read], told: Mapping[str, Told]) -> None:
    """Tell what there is to tell of some texts, and put down what they mean."""
    stage.words[name] = frozenset(means for _, means, _ in read if means)
    changed = [one for one in read if one[1] != one[0] or one[2]]
    if not changed:
        return
    stage.run("CREATE TEMP TABLE words (text VARCHAR, meaning VARCHAR, why VARCHAR)")
    stage.put("words", changed)
    joined = f"{stage.name} AS s JOIN words AS w ON s.{name} = w.text"
    for key, saying in told.items():
        stage.tell_joined(joined, f"w.why = {literal(key)}", f"s.{name}", *saying)
    stage.run(
        f"UPDATE {stage.name} AS s SET {name} = w.meaning FROM words AS w "
        f"WHERE s.{name} = w.text AND w.meaning IS DISTINCT FROM w.text"
    )
    stage.run("DROP TABLE words")
