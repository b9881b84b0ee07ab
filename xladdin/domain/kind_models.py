"""Kinds of company: what a master workbook of one begins with (CONVENTIONS; FORMS A, C, D, H).

It names templates that are shipped; whether they fit together is asked where all of them are known
(``schemes.company_kinds``).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import Id, Label, Model, Sentence
from .quantities import Unit


class KindSetting(Model):
    """A line of the settings that companies of the kind usually have."""

    name: Label
    value: Label
    remark: Sentence = ""


class KindMapping(Model):
    """A column of the kind's exports, and the indicator that it stands for."""

    column: Label
    target: Label
    unit: Unit | None = None
    remark: Sentence = ""


class CompanyKind(Model):
    """A kind of company: its positions, schemes and settings, by ids of shipped templates."""

    kind: Literal["company_kind"] = "company_kind"
    id: Id
    name: Label
    about: Sentence
    """What it brings, for whoever chooses among the kinds."""
    place: Annotated[int, Field(ge=1, le=99)]
    """Where it stands among the others."""
    positions: tuple[Id, ...] = ()
    schemes: tuple[Id, ...] = ()
    competencies: tuple[Id, ...] = ()
    unappraised: tuple[Label, ...] = ()
    """Names of positions that are not appraised month by month (无需考核)."""
    settings: tuple[KindSetting, ...] = ()
    mappings: tuple[KindMapping, ...] = ()
    """In the place of those that every master begins with, where there are any."""
