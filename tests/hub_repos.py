"""What a Hub keeps, for `tests.hub_server`: repositories, and the rules for model cards."""

import hashlib
import re
from dataclasses import dataclass, field

import yaml

_LICENSES = {"other", "mit", "apache-2.0", "cc0-1.0", "cc-by-4.0", "cc-by-sa-4.0", "unknown"}
_TASKS = {"image-to-image", "image-segmentation"}


@dataclass
class Repo:
    private: bool = False
    gated: bool = False
    refs: dict[str, str] = field(default_factory=dict)
    commits: dict[str, dict[str, bytes]] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)

    def commit(self, message: str, changes: dict[str, bytes], branch: str = "main") -> str:
        files = self.commits.get(self.refs.get(branch, ""), {}) | changes
        names = "".join(f"{name} {git_id(data)}\n" for name, data in sorted(files.items()))
        oid = hashlib.sha1(f"{len(self.messages)} {message}\n{names}".encode()).hexdigest()
        self.commits[oid] = files
        self.refs[branch] = oid
        self.messages.append(message)
        return oid

    def files(self, revision: str = "main") -> dict[str, bytes]:
        return self.commits[self.refs.get(revision, revision)]


def git_id(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def is_large(data: bytes) -> bool:
    """Whether a file is kept as a large one, as the Hub does with what is no text."""
    return b"\0" in data[:512]


def tree_entry(name: str, data: bytes) -> dict[str, object]:
    entry: dict[str, object] = {"type": "file", "path": name, "size": len(data)}
    entry["oid"] = git_id(data)
    if is_large(data):
        sha = hashlib.sha256(data).hexdigest()
        entry["lfs"] = {"oid": sha, "size": len(data), "pointerSize": 132}
    return entry


def front_matter(files: dict[str, bytes]) -> dict[str, object]:
    """What the card among a repository's files says at its beginning."""
    text = files.get("README.md", b"").decode()
    found = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    return yaml.safe_load(found[1]) if found else {}


def card_problems(text: str) -> list[str]:
    """What the Hub would not take in a card's front matter."""
    front = front_matter({"README.md": text.encode()})
    problems = []
    if front.get("license") not in _LICENSES:
        problems.append('"license" must be one of the known ones')
    if front.get("pipeline_tag") not in _TASKS:
        problems.append('"pipeline_tag" must be one of the known tasks')
    for key in ("tags", "metrics", "datasets"):
        if not all(isinstance(each, str) for each in front.get(key, [])):
            problems.append(f'"{key}" must be an array of strings')
    if not all(re.fullmatch(r"[\w.-]+(/[\w.-]+)?", str(d)) for d in front.get("datasets", [])):
        problems.append('"datasets" must be ids of data sets')
    for result in (r for model in front.get("model-index", []) for r in model["results"]):
        whole = result["task"]["type"] and result["dataset"]["type"] and result["dataset"]["name"]
        if not whole or not all({"type", "value"} <= m.keys() for m in result["metrics"]):
            problems.append('"model-index" lacks a task, a dataset or a value')
    return problems
