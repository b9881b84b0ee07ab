"""Files that are no workbook: what they are, and what to ask of whoever sent them."""

from __future__ import annotations

from xladdin.ooxml.archive import Archive
from xladdin.ooxml.opening import OLE, ZIP, is_protected
from xladdin.ooxml.refused import RefusedError
from xladdin.problems import Place, Problem

ASK = "请对方交原来的 Excel 文件（.xlsx）"
_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "file_pdf", f"是 PDF，不是 Excel 文件；{ASK}，不要打印成 PDF"),
    (b"\xff\xd8\xff", "file_picture", f"是照片或截图，读不了里面的内容；{ASK}"),
    (b"\x89PNG", "file_picture", f"是照片或截图，读不了里面的内容；{ASK}"),
    (b"GIF8", "file_picture", f"是图片，读不了里面的内容；{ASK}"),
    (b"BM", "file_picture", f"是图片，读不了里面的内容；{ASK}"),
    (b"Rar!", "file_rar", "是 RAR 压缩包，读不了；请解压后再收，或者改用 zip 压缩"),
    (b"7z\xbc\xaf", "file_7z", "是 7z 压缩包，读不了；请解压后再收，或者改用 zip 压缩"),
    (b"{\\rtf", "file_word", f"是文字文档，不是 Excel 文件；{ASK}"),
)
_LATER: tuple[tuple[bytes, str], ...] = ((b"ftyp", "file_picture"), (b"WEBP", "file_picture"))
_WEB_PAGES = (b"<html", b"<!doctype", b"<?xml", b"<table", b"<head")
_PARTS: tuple[tuple[str, str, str], ...] = (
    ("word/document.xml", "file_word", f"是 Word 文档，不是 Excel 文件；{ASK}"),
    ("ppt/presentation.xml", "file_slides", f"是 PPT，不是 Excel 文件；{ASK}"),
    (
        "Index/Document.iwa",
        "file_numbers",
        "是苹果 Numbers 的文件，读不了；请对方在 Numbers 里“导出为 Excel”后再交",
    ),
)
_OF_DOCUMENTS = ("[Content_Types].xml", "mimetype", "Index/Document.iwa")
_ENCRYPTED = (
    "开头不是 Excel 文件，可能被公司加密软件加密了；请对方在装有加密软件的电脑上解密"
    "（或另存为未加密的 .xlsx）后再交"
)
_WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".et", ".ett", ".xlsb", ".csv")


def unusable(name: str, data: bytes) -> Problem | None:
    """Why a file cannot be a form, and what to ask for; None where it may be one, or a package."""
    found = _judged(name, data)
    return None if found is None else Problem(*found, Place(name))


def _judged(name: str, data: bytes) -> tuple[str, str] | None:
    if not data.strip(b"\0 \r\n\t"):
        return "empty_file", f"文件是空的，多半没有传完；{ASK}"
    for beginning, code, message in _BEGINNINGS:
        if data.startswith(beginning):
            return code, message
    for sign, code in _LATER:
        if sign in data[4:16]:
            return code, f"是照片或截图，读不了里面的内容；{ASK}"
    if data.startswith(ZIP):
        return _of_package(data)
    if data.startswith(OLE):
        return _of_old_kind(name, data)
    if data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_WEB_PAGES):
        return "file_is_html", f"其实是网页（像是从预览里另存的），不是 Excel 文件；{ASK}"
    if b"\0" in data[:4096] or not _is_text(data[:4096]):
        if data.startswith(b"PK"):
            return "file_corrupt", f"文件不完整，多半没有传完；{ASK}"
        return "file_encrypted", _ENCRYPTED
    return None


def _of_package(data: bytes) -> tuple[str, str] | None:
    try:
        archive = Archive(data)
    except RefusedError:
        return None  # told by whoever opens it
    return next(((code, said) for part, code, said in _PARTS if part in archive), None)


def _of_old_kind(name: str, data: bytes) -> tuple[str, str] | None:
    if is_protected(data):
        return None
    for stream, said in (("WordDocument", "Word 文档"), ("PowerPoint Document", "PPT")):
        if stream.encode("utf-16-le") in data:
            return "file_word", f"是 {said}，不是 Excel 文件；{ASK}"
    if "Workbook".encode("utf-16-le") not in data and "Book".encode("utf-16-le") not in data:
        return "file_old", f"是 WPS 或旧程序的文件，读不了；请对方另存为 .xlsx 后再交（{name}）"
    return None


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):
            try:
                data[: len(data) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return True
    return False


def is_bundle(data: bytes) -> bool:
    """Whether it is a zip file of files, and no workbook or other document."""
    if not data.startswith(ZIP):
        return False
    try:
        archive = Archive(data)
        return not any(part in archive for part in _OF_DOCUMENTS)
    except RefusedError:
        # Two files of one name, a password: things that no workbook has.
        return b"[Content_Types].xml" not in data
