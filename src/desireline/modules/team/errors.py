"""What can be wrong with members, and with how they sign in."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class SignInWrong(DesirelineError):
    """The address is unknown, the password is another, or the member may not sign in."""

    status = 401


class SecondFactorNeeded(DesirelineError):
    """The password is right, and the code of the second factor is missing."""

    status = 401


class SecondFactorWrong(DesirelineError):
    """The code is not of this moment, or was used before."""

    status = 401


class AttemptsTooMany(DesirelineError):
    """Too much was tried from this address, or for this account."""

    status = 429

    def __init__(self, sentence: str, *, hint: str = "", seconds: int = 0) -> None:
        super().__init__(sentence, hint=hint)
        self.headers = {"retry-after": str(seconds)}


class PasswordUnfit(DesirelineError):
    """A password is too short, or the first that one would try."""


class PasswordWrong(DesirelineError):
    """The old password is another."""

    status = 403


class LinkUsedUp(DesirelineError):
    """A link was used, has ended, was taken back, or was never given out."""

    status = 410


class MemberUnknown(DesirelineError):
    """There is no such member."""

    status = 404


class MemberThere(DesirelineError):
    """There is a member of this address or name already."""

    status = 409


class MemberNameUnfit(DesirelineError):
    """Nobody can be called so."""


class EmailUnfit(DesirelineError):
    """This is no e-mail address."""


class LastOwner(DesirelineError):
    """Nobody would own the workspace any more."""

    status = 409


class GrantTooWide(DesirelineError):
    """Nobody gives, changes or takes more than she has."""

    status = 403


class RoleUnknown(DesirelineError):
    """There is no such role."""


class ScopeUnknown(DesirelineError):
    """There is no such permission."""


class DepartmentUnknown(DesirelineError):
    """There is no such department."""

    status = 404


class DepartmentThere(DesirelineError):
    """There is a department of this name already."""

    status = 409


class DepartmentNameUnfit(DesirelineError):
    """No department can be called so."""


class InvitationUnknown(DesirelineError):
    """There is no such invitation."""

    status = 404


class SessionUnknown(DesirelineError):
    """There is no such session of this member."""

    status = 404


class SecondFactorOn(DesirelineError):
    """The member has a second factor already."""

    status = 409


class SecondFactorOff(DesirelineError):
    """There is no second factor to confirm, or to take away."""

    status = 409


class PasskeyUnfit(DesirelineError):
    """What the device answers does not fit what it was asked."""

    status = 400


class PasskeyUnknown(DesirelineError):
    """There is no such passkey."""

    status = 404


class PasskeysImpossible(DesirelineError):
    """Browsers make passkeys only for names, over TLS."""

    status = 409


class ProviderUnknown(DesirelineError):
    """There is no such provider."""

    status = 404


class ProviderUnfit(DesirelineError):
    """A provider cannot be called so, or there is one."""

    status = 409


class ProviderAnswerUnfit(DesirelineError):
    """What the provider says cannot be believed."""

    status = 502


class AccountUnknown(DesirelineError):
    """The provider knows who it is, and she is no member."""

    status = 403


class KeyUnknown(DesirelineError):
    """There is no such key."""

    status = 404


class KeyUnfit(DesirelineError):
    """A key cannot be called so, or ends before it begins."""
