"""Secrets that must be read again, kept so that the database alone does not tell them."""

from __future__ import annotations

import os
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from desireline.engine.errors import DesirelineError
from desireline.settings import Settings

FILE = "secret.key"
KEY_BYTES = 32


class SecretSealed(DesirelineError):
    """A secret in the database was sealed with a key that is not here."""

    status = 500


class Sealer:
    """Seals with the first of its keys, opens with any (Fernet: AES-128-CBC and HMAC-SHA-256)."""

    def __init__(self, keys: list[str]) -> None:
        self._fernet = MultiFernet([_fernet(key) for key in keys])

    @classmethod
    def of(cls, settings: Settings) -> Sealer:
        """By the keys of the settings; else by that of the data folder, drawn here if need be."""
        told = [key.strip() for key in settings.secret_key.split(",") if key.strip()]
        return cls(told or [_kept(settings.data_dir / FILE)])

    def sealed(self, text: str) -> str:
        """What can be kept."""
        return self._fernet.encrypt(text.encode()).decode()

    def opened(self, kept: str) -> str:
        """The secret. Raises SecretSealed."""
        try:
            return self._fernet.decrypt(kept.encode()).decode()
        except InvalidToken:
            raise SecretSealed(
                "A secret in the database was sealed with another key.",
                hint=f"Put back the file {FILE} of the data folder, or set DESIRELINE_SECRET_KEY"
                " as it was; else enter the secret anew.",
            ) from None


def _fernet(key: str) -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(b"desireline seal " + key.encode()).digest()))


def _kept(file: Path) -> str:
    """The key in the file; whoever comes first draws it. Nobody sees it half written."""
    if not file.exists():
        fresh = file.with_name(f"{FILE}.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(KEY_BYTES))
        try:
            os.link(fresh, file)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return file.read_text().strip()
