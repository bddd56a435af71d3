"""Missions, the cards that say what to draw: one JSON file, validated when it is loaded."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from pix2pix.domains import Domain, known_domains
from pix2pix.domains.record import Path2D
from pix2pix.errors import UserError
from pix2pix.page import assets

SHIPPED = Path(__file__).with_name("missions.json")

Colour = Literal[
    "red",
    "orange",
    "yellow",
    "lime",
    "green",
    "sky",
    "blue",
    "violet",
    "pink",
    "brown",
    "black",
    "white",
]
Where = Literal["anywhere", "inside", "top", "bottom", "left", "right", "middle"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Closed(_Part):
    """An outline that encloses something."""

    see: Literal["closed"]


class Coloured(_Part):
    """A colour, or one of its family, dabbed on the given part of the drawing."""

    see: Literal["colour"]
    colour: Colour
    where: Where = "anywhere"


class Parts(_Part):
    """A minimum number of closed parts."""

    see: Literal["parts"]
    least: int = Field(ge=1, le=20)


class Strokes(_Part):
    """A minimum number of lines drawn."""

    see: Literal["strokes"]
    least: int = Field(ge=1, le=100)


class Kind(_Part):
    """The mission's domain is chosen, or a picture is there."""

    see: Literal["domain", "picture"]


Check = Annotated[Closed | Coloured | Parts | Strokes | Kind, Field(discriminator="see")]


class Dab(_Part):
    """A stroke of colour on a card's picture; its width is a share of the picture's side."""

    colour: Colour
    stroke: Path2D
    width: float = Field(default=0.12, gt=0, le=0.5)


class Picture(_Part):
    """The picture on a card: a template by its English name, more lines, dabs of colour below."""

    template: str | None = None
    strokes: list[Path2D] = []
    dabs: list[Dab] = []


class Mission(_Part):
    """A card; ``minutes`` is how long its sand clock runs, if that is switched on."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)
    domain: str
    line: dict[str, Annotated[str, Field(min_length=1, max_length=120, pattern=r"\S")]]
    picture: Picture
    checks: list[Check] = Field(min_length=1, max_length=4)
    minutes: int = Field(default=3, ge=1, le=30)

    @field_validator("domain")
    @classmethod
    def _known(cls, domain: str, info: ValidationInfo) -> str:
        if domain not in _domains(info):
            known = ", ".join(_domains(info))
            raise ValueError(f"there is no '{domain}'; choose one of {known}")
        return domain

    @field_validator("line")
    @classmethod
    def _spoken(cls, line: dict[str, str]) -> dict[str, str]:
        known = [path.stem for path in sorted((assets.UI_DIR / "locales").glob("*.json"))]
        if not line or not set(line) <= set(known):
            raise ValueError(f"it takes the languages {', '.join(known)}, one at least")
        return line

    @model_validator(mode="after")
    def _drawn(self, info: ValidationInfo) -> Self:
        name, picture = self.picture.template, self.picture
        known = [each["name"]["en"] for each in assets.starters(_domains(info)[self.domain])]
        if name is not None and name not in known:
            raise ValueError(f"no template is called '{name}'; choose one of {', '.join(known)}")
        if not (name or picture.strokes or picture.dabs):
            raise ValueError("its picture is empty; give it a template or strokes")
        return self


def _domains(info: ValidationInfo) -> Mapping[str, Domain]:
    """What can be drawn, as `load_missions` was told."""
    assert info.context is not None
    return info.context["domains"]


class _File(_Part):
    missions: list[Mission] = Field(min_length=1, max_length=500)

    @field_validator("missions")
    @classmethod
    def _apart(cls, missions: list[Mission]) -> list[Mission]:
        ids = [mission.id for mission in missions]
        if twice := next((each for each in ids if ids.count(each) > 1), None):
            raise ValueError(f"two are called '{twice}'; give each an id of its own")
        return missions


def load_missions(
    path: Path = SHIPPED, domains: Mapping[str, Domain] | None = None
) -> list[dict[str, Any]]:
    """Reads a file of missions; docs/missions.md describes it.

    Args:
        path: a JSON file, UTF-8.
        domains: what can be drawn, by id; by default all of `known_domains`.

    Returns:
        The missions in the file's order, defaults filled in, as plain data for the page.

    Raises:
        UserError: ``bad_missions``, naming file, mission and field.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise _bad(path, f"cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise _bad(path, f"is not JSON: {error}") from error
    known = {"domains": known_domains() if domains is None else domains}
    try:
        missions = _File.model_validate(data, context=known).missions
    except ValidationError as error:
        raise _bad(path, _first_fault(error, data)) from error
    return [mission.model_dump() for mission in missions]


def _first_fault(error: ValidationError, data: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    fault = error.errors(include_url=False)[0]
    place = list(fault["loc"])
    message = fault["msg"].removeprefix("Value error, ")
    mission = ""
    if place[:1] == ["missions"] and len(place) > 1:
        number = int(place[1])
        entry = data["missions"][number]
        name = entry.get("id") if isinstance(entry, dict) else None
        mission = f", mission {number + 1}" + (f" ('{name}')" if isinstance(name, str) else "")
        place = place[2:]
    # The path also contains the kind of check, which would only confuse.
    if place[:1] == ["checks"] and len(place) > 2:
        del place[2]
    field = ".".join(str(step + 1) if isinstance(step, int) else step for step in place)
    return f"{mission}{', ' if field else ''}{field}: {message[:1].lower()}{message[1:]}"


def _bad(path: Path, what: str) -> UserError:
    gap = "" if what.startswith((",", ":")) else " "
    return UserError("bad_missions", f"{path.name}{gap}{what}; see docs/missions.md.")
