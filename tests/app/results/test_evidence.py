"""Packs of evidence as they are commanded: what goes in, what stays out, what a flipped byte gives."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.app.command import xladdin
from tests.ledger.entries import MONTH, one_of_each, returned
from tests.patch.masters import SMALL, write_master
from tests.proof.fixtures import Proofs
from xladdin.app.results.evidence import verify_evidence
from xladdin.ledger.archive_folder import Archive
from xladdin.ledger.ledger_place import ledger_place
from xladdin.ledger.records import Returned, ReturnedReport
from xladdin.ledger.store import Ledger
from xladdin.problems import ProblemsFound

SAMPLE = 40


@pytest.fixture
def master(tmp_path: Path) -> Path:
    """A master whose ledger has two people, and ratings of one of them in confidence."""
    (tmp_path / "company").mkdir()
    master = write_master(tmp_path / "company" / "总表.xlsx", **SMALL)
    archive = Archive(master.parent)
    with Ledger(ledger_place(master)) as ledger:
        for person in ("CS002", "CS001"):
            kept = archive.keep(f"form of {person}".encode(), f"{person}.xlsx")
            for record in one_of_each(person):
                has_file = isinstance(record, Returned | ReturnedReport)
                ledger.append(replace(record, file_sha256=kept) if has_file else record)
        secret = archive.keep(b"form of a peer", "peer.xlsx")
        for more in ({"token": "SECRETTOKEN"}, {"rater": "CS777"}, {"kind": "peer"}):
            ledger.append(returned("CS001", 61, file_sha256=secret, **more))
    return master


@pytest.fixture
def packed(master: Path, tmp_path: Path) -> Path:
    out = tmp_path / "elsewhere" / "证据.zip"
    done = pack(master, out)
    assert done == 0
    return out


def pack(master: Path, out: Path, employee: str = "CS001", month: str = MONTH) -> int:
    span = ("--from", month, "--to", month)
    return xladdin("evidence", "pack", master, "--employee", employee, *span, "--out", out).code


def test_a_pack_has_the_forms_and_nothing_of_others(packed: Path) -> None:
    with zipfile.ZipFile(packed) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    everything = b"".join(files.values())
    assert b"form of CS001" in everything
    for hidden in (b"SECRETTOKEN", b"CS777", b"CS002", b"form of a peer", b"form of CS002"):
        assert hidden not in everything
    assert "不放入，免得推算出是谁评的多少分：3 条" in files["说明.txt"].decode("utf-8-sig")
    page = files["概览.html"].decode()
    assert "得分" in page
    assert "申诉" in page


def test_a_process_without_the_ledger_verifies(packed: Path, master: Path) -> None:
    shutil.rmtree(master.parent)
    command = [sys.executable, "-m", "xladdin.cli", "evidence", "verify", packed.name, "--json"]
    done = subprocess.run(command, cwd=packed.parent, capture_output=True, check=False)
    data = json.loads(done.stdout)
    assert (done.returncode, data["problems"], data["about"]["person"]) == (0, [], "CS001")


def test_what_cannot_be_packed_is_said(master: Path, tmp_path: Path) -> None:
    assert pack(master, tmp_path / "a.zip", employee="CS999") == 1
    assert pack(master, tmp_path / "a.zip", month="2020-01") == 1
    assert not (tmp_path / "a.zip").exists()
    (tmp_path / "a.zip").write_bytes(b"mine")
    assert pack(master, tmp_path / "a.zip") == 1
    assert (tmp_path / "a.zip").read_bytes() == b"mine"
    assert xladdin("evidence", "verify", tmp_path / "a.zip").code == 1
    assert xladdin("evidence", "verify", tmp_path / "none.zip").code == 1


def test_the_group_packs_without_the_commands_name_and_all_months_where_none_is_named(
    master: Path, tmp_path: Path
) -> None:
    """As scripts outside call it."""
    for number, words in enumerate(
        [
            (master, "--employee", "CS001"),
            ("--employee=CS001", master),
            ("pack", master, "--employee", "CS001", "--from", MONTH),
        ]
    ):
        out = tmp_path / f"{number}.zip"
        done = xladdin("evidence", *words, "--out", out)
        assert (done.code, "证据包已写好" in done.out) == (0, True), done
        with zipfile.ZipFile(out) as opened:
            note = opened.read("说明.txt").decode("utf-8-sig")
        assert f"考核月份：{MONTH} 至 {MONTH}" in note
    span = ("--from", "2026-12", "--to", "2026-11")
    assert xladdin("evidence", master, "--employee", "CS001", *span, "--out", out).code == 2
    assert xladdin("evidence", "fly").code == 2


def test_a_pack_names_the_person_and_says_where_it_cannot(master: Path, tmp_path: Path) -> None:
    known = SMALL["employees"][0].model_copy(update={"id": "CS001", "name": "陆雨桐"})
    write_master(master, **{**SMALL, "employees": (known, *SMALL["employees"][1:])})
    assert pack(master, tmp_path / "a.zip") == 0
    with zipfile.ZipFile(tmp_path / "a.zip") as opened:
        for file in ("概览.html", "说明.txt"):
            assert "陆雨桐（CS001）" in opened.read(file).decode("utf-8-sig")
    master.write_bytes(b"no workbook")
    done = xladdin("evidence", master, "--employee", "CS001", "--out", tmp_path / "b.zip")
    assert (done.code, "没有姓名" in done.err) == (0, True)


def named(master: Path, packed: Path, count: int) -> int:
    """How many flips are named: half of them in a file of the folder, half anywhere in the zip."""
    folder = packed.with_name("folder")
    assert pack(master, folder) == 0
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    chosen, found = random.Random(14), 0
    for number in range(count):
        path = packed if number % 2 else files[number // 2 % len(files)]
        before = path.read_bytes()
        after = bytearray(before)
        after[chosen.randrange(len(after))] ^= 1 << chosen.randrange(8)
        path.write_bytes(after)
        try:
            problems = list(verify_evidence(packed if number % 2 else folder).problems)
        except ProblemsFound as error:
            problems = list(error.problems)
        name = "" if number % 2 else path.relative_to(folder).as_posix()
        found += any(it.is_error and name in str(it) for it in problems)
        path.write_bytes(before)
    assert verify_evidence(packed).problems == verify_evidence(folder).problems == []
    return found


def test_any_flipped_byte_is_named(master: Path, packed: Path) -> None:
    assert named(master, packed, SAMPLE) == SAMPLE


@pytest.mark.proof
def test_any_of_many_flipped_bytes_is_named(master: Path, packed: Path, proofs: Proofs) -> None:
    count = proofs.count("evidence")
    proofs.record("evidence", tried=count, survived=named(master, packed, count))
