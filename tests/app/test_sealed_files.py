"""Files with a password through the commands: written, written again, read, sent back."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.app.command import Done, xladdin
from tests.patch.masters import SMALL, write_master
from tests.workbench.office import Office, OfficeError
from tests.workbench.tools import ROOT
from xladdin.app.collecting.collect import collect
from xladdin.app.collecting.collect_ledger import LedgerKeeper
from xladdin.app.collecting.collected import Collected
from xladdin.app.generating.generate import Outcome, generate
from xladdin.app.reading_company import read_company
from xladdin.app.results.month_scores import month_results
from xladdin.app.results.summarise import summarise
from xladdin.books import return_list
from xladdin.company.company import Company
from xladdin.company.company_settings import Setting
from xladdin.company.starting import example_company
from xladdin.company.tokens import LIST_NAME
from xladdin.domain.people import Period
from xladdin.layout.package_edits import edited
from xladdin.layout.place import defined_name
from xladdin.ledger.archive_folder import Archive
from xladdin.ledger.records import Returned
from xladdin.ledger.store import Ledger
from xladdin.master.read_master import read_master
from xladdin.ooxml import passwords
from xladdin.ooxml.opening import is_protected
from xladdin.ooxml.sealing import Sealing, encrypted, plain

WORD, OTHER = "口令 Aa-123456", "another-word-1"
EXAMPLE = ROOT / "workbook_templates" / "example_company"
MONTH = Period("2026-10")
FORMS = {
    "monthly": "QC002",
    "sales": "QC016",
    "competency": "QC002",
    "job": "QC001",
    "summary": "QC001",
    "slip": "QC008",
}
"""Kind of form -> somebody who gets one."""
PROPERTIES = "docProps/core.xml"
ROWS = [
    {
        "period": "2026-10",
        "employee": "QC002",
        "indicator": "销售目标达成",
        "target": 1,
        "actual": 1,
    }
]
FEW = {**SMALL, "employees": example_company().employees[1:5]}


class Keys:
    """Files with a password in them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: str) -> tuple[str, ...]:
        """As options of a command."""
        found: list[str] = []
        for word in words:
            path = self.folder / f"{len(word)}.txt"
            path.write_text(f"{word}\n", "utf-8")
            path.chmod(0o600)
            found += ["--password-file", str(path)]
        return tuple(found)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A master workbook of a few people."""
    folder = tmp_path_factory.mktemp("sealed")
    write_master(folder / "总表.xlsx", ROWS, **FEW)
    return folder


@pytest.fixture(scope="module")
def company(house: Path) -> Company:
    return read_master(house / "总表.xlsx")[0]


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    (tmp_path / "密码").mkdir()
    return Keys(tmp_path / "密码")


def opened(path: Path, *words: str) -> bytes:
    with passwords.tried(words or [WORD]):
        return plain(path.read_bytes())


def summary(house: Path, out: Path, *options: str) -> Done:
    return xladdin("summary", house / "总表.xlsx", "--period", str(MONTH), "--out", out, *options)


# What is written.


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Every kind of form and the summary, without a password and with one."""
    folders = tmp_path_factory.mktemp("plain"), tmp_path_factory.mktemp("sealed")
    tables = (EXAMPLE / f"{name}.csv" for name in ("raters", "ratings"))
    company, _ = read_company(EXAMPLE / "roster.csv", EXAMPLE / "actuals.csv", (), *tables)
    results, _ = month_results(company, MONTH)
    for folder, word in zip(folders, ("", WORD), strict=True):
        if word:
            # Tokens are drawn by chance, and kept.
            (folder / "competency").mkdir()
            shutil.copy(folders[0] / "competency" / LIST_NAME, folder / "competency")
        with passwords.tried([word]):
            for form, person in FORMS.items():
                made = generate(
                    company, MONTH, folder / form, form=form, ids=[person], sealing=Sealing(word)
                )
                assert made.written, made.problems
            assert summarise(results, folder / "汇总.xlsx", sealing=Sealing(word)) == []
    return folders


def below(folder: Path) -> dict[Path, Path]:
    return {path.relative_to(folder): path for path in sorted(folder.rglob("*.xlsx"))}


