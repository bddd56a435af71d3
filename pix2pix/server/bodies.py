"""What a request to Gradio's queue says, checked before Gradio believes it."""

import re
from typing import Annotated, Any, Literal

import gradio as gr
import orjson
from fastapi.exceptions import RequestValidationError
from gradio_client.utils import construct_args
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from pix2pix.server.limits import replayed
from pix2pix.server.paths import API, RESULT, STREAM, local_path
from pix2pix.server.refusals import refuse

Session = Annotated[str, StringConstraints(pattern=r"^[\w-]{1,64}$")]

_CALL = re.compile(rf"{API}/call/(v2/)?(\w+)/?")
_JOIN = re.compile(rf"{API}/queue/join/?")
_DIRECT = re.compile(rf"{API}/(?:run|api)/.*")
_UPLOAD = re.compile(rf"{API}/upload/?")
_MCP = re.compile(rf"{API}/mcp\b.*")


class Call(BaseModel):
    """A call of an endpoint by its name."""

    model_config = ConfigDict(strict=True)

    data: list[Any]
    session_hash: Session | None = None
    # What Gradio's own pages and clients leave empty.
    event_id: None = None
    batched: Literal[False] | None = None
    oauth_token: None = None


class Join(Call):
    """A call by the number of its function, as pages and `gradio_client` make it."""

    fn_index: int
    session_hash: Session
    trigger_id: int | None = None
    simple_format: bool = False


