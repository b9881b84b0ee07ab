"""The scene of collecting, and what counts of a folder in which it was played."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from tests.patch.masters import SMALL, write_master
from xladdin.app.collecting.collect import collect
from xladdin.app.collecting.collect_ledger import LedgerKeeper
from xladdin.app.generating.generate import plan
from xladdin.app.generating.planning import Request
from xladdin.books import return_list
from xladdin.company.starting import example_company
from xladdin.domain.people import Period
from xladdin.layout.place import defined_name
from xladdin.layout.writer import workbook_bytes
from xladdin.ledger.archive_folder import FOLDER
from xladdin.ledger.ledger_place import ledger_place
from xladdin.ledger.records import Returned
from xladdin.ledger.store import Ledger
from xladdin.ledger.verifying import verify
from xladdin.master.read_master import read_master
from xladdin.returns.open_questions import ON_FORM

from .runs import Scene, digest
from .scenes import MASTER

PERIOD = Period("2026-11")
COMMAND = ["collect", MASTER, "收到", "--period", PERIOD, "--move-to", "已收", "--repair", "修复"]
ROWS = [{"period": "2026-10", "employee": "QC005", "indicator": "销售目标达成", "actual": 90000}]
ANSWERS = {"actual.reply_quality": 1, "actual.initiative": 5, "comment.self": "按时完成"}


@cache
def filled() -> dict[str, bytes]:
    """Two forms as people send them back, one of them with a score typed over."""
    return {f"{i}.xlsx": form_of(i + 1, spoilt=i == 1) for i in range(2)}


def form_of(number: int, *, spoilt: bool = False) -> bytes:
    """The form of one of the four people, filled in."""
    company = example_company()
    request = Request(company, PERIOD, company.employees[number : number + 1], Path())
    (form,) = plan(request, "monthly", [])
    return _form(workbook_bytes(form.book(), form.values), spoilt=spoilt)


def _form(sent: bytes, *, spoilt: bool) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(sent))
    answers: dict[str, Any] = {**ANSWERS, **({"total": 100} if spoilt else {})}
    for key, value in answers.items():
        ((sheet, place),) = book.defined_names[defined_name(key)].destinations
        book[sheet][place].value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def prepare(folder: Path) -> None:
    few = {**SMALL, "employees": example_company().employees[1:5]}
    write_master(folder / MASTER, ROWS, **few)
    (folder / "收到").mkdir()
    for name, data in filled().items():
        (folder / "收到" / name).write_bytes(data)


def decided(folder: Path) -> None:
    """Collected before; then one form came back changed, and the clerk has decided for the form."""
    prepare(folder)
    keeper = LedgerKeeper.of(folder / MASTER)
    for answer, choice in ((5, ""), (4, ""), (4, ON_FORM)):
        for name, sent in filled().items():
            book = openpyxl.load_workbook(io.BytesIO(sent))
            ((sheet, place),) = book.defined_names[defined_name("actual.initiative")].destinations
            book[sheet][place].value = answer
            book.save(folder / "收到" / name)
        if choice:
            _choose(folder, choice)
        else:
            collect(folder / MASTER, [folder / "收到"], period=PERIOD, keeper=keeper)


def _choose(folder: Path, choice: str) -> None:
    (path,) = folder.glob("收表清单_*.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book[return_list.OPEN]
    for row in range(5, sheet.max_row + 1):
        sheet.cell(row, return_list.OPEN_HEADS.index(return_list.CHOICE) + 1).value = choice
    book.save(path)


SCENES = {
    scene.name: scene
    for scene in (Scene("collect", COMMAND, prepare), Scene("decided", COMMAND, decided))
}


def outcome(folder: Path) -> dict[str, Any]:
    """What counts of a folder: figures, forms in the ledger, where the files are, states."""
    company, _ = read_master(folder / MASTER)
    figures = {
        (line.employee, line.indicator): line.actual
        for lines in company.measured.values()
        for line in lines
    }
    (listed,) = folder.glob("收表清单_*.xlsx")
    rows = openpyxl.load_workbook(listed)[return_list.LIST].iter_rows(min_row=4, values_only=True)
    return {
        "figures": figures,
        "returned": kept(folder),
        "archived": sorted(path.name for path in (folder / FOLDER).rglob("*.xlsx")),
        "files": {name: _contents(folder / name) for name in ("收到", "已收", "修复")},
        "states": {row[1]: row[5] for row in rows},
        "temporary": [path.name for path in folder.rglob(".xladdin-*")],
    }


def kept(folder: Path) -> list[tuple[str, str]]:
    """The forms in the ledger, each as often as it is there; nothing of it has been touched."""
    place = ledger_place(folder / MASTER)
    assert place.file is not None
    if not place.file.exists():
        return []
    with Ledger(place, write=False) as ledger:
        assert verify(ledger).touched == ()
        found = (one.record for one in ledger.read(Returned))
        return sorted((one.person, str(one.inputs)) for one in found)


def _contents(folder: Path) -> list[str]:
    return sorted(digest(path) for path in folder.glob("*.xlsx"))
