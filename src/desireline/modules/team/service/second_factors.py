"""Second factors: codes of an app by the time (TOTP, RFC 6238), and codes to recover with."""

from __future__ import annotations

import hmac
import secrets
from base64 import b32encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pyotp
import segno
from sqlalchemy import Connection, Row

from desireline.kit.permissions import Caller
from desireline.modules.team.attempts import Attempts
from desireline.modules.team.drawn import hashed
from desireline.modules.team.errors import (
    SecondFactorNeeded,
    SecondFactorOff,
    SecondFactorOn,
    SecondFactorWrong,
)
from desireline.modules.team.office import Office
from desireline.modules.team.repository import members
from desireline.modules.team.service.members import there

SECOND = 1_000_000
STEP_SECONDS = 30
DRIFT_STEPS = 1
"""So many steps a clock may be ahead or behind."""
RECOVERY_CODES = 10
RECOVERY_BYTES = 10
ISSUER = "Desireline"


@dataclass(frozen=True, slots=True)
class Begun:
    """A second factor that waits to be confirmed: for an app, as text and as a picture."""

    secret: str
    uri: str
    qr_svg: str


class SecondFactors:
    """The second factors of members."""

    def __init__(self, office: Office, attempts: Attempts) -> None:
        self._office = office
        self._attempts = attempts

    def begin(self, by: Caller) -> Begun:
        """A new secret, which counts when a code of it has come. SecondFactorOn."""
        secret = pyotp.random_base32()
        sealed = self._office.sealer.sealed(secret)
        with self._office.db.transaction() as tx:
            row = there(tx, by.member or 0)
            if row.totp_since is not None:
                raise SecondFactorOn("You have a second factor.", hint="Take it away first.")
            members.change_member(tx, row.id, {"totp": sealed})
        uri = pyotp.TOTP(secret).provisioning_uri(name=row.email, issuer_name=ISSUER)
        return Begun(secret, uri, _picture(uri))

    def confirm(self, by: Caller, code: str, address: str) -> list[str]:
        """The codes to recover with, shown this once; from now on the second factor is asked for.

        SecondFactorOff where none was begun, SecondFactorOn, SecondFactorWrong, AttemptsTooMany.
        """
        shown = [_recovery_code() for _ in range(RECOVERY_CODES)]
        with self._counted(by, address) as row, self._office.db.transaction() as tx:
            if row.totp_since is not None:
                raise SecondFactorOn("You have a second factor.", hint="Take it away first.")
            if not row.totp:
                raise SecondFactorOff("No second factor was begun.", hint="Begin one first.")
            if not self._is_of_now(tx, row, code):
                raise _wrong()
            members.change_member(tx, row.id, {"totp_since": self._office.clock.now()})
            members.put_recovery_codes(tx, row.id, [hashed(_plain(one)) for one in shown])
            self._office.note(tx, by, "second_factor_added", f"member:{row.id}")
        return shown

    def drop(self, by: Caller, code: str, address: str) -> None:
        """The password alone is enough again. SecondFactorOff, SecondFactorWrong."""
        with self._counted(by, address) as row, self._office.db.transaction() as tx:
            if row.totp_since is None:
                raise SecondFactorOff("You have no second factor.", hint="Nothing is to be done.")
            self.check(tx, row, code)
            members.change_member(tx, row.id, {"totp": "", "totp_since": None})
            members.put_recovery_codes(tx, row.id, [])
            self._office.note(tx, by, "second_factor_dropped", f"member:{row.id}")

    def check(self, tx: Connection, row: Row[Any], code: str) -> None:
        """Raises SecondFactorNeeded, SecondFactorWrong where the member has one. Codes go once."""
        if row.totp_since is None:
            return
        if not code:
            raise SecondFactorNeeded(
                "A code is needed.", hint="Your app shows it; a recovery code does as well."
            )
        if self._is_of_now(tx, row, code):
            return
        if not members.use_recovery_code(tx, row.id, hashed(_plain(code))):
            raise _wrong()

    def _is_of_now(self, tx: Connection, row: Row[Any], code: str) -> bool:
        """Whether it is the code of a step around now, and later than each that was used."""
        totp = pyotp.TOTP(self._office.sealer.opened(row.totp), interval=STEP_SECONDS)
        now = self._office.clock.now() // SECOND // STEP_SECONDS
        said = code.replace(" ", "").encode()
        for step in range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1):
            if hmac.compare_digest(totp.generate_otp(step).encode(), said):
                return members.take_step(tx, row.id, step)
        return False

    @contextmanager
    def _counted(self, by: Caller, address: str) -> Iterator[Row[Any]]:
        """The caller's row; what goes wrong inside counts as a try. AttemptsTooMany."""
        with self._office.db.reading() as look:
            row = there(look, by.member or 0)
        self._attempts.take(address, row.email_key)
        yield row
        self._attempts.give_back(address, row.email_key)


def _wrong() -> SecondFactorWrong:
    return SecondFactorWrong(
        "The code is not of this moment, or was used.",
        hint="Wait for the next one, and see that the clock of the device is right.",
    )


def _recovery_code() -> str:
    """Four times four letters and digits: 80 bits, so that a plain hash is enough."""
    text = b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode().lower()
    return "-".join(text[i : i + 4] for i in range(0, len(text), 4))


def _plain(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()


def _picture(uri: str) -> str:
    out = BytesIO()
    segno.make(uri, error="m").save(out, kind="svg", scale=4, border=2, xmldecl=False)
    return out.getvalue().decode()
