import signal

import pytest

from pix2pix.utils.signals import on_stop


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_asks_and_the_second_one_ends(number):
    asked, ended = [], []
    before = signal.signal(number, lambda *_: ended.append(True))
    try:
        with on_stop(lambda: asked.append(True)):
            signal.raise_signal(number)
            assert (asked, ended) == ([True], [])
            signal.raise_signal(number)
            assert (asked, ended) == ([True], [True])
        signal.raise_signal(number)
        assert ended == [True, True]  # all is as it was
    finally:
        signal.signal(number, before)
