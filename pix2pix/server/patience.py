"""Connections that say nothing, or too little: they are closed, as are those of a greedy client."""

import asyncio
from collections import Counter
from contextlib import suppress
from functools import lru_cache
from ipaddress import ip_address, ip_network

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD = 10.0
"""Seconds in which the head of a request has to be complete."""

PER_ADDRESS = 600
"""Connections of one address; a browser opens up to six, and a class may share one address."""

_open: Counter[str] = Counter()


class PatientProtocol(H11Protocol):  # type: ignore[misc] # mypy does not read uvicorn
    """HTTP/1.1 as uvicorn speaks it, with an end to its patience."""

    _deadline: asyncio.TimerHandle | None = None
    _address = ""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Starts to wait for a request, unless the client has too many connections."""
        super().connection_made(transport)
        self._address = self.client[0] if self.client else ""
        _open[self._address] += 1
        if _open[self._address] > PER_ADDRESS and not self._is_proxy:
            transport.abort()
            return
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forgets the connection."""
        _open[self._address] -= 1
        if _open[self._address] <= 0:
            del _open[self._address]
        self._relax()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Takes what came; a head that began with it has to end in time."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._relax()
        elif self._deadline is None:
            self._expect()

    @property
    def _is_proxy(self) -> bool:
        """Whether many clients may come from there."""
        return is_within(self._address, f"127.0.0.0/8,::1,{self.config.forwarded_allow_ips or ''}")

    def _expect(self) -> None:
        self._deadline = self.loop.call_later(HEAD, self._lose_patience)

    def _relax(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _lose_patience(self) -> None:
        self._deadline = None
        if self.conn.their_state is h11.IDLE:
            self.transport.close()


@lru_cache(maxsize=1024)
def is_within(address: str, networks: str) -> bool:
    """Whether an address is one of those, or in one of the networks.

    >>> is_within("10.1.2.3", "127.0.0.1,10.0.0.0/8"), is_within("192.0.2.1", "10.0.0.0/8")
    (True, False)
    """
    known = [each.strip() for each in networks.split(",")]
    if "*" in known:
        return True
    with suppress(ValueError):
        return any(ip_address(address) in ip_network(each) for each in known if _is_address(each))
    return address in ("", *known)


def _is_address(text: str) -> bool:
    try:
        ip_network(text)
    except ValueError:
        return False
    return True


def be_patient(config: uvicorn.Config) -> None:
    """Has a server speak with the protocol; it asks its configuration for each connection."""
    config.http_protocol_class = PatientProtocol
