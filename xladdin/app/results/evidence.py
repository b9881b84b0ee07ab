"""A pack of evidence for one employee: what a labour dispute asks for, out of the ledger alone.

Ratings by others stay out, whoever gave them: beside the scores told, one might give another away.
So does a file that holds more than this person's forms.  How much stayed out is said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError

from xladdin.books import forms
from xladdin.domain.competency import Source
from xladdin.domain.schemes import Scheme
from xladdin.files import make_folder, safe_name, save_whole
from xladdin.ledger.archive_folder import Archive
from xladdin.ledger.evidence_pack import (
    CHAIN_FILE,
    ENTRIES,
    LINE,
    about,
    json_bytes,
    read_pack,
    sealed,
    verify_files,
    zipped,
)
from xladdin.ledger.held_people import PERSONAL
from xladdin.ledger.ledger_tables import CHAIN, SEQ, TABLES
from xladdin.ledger.records import (
    Decision,
    PeriodChange,
    Record,
    Returned,
    ReturnedReport,
    SchemeSnapshot,
    ScoreResult,
)
from xladdin.ledger.store import Entry, Ledger
from xladdin.ledger.verifying import verify
from xladdin.problems import Place, Problem, ProblemsFound, warning

from .evidence_overview import local, overview
from .ledger_upkeep import SHOWN_HASH, Done, place_of

OPEN_KINDS = frozenset(
    kind.id
    for kind in (*forms.MONTHLY_SUITE.kinds, forms.SUMMARY, forms.SLIP, forms.RATED_BY[Source.SELF])
)
"""Forms that hold nothing of what others have rated in confidence."""
REQUESTED = "data_request"
"""A sheet of figures that its deliverer fills in for others."""
OF_PERSON: tuple[type[Any], ...] = PERSONAL
"""What would be deleted with a person is what tells of them; each has a period."""
FORMS_FOLDER, OVERVIEW, NOTE = "原件", "概览.html", "说明.txt"
NOTE_TEXT = """仲裁证据包说明

员工：{who}
考核月份：{first} 至 {last}
生成时间：{local}
台账：共 {length} 条，末条指纹 {head}

一、包里有什么
概览.html：用浏览器打开，逐月列出得分、填写的数据和评分规则的文字说明，可以按规则用手算复核。
原件：收回的表，和交来时逐字节相同；文件名开头的数字是台账的条号。
台账/条目.json：台账里这名员工在这些月份的条目，以及当时的方案。
台账/指纹链.json：从其中最早一条到台账末条的指纹；只有指纹和时间，没有别人的内容。
清单.json：每个文件的 SHA-256 指纹。

二、怎样核对
在任何一台装有 xladdin 的电脑上运行：xladdin evidence verify 证据包
不需要台账，也不需要总表。改动、缺少、多出的文件和接不上的条目都会逐个指出。
把上面的台账条数和末条指纹与关闭月份时抄下的相比，可以证明台账没有整个重做过。

三、没有放进来的
他人的评分（上级、同级、下级、客户）不放入，免得推算出是谁评的多少分：{ratings} 条。
同一个文件里还有别人的表的，原件不放入：{shared} 份。
存档里没有或已被改动的原件：{lacking} 份。
"""


@dataclass(slots=True)
class _Gathered:
    """What goes into a pack, and what stays out."""

    entries: dict[int, Entry[Any]] = field(default_factory=dict)
    ratings: int = 0
    files: dict[int, str] = field(default_factory=dict)
    """Where an entry's original lies in the pack."""
    shared: list[int] = field(default_factory=list)
    lacking: list[int] = field(default_factory=list)


