"""Requests that no page sends, of every kind and to every endpoint."""

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pix2pix.page.frames import MEDIA_TYPE, pack

HALF = "half sent"
"""The group of requests that never end."""

API = "/gradio_api"
ENDPOINTS = ("draw", "variants", "bring", "colourise", "enlarge", "translate")
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "multipart/form-data; boundary=x"}


@dataclass(frozen=True)
class Wrong:
    """A request that no page sends.

    Attributes:
        group: the endpoint it is counted with.
        path: where it goes.
        body: what it sends; with `raw`, instead of everything, headers included.
        method: its method.
        headers: headers besides ``Host`` and ``Content-Length``.
        raw: whether `body` is all that is sent.
    """

    group: str
    path: str = "/"
    body: bytes = b""
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bool = False


def requests(chance: random.Random, count: int) -> Iterator[Wrong]:
    """Yields malformed requests, of every kind in turn.

    Args:
        chance: chooses them.
        count: how many.
    """
    for number in range(count):
        # Waiting for connections to be closed takes ten seconds each, so there are few.
        kinds = _SLOW if number % 50 == 49 else _KINDS
        yield kinds[number % len(kinds)](chance)


def _junk(chance: random.Random) -> object:
    """Something that is not what is asked for."""
    deep: object = 0
    for _ in range(chance.choice([3, 50, 500])):
        deep = [deep]
    return chance.choice(
        [
            *(None, True, -1, 2**31, 2**63, 10**400, 1.5, float("nan"), float("inf"), "", "0"),
            *("../../etc/passwd", "\0", "\ud800", "가방", "x" * 70_000, [], {}, [[]], {"path": 1}),
            *({"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}, deep),
            *(
                "data:image/png;base64,",
                "data:image/png;base64,AAAA",
                "data:,x",
                "http://10.0.0.1/x",
            ),
            *({"url": "http://127.0.0.1/x", "path": "x", "meta": {"_type": "gradio.FileData"}},),
            {"__type__": "update", "value": 1},
            {"kind": "draw", "id": "x", "drawing": 7},
        ]
    )


def _arguments(chance: random.Random) -> object:
    good = ["shoes", "data:image/png;base64,AAAA", "", 0, False, 512]
    number = chance.choice([1, 2, 4, 5, 6, 6])
    some = good[:number]
    for _ in range(chance.choice([1, 1, 2])):
        some[chance.randrange(number)] = _junk(chance)
    return chance.choice([some, some, some, _junk(chance), [*some, *some]])


def _dump(value: object) -> bytes:
    return json.dumps(value).encode()


def _spoilt(chance: random.Random, body: bytes) -> bytes:
    """The same bytes, sometimes cut off or with others between."""
    if chance.random() < 0.8 or not body:
        return body
    place = chance.randrange(len(body))
    return chance.choice(
        [body[:place], body[:place] + b"\xff\xfe\0" + body[place:], b"", b"[" * 900]
    )


def _call(chance: random.Random) -> Wrong:
    name = chance.choice([*ENDPOINTS, *ENDPOINTS, "nothing", "%2e%2e", "answer_page", "0"])
    path = f"{API}/call/{name}" + chance.choice(["", "/", "?x=%00"])
    body = {"data": _arguments(chance)} | chance.choice([{}, {"session_hash": _junk(chance)}])
    return Wrong("call", path, _spoilt(chance, _dump(body)), headers=_types(chance))


def _call_v2(chance: random.Random) -> Wrong:
    name = chance.choice([*ENDPOINTS, "nothing"])
    body = {"domain": _junk(chance), chance.choice(["drawing", "image", "pictur"]): _junk(chance)}
    path = f"{API}/call/v2/{name}"
    return Wrong("call", path, _spoilt(chance, _dump(body)), headers=_types(chance))


def _run(chance: random.Random) -> Wrong:
    name = chance.choice([*ENDPOINTS, "predict", "nothing"])
    body = {"data": _arguments(chance), "fn_index": chance.choice([None, 0, 99, "x"])}
    path = f"{API}/{chance.choice(['run', 'api'])}/{name}"
    return Wrong("run", path, _spoilt(chance, _dump(body)), headers=_types(chance))


def _join(chance: random.Random) -> Wrong:
    body: dict[str, object] = {
        "data": _arguments(chance),
        "fn_index": chance.choice([0, 0, 1, 2, 6, 99, -1, None, "0", 1.5]),
        "session_hash": chance.choice(["", None, 7, f"s{chance.random()}".replace(".", "")] * 2),
    }
    extra = chance.choice(["event_id", "event_data", "trigger_id", "batched", "simple_format"])
    if chance.random() < 0.3:
        body[extra] = _junk(chance)
    return Wrong(
        "queue/join", f"{API}/queue/join", _spoilt(chance, _dump(body)), headers=_types(chance)
    )


def _wish(chance: random.Random) -> Wrong:
    """What the page sends, with something wrong in it."""
    wish: dict[str, object] = {
        "id": 1,
        "kind": chance.choice(
            ["draw", "variants", "sticker", "bring", "colourise", "enlarge", "x"]
        ),
        "domain": "shoes",
        "drawing": "data:image/png;base64,AAAA",
        "picture": "data:image/png;base64,AAAA",
        "source": "photo",
    }
    wish[chance.choice(list(wish))] = _junk(chance)
    session = f"w{chance.randrange(10**9)}"
    body = {
        "data": [wish, None][: chance.choice([1, 1, 2])],
        "fn_index": 0,
        "session_hash": session,
    }
    return Wrong("queue/join", f"{API}/queue/join", _dump(body), headers=JSON)


def _frame(chance: random.Random) -> Wrong:
    """A drawing on its own way to a picture, with something wrong in the frame or its head."""
    wish: dict[str, object] = {"kind": "draw", "id": 1, "page": f"p{chance.randrange(10**9)}"}
    wish |= {"domain": "shoes", "drawing": b"\x89PNG\r\n\x1a\n" + b"\0" * 99}
    wish[chance.choice([*wish, "size", "colour", "parts"])] = _junk(chance)
    frame = chance.choice([pack(wish), _head(chance, wish), b"\xff" * 9, b"\0\0\0\0"])
    types = chance.choice([*3 * [{"Content-Type": MEDIA_TYPE}], JSON, {}])
    return Wrong("picture", "/picture", _spoilt(chance, frame), headers=types)


def _head(chance: random.Random, wish: Mapping[str, object]) -> bytes:
    """A frame whose lengths are not those of what follows."""
    some = {name: value for name, value in wish.items() if not isinstance(value, bytes)}
    text = _dump(some | {"parts": {"drawing": _junk(chance)}})
    return chance.choice([len(text), 2**31, 0, 5]).to_bytes(4, "big") + text + b"PNG"


def _data(chance: random.Random) -> Wrong:
    session = chance.choice(["", "x", "%00", "a" * 5000, "..%2f..", "%ed%a0%80"])
    query = chance.choice([f"?session_hash={session}", "", "?session_hash", "?x=1"])
    return Wrong("queue/data", f"{API}/queue/data{query}", method="GET")


def _result(chance: random.Random) -> Wrong:
    path = f"{API}/call/{chance.choice([*ENDPOINTS, 'x'])}/{chance.choice(['0' * 32, 'x', '%00'])}"
    return Wrong("call", path, method=chance.choice(["GET", "GET", "PUT"]))


def _upload(chance: random.Random) -> Wrong:
    name = chance.choice([b"files", b"file", b"", b"files\xff"])
    filename = chance.choice(
        [b"x.png", b"../../x", b"\0", b"a" * 300, b"", b"\xed\xa0\x80", b"CON"]
    )
    head = b'Content-Disposition: form-data; name="' + name + b'"'
    if chance.random() < 0.8:
        head += b'; filename="' + filename + b'"'
    part = b"--x\r\n" + head + b"\r\n\r\n" + b"data" * chance.choice([0, 1, 1000])
    body = chance.choice(
        [part + b"\r\n--x--\r\n", part, b"", b"--x--", b"--x\r\n\r\n--x--", b"\0" * 99]
    )
    query = chance.choice(["", "?upload_id=x", "?upload_id=" + "y" * 4000])
    types = chance.choice([FORM, FORM, FORM, JSON, {}, {"Content-Type": "multipart/form-data"}])
    return Wrong("upload", f"{API}/upload{query}", body, headers=types)


def _small(chance: random.Random) -> Wrong:
    """The endpoints around the queue, and those that a page never uses."""
    name = chance.choice(
        [
            *("cancel", "reset", "component_server", "process_recording", "stream/x", "login"),
            *("stream/x/close", "vibe-edit", "vibe-code", "run-history/connect", "queue/status"),
        ]
    )
    body = {
        "session_hash": _junk(chance),
        "fn_index": _junk(chance),
        "event_id": _junk(chance),
        "component_id": _junk(chance),
        "fn_name": _junk(chance),
        "data": _junk(chance),
    }
    for key in chance.sample(list(body), chance.randrange(3)):
        del body[key]
    return Wrong("others", f"{API}/{name}", _spoilt(chance, _dump(body)), headers=_types(chance))


def _get(chance: random.Random) -> Wrong:
    path = chance.choice(
        [
            *("/file=/etc/passwd", "/file=..%2f..%2fapp.py", "/file=http://10.0.0.1/", "/file=%00"),
            *("/file=" + "a" * 5000, "/file/x", "/proxy=http://127.0.0.1:1/x", "/proxy=x"),
            *("/heartbeat/x", "/heartbeat/%00", "/upload_progress", "/upload_progress?upload_id=x"),
            *("/custom_component/x/y/z/w", "/stream/a/b/c/playlist.m3u8", "/stream/a/b/c/d.e"),
            *("/deep_link", "/deep_link?session_hash=x", "/info?page=x", "/openapi.json", "/runs"),
            *("/dev/reload", "/run-history/buckets", "/monitoring", "/user", "/token", "/app_id"),
        ]
    )
    return Wrong("files", API + path, method="GET")


def _outside(chance: random.Random) -> Wrong:
    path = chance.choice(
        [
            *(
                "/?deep_link=..%2f..",
                "/?deep_link=x",
                "/?view=%00",
                "/config?page=x",
                "/missions.json",
            ),
            *(
                "/assets/..%2f..%2fx",
                "/assets/%00",
                "/static/..%2f..",
                "/svelte/../x",
                "/%ff",
                "//",
            ),
            *("/backgrounds/..%2f..%2fapp.py", "/backgrounds/%00.svg", "/backgrounds/" + "x" * 300),
            *("/pwa_icon/x", "/pwa_icon/0", "/pwa_icon/99999999", "/pwa_icon/-1", "/classroom"),
            *("/monitoring/x", "/monitoring/summary", "/login", "/theme.css", "/robots.txt"),
        ]
    )
    return Wrong(
        "pages", path, method=chance.choice(["GET", "GET", "HEAD", "POST", "DELETE", "PATCH"])
    )


def _mcp(chance: random.Random) -> Wrong:
    call: dict[str, object] = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": chance.choice(
            ["tools/call", "tools/list", "initialize", "nothing", "resources/read"]
        ),
        "params": {
            "name": chance.choice([*ENDPOINTS, "x"]),
            "arguments": {"domain": _junk(chance)},
        },
    }
    if chance.random() < 0.6:
        call[chance.choice(list(call))] = _junk(chance)
    accept = {"Accept": chance.choice(["application/json, text/event-stream", "*/*", "text/plain"])}
    body = _spoilt(chance, _dump(call))
    path = f"{API}/mcp" + chance.choice(["/", "/", "/http", "/x", "/sse"])
    return Wrong("mcp", path, body, headers={**_types(chance), **accept})


