"""A program that asks the page's server."""

from gradio_client import Client

from harness.server import PATIENCE


def connect(url: str) -> Client:
    """Connects to a server; waits for its answers longer than the five seconds of the library."""
    return Client(url, verbose=False, httpx_kwargs={"timeout": PATIENCE})