def pack_evidence(
    master: Path,
    url: str | None,
    person: str,
    span: tuple[str | None, str | None],
    out: Path,
    now: dt.datetime,
    name: str = "",
) -> Done:
    """Write the pack of a person's months (``2026-01`` to ``2026-12``) as a zip or a folder.

    An end of ``span`` that is not given is that of what is kept of the person.  ``name`` is what the roster
    calls them.  Raises ProblemsFound where somebody has touched the ledger, where it has nothing of this person
    in these months, and where something is there already.
    """
    if out.exists():
        _refuse("exists", "已经有这个文件或文件夹，没有写；请换一个名字", out.name)
    place = place_of(master, url)
    with Ledger(place, write=False) as ledger:
        found = verify(ledger)
        if found.touched:
            at = Place(file=place.name)
            raise ProblemsFound([Problem("entry_touched", str(it), at) for it in found.touched])
        known = _known_span(ledger, person, span)
        gathered = _gathered(ledger, person, known)
        if not any(isinstance(it.record, OF_PERSON) for it in gathered.entries.values()):
            months = f" 在 {known[0]} 至 {known[1]}" if any(span) else ""
            message = f"台账里没有 {person}{months} 可以放进证据包的内容；要写名册上的工号（不是姓名），大小写也要一样"
            _refuse("nothing_kept", message, place.name)
        originals = _originals(ledger, Archive(place.folder), gathered)
        files = {**originals, **_ledger_files(ledger, gathered)}
    who = f"{name}（{person}）" if name else person
    files[OVERVIEW] = overview(who, known, gathered.entries, gathered.files, _schemes(gathered))
    facts = {
        "person": person, "first": known[0], "last": known[1],
        "made": now.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "length": found.length, "head": found.head, "ratings": gathered.ratings,
        "shared": len(gathered.shared), "lacking": len(gathered.lacking),
    }  # fmt: skip
    files[NOTE] = NOTE_TEXT.format(who=who, local=local(now), **facts).encode("utf-8-sig")
    _write(sealed(files, facts), out)
    lines = [
        f"证据包已写好：{out.name}，台账条目 {len(gathered.entries)} 条，原件 {len(originals)} 份。",
        f"台账共 {found.length} 条，末条指纹 {found.head[:SHOWN_HASH]}。",
    ]
    return Done(
        lines, {**facts, "entries": sorted(gathered.entries)}, list(_told(gathered, place.name))
    )


def verify_evidence(path: Path) -> Done:
    """Look through a pack, with nothing but itself.  Raises ProblemsFound where it cannot be read."""
    files, problems = read_pack(path)
    problems += verify_files(files)
    told = about(files)
    lines = []
    if not problems:
        lines = [
            f"{told['person']}，{told['first']} 至 {told['last']}：{len(files)} 个文件逐个核对过，没有被改动。",
            f"生成时台账共 {told['length']} 条，末条指纹 {str(told['head'])[:SHOWN_HASH]}。",
        ]
    return Done(lines, {"about": told, "files": len(files)}, problems)


def _known_span(
    ledger: Ledger, person: str, span: tuple[str | None, str | None]
) -> tuple[str, str]:
    """The months that are asked for; what is left open ends where the ledger's entries of them do."""
    if all(span):
        return str(span[0]), str(span[1])
    months = [
        entry.record.period
        for kind in OF_PERSON
        for entry in ledger.read(kind, person=person)
        if entry.record.period
    ]
    first, last = min(months, default=""), max(months, default="")
    return span[0] or first, span[1] or last


def _gathered(ledger: Ledger, person: str, span: tuple[str, str]) -> _Gathered:
    found = _Gathered()
    hashes = set()
    for kind in OF_PERSON:
        for entry in ledger.read(kind, person=person):
            if not span[0] <= entry.record.period <= span[1]:
                continue
            if _is_confidential(entry.record):
                found.ratings += 1
                continue
            found.entries[entry.seq] = entry
            hashes.add(getattr(entry.record, "scheme_hash", ""))
    for change in ledger.read(PeriodChange):
        if span[0] <= change.record.period <= span[1]:
            found.entries[change.seq] = change
    for scheme in ledger.read(SchemeSnapshot):
        if scheme.record.hash in hashes:
            found.entries[scheme.seq] = scheme
    found.entries = dict(sorted(found.entries.items()))
    return found