class Bodies:
    """Middleware that refuses what Gradio would stumble over; bodies come in one piece."""

    def __init__(self, app: ASGIApp, blocks: gr.Blocks) -> None:
        """Wraps an application.

        Args:
            app: the application.
            blocks: whose functions and sessions are asked for.
        """
        self.app = app
        self.blocks = blocks
        self._parameters: dict[str, Any] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a request, as ASGI has it."""
        if scope["type"] != "http" or not local_path(scope).startswith(f"{API}/"):
            await self.app(scope, receive, send)
            return
        if scope["method"] == "POST":
            body = (await receive()).get("body", b"")
            refusal = self._check(local_path(scope), Headers(scope=scope), body)
            replay = replayed(body, receive)
        else:
            refusal, replay = self._check_stream(scope), receive
        await (refusal or self.app)(scope, replay, send)

    def _check(self, path: str, headers: Headers, body: bytes) -> Response | None:
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if _UPLOAD.fullmatch(path):
            return _check_form(headers.get("content-type", ""), body)
        if _DIRECT.fullmatch(path):
            return refuse(404, f"Use {API}/call/ and the name of the endpoint; see ?view=api.")
        is_mcp = bool(_MCP.fullmatch(path))
        if is_mcp and not self.blocks.mcp_server:
            return None
        if kind != "application/json":
            return refuse(415, "Send JSON, with the header Content-Type: application/json.")
        try:
            value = orjson.loads(body)
        except orjson.JSONDecodeError:
            return refuse(400, "This is not JSON.")
        if is_mcp:
            return _check_message(value)
        if not isinstance(value, dict):
            return refuse(400, "Send a JSON object.")
        if match := _CALL.fullmatch(path):
            return self._check_call(match[2], value, by_name=bool(match[1]))
        if _JOIN.fullmatch(path):
            return self._check_join(value)
        return None

    def _check_join(self, value: dict[str, Any]) -> Response | None:
        try:
            join = Join.model_validate(value)
        except ValidationError as error:
            return refuse(400, _first_fault(error))
        if join.fn_index not in self.blocks.fns:
            return refuse(404, "There is no such function; reload the page.")
        return _check_number(join.data, len(self.blocks.fns[join.fn_index].inputs))

    def _check_call(self, name: str, value: dict[str, Any], by_name: bool) -> Response | None:
        function = next((fn for fn in self.blocks.fns.values() if fn.api_name == name), None)
        if function is None or function.api_visibility == "private":
            return refuse(404, "There is no endpoint of this name; ?view=api lists them.")
        if by_name:
            try:
                construct_args(self.parameters[f"/{name}"]["parameters"], (), value)
            except TypeError:
                return refuse(400, f"These are not the arguments of /{name}; see ?view=api.")
            return None
        try:
            call = Call.model_validate(value)
        except ValidationError as error:
            return refuse(400, _first_fault(error))
        return _check_number(call.data, len(function.inputs))

    @property
    def parameters(self) -> dict[str, Any]:
        """The named endpoints and their parameters."""
        if self._parameters is None:
            self._parameters = self.blocks.get_api_info()["named_endpoints"]
        return self._parameters

    def _check_stream(self, scope: Scope) -> Response | None:
        """Refuses to stream the answers of sessions that nobody has begun."""
        path, queue = local_path(scope), self.blocks._queue
        if STREAM.fullmatch(path):
            session = QueryParams(scope["query_string"]).get("session_hash", "")
            known = session in queue.pending_messages_per_session
        elif match := RESULT.fullmatch(path):
            known = match[1] in queue.event_ids_to_events or any(
                match[1] in events for events in list(queue.pending_event_ids_session.values())
            )
        else:
            return None
        if known:
            return None
        sentence = "There is no such session; send a request first."
        # Gradio's page reads streams even of refusals.
        message = {"msg": "unexpected_error", "message": sentence, "session_not_found": True}
        content = f"data: {orjson.dumps(message | {'success': False}).decode()}\n\n"
        return Response(content, 404, media_type="text/event-stream")


def _check_form(kind: str, body: bytes) -> Response | None:
    """Refuses uploads of which parts would never be deleted, and those that are not complete."""
    match = re.search(r'boundary="?([\w\'()+,./:=? -]{1,70})"?', kind)
    if not kind.lower().startswith("multipart/form-data") or not match:
        return refuse(415, "Send the file as a form, multipart/form-data.")
    boundary = f"--{match[1].strip()}".encode()
    parts = body.split(boundary)
    heads = [part.partition(b"\r\n\r\n")[0] for part in parts[1:-1]]
    if not heads or parts[0].strip() or not parts[-1].startswith(b"--"):
        return refuse(400, "The form is not complete; send it again.")
    named = all(
        re.search(rb'name="?files"?\s*(;|$|\r)', head) and b"filename=" in head for head in heads
    )
    if not named or len(heads) > 8:
        return refuse(400, "Send up to eight files, each as a field called 'files'.")
    return None


def _check_message(value: Any) -> Response | None:  # noqa: ANN401 - whatever a client sends
    """Refuses what is no message of MCP, of which its library would show how it reads one."""
    from mcp.types import JSONRPCMessage

    try:
        JSONRPCMessage.model_validate(value)
    except ValidationError:
        error = {"code": -32600, "message": "This is not a message of JSON-RPC 2.0."}
        return JSONResponse({"jsonrpc": "2.0", "id": None, "error": error}, 400)
    return None


def _check_number(data: list[Any], needed: int) -> Response | None:
    if len(data) == needed:
        return None
    values = "1 value" if needed == 1 else f"{needed} values"
    return refuse(400, f"This takes {values}, not {len(data)}; see ?view=api.")


def _first_fault(error: ValidationError) -> str:
    place = error.errors(include_url=False, include_input=False)[0]["loc"]
    return f"The request is wrong at '{'.'.join(map(str, place)) or 'data'}'; see ?view=api."


async def refuse_values(_: Request, error: Exception) -> JSONResponse:
    """The handler of `RequestValidationError`: where it is wrong, without what was sent."""
    assert isinstance(error, RequestValidationError)
    errors = error.errors()
    place = ".".join(str(part) for part in errors[0]["loc"][1:]) if errors else ""
    where = f" at '{place[:60]}'" if place else ""
    return refuse(400, f"The request is wrong{where}; see ?view=api.")
