"""The key file: made at the first start where the environment names no key, and never written again."""

import base64
import os
import secrets
from pathlib import Path

from houston.config import KEY_BYTES
from houston.errors import SettingsError

FILE, OTHERS = "secret.key", 0o077


def key_file(folder: Path) -> str:
    """What the file holds: keys in base64, by comma. Raises SettingsError for one that others can
    read, that holds no key, or that cannot be made."""
    path = folder / FILE
    try:
        if not path.exists():
            _make(path)
        mode, text = path.stat().st_mode, path.read_text(encoding="ascii", errors="replace").strip()
    except OSError as error:
        raise _refused(
            f"is not set, and the key file {path} cannot be used: {error.strerror}. "
            "Mend that, or set the variable."
        ) from error
    if mode & OTHERS:
        raise _refused(f"is not set, and others can read the key file {path}. Run: chmod 600 {path}")
    if not all(_is_key(each) for each in text.split(",")):
        raise _refused(
            f"is not set, and the key file {path} holds no key of {KEY_BYTES} bytes in base64. "
            "Put the file back from a backup: what was sealed with it cannot be read without it."
        )
    return text


def _make(path: Path) -> None:
    """Whole or not at all; where another process is first, its key stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{FILE}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        _put(draft, path)
    finally:
        draft.unlink()
    _sync(path.parent)


def _put(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        return


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text.strip(), validate=True)) == KEY_BYTES
    except ValueError:
        return False


def _refused(problem: str) -> SettingsError:
    return SettingsError({"HOUSTON_SECRET_KEY": problem})