def _heads(chance: random.Random) -> Wrong:
    headers = chance.choice(
        [
            *({"Host": "evil.example"}, {"Host": ""}, {"Host": "[::1"}, {"Host": "\xff"}),
            *({"Origin": "null"}, {"Origin": "http://evil.example"}, {"Origin": "\xff"}),
            *(
                {"X-Forwarded-Host": "evil.example"},
                {"X-Forwarded-Proto": "x\ty"},
                {"Cookie": "=" * 9},
            ),
            *({"Range": "bytes=9-1"}, {"Accept-Encoding": "br;q=x"}, {"Content-Encoding": "gzip"}),
            *({"X-Gradio-Server": "http://[", "X-Gradio-User": "x"}, {"Content-Type": "\xff;;="}),
        ]
    )
    path = chance.choice(
        ["/", f"{API}/queue/join", f"{API}/upload", "/missions.json", f"{API}/mcp/"]
    )
    body = _dump({"data": ["shoes", "x"], "fn_index": 1, "session_hash": "h"})
    method = chance.choice(["GET", "POST", "POST", "OPTIONS"])
    return Wrong("headers", path, body, method, JSON | headers)


def _raw(chance: random.Random) -> Wrong:
    data = chance.choice(
        [
            *(b"\0\1\2\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET  / HTTP/1.1\r\n\r\n"),
            b"GET / HTTP/1.0\r\nOrigin: http://evil.example\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 70_000 + b"\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
            b"Connection: upgrade, close\r\nSec-WebSocket-Key: x\r\n"
            b"Sec-WebSocket-Version: 13\r\n\r\n",
            b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
            b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            b"POST /gradio_api/queue/join HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
            b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n",
            b"TRACE / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
        ]
    )
    return Wrong("raw", body=data, raw=True)


def _half(chance: random.Random) -> Wrong:
    """A body or a head that never ends."""
    path = chance.choice([f"{API}/queue/join", f"{API}/upload", f"{API}/call/draw", f"{API}/mcp/"])
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: 10.9.9.9\r\n".encode()
    types = chance.choice([JSON, FORM])["Content-Type"].encode()
    full = head + b"Content-Type: " + types + b"\r\nContent-Length: 9000\r\n\r\n--x\r\n"
    return Wrong(HALF, body=chance.choice([head, full, full, b"GET"]), raw=True)


def _types(chance: random.Random) -> Mapping[str, str]:
    return chance.choice([JSON, JSON, JSON, JSON, {}, FORM, {"Content-Type": "text/plain"}])


_KINDS: Sequence[Callable[[random.Random], Wrong]] = (
    *(_call, _join, _wish, _upload, _mcp, _get, _run, _heads, _call, _small, _outside, _join),
    *(_call_v2, _data, _upload, _result, _raw, _mcp, _wish, _call, _small, _frame, _frame),
)
_SLOW = (_half,)
