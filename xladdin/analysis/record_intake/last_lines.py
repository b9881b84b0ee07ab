"""Several lines of one request, chat or order: which of them counts, and how often it was opened again.

The last one counts: by its time of change where there is one, else as the files stand.  Orders are
different: systems list each article of one on a line of its own, so that amounts that differ are added up.
"""

from __future__ import annotations

from xladdin.analysis.service_records import Source

from .record_fields import LABELS, Kind
from .record_words import OPEN, REOPENED, SOLVED
from .staging import Stage, odd

_EXPONENT = r"\d(\.\d+)?E\+?\d{2}"
_APART = ("updated",)
"""Fields that may differ where two lines say the same."""


def one_line_each(stage: Stage) -> None:
    """Leave one line of each thing; tell of the others."""
    if "id" not in stage.fields:
        label = LABELS[stage.source]["id"]
        what = f"没有{label}列，看不出有没有重复的行"
        stage.tell("no_id", "true", "NULL", what, "每一行都算一条")
        return
    _lost_ids(stage)
    _without_id(stage)
    if _in_order(stage):
        return
    # Whole numbers are grouped quicker than texts; two texts may share one, so texts are compared after.
    stage.run(
        f"CREATE TEMP TABLE repeated AS SELECT id FROM {stage.name} WHERE hash(id) IN ("
        f"SELECT hash(id) AS h FROM {stage.name} WHERE id IS NOT NULL GROUP BY h HAVING count(*) > 1) "
        "GROUP BY id HAVING count(*) > 1"
    )
    if stage.rows("SELECT count(*) FROM repeated")[0][0]:
        _rank(stage)
        if stage.source is Source.REQUESTS:
            _count_reopened(stage)
        if stage.source is Source.ORDERS:
            _add_articles(stage)
        _tell_and_drop(stage)
        stage.run("DROP TABLE ranked")
    stage.run("DROP TABLE repeated")


def _in_order(stage: Stage) -> bool:
    """Whether every id is greater than the one before it, as systems often list them: none is there twice.

    Quicker than to group them; a line without an id is no link of the chain.
    """
    greater = f"SELECT id > lag(id) OVER () AS greater FROM {stage.name}"
    found = stage.rows(f"SELECT count(*) FILTER (greater) >= count(*) - 1 FROM ({greater})")
    return bool(found[0][0])


def _lost_ids(stage: Stage) -> None:
    """1.23457E+17: a spreadsheet has cut the number off, and others have become the same."""
    label = LABELS[stage.source]["id"]
    where = f"contains(id, 'E') AND regexp_full_match(id, '{_EXPONENT}')"
    what = f"{label}被 Excel 变成了科学计数，后面的数字丢了"
    if not stage.met({"lost": where}):
        return
    stage.tell(
        "lost_id",
        where,
        "id",
        what,
        "当作没有编号，每一行都算一条；请重新导出，不要用 Excel 打开后另存",
    )
    stage.run(f"UPDATE {stage.name} SET id = NULL WHERE {where}")


def _without_id(stage: Stage) -> None:
    label = LABELS[stage.source]["id"]
    shown = f"coalesce(CAST({stage.begins} AS VARCHAR), '')"
    stage.tell("id_missing", "id IS NULL", shown, f"没有{label}", "每一行都算一条")


def _said(stage: Stage) -> str:
    """All that a line says, as one number."""
    names = [name for name in stage.fields if name not in _APART]
    odds = [odd(name) for name in stage.odds() if name not in _APART]
    roughs = [stage.only_day(name) for name in stage.of_kind(Kind.TIME) if name not in _APART]
    return f"hash({', '.join([*names, *odds, *roughs])})"


def _rank(stage: Stage) -> None:
    """Every line of a repeated thing with its place among them."""
    changed = "updated NULLS FIRST, " if "updated" in stage.fields else ""
    solved = "solved" if "solved" in stage.fields else "CAST(NULL AS BIGINT)"
    state = "state" if "state" in stage.fields else "CAST(NULL AS VARCHAR)"
    cents = "cents" if "cents" in stage.fields else "CAST(NULL AS BIGINT)"
    stage.run(
        f"CREATE TEMP TABLE ranked AS SELECT *, row_number() OVER w AS place, count(*) OVER (PARTITION BY id) AS many, "
        "row_number() OVER (PARTITION BY id, said ORDER BY place_of) AS copy FROM ("
        f"SELECT rowid AS row_at, id, file, line, {solved} AS solved, {state} AS state, {cents} AS cents, {_said(stage)} AS said, "
        f"row_number() OVER (PARTITION BY id ORDER BY {changed}file, line) AS place_of "
        f"FROM {stage.name} WHERE id IN (SELECT id FROM repeated)) WINDOW w AS (PARTITION BY id ORDER BY place_of)"
    )


