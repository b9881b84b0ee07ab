"""Several PDFs as one: a bookmark each, a new sheet of paper each where both sides are printed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xladdin.layout.saved import PRINTED

MADE_BY = "xladdin"


@dataclass(frozen=True, slots=True)
class Part:
    """One form of several: whose it is, and its pages."""

    label: str
    pdf: Path


@dataclass(frozen=True, slots=True)
class Whole:
    """All of them in one, and how many pages it has."""

    content: bytes
    pages: int


def joined(parts: Sequence[Part], *, duplex: bool = False, password: str = "") -> Whole:
    """The parts behind each other.

    ``duplex`` adds an empty page where a part has an odd number of them: printed on both sides, no
    sheet of paper has two people's forms.  ``password`` is what the file opens with, for AES-256.
    """
    # Loaded where it is needed: no other command waits for it.
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415

    made = PdfWriter()
    for part in parts:
        pages = PdfReader(part.pdf)
        made.append(pages, outline_item=part.label, import_outline=False)
        if duplex and len(pages.pages) % 2:
            made.add_blank_page()
    # Each part brings the same letters and pictures.
    made.compress_identical_objects()
    made.add_metadata({"/Creator": MADE_BY})
    count = len(made.pages)
    if password:
        made.encrypt(password, algorithm="AES-256")
    written = io.BytesIO()
    made.write(written)
    return Whole(written.getvalue().rstrip(b"\n") + b"\n" + PRINTED, count)
