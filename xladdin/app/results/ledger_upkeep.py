"""Looking after the ledger: verify, copy, restore, who is in it, deletion; and months."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from xladdin.app.reading_company import read_master_company
from xladdin.company.company import Company
from xladdin.company.company_settings import RETENTION_SETTING
from xladdin.company.settling import provisional
from xladdin.domain.people import Period
from xladdin.ledger import copying, held_people
from xladdin.ledger.archive_folder import FOLDER, Archive
from xladdin.ledger.ledger_backups import witness_in
from xladdin.ledger.ledger_place import LedgerPlace, ledger_place
from xladdin.ledger.records import (
    FeedbackIssued,
    PeriodChange,
    PeriodState,
    Returned,
    ReturnedReport,
)
from xladdin.ledger.store import Ledger
from xladdin.ledger.verifying import verify
from xladdin.patch.backups import backups
from xladdin.path_checks import may_be_there
from xladdin.problems import Place, Problem, ProblemsFound, warning

SAID = {
    PeriodState.OPEN: "已打开",
    PeriodState.CLOSED: "已关闭",
    PeriodState.REOPENED: "已重新打开",
}
"""How a month stands, in words."""
SHOWN_HASH = 16
"""Characters of a hash that a person compares."""


@dataclass(slots=True)
class Done:
    """What a command has to say: lines for people, data for machines, problems for both."""

    lines: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def place_of(master: Path, url: str | None) -> LedgerPlace:
    """The ledger of a master, which must be there: else a slip of the pen would begin a new one."""
    place = ledger_place(master, url)
    if not may_be_there(master):
        raise ProblemsFound([Problem("no_master", "找不到这个总表", Place(file=str(master)))])
    return place


# Months.


def change_period(
    master: Path, period: str, state: PeriodState, *, url: str | None, by: str = "", why: str = ""
) -> Done:
    """Open, close or reopen a month; where nobody is named, by whoever is logged in."""
    who = by.strip() or logged_in()
    with Ledger(place_of(master, url)) as ledger:
        done = ledger.change_period(period, state, by=who, why=why)
        length, head = ledger.length, ledger.head
    said = SAID[state]
    line = f"{period} {said}。" if done.new else f"{period} 本来就是{said}的状态，没有改动。"
    if done.new and who:
        line = f"{period} {said}，经办人记作「{who}」。"
    lines = [line]
    if done.new and state is PeriodState.CLOSED:
        lines.append(f"台账共 {length} 条，末条指纹 {head[:SHOWN_HASH]}：抄下来，以后可以核对。")
    data = {"period": period, "state": state.value, "new": done.new, "length": length, "head": head}
    problems = _unsettled(master, period) if state is PeriodState.CLOSED else []
    return Done(lines, data, problems)


def _unsettled(master: Path, period: str) -> list[Problem]:
    """That a month is closed of which figures may still change; a master that cannot be read tells none."""
    try:
        company, _ = read_master_company(master)
    except ProblemsFound:
        return []
    count = sum(1 for _ in provisional(company, Period(period)))
    if not count:
        return []
    message = (
        f"{period} 还有 {count} 条数据是暂定的，已经按暂定的关闭；数据定稿后要改，"
        "请用 period reopen 写明原因打开，导入以后再关闭"
    )
    return [warning("closed_provisional", message, Place(file=master.name))]


def logged_in() -> str:
    """The name under which somebody is logged in on this computer; empty where there is none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def list_periods(master: Path, url: str | None) -> Done:
    """Every opening, closing and reopening: of which month, by whom, when, why."""
    with Ledger(place_of(master, url), write=False) as ledger:
        entries = ledger.read(PeriodChange)
        now = {entry.record.period: ledger.state_of(entry.record.period) for entry in entries}
    changes = [
        {
            "period": entry.record.period,
            "state": entry.record.state.value,
            "by": entry.record.by or None,
            "at": entry.at.isoformat(),
            "why": entry.record.why or None,
            "entry": entry.seq,
        }
        for entry in sorted(entries, key=lambda each: (each.record.period, each.seq))
    ]
    states = {month: state.value for month, state in sorted(now.items()) if state}
    lines = [] if changes else ["还没有打开或关闭过月份。"]
    return Done(lines, {"changes": changes, "states": states})


# Verify, copy, restore.