def _count_reopened(stage: Stage) -> None:
    """A line that is open again after one that was solved; a count of the system's own goes before it."""
    if not {"state", "solved"} & set(stage.fields):
        return
    own = "reopened" in stage.fields
    if not own:
        stage.run(f"ALTER TABLE {stage.name} ADD COLUMN reopened BIGINT")
        stage.fields["reopened"] = Kind.NUMBER
        stage.run(f"ALTER TABLE {stage.name} ADD COLUMN {odd('reopened')} VARCHAR")
    done = f"coalesce(state = '{SOLVED}', solved IS NOT NULL)"
    again = f"state = '{REOPENED}' OR (NOT {done} AND coalesce(state, '') <> '{REOPENED}')"
    stage.run(
        "CREATE TEMP TABLE again AS SELECT id, count(*) FILTER (now AND before) AS times FROM ("
        f"SELECT id, ({again}) AS now, lag(state = '{SOLVED}' OR ({done} AND coalesce(state, '') NOT IN ('{OPEN}', '{REOPENED}'))) "
        "OVER (PARTITION BY id ORDER BY place) AS before FROM ranked WHERE copy = 1) GROUP BY id"
    )
    where = "times > 0"
    found = stage.rows(f"SELECT count(*) FROM again WHERE {where}")[0][0]
    if found:
        rows = stage.rows(
            "SELECT r.file, r.line, concat(r.id, '：', a.times, ' 次') FROM ranked AS r JOIN again AS a USING (id) "
            f"WHERE {where} AND r.place = r.many ORDER BY 1, 2 LIMIT 5"
        )
        examples = [stage.example(*row) for row in rows]
        stage.quality.add(
            "reopened",
            stage.source,
            "解决后又重开的请求（同一编号先解决、后又未解决）",
            "数作重开",
            int(str(found)),
            examples,
        )
    stage.run(
        f"UPDATE {stage.name} AS s SET reopened = coalesce(s.reopened, a.times) FROM again AS a WHERE s.id = a.id"
    )
    if not own:
        # Whoever has one line only was never seen open again, in a file that shows who was.
        stage.run(f"UPDATE {stage.name} SET reopened = 0 WHERE reopened IS NULL AND id IS NOT NULL")
    stage.run("DROP TABLE again")


def _add_articles(stage: Stage) -> None:
    """An order with a line for each article: the amounts are added up."""
    if "cents" not in stage.fields or "updated" in stage.fields:
        return
    stage.run(
        "CREATE TEMP TABLE added AS SELECT id, sum(cents) AS cents FROM ranked WHERE copy = 1 "
        "GROUP BY id HAVING count(DISTINCT cents) > 1"
    )
    rows = stage.rows(
        "SELECT r.file, r.line, concat(r.id, '：', CAST(r.cents / 100.0 AS DECIMAL(18, 2))), count(*) OVER () FROM ranked AS r "
        "JOIN added AS a USING (id) WHERE r.copy = 1 ORDER BY 1, 2 LIMIT 5"
    )
    if rows:
        examples = [stage.example(*row[:3]) for row in rows]
        what = "同一订单有几行，金额不同（多半是一件商品一行）"
        stage.quality.add(
            "order_lines", stage.source, what, "算一单，金额相加", int(str(rows[0][3])), examples
        )
        stage.run(f"UPDATE {stage.name} AS s SET cents = a.cents FROM added AS a WHERE s.id = a.id")
    stage.run("DROP TABLE added")


def _tell_and_drop(stage: Stage) -> None:
    label = LABELS[stage.source]["id"]
    by = "更新时间" if "updated" in stage.fields else "文件和行的先后"
    told = {
        "copied_line": ("copy > 1", "完全重复的行", "只算一次"),
        "earlier_line": (
            "copy = 1 AND place < many",
            f"同一{label}有几行",
            f"只算最后一行（按{by}）",
        ),
    }
    for code, (where, what, done) in told.items():
        rows = stage.rows(
            f"SELECT file, line, id, count(*) OVER () FROM ranked WHERE {where} ORDER BY file, line LIMIT 5"
        )
        if rows:
            examples = [stage.example(*row[:3]) for row in rows]
            stage.quality.add(code, stage.source, what, done, int(str(rows[0][3])), examples)
    stage.run(
        f"DELETE FROM {stage.name} WHERE rowid IN (SELECT row_at FROM ranked WHERE place < many)"
    )
