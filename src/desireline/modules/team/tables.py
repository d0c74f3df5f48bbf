"""The tables of the team. Secrets are hashed where they are only compared, else sealed.

Backups hold no sessions and no invitations: those that were ended since would open again.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text

from desireline.kit.columns import Key, number, text
from desireline.kit.database import metadata
from desireline.kit.dumping import NOT_DUMPED


def _of_member(*, key: bool = False) -> Column[int]:
    """What goes with its member."""
    return Column(
        "member",
        Key,
        ForeignKey("member.id", ondelete="CASCADE"),
        nullable=False,
        primary_key=key,
        autoincrement=False,
    )


member = Table(
    "member",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    text("name"),
    Column("name_key", Text, unique=True),
    text("email"),
    Column("email_key", Text, unique=True),
    text("role"),
    text("locale"),
    text("password"),
    Column("handle", Text, nullable=False, unique=True),
    text("totp"),
    Column("totp_since", BigInteger),
    number("totp_step", server_default="0"),
    number("made_at"),
    Column("off_at", BigInteger),
    Column("removed_at", BigInteger),
)
"""People with access. `name_key` and `email_key` are name and address as they are compared: null of
a member who was removed, of whom only the name stays. `password` is an argon2id hash, `handle` what
passkeys call the member, `totp` a sealed secret, which counts from `totp_since` on; `totp_step` is
the last time step of which a code was used. `off_at`: may not sign in since then."""

department = Table(
    "department",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    text("name"),
    Column("name_key", Text, nullable=False, unique=True),
    number("made_at"),
)
"""Parts of the company."""

member_department = Table(
    "member_department",
    metadata,
    _of_member(key=True),
    Column(
        "department",
        Key,
        ForeignKey("department.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Index(None, "department"),
)
"""Who belongs to which."""

invitation = Table(
    "invitation",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("token_hash", Text, nullable=False, unique=True),
    text("email"),
    text("role"),
    text("departments"),
    text("made_by"),
    number("made_at"),
    number("until_at"),
    Column("used_at", BigInteger),
    info=NOT_DUMPED,
)
"""Links by which somebody becomes a member, once. One without an e-mail address makes an owner: it
was printed by the server itself. `departments` is a JSON list of numbers."""

sign_in = Table(
    "sign_in",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("token_hash", Text, nullable=False, unique=True),
    _of_member(),
    text("how"),
    text("device"),
    text("network"),
    number("made_at"),
    number("seen_at"),
    Index(None, "member"),
    info=NOT_DUMPED,
)
"""Sessions. `device` is the user agent, `network` the address, cut."""

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("code_hash", Text, primary_key=True),
    _of_member(),
    Index(None, "member"),
)
"""Codes in place of a second factor that was lost. One that is used goes."""

passkey = Table(
    "passkey",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    _of_member(),
    Column("credential_id", Text, nullable=False, unique=True),
    text("public_key"),
    number("sign_count"),
    text("name"),
    text("host"),
    number("made_at"),
    Column("used_at", BigInteger),
    Index(None, "member"),
)
"""Public keys of devices: `credential_id` and `public_key` in base64url. `host` is the name of the
server for which it was made (the relying party's id)."""

sign_in_step = Table(
    "sign_in_step",
    metadata,
    Column("key_hash", Text, primary_key=True),
    text("kind"),
    text("said"),
    number("until_at"),
    info=NOT_DUMPED,
)
"""What a sign-in that has begun needs to end: a challenge of a passkey, a way to a provider and
back. Each is used once."""

attempt = Table(
    "attempt",
    metadata,
    Column("key", Text, primary_key=True),
    number("until_at"),
    info=NOT_DUMPED,
)
"""How much was tried: a bucket that leaks, by the time at which it will be empty."""

api_key = Table(
    "api_key",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("prefix", Text, nullable=False, unique=True),
    text("key_hash"),
    text("name"),
    text("scopes"),
    text("made_by"),
    number("made_at"),
    Column("used_at", BigInteger),
    Column("expires_at", BigInteger),
)
"""Keys of programs, found by their beginning. `scopes` are permissions with spaces between."""

oidc_provider = Table(
    "oidc_provider",
    metadata,
    Column("name", Text, primary_key=True),
    text("label"),
    text("issuer"),
    text("client_id"),
    text("client_secret"),
    number("made_at"),
)
"""Where members may sign in with the account that they have. The secret is sealed."""

oidc_link = Table(
    "oidc_link",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("account", Text, primary_key=True),
    _of_member(),
    number("made_at"),
    Index(None, "member"),
)
"""Which account of a provider (its `sub`) is which member."""
