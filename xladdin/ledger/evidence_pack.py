"""A pack of evidence: its files, and whether they are still as they were packed.

Nothing but the pack is needed to verify it.  The manifest has the SHA-256 of every file and a seal
over itself; it and the zip around it can be written in one way only, so that any other byte shows.
The lines of the chain go from the person's first entry to the ledger's end; they say nothing of
anybody.  What nobody outside can know: that somebody has made the whole pack anew.  The number and
the hash that were told when a month was closed show that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from xladdin.files import reason
from xladdin.ooxml.archive import Bundle, Packer
from xladdin.ooxml.refused import DamagedError, TooLargeError
from xladdin.problems import Place, Problem, ProblemsFound

from .canonical import canonical, digest
from .ledger_tables import NOTHING_BEFORE, SEQ, content_hash, line_hash

MANIFEST, CHAIN_FILE, ENTRIES = "清单.json", "台账/指纹链.json", "台账/条目.json"
FORMAT = "xladdin-evidence-1"
MOST = 2 * 1024**3
"""Bytes that a pack may hold."""
LINE = (SEQ, "kind", "at", "content", "previous", "hash")
SHAPE = (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError)
Files = Mapping[str, bytes]


def json_bytes(data: object) -> bytes:
    """Data as the pack's files have it."""
    return canonical(data).encode() + b"\n"


def sealed(files: Files, about: Mapping[str, Any]) -> dict[str, bytes]:
    """The files with their manifest, which also says what the pack is about."""
    hashes = {name: _sha256(content) for name, content in files.items()}
    data = {"format": FORMAT, "about": dict(about), "files": hashes}
    return {**files, MANIFEST: json_bytes({**data, "seal": digest(data)})}


def zipped(files: Files) -> bytes:
    """The one zip that these files make: in the order of their names, stored as they are."""
    packer = Packer(deflated=False)
    for name in sorted(files):
        packer.add(name, files[name])
    return packer.done().getvalue()