def _is_confidential(record: Record) -> bool:
    if isinstance(record, ReturnedReport):
        return record.kind == REQUESTED
    if isinstance(record, Returned | Decision | ScoreResult):
        hidden = getattr(record, "token", "") or getattr(record, "rater", "")
        return bool(hidden) or record.kind not in OPEN_KINDS
    return False


def _originals(ledger: Ledger, archive: Archive, gathered: _Gathered) -> dict[str, bytes]:
    """The files as they were handed in, unless somebody else's forms are in them, too."""
    mine = [seq for seq, it in gathered.entries.items() if hasattr(it.record, "file_sha256")]
    people = {gathered.entries[seq].record.person for seq in mine}
    kept: list[Entry[Any]] = [*ledger.read(Returned), *ledger.read(ReturnedReport)]
    others = {
        it.record.file_sha256
        for it in kept
        if it.record.person not in people or _is_confidential(it.record)
    }
    files: dict[str, bytes] = {}
    for seq in mine:
        record = gathered.entries[seq].record
        path = archive.find(record.file_sha256)
        if record.file_sha256 in others:
            gathered.shared.append(seq)
        elif path is None or archive.touched([record.file_sha256]) != ([], []):
            gathered.lacking.append(seq)
        else:
            name = f"{FORMS_FOLDER}/{seq}_{safe_name(PurePath(record.file_name).name)}"
            files[name] = path.read_bytes()
            gathered.files[seq] = name
    return files


def _ledger_files(ledger: Ledger, gathered: _Gathered) -> dict[str, bytes]:
    first = min(gathered.entries)
    query = sa.select(CHAIN).where(CHAIN.c.seq >= first).order_by(CHAIN.c.seq)
    lines = [
        {name: row[name] for name in LINE} for row in ledger.connection.execute(query).mappings()
    ]
    entries = [
        {"seq": seq, "kind": table.name, "label": entry.record.LABEL,
         "row": {name: value for name, value in row.items() if name != SEQ},
         "file": gathered.files.get(seq, "")}
        for seq, entry in gathered.entries.items()
        for table in (TABLES[type(entry.record)],)
        for row in ledger.connection.execute(sa.select(table).where(table.c.seq == seq)).mappings()
    ]  # fmt: skip
    chain = {"length": ledger.length, "head": ledger.head, "lines": lines}
    return {CHAIN_FILE: json_bytes(chain), ENTRIES: json_bytes(entries)}


def _schemes(gathered: _Gathered) -> dict[str, Scheme]:
    found = {}
    for entry in gathered.entries.values():
        if isinstance(entry.record, SchemeSnapshot):
            with suppress(ValidationError):
                found[entry.record.hash] = Scheme.model_validate_json(entry.record.content)
    return found


def _told(gathered: _Gathered, name: str) -> Iterator[Problem]:
    if gathered.ratings:
        message = f"他人的评分等 {gathered.ratings} 条没有放入，免得推算出是谁评的"
        yield warning("ratings_withheld", message, Place(file=name))
    for seqs, why in (
        (gathered.shared, "里面还有别人的表"),
        (gathered.lacking, "存档里没有，或已被改动"),
    ):
        if seqs:
            message = f"第 {'、'.join(map(str, seqs))} 条的原件没有放入：{why}"
            yield warning("original_withheld", message, Place(file=name))


def _write(files: dict[str, bytes], out: Path) -> None:
    if out.suffix.lower() == ".zip":
        make_folder(out.parent, private=False)
        save_whole(out, zipped(files), private=True)
        return
    for name, content in files.items():
        target = out / name
        make_folder(target.parent, private=True)
        save_whole(target, content, private=True)


def _refuse(code: str, message: str, name: str) -> None:
    raise ProblemsFound([Problem(code, message, Place(file=name))])