def verify_ledger(master: Path, url: str | None) -> Done:
    """Look through every entry and every kept file."""
    place = place_of(master, url)
    with Ledger(place, write=False) as ledger:
        found = verify(ledger)
        forms: list[Returned | ReturnedReport] = []
        if not found.touched:
            forms += [it.record for it in ledger.read(Returned)]
            forms += [it.record for it in ledger.read(ReturnedReport)]
        slips = [it.record for it in ledger.read(FeedbackIssued)] if not found.touched else []
    names = {it.file_sha256: it.file_name for it in slips}
    names |= {it.file_sha256: it.file_name for it in forms}
    problems = [Problem("entry_touched", str(it), Place(file=place.name)) for it in found.touched]
    if problems:
        problems.append(_way_back(place))
    problems += _kept_files(Archive(place.folder), names, {it.file_sha256 for it in forms})
    lines = [f"台账共 {found.length} 条，末条指纹 {found.head[:SHOWN_HASH]}。"]
    if not found.touched:
        lines.append("逐条核对过，没有被改动。")
    touched = [asdict(it) for it in found.touched]
    return Done(lines, {"length": found.length, "head": found.head, "touched": touched}, problems)


def _way_back(place: LedgerPlace) -> Problem:
    sound = copying.newest_sound(place.file) if place.file else None
    if sound is None:
        message = "没有核对无误的备份，请找回别处的备份"
    else:
        copy, found = sound
        message = (
            f"可以恢复的备份：{copy.name}（{found.length} 条），用 xladdin ledger restore 恢复"
        )
    return warning("way_back", message, place.at)


def _kept_files(archive: Archive, names: dict[str, str], returned: set[str]) -> list[Problem]:
    changed, missing = archive.touched(names)
    problems = [
        Problem("file_touched", f"存档的文件被改过（{names[sha256]}）", _file(sha256))
        for sha256 in changed
    ]
    lacking = [sha256 for sha256 in missing if sha256 in returned]
    if lacking:
        message = f"收回的表有 {len(lacking)} 份原件不在存档里"
        problems.append(warning("file_missing", message, Place(file=FOLDER)))
    return problems


def _file(sha256: str) -> Place:
    return Place(file=f"{FOLDER}/{sha256[:2]}/{sha256[:SHOWN_HASH]}…")


def back_up_ledger(master: Path, url: str | None, now: dt.datetime) -> Done:
    """Copy the ledger as it is."""
    made = copying.copy_now(place_of(master, url), now)
    witness = witness_in(made)
    length = witness.length if witness else 0
    return Done([f"已备份台账（{length} 条）：{made.name}"], {"copy": str(made), "length": length})


NO_COPY = (
    "旁边没有核对无误的备份，没有恢复；可用 --from 指明一份备份。也没有别的备份时："
    f"把坏了的台账改名，再收一次“{FOLDER}”文件夹，交来过的表都存在那里"
)


def restore_ledger(master: Path, url: str | None, copy: Path | None, now: dt.datetime) -> Done:
    """Put a copy in the ledger's place: the one named, or the newest in which nothing is touched."""
    place = place_of(master, url)
    beside = place.file or ledger_place(master).file
    if copy is None:
        sound = copying.newest_sound(beside) if beside else None
        if sound is None:
            place.refuse("no_backup", NO_COPY)
        copy, found = sound
    else:
        found = copying.verified_copy(copy)
        if found.touched:
            problems = [
                Problem("entry_touched", str(it), Place(file=copy.name)) for it in found.touched
            ]
            raise ProblemsFound(
                [*problems, place.problem("backup_touched", "这份备份被改动过，没有恢复")]
            )
    before = witness_in(place.file) if place.file else None
    aside = copying.restore(place, copy, now)
    lines = [f"已用 {copy.name} 恢复台账，共 {found.length} 条。"]
    problems = []
    if aside is not None:
        lines.append(f"换下的台账另存为 {aside.name}。")
    if before is not None and before.length > found.length:
        more = before.length - found.length
        message = f"换下的台账多 {more} 条，恢复后的台账里没有；那些表请再收一次"
        problems.append(warning("entries_left", message, place.at))
    data = {"copy": str(copy), "length": found.length, "aside": str(aside) if aside else None}
    return Done(lines, data, problems)


# People.


def ledger_people(master: Path, url: str | None, today: dt.date) -> Done:
    """Who is in the ledger, and what of each."""
    place = place_of(master, url)
    with Ledger(place, write=False) as ledger:
        held = held_people.people(ledger)
        company, problems = _company(master)
        months = retention(company, problems)
        due = None if months is None else held_people.oldest_kept(today, months)
        old = held_people.of_before(ledger, due) if due else None
    names = {employee.id: employee.name for employee in company.employees}
    data = {
        "people": [
            {
                "employee": it.person,
                "name": names.get(it.person),
                "first": it.first or None,
                "last": it.last or None,
                "entries": dict(it.entries),
            }
            for it in held
        ],
        "keep_from": due,
    }
    lines = []
    if old is not None and old.seqs:
        lines.append(
            f"{due} 以前的 {len(old.seqs)} 条（{len(old.people)} 人）已过保留期，"
            "可用 xladdin ledger forget --expired 删除。"
        )
    return Done(lines, data, problems)


