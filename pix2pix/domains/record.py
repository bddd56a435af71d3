"""The record of a domain as a file beside its weights: ``domain.toml``, validated on reading."""

import re
import tomllib
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import tomlkit
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pix2pix.domains import DOMAINS, RECORD, TOOLS, UNDESCRIBED, Domain, Starter
from pix2pix.domains.licences import UNKNOWN, licence_id
from pix2pix.errors import UserError
from pix2pix.utils.atomic import write_atomically

ICON_SIDE = 48
"""Side of the square in which an icon is drawn, px."""

Path2D = Annotated[str, Field(pattern=r"^M[MLHVCSQTAZmlhvcsqtaz\d\s.,-]+$", max_length=4000)]
"""Data of an SVG path; nothing else that a string can hold belongs on the page."""

Names = dict[
    Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,8})?$")],
    Annotated[str, Field(min_length=1, max_length=40, pattern=r"\S")],
]
"""A name by language code."""

Share = Annotated[float, Field(ge=0, le=1)]

_ID = re.compile("[A-Za-z0-9][A-Za-z0-9_-]*")
_LARGEST = 2**20  # bytes: more than any record that somebody wrote


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Starter(_Part):
    name: Names
    strokes: list[Path2D] = Field(min_length=1, max_length=200)


class Record(_Part):
    """What the file may say; the fields are those of `Domain`, and the licence is told once."""

    id: str = Field(max_length=40)
    title: Names
    data_source: str = Field(default=UNDESCRIBED, min_length=1, max_length=500)
    licence: str = Field(default=UNKNOWN, min_length=1, max_length=500)
    flip: bool = True
    frame: float = Field(default=0.9, gt=0, le=1)
    keeps_black: bool = False
    painted: bool = False
    tinted: bool = True
    places: list[tuple[Share, Share]] = Field(default=[], max_length=12)
    hint_strength: float | None = Field(default=None, gt=0, le=1)
    line_margin: float = Field(default=0.0, ge=0, le=50)
    has_holes: bool = False
    inked: bool = False
    has_face: bool = False
    bright_eyes: bool = False
    has_sole: bool = False
    has_wheels: bool = False
    local_contrast: float = Field(default=0.0, ge=0, le=2)
    icon: list[Path2D] = Field(default=[], max_length=20)
    starters: list[_Starter] = Field(default=[], max_length=40)

    @field_validator("id")
    @classmethod
    def _free(cls, name: str) -> str:
        if not _ID.fullmatch(name):
            raise ValueError(f"'{name}' has more than letters, digits, hyphens and underscores")
        if name in DOMAINS or name in TOOLS or name == "hed":
            raise ValueError(f"'{name}' is taken; choose another one")
        return name

    @field_validator("title")
    @classmethod
    def _in_english(cls, title: dict[str, str]) -> dict[str, str]:
        if "en" not in title:
            raise ValueError("it needs an English one (en), which all other languages fall back to")
        return title

    def domain(self, folder: Path | None = None) -> Domain:
        """The domain that the file describes."""
        values = self.model_dump(exclude={"licence", "icon", "starters", "places"})
        return Domain(
            **values,
            data_licence=self.licence,
            licence_id=licence_id(self.licence),
            places=tuple(self.places),
            icon=tuple(self.icon),
            starters=tuple(Starter(each.name, tuple(each.strokes)) for each in self.starters),
            folder=folder,
        )


def read_record(path: Path, **given: Any) -> Record:  # noqa: ANN401 - fields of `Record`
    """Reads a record.

    Args:
        path: a TOML file.
        **given: fields that take precedence over the file's.

    Raises:
        UserError: ``bad_record``, naming file and field.
    """
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST + 1)
        if len(text) > _LARGEST:
            raise _bad(path, "is too large for a record")
        values = tomllib.loads(text.decode())
    except OSError as error:
        raise _bad(path, f"cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise _bad(path, f"is not TOML: {error}") from error
    return make_record(values | given, path)


def make_record(values: dict[str, Any], path: Path | None = None) -> Record:
    """Validates the fields of a record, those of a file or of the command line.

    Raises:
        UserError: ``bad_record``, naming the field.
    """
    try:
        return Record.model_validate(values)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        field = ".".join(map(str, fault["loc"]))
        message = fault["msg"].removeprefix("Value error, ")
        raise _bad(path, f"{field}: {message[:1].lower()}{message[1:]}") from error


def read_domain(folder: Path, domain_id: str | None = None) -> Domain:
    """The domain whose weights are in a folder; without a record, it is named after the folder.

    Args:
        folder: an export of train.py.
        domain_id: its id; by default the folder's name.

    Raises:
        UserError: ``bad_record``.
    """
    name = domain_id or folder.name
    if (folder / RECORD).is_file():
        return read_record(folder / RECORD, id=name).domain(folder)
    title = name.replace("_", " ").replace("-", " ").capitalize()
    return make_record({"id": name, "title": {"en": title}}, folder).domain(folder)


def write_record(folder: Path, domain: Domain) -> None:
    """Writes a domain's record beside its weights.

    Raises:
        UserError: ``cannot_write``.
    """
    record = Record(
        licence=domain.data_licence,
        icon=list(domain.icon),
        starters=[_Starter(name=s.name, strokes=list(s.strokes)) for s in domain.starters],
        places=list(domain.places),
        **{
            name: getattr(domain, name)
            for name in Record.model_fields
            if name not in ("licence", "icon", "starters", "places")
        },
    )
    text = tomlkit.dumps(_tables_last(record.model_dump(exclude_defaults=True)))
    write_atomically(folder / RECORD, partial(Path.write_text, data=text, encoding="utf-8"))


def _tables_last(values: dict[str, Any]) -> dict[str, Any]:
    """TOML's tables take all that follows, so plain values come first."""
    return dict(sorted(values.items(), key=lambda item: item[0] in ("title", "starters")))


def _bad(path: Path | None, what: str) -> UserError:
    where = f"'{path}'" if path else "The domain's record"
    gap = " " if what.startswith(("is ", "cannot ")) else ": "
    return UserError("bad_record", f"{where}{gap}{what}; see docs/own-domain.md.")
