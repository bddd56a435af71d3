"""Allowances that fill up again: token buckets, one for each of many clients."""

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

MANY_CLIENTS = 4096
"""Clients whose buckets are remembered; beyond, those that were silent for longest are not."""


@dataclass
class Bucket:
    """An allowance that fills up steadily: so much at once, and so much per second for ever.

    Attributes:
        size: of the allowance.
        rate: by which it fills up, per second.
        left: what is left of it.
        since: when that was counted.
    """

    size: float
    rate: float
    left: float = field(init=False)
    since: float = 0.0

    def __post_init__(self) -> None:
        self.left = self.size

    def wait(self, amount: float, now: float) -> float:
        """Seconds until `amount` may be taken; 0 if it may be now."""
        self.left = min(self.size, self.left + (now - self.since) * self.rate)
        self.since = now
        return max(0.0, (amount - self.left) / self.rate)

    def take(self, amount: float) -> None:
        """Takes an amount, after `wait` allowed it."""
        self.left -= amount


class Buckets:
    """The buckets of many clients, alike for each.

    Args:
        kinds: the sizes and rates of each client's buckets, in turn.
        clock: a monotonic clock, in seconds.
    """

    def __init__(
        self,
        *kinds: tuple[float, float],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._kinds = kinds
        self._clock = clock
        self._of: OrderedDict[str, list[Bucket]] = OrderedDict()

    def ask(
        self, client: str, *amounts: float, shared: Sequence[tuple[Bucket, float]] = ()
    ) -> float:
        """Takes from all buckets of a client, if there is enough in each.

        Args:
            client: whose.
            amounts: what is taken of each bucket, in turn.
            shared: buckets of all clients, and what is taken of them.

        Returns:
            0, or the seconds after which there will be enough; then nothing is taken.
        """
        now = self._clock()
        if client not in self._of:
            self._of[client] = [Bucket(*kind, since=now) for kind in self._kinds]
            while len(self._of) > MANY_CLIENTS:
                self._of.popitem(last=False)
        self._of.move_to_end(client)
        parts = [*zip(self._of[client], amounts, strict=True), *shared]
        wait = max(bucket.wait(amount, now) for bucket, amount in parts)
        if not wait:
            for bucket, amount in parts:
                bucket.take(amount)
        return wait
