"""Refusals of requests, each in one sentence."""

from starlette.responses import JSONResponse


def refuse(status: int, sentence: str, retry_after: float | None = None) -> JSONResponse:
    """The answer to a request that is refused.

    Args:
        status: of HTTP, from 400.
        sentence: what is wrong and what to do.
        retry_after: seconds until it may be tried again.
    """
    headers = {} if retry_after is None else {"Retry-After": str(max(1, round(retry_after)))}
    # Gradio's clients read "detail"; people who use curl look for "error".
    return JSONResponse({"error": sentence, "detail": sentence}, status, headers)
