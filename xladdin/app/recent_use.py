"""What was typed last for each master: its month, and the folders.  For suggestions only.

Nothing reads it but what suggests; a command never takes a month or a folder from it by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xladdin.files import FileLockedError, save_whole
from xladdin.path_checks import is_folder
from xladdin.paths import RECENT, user_folder

MOST_KEPT = 20
"""Masters; of older ones nothing is known any more."""
MOST_READ = 100_000
OUT_OF = ("generate", "feedback")
"""Commands whose ``--out`` is a folder of forms."""
PLAIN = re.compile(r"[\w.\-/\\:]++")
"""Words that need no quotes, in any console."""


@dataclass(frozen=True, slots=True)
class Used:
    """What was typed last for a master."""

    month: str = ""
    folders: Mapping[str, str] = field(default_factory=dict)
    """By the command that it was typed for."""


def recall() -> dict[Path, Used]:
    """What is remembered, the latest last; nothing where it cannot be read."""
    found: dict[Path, Used] = {}
    with suppress(
        OSError, ValueError, LookupError, AttributeError, TypeError, RecursionError, RuntimeError
    ):
        text = _file().read_bytes()[:MOST_READ].decode("utf-8")
        for master, told in json.loads(text).items():
            folders = {str(name): str(folder) for name, folder in told["folders"].items()}
            found[Path(master)] = Used(str(told["month"]), folders)
    return found


def remember(command: str, options: Mapping[str, Any]) -> None:
    """Keep what a command was told that did its work; whatever stands in the way is nobody's concern."""
    master = options.get("master")
    if not isinstance(master, Path):
        return
    with suppress(OSError, ValueError, RuntimeError, FileLockedError):
        known = recall()
        before = known.pop(master := master.resolve(), Used())
        told = str(options.get("period") or before.month)
        known[master] = Used(told, {**before.folders, **_folders(command, options)})
        _write(dict(list(known.items())[-MOST_KEPT:]))


def _folders(command: str, options: Mapping[str, Any]) -> dict[str, str]:
    if command in OUT_OF and isinstance(out := options.get("out"), Path):
        return {command: str(out.resolve())}
    paths = [path for path in options.get("paths") or () if isinstance(path, Path)]
    if command == "collect" and len(paths) == 1 and is_folder(paths[0]):
        return {command: str(paths[0].resolve())}
    return {}


def _write(known: Mapping[Path, Used]) -> None:
    told = {
        str(master): {"month": used.month, "folders": dict(used.folders)}
        for master, used in known.items()
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    save_whole(_file(), f"{text}\n".encode(), private=True)


def _file() -> Path:
    return user_folder() / RECENT


def typed(*words: str) -> str:
    """A command as it is to be typed."""
    quoted = (word if PLAIN.fullmatch(word) else f'"{word}"' for word in words)
    return " ".join(["xladdin", *quoted])
