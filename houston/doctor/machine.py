"""The machine under Houston: its folders and its port."""

import asyncio
import errno
import os
import shutil
import socket
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import aiohttp

from houston.doctor.finding import Finding, unset, well, wrong

LEAST_FREE = 200 * 1024 * 1024
"""Bytes; below it a day's points and their WAL may not fit."""

ASK = aiohttp.ClientTimeout(total=2)


async def look_at_folders(folders: Iterable[Path]) -> Sequence[Finding]:
    return [await asyncio.to_thread(_folder, folder) for folder in dict.fromkeys(folders)]


def _folder(folder: Path) -> Finding:
    """Of one that is not there yet, its nearest parent is looked at."""
    there = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    check, mend = f"Folder {folder}", "Let Houston's user write there, or set HOUSTON_DATA_DIR."
    try:
        _write_in(there, leaves_trace=there == folder.absolute())
    except OSError as error:
        return wrong(check, f"cannot be written to ({error.strerror})", mend)
    free = shutil.disk_usage(there).free
    if free < LEAST_FREE:
        return wrong(check, f"only {free // 2**20} MiB are free", "Make room on that disk.")
    return well(check, f"can be written to, {free / 2**30:.1f} GiB free")


def _write_in(folder: Path, *, leaves_trace: bool) -> None:
    """Raises OSError where it cannot be done; into a parent nothing is written."""
    if leaves_trace:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"\0")
    elif not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    elif not os.access(folder, os.W_OK | os.X_OK):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))


async def look_at_port(host: str, port: int) -> Sequence[Finding]:
    check = f"Port {host}:{port}"
    try:
        await asyncio.to_thread(_bind, host, port)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            return [wrong(check, f"cannot be used ({error.strerror})", "Set HOUSTON_HOST or HOUSTON_PORT.")]
        if await _is_houston(host, port):
            return [unset(check, "in use by a running Houston")]
        mend = "Stop that program, or set HOUSTON_PORT."
        return [wrong(check, "in use by another program", mend)]
    return [well(check, "free")]


def _bind(host: str, port: int) -> None:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        attempt.bind(address)


async def _is_houston(host: str, port: int) -> bool:
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    address = f"http://{f'[{name}]' if ':' in name else name}:{port}/healthz"
    try:
        async with aiohttp.ClientSession(timeout=ASK) as http, http.get(address) as answer:
            told: object = await answer.json()
            return told == {"status": "ok"}
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return False
