"""What a Dockerfile says, for tests where there is no Docker."""

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from dockerfile_parse import DockerfileParser


class Image:
    """The last stage of a Dockerfile.

    Args:
        context: the folder with the Dockerfile and its ``.dockerignore``.
    """

    def __init__(self, context: Path) -> None:
        self.context = context
        parser = DockerfileParser(str(context / "Dockerfile"))
        self.environment: dict[str, str] = parser.envs
        lines = parser.structure
        first = max(i for i, line in enumerate(lines) if line["instruction"] == "FROM")
        self.args = [line["value"] for line in lines if line["instruction"] == "ARG"]
        self._lines = [(line["instruction"], line["value"]) for line in lines[first:]]
        text = (context / ".dockerignore").read_text("utf-8").splitlines()
        self.ignored = [line for line in text if line and not line.startswith("#")]

    def last(self, instruction: str) -> str:
        """The value of an instruction, of which the last one counts."""
        return [value for name, value in self._lines if name == instruction][-1]

    @property
    def start(self) -> list[str]:
        """The command that a container starts with."""
        return json.loads(self.last("ENTRYPOINT"))

    @property
    def health_check(self) -> list[str]:
        """The command that says whether a container is well."""
        return json.loads(self.last("HEALTHCHECK").partition(" CMD ")[2])

    def copy(self, target: Path) -> None:
        """Copies into the folder what the image has in its working directory."""
        for instruction, value in self._lines:
            if instruction != "COPY" or value.startswith("--from="):
                continue
            *sources, place = value.split()
            for source in sources:
                for path in self._files(source):
                    inner = path.relative_to(self.context / source)
                    # The name of a folder is not copied with it, that of a file is.
                    goal = target / place / (path.name if path == self.context / source else inner)
                    goal.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, goal)

    def _files(self, source: str) -> Iterator[Path]:
        path = self.context / source
        for each in [path] if path.is_file() else path.rglob("*"):
            name = PurePosixPath(each.relative_to(self.context).as_posix())
            if each.is_file() and not is_left_out(name, self.ignored):
                yield each


def is_left_out(name: PurePosixPath, patterns: Sequence[str]) -> bool:
    """Whether a ``.dockerignore`` leaves a file out.

    The last pattern that fits it, or a folder in which it lies, decides.
    """
    left_out = False
    for pattern in patterns:
        rule = _expression(pattern.removeprefix("!"))
        if any(re.fullmatch(rule, str(each)) for each in [name, *name.parents[:-1]]):
            left_out = not pattern.startswith("!")
    return left_out


def _expression(pattern: str) -> str:
    """A pattern as a regular expression: ``*`` stays within a folder, ``**`` does not."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    known = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return "".join(known.get(part, re.escape(part)) for part in parts)