def read_pack(path: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The files of a pack, which is a folder or a zip, and what is wrong with the zip itself.

    Raises ProblemsFound where it cannot be read at all.
    """
    try:
        if path.is_dir():
            return _folder(path)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise ProblemsFound([_fault("no_pack", "没有这个文件", path.name)]) from error
    except OSError as error:
        message = f"读不出这个证据包：{reason(error)}"
        raise ProblemsFound([_fault("no_pack", message, path.name)]) from error
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    try:
        bundle = Bundle(content, MOST)
        for name, entry in bundle.files:
            try:
                files[name] = bundle.read(entry, MOST)
            except DamagedError:
                problems.append(_fault("file_touched", "被改动过，读不出来", name))
                files.setdefault(name, b"")
    except TooLargeError as error:
        raise ProblemsFound([_fault("pack_too_large", f"没有读：{error}", path.name)]) from error
    except DamagedError as error:
        message = "不是完好的 zip 文件：证据包被改动过或者没有传完整"
        raise ProblemsFound([_fault("pack_damaged", message, path.name)]) from error
    # Without its list it never was a pack: then nothing is said of the shell.
    if not problems and MANIFEST in files and zipped(files) != content:
        message = "压缩包的外壳和生成时不一样（重新压缩过也会这样）；要只核对里面的文件，请解压成文件夹再核对"
        problems.append(_fault("zip_touched", message, path.name))
    return files, problems


def _folder(path: Path) -> tuple[dict[str, bytes], list[Problem]]:
    files, problems = {}, []
    for each in sorted(path.rglob("*")):
        name = each.relative_to(path).as_posix()
        if each.is_symlink():
            problems.append(_fault("file_extra", "是链接，不是生成时的文件", name))
        elif each.is_file():
            files[name] = each.read_bytes()
    return files, problems


def verify_files(files: Files) -> list[Problem]:
    """Every changed, missing and extra file, every broken link; empty: all is as it was packed."""
    if MANIFEST not in files:
        message = "缺少清单，不能逐个核对文件；这不是完整的证据包"
        return [_fault("no_manifest", message, MANIFEST), *_chain_faults(files)]
    problems = []
    try:
        manifest = _parsed(files[MANIFEST])
        listed = {str(name): str(value) for name, value in manifest["files"].items()}
        unsealed = {name: value for name, value in manifest.items() if name != "seal"}
        whole = json_bytes(manifest) == files[MANIFEST] and manifest["seal"] == digest(unsealed)
        whole = whole and manifest["format"] == FORMAT
    except SHAPE:
        return [_fault("file_touched", "清单被改动过，读不出来", MANIFEST), *_chain_faults(files)]
    if not whole:
        problems.append(_fault("file_touched", "清单被改动过", MANIFEST))
    for name in sorted({*listed, *files} - {MANIFEST}):
        if name not in files:
            problems.append(_fault("file_missing", "清单里有，包里缺少这个文件", name))
        elif name not in listed:
            problems.append(_fault("file_extra", "清单里没有，是后来多出来的文件", name))
        elif _sha256(files[name]) != listed[name]:
            problems.append(_fault("file_touched", "文件内容被改动过", name))
    return [*problems, *_chain_faults(files)]


def about(files: Files) -> dict[str, Any]:
    """What a manifest says of its pack; empty where it cannot be read."""
    try:
        manifest = _parsed(files[MANIFEST])
        return {**manifest["about"], "seal": manifest["seal"]}
    except SHAPE:
        return {}


def _chain_faults(files: Files) -> Iterator[Problem]:
    """Links that do not hold, entries that do not stand where they stood."""
    if CHAIN_FILE not in files or ENTRIES not in files:
        for name in (CHAIN_FILE, ENTRIES):
            if name not in files:
                yield _fault("no_chain", "缺少这个文件，不能核对台账的指纹链", name)
        return
    try:
        yield from list(_broken_links(_parsed(files[CHAIN_FILE])))
    except SHAPE:
        yield _fault("chain_broken", "指纹链读不出来", CHAIN_FILE)
        return
    try:
        lines = {line[SEQ]: line for line in _parsed(files[CHAIN_FILE])["lines"]}
        yield from list(_displaced(_parsed(files[ENTRIES]), lines, files))
    except SHAPE:
        yield _fault("entry_touched", "台账条目读不出来", ENTRIES)


def _broken_links(chain: Any) -> Iterator[Problem]:
    before: Any = None
    for line in chain["lines"]:
        seq = line[SEQ]
        if line["hash"] != line_hash(line):
            yield _fault("chain_broken", f"第 {seq} 条的指纹和这一条不符", CHAIN_FILE)
        if before is None:
            linked = seq != 1 or line["previous"] == NOTHING_BEFORE
        else:
            linked = seq == before[SEQ] + 1 and line["previous"] == before["hash"]
        if not linked:
            yield _fault("chain_broken", f"第 {seq} 条和前一条接不上", CHAIN_FILE)
        before = line
    end = (before[SEQ], before["hash"]) if before else (0, NOTHING_BEFORE)
    if end != (chain["length"], chain["head"]):
        message = f"最后一条不是台账的末条（第 {chain['length']} 条）"
        yield _fault("chain_broken", message, CHAIN_FILE)


def _displaced(entries: Any, lines: Mapping[Any, Any], files: Files) -> Iterator[Problem]:
    for entry in entries:
        seq, kind, row = entry[SEQ], entry["kind"], entry["row"]
        line = lines.get(seq)
        if line is None:
            yield _fault("entry_touched", f"第 {seq} 条不在指纹链里", ENTRIES)
        elif line["kind"] != kind or line["content"] != content_hash(kind, row):
            yield _fault("entry_touched", f"第 {seq} 条的内容和台账登记的指纹不符", ENTRIES)
        name = entry["file"]
        if name and name in files and _sha256(files[name]) != row["file_sha256"]:
            yield _fault("file_touched", f"和台账第 {seq} 条登记的原件不符", name)


def _parsed(content: bytes) -> Any:
    return json.loads(content.decode())


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _fault(code: str, message: str, name: str) -> Problem:
    return Problem(code, message, Place(file=name))
