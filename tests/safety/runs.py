"""What tests ask of the zygote, and how they see what a run has left."""

from __future__ import annotations

import atexit
import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType

from .zygote import Run

ROOT = Path(__file__).parents[2]
BACKUP = re.compile(r"\.备份-\d{8}-\d{6}(-\d+)?")


class Zygote:
    """The forking process."""

    def __enter__(self) -> Zygote:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.safety.zygote"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def together(self, *runs: Run) -> list[int]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([asdict(run) for run in runs]) + "\n")
        self.process.stdin.flush()
        answer: list[int] = json.loads(self.process.stdout.readline())
        return answer


@dataclass(frozen=True, slots=True)
class Scene:
    """A command, and what lies in its folder before."""

    name: str
    arguments: list[str]
    prepare: Callable[[Path], None]
    refused_again: str = ""
    """What a second run says where it may not do its work twice."""
    seed: int | None = 1


@dataclass(slots=True)
class Stage:
    """A folder in which a scene is played, again and again."""

    zygote: Zygote
    scene: Scene
    folder: Path
    original: Path = field(init=False)
    place: Path = field(init=False)
    after: dict[str, list[str]] = field(init=False)
    code: int = field(init=False)
    operations: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.original, self.place = self.folder / "original", self.folder / "place"
        played = _played(self.zygote, self.scene)
        shutil.copytree(played.folder, self.folder, dirs_exist_ok=True)
        self.code, self.after, self.operations = played.code, played.after, [*played.operations]

    def fresh(self) -> None:
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.original, self.place)

    def run(self, arguments: list[str] | None = None, number: int = 0, **values: object) -> Run:
        command = self.scene.arguments if arguments is None else arguments
        given = {"seed": self.scene.seed, **values}
        return Run(command, str(self.place), self._said(number), **given)  # type: ignore[arg-type]

    def play(self, *runs: Run) -> list[int]:
        return self.zygote.together(*runs)

    def _said(self, number: int) -> str:
        return str(self.folder / f"said{number}")

    def said(self, number: int = 0) -> str:
        return Path(self._said(number)).read_text("utf-8")

    def whole(self) -> None:
        """Every file that a person sees is whole, unless it was not before."""
        before = {content for found in seen(self.original).values() for content in found}
        half = [path for path in visible(self.place) if not is_whole(path)]
        assert [path.name for path in half if digest(path) not in before] == []

    def again(self) -> None:
        """Another run comes to what an undisturbed one comes to, and leaves nothing beside it."""
        done = self.scene.refused_again and self.after.items() <= seen(self.place).items()
        (code,) = self.play(self.run())
        if done:
            assert code in (1, 2)
            assert self.scene.refused_again in self.said()
        else:
            assert code == self.code, self.said()
        assert seen(self.place) == self.after


@dataclass(frozen=True, slots=True)
class Played:
    """An undisturbed run of a scene, the same for every test: its folders, and what it said."""

    folder: Path
    code: int
    after: dict[str, list[str]]
    operations: list[str]


_known: dict[tuple[object, ...], Played] = {}


def _played(zygote: Zygote, scene: Scene) -> Played:
    key = scene.name, scene.prepare, *scene.arguments, scene.seed
    if key not in _known:
        _known[key] = _play(zygote, scene, kept_folder() / f"{len(_known)}")
    return _known[key]


def _play(zygote: Zygote, scene: Scene, folder: Path) -> Played:
    original, place, log = folder / "original", folder / "place", folder / "log"
    original.mkdir(parents=True)
    scene.prepare(original)
    shutil.copytree(original, place)
    said = folder / "said0"
    (code,) = zygote.together(
        Run(scene.arguments, str(place), str(said), log=str(log), seed=scene.seed)
    )
    assert "Traceback" not in said.read_text("utf-8"), said.read_text("utf-8")
    return Played(folder, code, seen(place), log.read_text("utf-8").splitlines())


@cache
def kept_folder() -> Path:
    """A folder for what is the same in every test."""
    folder = mkdtemp(prefix="xladdin-scenes-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def visible(folder: Path) -> Iterator[Path]:
    """The workbooks below a folder, without hidden files."""
    for path in folder.rglob("*.xlsx"):
        if path.is_file() and not path.name.startswith("."):
            yield path


def is_whole(path: Path) -> bool:
    """Whether a file is a whole workbook."""
    try:
        with zipfile.ZipFile(path) as package:
            return package.testzip() is None and "xl/workbook.xml" in package.namelist()
    except (zipfile.BadZipFile, EOFError):
        return False


def digest(path: Path) -> str:
    """A file's content, in short."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def seen(folder: Path) -> dict[str, list[str]]:
    """Every file below a folder, hidden ones too: name -> contents; copies without their time."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = BACKUP.sub(".备份", str(path.relative_to(folder)))
            found.setdefault(name, []).append(digest(path))
    return {name: sorted(contents) for name, contents in found.items()}


@contextmanager
def small_disk(place: Path, size: int) -> Iterator[Path]:
    """A disk of so many bytes, in memory; only the administrator can have one."""
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)
