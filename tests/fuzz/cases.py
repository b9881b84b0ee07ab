"""A case from its seed: the files, some of them broken, and the command that is run on them."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

import yaml

from . import archives, odd, raw, texts
from .corpus import Seed, corpus
from .raw import Mutation

SLOT = re.compile(r"\{([a-z]+)(\.[a-z]+)?\}")
KINDS = ("monthly", "sales", "job", "competency", "summary")
COMMON_TEXTS = ("QC002", "网络销售部", "网销客服", "online_shop_monthly", "陆雨桐")
MISSING, FOLDER = "missing", "folder"
"""What may stand in a file's place besides a file."""

LARGEST = 20_000_000
"""Bytes of a file for which limits on time and memory are promised."""

MUTATIONS: Mapping[str, Sequence[tuple[float, tuple[Mutation, ...]]]] = {
    ".xlsx": ((5, archives.CELLS), (5, archives.MARKUP), (2, archives.ARCHIVE), (1, raw.RAW), (0.15, archives.BOMBS)),
    ".ods": ((4, archives.CELLS), (4, archives.MARKUP), (2, archives.ARCHIVE), (1, raw.RAW), (0.15, archives.BOMBS)),
    ".zip": ((4, archives.ARCHIVE), (2, raw.RAW), (0.15, archives.BOMBS)),
    ".csv": ((6, texts.CSV), (1, raw.RAW)),
    ".yaml": ((6, texts.YAML), (1, raw.RAW)),
    ".xls": ((1, raw.RAW),),
    ".xlsm": ((1, raw.RAW),),
    ".txt": ((1, raw.RAW),),
}  # fmt: skip
"""Kinds of change to a kind of file, and how often each is drawn."""


@dataclass(frozen=True)
class Command:
    """A line of ``commands.yaml``."""

    run: str
    weight: float = 1
    files: Mapping[str, str] = field(default_factory=dict)
    writes: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles of its files, a slot each."""
        return tuple(name for name, _ in SLOT.findall(self.run) if name in corpus())


@dataclass(frozen=True)
class Input:
    """A file of a case: bytes, or what stands in its place; and how it was broken."""

    path: str
    content: bytes | str
    changes: tuple[str, ...] = ()
    is_written: bool = False
    """Whether the command may change it."""


@dataclass(frozen=True)
class Case:
    """One run: its name (``SEED:NUMBER``), the arguments, the files in the current folder."""

    name: str
    arguments: tuple[str, ...]
    inputs: tuple[Input, ...]


@cache
def commands() -> tuple[Command, ...]:
    lines = yaml.safe_load(Path(__file__).with_name("commands.yaml").read_text("utf-8"))
    return tuple(Command(**{**line, "writes": tuple(line.get("writes", ()))}) for line in lines)


def case(name: str) -> Case:
    """The case of this name, the same whenever it is made."""
    rng = Random(name)
    found = commands()
    command = rng.choices(found, [it.weight for it in found])[0]
    broken = _broken(rng, len(command.roles) + len(command.files))
    inputs = list(_inputs(rng, command, broken))
    paths = iter([it.path for it in inputs])
    arguments = tuple(_filled(rng, word, paths) for word in command.run.split())
    return Case(name, arguments, tuple(inputs))


def _broken(rng: Random, count: int) -> set[int]:
    """Which of the files are broken: one, mostly."""
    if not count:
        return set()
    return {rng.randrange(count)} if rng.random() < 0.8 else set(range(count))


def _inputs(rng: Random, command: Command, broken: set[int]) -> Iterable[Input]:
    for number, role in enumerate(command.roles):
        seed = rng.choice(corpus()[role])
        path = f"{role}{number}{seed.suffix}"
        yield _input(rng, path, seed, number in broken, role in command.writes)
    for number, (path, role) in enumerate(command.files.items(), start=len(command.roles)):
        seed = rng.choice(corpus()[role])
        yield _input(rng, path, seed, number in broken, path in command.writes)


def _input(rng: Random, path: str, seed: Seed, is_broken: bool, is_written: bool) -> Input:
    if is_broken and rng.random() < 0.01:
        place = rng.choice((MISSING, FOLDER))
        return Input(path, place, (place,), is_written)
    chosen = (
        [_mutation(rng, seed.suffix) for _ in range(rng.choice((1, 1, 2)))] if is_broken else []
    )
    changes, content = [], seed.data
    for mutation in sorted(chosen, key=archives.BOMBS.__contains__):  # nothing unpacks a bomb again
        try:
            changed = mutation(rng, content)
        except NO_ARCHIVE:  # an earlier change has left none to change
            continue
        if len(changed) <= LARGEST:
            changes.append(mutation.__name__)
            content = changed
    return Input(path, content, tuple(changes), is_written)


NO_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError)
NO_ARCHIVE += (RuntimeError, ValueError, IndexError)


def _mutation(rng: Random, suffix: str) -> Mutation:
    weights = MUTATIONS[suffix]
    kind = rng.choices([it for _, it in weights], [weight for weight, _ in weights])[0]
    return rng.choice(kind)


def _filled(rng: Random, word: str, paths: Iterable[str]) -> str:
    match = SLOT.fullmatch(word)
    if match is None:
        return word
    role, suffix = match[1], match[2] or ""
    if role == "name":
        return odd.name(rng, suffix)
    if role == "kind":
        return rng.choice(KINDS)
    if role == "month":
        return rng.choice(odd.MONTHS)
    if role == "text":
        return _argument(rng.choice((*COMMON_TEXTS, odd.value(rng))))
    return next(iter(paths))


def _argument(text: str) -> str:
    """A system takes no NUL in an argument, and none longer than 128 KB."""
    return text.replace("\0", "")[:30_000]
