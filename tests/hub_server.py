"""A small Hub for tests: what huggingface_hub's client needs to pull and push, over real HTTP.

It keeps repositories in memory and is as strict as the Hub where that matters: who may see and
write, what a model card may say, that a large file is there, whole, before a commit names it. Large
files come from a second origin, as from the Hub's CDN. Faults can be planned.
"""

import base64
import hashlib
import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from urllib.parse import parse_qs, unquote, urlsplit

from tests.hub_repos import Repo, card_problems, front_matter, git_id, is_large, tree_entry

WRITER, READER = "hf_writer", "hf_reader"
"""Tokens that the server knows."""

_REPO = r"(?P<repo>(?:datasets/)?[\w.-]+/[\w.-]+)"


@dataclass
class Request:
    """What has been asked: by whom is in the headers."""

    method: str
    path: str
    headers: dict[str, str]
    at_cdn: bool


@dataclass
class Fault:
    """What goes wrong with requests that `pattern` is found in, such as ``"GET .*safetensors"``."""

    pattern: str
    status: int = 0
    code: str = ""
    cut: int | None = None  # bytes of the answer's body that still come
    times: int = 10**6


class Hub:
    """The server; `url` is what HF_ENDPOINT has to be."""

    def __init__(self) -> None:
        self.repos: dict[str, Repo] = {}
        self.objects: dict[str, bytes] = {}  # large files, by SHA-256
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self.lock = Lock()
        self._servers = []
        for at_cdn in (False, True):
            handler = type("Handler", (_Handler,), {"hub": self, "at_cdn": at_cdn})
            server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
            server.daemon_threads = True
            Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            self._servers.append(server)
        self.url, self.cdn = (f"http://127.0.0.1:{s.server_port}" for s in self._servers)

    def close(self) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def add(self, name: str, folder: Path | None = None, **access: bool) -> Repo:
        """A repository with the files of `folder`."""
        repo = self.repos[name] = Repo(**access)
        repo.commit("initial commit", {".gitattributes": b"*.safetensors filter=lfs\n"})
        if folder:
            repo.commit("Add files", {p.name: p.read_bytes() for p in folder.iterdir()})
        return repo

    def asked(self, pattern: str) -> list[Request]:
        return [r for r in self.requests if re.search(pattern, f"{r.method} {r.path}")]

    def environment(self, home: Path, **more: str) -> dict[str, str]:
        """For a process that shall use this server, with a cache of its own and no token."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("HF_")}
        ours = {"HF_ENDPOINT": self.url, "HF_HOME": str(home), "HF_HUB_DISABLE_XET": "1"}
        return kept | ours | more


class _Handler(BaseHTTPRequestHandler):
    hub: Hub
    at_cdn: bool
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def _serve(self) -> None:
        path, query = urlsplit(self.path).path, self.path
        path = path.replace("/api/datasets/", "/api/models/datasets/")
        self.body = self._read()
        self.cut: int | None = None
        with self.hub.lock:
            self.hub.requests.append(
                Request(
                    self.command,
                    query,
                    {k.lower(): v for k, v in self.headers.items()},
                    self.at_cdn,
                )
            )
            fault = self._fault(f"{self.command} {path}")
        if fault and fault.status == 200:  # somebody else, such as a network's login page
            return self._answer(200, b"<html>Welcome</html>")
        if fault and fault.status:
            return self._fail(fault.status, fault.code, "planned")
        self.cut = fault.cut if fault else None
        for method, pattern, at_cdn, answer in _ROUTES:
            found = re.fullmatch(pattern, path)
            if self.command in method and found and at_cdn == self.at_cdn:
                return answer(self, **{k: unquote(v) for k, v in found.groupdict().items()})
        return self._fail(404, "", "no such page")

    do_GET = do_HEAD = do_POST = do_PUT = _serve  # noqa: N815

    def _read(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        data = b""
        while size := int(self.rfile.readline(), 16):
            data += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return data

    def _fault(self, request: str) -> Fault | None:
        for fault in self.hub.faults:
            if fault.times and re.search(fault.pattern, request):
                fault.times -= 1
                return fault
        return None

    def _answer(self, status: int, data: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content_Length": str(len(data))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data if self.cut is None else data[: self.cut])
        if self.cut is not None:
            self.close_connection = True

    def _json(self, value: object, status: int = 200) -> None:
        self._answer(status, json.dumps(value).encode(), Content_Type="application/json")

    def _fail(self, status: int, code: str, message: str) -> None:
        data = json.dumps({"error": message}).encode()
        self._answer(status, data, X_Error_Code=code, X_Error_Message=message)

    def _repo(self, name: str, *, write: bool = False) -> Repo | None:
        """The repository, if who asks may see it or write to it; says so if not."""
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        repo = self.hub.repos.get(name)
        if token and token not in (WRITER, READER):
            self._fail(401, "", "Invalid credentials in Authorization header")
        elif repo is None or (repo.private and not token):
            self._fail(404 if token else 401, "RepoNotFound", "Repository not found")
        elif repo.gated and not token:
            self._fail(401, "GatedRepo", "Access to this model is restricted")
        elif write and token != WRITER:
            self._fail(403 if token else 401, "", "You may not write here")
        else:
            return repo
        return None

    def _commit_of(self, repo: Repo, revision: str) -> str | None:
        oid = repo.refs.get(revision, revision)
        if oid not in repo.commits:
            self._fail(404, "RevisionNotFound", "Invalid rev id")
            return None
        return oid

    # Pulling.

    def info(self, repo: str, revision: str = "main") -> None:
        if (found := self._repo(repo)) and (oid := self._commit_of(found, revision)):
            siblings = [{"rfilename": name} for name in found.commits[oid]]
            name = repo.removeprefix("datasets/")
            self._json(
                {"id": name, "modelId": name, "sha": oid, "private": found.private, "tags": []}
                | {"siblings": siblings, "cardData": front_matter(found.files(oid))}
            )

    def check(self, repo: str) -> None:
        if self._repo(repo):
            self._json({})

    def paths(self, repo: str, revision: str) -> None:
        if (found := self._repo(repo)) and (oid := self._commit_of(found, revision)):
            files = found.commits[oid]
            asked = [unquote(each) for each in parse_qs(self.body.decode())["paths"]]
            self._json([tree_entry(name, files[name]) for name in asked if name in files])

    def tree(self, repo: str, revision: str, under: str) -> None:
        if (found := self._repo(repo)) and (oid := self._commit_of(found, revision)):
            files = found.commits[oid]
            inside = {
                n: data for n, data in files.items() if not under or n.startswith(f"{under}/")
            }
            if under and not inside:
                return self._fail(404, "EntryNotFound", "Entry not found")
            self._json([tree_entry(name, data) for name, data in inside.items()])

    def resolve(self, repo: str, revision: str, name: str) -> None:
        if not (found := self._repo(repo)) or not (oid := self._commit_of(found, revision)):
            return
        data = found.commits[oid].get(name)
        if data is None:
            return self._fail(404, "EntryNotFound", "Entry not found")
        if not is_large(data):
            at = f"/api/resolve-cache/models/{repo}/{oid}/{name}"
            return self._answer(307, Location=at, X_Repo_Commit=oid)
        sha = hashlib.sha256(data).hexdigest()
        self.hub.objects[sha] = data
        headers = {"X_Linked_Etag": f'"{sha}"', "X_Linked_Size": str(len(data))}
        at = f"{self.hub.cdn}/{sha}?signature=1"
        return self._answer(302, Location=at, X_Repo_Commit=oid, ETag='"pointer"', **headers)

    def cached(self, repo: str, revision: str, name: str) -> None:
        if found := self._repo(repo):
            data = found.commits[revision][name]
            self._answer(200, data, ETag=f'"{git_id(data)}"', X_Repo_Commit=revision)

    def blob(self, sha: str) -> None:
        data = self.hub.objects[sha]
        start = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if not start:
            return self._answer(200, data, ETag=f'"{sha}"', Accept_Ranges="bytes")
        first = int(start[1])
        span = f"bytes {first}-{len(data) - 1}/{len(data)}"
        return self._answer(206, data[first:], ETag=f'"{sha}"', Content_Range=span)

    # Pushing.

    def validate(self) -> None:
        problems = card_problems(json.loads(self.body)["content"])
        if self.headers.get("Accept") == "text/plain":
            return self._answer(400 if problems else 200, "\n".join(problems).encode())
        errors = [{"message": problem} for problem in problems]
        return self._json({"errors": errors, "warnings": []}, 400 if problems else 200)

    def create(self) -> None:
        wish = json.loads(self.body)
        name = f"{wish['organization']}/{wish['name']}"
        url = {"url": f"{self.hub.url}/{name}", "name": name}
        if name in self.hub.repos:
            return self._json(url | {"error": "You already created this model repo"}, 409)
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if token != WRITER:
            return self._fail(403 if token == READER else 401, "", "You may not create this")
        self.hub.add(name, private=wish.get("visibility") == "private")
        return self._json(url)

    def branch(self, repo: str, name: str) -> None:
        if found := self._repo(repo, write=True):
            if name in found.refs:
                return self._fail(409, "", "Reference already exists")
            found.refs[name] = found.refs["main"]
            self._json({})

    def preupload(self, repo: str, revision: str) -> None:
        if (found := self._repo(repo, write=True)) and self._commit_of(found, revision):
            answers = []
            for file in json.loads(self.body)["files"]:
                large = is_large(base64.b64decode(file["sample"]))
                mode = "lfs" if large else "regular"
                answers.append({"path": file["path"], "uploadMode": mode, "shouldIgnore": False})
            self._json({"files": answers})

    def batch(self, repo: str) -> None:
        if not self._repo(repo, write=True):
            return
        objects = json.loads(self.body)["objects"]
        for each in objects:
            if each["oid"] not in self.hub.objects:
                verify = f"{self.hub.url}/{repo}.git/info/lfs/objects/verify"
                upload = f"{self.hub.cdn}/{each['oid']}?signature=1"
                each["actions"] = {"upload": {"href": upload}, "verify": {"href": verify}}
        self._json({"transfer": "basic", "objects": objects})

    def store(self, sha: str) -> None:
        self.hub.objects[sha] = self.body
        self._answer(200)

    def verify(self, repo: str) -> None:
        if self._repo(repo, write=True):
            wish = json.loads(self.body)
            data = self.hub.objects.get(wish["oid"], b"")
            if hashlib.sha256(data).hexdigest() == wish["oid"] and len(data) == wish["size"]:
                return self._json({})
            self.hub.objects.pop(wish["oid"], None)
            self._fail(422, "", "The large file is not what was announced")

    def commit(self, repo: str, revision: str) -> None:
        if not (found := self._repo(repo, write=True)) or not self._commit_of(found, revision):
            return
        header, *operations = map(json.loads, self.body.splitlines())
        changes: dict[str, bytes] = {}
        for value in (operation["value"] for operation in operations):
            if "content" in value:
                changes[value["path"]] = base64.b64decode(value["content"])
            elif value["oid"] in self.hub.objects:
                changes[value["path"]] = self.hub.objects[value["oid"]]
            else:
                return self._fail(400, "", f"{value['path']}: its large file is missing")
        oid = found.commit(header["value"]["summary"], changes, revision)
        self._json({"commitOid": oid, "commitUrl": f"{self.hub.url}/{repo}/commit/{oid}"})


_API = rf"/api/models/{_REPO}"
_LFS = rf"/{_REPO}\.git/info/lfs/objects"
_REV = r"(?P<revision>[^/]+)"
_ROUTES: list[tuple[tuple[str, ...], str, bool, Callable]] = [
    (("GET",), _API, False, _Handler.info),
    (("GET",), f"{_API}/revision/{_REV}", False, _Handler.info),
    (("GET",), f"{_API}/auth-check", False, _Handler.check),
    (("POST",), f"{_API}/paths-info/{_REV}", False, _Handler.paths),
    (("GET",), f"{_API}/tree/{_REV}/?(?P<under>.*)", False, _Handler.tree),
    (("GET", "HEAD"), f"/{_REPO}/resolve/{_REV}/(?P<name>.+)", False, _Handler.resolve),
    (
        ("GET", "HEAD"),
        f"/api/resolve-cache/models/{_REPO}/{_REV}/(?P<name>.+)",
        False,
        _Handler.cached,
    ),
    (("GET", "HEAD"), r"/(?P<sha>\w{64})", True, _Handler.blob),
    (("POST",), "/api/validate-yaml", False, _Handler.validate),
    (("POST",), "/api/repos/create", False, _Handler.create),
    (("POST",), f"{_API}/branch/(?P<name>[^/]+)", False, _Handler.branch),
    (("POST",), f"{_API}/preupload/{_REV}", False, _Handler.preupload),
    (("POST",), f"{_LFS}/batch", False, _Handler.batch),
    (("PUT",), r"/(?P<sha>\w{64})", True, _Handler.store),
    (("POST",), f"{_LFS}/verify", False, _Handler.verify),
    (("POST",), f"{_API}/commit/{_REV}", False, _Handler.commit),
]