def test_every_file_is_the_one_without_a_password_byte_by_byte(both: tuple[Path, Path]) -> None:
    without, sealed = map(below, both)
    assert sealed.keys() == without.keys()
    assert len(sealed) > 12
    for name, path in sealed.items():
        assert is_protected(path.read_bytes()), name
        assert path.stat().st_mode & 0o077 == 0, name
        assert opened(path) == without[name].read_bytes(), name


def kinds(folder: Path) -> Iterator[tuple[str, Path]]:
    """One file of each kind, as the names tell the kinds."""
    found: dict[str, Path] = {}
    for path in below(folder).values():
        parts = path.stem.split("_")
        kind = next((part for part in parts if part.endswith(("评", "表", "卷", "结", "单"))), "")
        found.setdefault(kind or path.stem, path)
    yield from found.items()


def test_a_second_reader_opens_every_kind_with_the_password_alone(
    both: tuple[Path, Path], office: Office
) -> None:
    without, sealed = both
    tried = dict(kinds(sealed))
    assert len(tried) >= 9, tried
    for kind, path in tried.items():
        same = without / path.relative_to(sealed)
        with office.open(path, WORD) as document, office.open(same) as expected:
            names = document.sheet_names
            assert names == expected.sheet_names, kind
            assert document.grid(names[0]) == expected.grid(names[0]), kind
        with pytest.raises(OfficeError), office.open(path):
            pass


# Written again.


def saved_since(book: bytes) -> bytes:
    """The same workbook after somebody has saved it."""
    return edited(book, {PROPERTIES: lambda xml: xml.replace("-01-01T", "-11-26T")})


def test_a_summary_of_ours_is_known_through_its_password(
    house: Path, tmp_path: Path, keys: Keys
) -> None:
    out = tmp_path / "汇总.xlsx"
    first = summary(house, out, *keys(WORD))
    assert (first.code, "忘记了谁也打不开" in first.err) == (0, True), first.err
    sealed = out.read_bytes()
    assert summary(house, out, *keys(WORD)).code == 0
    assert out.read_bytes() == sealed
    for options in ((), keys(OTHER)):
        done = summary(house, out, *options)
        assert (done.code, out.read_bytes()) == (1, sealed)
        assert "没有给出能打开它的密码" in done.err
    # Given both, it is known and gets the new one.
    assert summary(house, out, *keys(OTHER, WORD)).code == 0
    assert opened(out, OTHER) == opened_bytes(sealed)


def opened_bytes(data: bytes) -> bytes:
    with passwords.tried([WORD]):
        return plain(data)


def test_settings_that_want_a_password_are_recalled(tmp_path: Path, keys: Keys) -> None:
    few = {**FEW, "settings": (Setting("汇总表加密", "是"),)}
    master = write_master(tmp_path / "总表.xlsx", ROWS, **few)
    typed = ("summary", master, "--period", str(MONTH), "--out", tmp_path / "汇总.xlsx")
    assert "这次写的没有打开密码" in xladdin(*typed).err
    assert "这次写的没有打开密码" not in xladdin(*typed, *keys(WORD)).err


def test_what_somebody_saved_with_the_password_is_not_replaced(
    house: Path, tmp_path: Path, keys: Keys
) -> None:
    out = tmp_path / "汇总.xlsx"
    assert summary(house, out).code == 0
    ours = out.read_bytes()
    theirs = encrypted(saved_since(ours), WORD)
    out.write_bytes(theirs)
    done = summary(house, out, *keys(WORD))
    assert (done.code, out.read_bytes()) == (1, theirs)
    assert "有人改过，没有覆盖" in done.err
    done = summary(house, out, "--overwrite")
    assert (done.code, out.read_bytes()) == (0, ours)
    assert "替换成的这份没有" in done.err
    assert summary(house, out, *keys(WORD)).code == 0
    assert opened(out) == ours
    assert out.stat().st_mode & 0o077 == 0


def forms(company: Company, out: Path, word: str = "", *, known: str = "", **more: Any) -> Outcome:
    with passwords.tried(list(filter(None, (word, known)))):
        return generate(company, MONTH, out, ids=["QC002"], sealing=Sealing(word), **more)


def told(done: Outcome) -> dict[str, str]:
    return {problem.code: problem.message for problem in done.problems}


