"""Commands for deciding: simulate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from xladdin import console
from xladdin.app.reading_company import read_master_company
from xladdin.company.simulation import DOWN, UP, Compared, Simulation, Tried
from xladdin.domain.people import Period
from xladdin.ooxml.sealing import UNSEALED, Sealing

from .options import UNSEEN, Json, LedgerUrl, Overwrite, finish_quietly, month, reply
from .password_options import seals_files
from .result_commands import Known, left_open


@seals_files
def simulate(
    master: Known,
    first: Annotated[
        Period | None,
        typer.Option(
            "--from",
            "--since",
            parser=month,
            help="从哪个月，如 2026-01；不写就是最后那个月往前十二个月",
        ),
    ] = None,
    last: Annotated[
        Period | None,
        typer.Option("--to", parser=month, help="到哪个月；不写就是台账里最后一个月"),
    ] = None,
    scheme: Annotated[
        list[str] | None,
        typer.Option("--scheme", help="只试算这个考核方案（名称或编号），不写是全部"),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="试算结果写成这个文件（.xlsx）；不写只在屏幕上说", **UNSEEN)
    ] = None,
    overwrite: Overwrite = False,
    ledger: LedgerUrl = None,
    as_json: Json = False,
    sealing: Sealing = UNSEALED,
) -> None:
    """方案试算：按总表里改过的方案，把台账里的月份重算一遍，看谁的等级会变、要多花多少奖金。

    只试算，台账和总表都不改。算不了的人和月份，和让数字变了意思的改动，逐个说明。
    """
    # No other command of this module's neighbours needs a database.
    from xladdin.app.results.trying_out import Asked, told_in_words, try_out, write_trial  # noqa: PLC0415

    if first is not None and last is not None and first > last:
        raise typer.BadParameter("开始的月份在结束的月份之后", param_hint="--from")
    company, problems = read_master_company(master)
    found, told = try_out(master, company, Asked(first, last, scheme or (), ledger))
    problems += told
    if out is not None:
        problems += left_open(company, sealing)
        problems += write_trial(found, out, overwrite=overwrite, sealing=sealing)
    if as_json:
        reply({**as_data(found), "out": None if out is None else str(out)}, problems)
    console.complain(problems)
    for line in told_in_words(found):
        console.say(line)
    if out is not None:
        console.say(f"写好了 {out}。里面有得分和奖金，给别人之前请看清楚。")
    finish_quietly(problems)


def as_data(found: Simulation) -> dict[str, Any]:
    """The same for a program."""
    return {
        "months": list(map(str, found.months)),
        "empty_months": list(map(str, found.empty)),
        "tried": len(found.tried),
        "people": found.people,
        "up": found.moved(UP),
        "down": found.moved(DOWN),
        "grades": [
            {"grade": name, "before": before, "after": after}
            for name, before, after in found.distribution
        ],
        "coefficient": _compared(found.coefficients),
        "bonus": _compared(found.bonuses),
        "changes": list(found.changes),
        "results": map(_row, found.worst_first),
        "not_tried": [
            {"employee": one.employee.id, "name": one.employee.name, "periods": list(map(str, one.periods)), "why": one.why}
            for one in found.untried
        ],
    }  # fmt: skip


def _compared(sums: Compared | None) -> dict[str, Any] | None:
    if sums is None:
        return None
    return {
        "before": float(sums.before),
        "after": float(sums.after),
        "difference": float(sums.gained),
    }


def _row(one: Tried) -> dict[str, Any]:
    person, (before, after) = one.before.employee, one.grades
    return {
        "employee": person.id,
        "name": person.name,
        "period": str(one.period),
        "scheme": one.after.scheme.id,
        "score": _compared(one.scores),
        "grade": {"before": before, "after": after},
        "coefficient": _compared(one.coefficients),
        "bonus": _compared(one.bonuses),
    }
