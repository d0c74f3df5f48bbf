"""Names and addresses of members as they are kept, and as they are compared."""

from __future__ import annotations

from unicodedata import category, normalize

from desireline.log.naming.emails import is_email, spelled
from desireline.modules.team.errors import DepartmentNameUnfit, EmailUnfit, MemberNameUnfit

MOST_NAME = 80
MOST_EMAIL = 254
RESERVED = frozenset(
    {"anyone", "token", "page", "this machine", "command line", "server", "worker", "nobody"}
)
"""Who did something that no member did, in the audit log."""
KEYS = "key "
"""So begin the names of programs there."""


def email_of(text: str) -> str:
    """The address as it is kept and compared. Raises EmailUnfit."""
    found = spelled(text.strip())
    if len(found) > MOST_EMAIL or not is_email(found) or not found.isprintable():
        raise EmailUnfit(
            f"{text[:80]!r} is no e-mail address.", hint="It looks like ann@example.com."
        )
    return found


def name_of(text: str) -> str:
    """The name of a member as it is kept. Raises MemberNameUnfit."""
    found = _one_line(text)
    key = name_key(found)
    if not _is_fit(found) or key in RESERVED or key.startswith(KEYS):
        raise MemberNameUnfit(
            f"Nobody can be called {text[:80]!r}.",
            hint=f"A name has 1 to {MOST_NAME} characters, and is none that the audit log has for"
            " others: token, server, command line.",
            most=MOST_NAME,
        )
    return found


def department_of(text: str) -> str:
    """The name of a department as it is kept. Raises DepartmentNameUnfit."""
    found = _one_line(text)
    if not _is_fit(found):
        raise DepartmentNameUnfit(
            f"No department can be called {text[:80]!r}.",
            hint=f"A name has 1 to {MOST_NAME} characters.",
            most=MOST_NAME,
        )
    return found


def name_key(name: str) -> str:
    """The name as it is compared: letters that look alike to a reader in a hurry are one."""
    return normalize("NFKC", name).casefold()


def _one_line(text: str) -> str:
    return " ".join(normalize("NFC", text).split())


def _is_fit(name: str) -> bool:
    """No sign that is not seen, or that turns the direction of what follows."""
    return 0 < len(name) <= MOST_NAME and not any(category(c)[0] == "C" for c in name)
