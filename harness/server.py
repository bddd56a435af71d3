"""The page's server as a process of its own."""

import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 180  # seconds; a start takes five, on a machine that does nothing else

# Below the ports that systems give to whoever connects, so that none is taken between being found
# free and being listened on.
_PORTS = range(12_000, 32_000)


@dataclass
class Server:
    """``python app.py`` on a port of its own, with more arguments or another environment."""

    port: int
    log: Path
    arguments: Sequence[str] = ()
    environment: Mapping[str, str] | None = None
    root: Path = ROOT
    preexec: Callable[[], None] | None = None
    program: Sequence[str | Path] = (sys.executable, "app.py")
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def command(self) -> list[str | Path]:
        """What starts it."""
        return [*self.program, "--port", str(self.port), *self.arguments]

    def answers(self) -> bool:
        """Whether the page can be had."""
        try:
            urllib.request.urlopen(self.url, timeout=20).close()
        except OSError:
            return False
        return True

    def start(self) -> None:
        """Starts the server and waits until it answers.

        Raises:
            RuntimeError: it does not; with what it wrote.
        """
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.root,
                env=self.environment,
                stdout=log,
                stderr=log,
                preexec_fn=self.preexec,
            )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            if self.answers():
                return
            time.sleep(0.2)
        self.stop()
        raise RuntimeError(f"the page did not start:\n{self.log.read_text()}")

    def __enter__(self) -> "Server":
        """Starts the server; the end of the block stops it."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Ends the server, by force if it does not end by itself."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise


def free_port() -> int:
    """Finds a port that nobody listens on."""
    while True:
        port = secrets.choice(_PORTS)
        with socket.socket() as probe:
            # As the server does: connections that ended lately do not matter.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("", port))
            except OSError:
                continue
            return port