def test_forms_are_known_through_their_password(company: Company, tmp_path: Path) -> None:
    (made,) = forms(company, tmp_path, WORD).written
    sealed = (tmp_path / made).read_bytes()
    assert forms(company, tmp_path, WORD).unchanged == [made]
    for word in ("", OTHER):
        done = forms(company, tmp_path, word)
        assert (done.kept, "kept_sealed" in told(done)) == ([made], True)
        assert (tmp_path / made).read_bytes() == sealed
    (tmp_path / made).write_bytes(encrypted(saved_since(opened_bytes(sealed)), WORD))
    assert "kept" in told(forms(company, tmp_path, WORD))
    done = forms(company, tmp_path, overwrite=True)
    assert (done.updated, "now_open" in told(done)) == ([made], True)


def moved(company: Company) -> Company:
    """The same people after somebody has gone to another department."""
    people = tuple(one.model_copy(update={"department": "新部门"}) for one in company.employees)
    return replace(company, employees=people)


def test_a_form_elsewhere_is_found_through_its_password(company: Company, tmp_path: Path) -> None:
    (made,) = forms(company, tmp_path, WORD).written
    done = forms(moved(company), tmp_path, WORD)
    assert (done.elsewhere, done.written) == ([made], [])
    done = forms(moved(company), tmp_path, WORD, move=True)
    (there,) = done.updated
    assert there.parts[0] == "新部门"
    assert is_protected((tmp_path / there).read_bytes())
    done = forms(company, tmp_path)
    assert "没有算在内" in told(done)["form_closed"]


def test_hrs_list_of_tokens_gets_a_password_and_keeps_it(tmp_path: Path) -> None:
    company = example_company()

    def rating(word: str, known: str = "", person: str = "QC002") -> Outcome:
        with passwords.tried(list(filter(None, (word, known)))):
            return generate(
                company, MONTH, tmp_path, form="competency", ids=[person], sealing=Sealing(word)
            )

    path = tmp_path / LIST_NAME
    assert rating("").written
    tokens = path.read_bytes()
    assert not is_protected(tokens)
    rating(WORD)
    assert opened(path) == tokens
    assert "tokens_unreadable" in told(rating(""))
    assert rating("", known=WORD, person="QC003").written
    assert opened(path) != tokens


# Read.


class Desk:
    """A master, a form that went out with a password, and what came back."""

    def __init__(self, folder: Path, company: Company, house: Path) -> None:
        self.master = Path(shutil.copy(house / "总表.xlsx", folder))
        self.back = folder / "收到"
        (made,) = forms(company, self.back, WORD).written
        self.form = self.back / made

    def fill(self, answers: Mapping[str, Any]) -> bytes:
        """Filled in and saved with the password."""
        plain_file = self.back / "填.xlsx"
        plain_file.write_bytes(opened(self.form))
        book = openpyxl.load_workbook(plain_file)
        for key, value in answers.items():
            ((sheet, place),) = book.defined_names[defined_name(key)].destinations
            book[sheet][place].value = value
        book.save(plain_file)
        content = plain_file.read_bytes()
        plain_file.unlink()
        self.form.write_bytes(encrypted(content, WORD))
        return content

    def collect(self, *words: str, **settings: Any) -> Collected:
        with passwords.tried(words):
            return collect(self.master, [self.back], period=MONTH, **settings)

    def faults(self) -> list[str]:
        path = self.master.with_name(f"收表清单_{MONTH}.xlsx")
        rows = openpyxl.load_workbook(path)[return_list.FAULTS].iter_rows(values_only=True)
        return [" ".join(str(cell) for cell in row if cell) for row in rows]


ANSWERS = {"comment.self": "按时完成"}


@pytest.fixture
def desk(tmp_path: Path, company: Company, house: Path) -> Desk:
    return Desk(tmp_path, company, house)


def test_a_return_with_a_password_is_read_or_named(desk: Desk) -> None:
    desk.fill(ANSWERS)
    came = desk.form.read_bytes()
    assert is_protected(came)
    for words, said in (((), "请加上 --password"), ((OTHER,), "给出的密码打不开它")):
        done = desk.collect(*words)
        (problem,) = [one for one in done.problems if "密码" in one.message]
        assert (said in problem.message, done.settled) == (True, [])
        assert any(said in line and desk.form.name in line for line in desk.faults())
    keeper = LedgerKeeper.of(desk.master)
    done = desk.collect(OTHER, WORD, keeper=keeper)
    assert [one.chosen.form.inputs["comment.self"] for one in done.settled if one.chosen] == [
        "按时完成"
    ]
    assert "用密码打开 1 个文件，台账存档里是加密的原件，仍要用原来的密码打开" in done.told
    with Ledger(keeper.place, write=False) as ledger:
        (entry,) = ledger.read(Returned)
    kept = Archive(desk.master.parent).find(entry.record.file_sha256)
    assert kept
    assert (kept.read_bytes(), kept.stat().st_mode & 0o077) == (came, 0)


