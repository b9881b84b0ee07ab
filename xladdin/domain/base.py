"""The frozen model that every domain class is, and the field types that they share.

Bad input raises pydantic's ValidationError whose custom errors already carry Chinese messages;
``schemes.faults`` turns the rest into Chinese and adds file and line.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError, core_schema

from .identifiers import ID_PATTERN
from .quantities import plain
from .sizes import LABEL, SENTENCE

CORE_ERRORS = frozenset(get_args(core_schema.ErrorType))
Loc = tuple[str | int, ...]


def _canonical(value: object) -> str:
    """A number the same however it was written: 1, 1.0 and 1.00."""
    if isinstance(value, Decimal):
        return plain(value)
    raise TypeError(f"no fingerprint of {value!r}")


class Model(BaseModel):
    """Immutable, refuses unknown fields, takes text as it stands (no silent number-to-text)."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    def fingerprint(self) -> str:
        """Twelve hex digits that change when any content changes (goes into hidden identity)."""
        text = json.dumps(self.model_dump(), default=_canonical, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that spans several fields is broken: a code, a Chinese message, the field path."""

    code: str
    message: str
    loc: Loc


def validate_whole(
    data: Any, handler: Callable[[Any], Any], find: Callable[[Any], Sequence[Fault]], title: str
) -> Any:
    """Run the field checks and the whole-model checks, and raise everything found at once.

    ``find`` looks at plain data: of the finished model where the fields are right (``95%`` is a
    number by then), else at the raw data, whose fields may be missing or malformed.
    """
    found: list[InitErrorDetails] = []
    plain, result = data, None
    try:
        result = handler(data)
        plain = result.model_dump()
    except ValidationError as error:
        found = [_again(detail) for detail in error.errors()]
    for fault in find(plain) if isinstance(plain, dict) else ():
        custom = PydanticCustomError(fault.code, "{message}", {"message": fault.message})
        found.append(InitErrorDetails(type=custom, loc=fault.loc, input=None))
    if found:
        raise ValidationError.from_exception_data(title, found)
    return result


def _again(detail: Any) -> InitErrorDetails:
    """A reported error in the form that raises it once more."""
    kind: str | PydanticCustomError = detail["type"]
    context = detail.get("ctx", {})
    if kind not in CORE_ERRORS:
        kind = PydanticCustomError(detail["type"], "{message}", {"message": detail["msg"]})
        context = {}
    return InitErrorDetails(type=kind, loc=detail["loc"], input=detail["input"], ctx=context)


def _ratio(value: Any) -> Any:
    """Read ``120%`` as 1.2; anything else is left to the number check."""
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFKC", value).strip()
    if not text.endswith("%"):
        return text
    try:
        return Decimal(text[:-1]) / 100
    except InvalidOperation:
        return value


def _two_decimals(value: Decimal) -> Decimal:
    # Scores have two decimals: finer weights would not add up to 100 points.
    if value.is_finite() and int(value.normalize().as_tuple().exponent) < -2:
        raise PydanticCustomError("weight_decimals", "权重最多两位小数")
    return value


def is_none(value: Any) -> bool:
    """For fields that a fingerprint leaves out where they say nothing: older ones stay the same."""
    return value is None


def is_false(value: Any) -> bool:
    """For fields that say no by default: the fingerprints of before stay the same."""
    return value is False


def _finite(value: Decimal) -> Decimal:
    if not value.is_finite():
        raise PydanticCustomError("not_finite", "应为普通的数字")
    return value


MOST = 1_000_000_000_000
"""Greatest figure that is measured: beyond it spreadsheets lose the digits that are compared."""

Number = Annotated[Decimal, AfterValidator(_finite)]
Positive = Annotated[Number, Field(gt=0)]
NonNegative = Annotated[Number, Field(ge=0)]
Ratio = Annotated[Number, BeforeValidator(_ratio), Field(ge=0, le=10)]
"""A share or multiple, as a fraction: 0.95, or the text ``95%``; 0 to 10 (1000%)."""

Measure = Annotated[Number, BeforeValidator(_ratio), Field(ge=-MOST, le=MOST)]
"""A measured quantity in the indicator's own unit; percentages as fractions or as ``65%``."""

Weight = Annotated[Number, AfterValidator(_two_decimals), Field(gt=0, le=100)]
"""A weight in points of 100: 20 is 20% of the form and 20 points."""

Id = Annotated[str, Field(pattern=ID_PATTERN)]
"""A template's identifier: goes into defined names, so no signs, no capitals, and not long."""

Label = Annotated[str, Field(min_length=1, max_length=LABEL)]
LabelOrNone = Annotated[str, Field(max_length=LABEL)]
"""A label that may be missing."""
Sentence = Annotated[str, Field(max_length=SENTENCE)]