def _company(master: Path) -> tuple[Company, list[Problem]]:
    """Only for names and settings: what else is wrong with a master is not said here."""
    company, _ = read_master_company(master)
    return company, []


def retention(company: Company, problems: list[Problem]) -> int | None:
    """For how many months the ledger keeps what is about people; None: for ever."""
    said = company.setting(RETENTION_SETTING).strip()
    if not said:
        return None
    if said.isascii() and said.isdigit() and 1 <= int(said) <= 1200:
        return int(said)
    message = f"设置里的“{RETENTION_SETTING}”应为 1 到 1200 的整数，现在是「{said[:20]}」"
    problems.append(Problem("retention", message, Place(file=company.file)))
    return None


def forget_people(
    master: Path,
    url: str | None,
    ids: Sequence[str],
    *,
    expired: bool,
    why: str,
    by: str,
    today: dt.date,
    really: bool,
) -> Done:
    """Delete what is kept of these people, or what the retention setting wants gone.

    Without ``really`` it is only told what would go.
    """
    place = place_of(master, url)
    problems: list[Problem] = []
    limit = _limit(master, problems, today) if expired else ""
    if problems:
        return Done(problems=problems)
    with Ledger(place, write=really) as ledger:
        if touched := verify(ledger).touched:
            message = f"{touched[0]}；先查清并恢复台账，再删除"
            place.refuse("entry_touched", message)
        doomed = (
            held_people.of_before(ledger, limit) if expired else held_people.of_people(ledger, ids)
        )
        problems += _nobody(place, ids, doomed) if not expired else []
        if really:
            held_people.forget(ledger, doomed, why=why, by=by)
            files = held_people.files_to_remove(ledger)
    problems += _staying(doomed)
    data = {"entries": len(doomed.seqs), "people": list(doomed.people), "files": len(doomed.files)}
    told = f"{len(doomed.people)} 人的 {len(doomed.seqs)} 条内容和 {len(doomed.files)} 份存档文件"
    if not really:
        return Done([f"将删除 {told}；确认后加 --yes 再运行一次。"], data, problems)
    problems += _swept(place, files)
    lines = [f"已删除 {told}；各条的登记和指纹还在，台账仍可核对。"]
    if place.file is not None and doomed.seqs:
        lines.append(_renewed_backups(place, place.file))
    return Done(lines, data, problems)


def _limit(master: Path, problems: list[Problem], today: dt.date) -> str:
    company, _ = _company(master)
    months = retention(company, problems)
    if months is None:
        if not problems:
            message = f"总表的“设置”里没有填“{RETENTION_SETTING}”，不知道保留多久，没有删除"
            problems.append(Problem("no_retention", message, Place(file=master.name)))
        return ""
    return held_people.oldest_kept(today, months)


def _nobody(place: LedgerPlace, ids: Sequence[str], doomed: held_people.Doomed) -> list[Problem]:
    return [
        Problem("not_in_ledger", f"台账里没有工号「{id_}」的内容", place.at)
        for id_ in ids
        if id_ not in doomed.people
    ]


def _staying(doomed: held_people.Doomed) -> list[Problem]:
    problems = []
    if doomed.as_rater:
        message = f"作为评价人填的 {doomed.as_rater} 份是关于别人的表，没有删除"
        problems.append(warning("as_rater", message))
    if doomed.shared_files:
        message = f"{len(doomed.shared_files)} 份存档文件里还有别人的表，没有删除"
        problems.append(warning("shared_files", message, Place(file=FOLDER)))
    return problems


def _swept(place: LedgerPlace, files: Sequence[str]) -> list[Problem]:
    refused = Archive(place.folder).remove(files)
    message = f"{len(refused)} 份存档文件删不掉，可能正开着；关闭后再运行一次"
    return [Problem("file_kept", message, Place(file=FOLDER))] if refused else []


def _renewed_backups(place: LedgerPlace, file: Path) -> str:
    """The copies hold what was deleted: one of now takes their place."""
    old = backups(file)
    made = copying.copy_now(place, dt.datetime.now(dt.UTC))
    for copy in old:
        copy.unlink(missing_ok=True)
    return f"旧备份里也有这些内容，{len(old)} 份已删除，换成 {made.name}。"