def test_what_libreoffice_saves_with_the_password_is_collected(desk: Desk, office: Office) -> None:
    book = openpyxl.load_workbook(_unsealed(desk.form))
    ((sheet, place),) = book.defined_names[defined_name("comment.self")].destinations
    with office.open(desk.form, WORD) as document:
        document.set(sheet, place.replace("$", "").partition(":")[0], "按时完成")
        document.save()
    assert is_protected(desk.form.read_bytes())
    (one,) = desk.collect(WORD).settled
    assert one.chosen
    assert one.chosen.form.inputs["comment.self"] == "按时完成"


def _unsealed(path: Path) -> Path:
    target = path.with_name("~读.xlsx").resolve().parents[2] / "读.xlsx"
    target.write_bytes(opened(path))
    return target


def test_a_return_with_a_password_within_a_zip_file(desk: Desk) -> None:
    desk.fill(ANSWERS)
    with zipfile.ZipFile(desk.back / "全部.zip", "w") as package:
        package.write(desk.form, "表.xlsx")
    desk.form.unlink()
    (problem,) = [one for one in desk.collect(OTHER).problems if "密码" in one.message]
    assert problem.place.file == "全部.zip/表.xlsx"
    assert len(desk.collect(WORD).settled) == 1


def test_a_repaired_copy_has_the_password_of_the_damaged_form(desk: Desk) -> None:
    desk.fill({**ANSWERS, "total": 100})
    repaired = desk.master.with_name("修复")
    (made,) = desk.collect(WORD, repair_to=repaired).repaired
    assert is_protected(made.read_bytes())
    assert desk.collect(WORD, repair_to=repaired).repaired == [made]
    with passwords.tried([WORD]):
        (form,) = collect(desk.master, [made], period=MONTH).settled
    assert form.submission.latest.form.inputs["comment.self"] == "按时完成"


def test_a_master_with_a_password_keeps_it(desk: Desk, keys: Keys) -> None:
    before = encrypted(desk.master.read_bytes(), WORD)
    desk.master.write_bytes(before)
    export = desk.master.with_name("导出.csv")
    export.write_text("工号,客服销售额\nQC003,131190\n", "utf-8")
    done = xladdin("import", desk.master, export, "--period", str(MONTH))
    assert (done.code, desk.master.read_bytes()) == (1, before)
    assert "请加上 --password" in done.err
    done = xladdin("import", desk.master, export, "--period", str(MONTH), *keys(WORD))
    assert desk.master.read_bytes() != before, done.err
    assert is_protected(desk.master.read_bytes())
    (backup,) = desk.master.parent.glob("总表.备份-*.xlsx")
    assert backup.read_bytes() == before
    copy = desk.master.with_name("批注.xlsx")
    for _ in range(2):
        done = xladdin("check", desk.master, "--annotate", copy, *keys(WORD))
        assert "带批注的副本" in done.out, done.err
        assert is_protected(copy.read_bytes())
    done = xladdin("check", desk.master, "--annotate", copy, *keys(OTHER))
    assert "给出的密码打不开它" in done.err


def test_tables_with_a_password_are_read(tmp_path: Path, keys: Keys) -> None:
    book = openpyxl.Workbook()
    for row in (("考核月份", "工号", "指标", "实际值"), ("2026-11", "1001", "客单价", 5)):
        book.active.append(row)
    path = tmp_path / "数据.xlsx"
    book.save(path)
    path.write_bytes(encrypted(path.read_bytes(), WORD))
    typed = ("score", "online_shop_monthly", "--actuals", path)
    assert "1001" in xladdin(*typed, *keys(OTHER, WORD)).out
    done = xladdin(*typed)
    assert (done.code, "请加上 --password" in done.err) == (1, True)
