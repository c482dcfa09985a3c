"""Ports for what has to know its own before it listens."""

import itertools
import os
import socket

FIRST, COUNT = 20_000, 12_000
"""Below those that Linux gives to whoever asks for any: another test may be given one of these at once."""

_numbers = itertools.count(97 * os.getpid())


def free_port() -> int:
    """One that nobody listens on, nor will; each process of the tests counts from somewhere else."""
    return next(port for number in _numbers if _is_free(port := FIRST + number % COUNT))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
