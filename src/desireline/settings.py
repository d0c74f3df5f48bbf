"""What an operator can set, read once from the environment; nothing else reads it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desireline.engine.errors import DesirelineError

PREFIX = "DESIRELINE_"
FROM_FILE = "_FILE"
ROLES = ("all", "server", "worker")
OPTIONS = {"data_dir": "--data", "database_url": "--database"}
"""What settings are called on the command line, where not by their own names."""
LOG_LEVELS = ("debug", "info", "warning", "error")

_SHARDS, _THREADS = "shards=[1-9][0-9]*", "threads=[1-9][0-9]*"
RAY = re.compile(
    r"ray(://(?P<host>auto|([A-Za-z0-9._-]+|\[[0-9a-fA-F:.]+\]):[0-9]+)/?"
    rf"(\?(?P<options>{_SHARDS}|{_THREADS}|{_SHARDS}&{_THREADS}|{_THREADS}&{_SHARDS}))?)?"
)
"""The address of a cluster. The port is that of its head, 6379 where nobody chose another; 10001 is
that of Ray's client protocol, which Desireline does not speak."""

Network = IPv4Network | IPv6Network


class SettingUnknown(DesirelineError):
    """A variable bears our prefix, and no setting has its name."""


class SettingUnreadable(DesirelineError):
    """A value is none that the setting can have."""


class SettingToldTwice(DesirelineError):
    """A secret is told twice, as a value and as a file."""


class SecretUnreadable(DesirelineError):
    """The file that holds a secret cannot be read, or holds nothing."""


class SettingsConflict(DesirelineError):
    """Two settings that are well by themselves do not go together."""


def _whole(least: int, most: int) -> tuple[Callable[[str], int], str]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise ValueError
        return int(text)

    return read, f"a whole number from {least} to {most}"


def _one_of(words: tuple[str, ...]) -> tuple[Callable[[str], str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError
        return text

    return read, f"one of {', '.join(words)}"


def _folder(text: str) -> Path:
    if "?" in text:  # it would end the path in the URL of the database
        raise ValueError
    return Path(text).expanduser().absolute()


def _url_of(*schemes: str) -> tuple[Callable[[str], str], str]:
    def read(text: str) -> str:
        if text.partition("://")[0].partition("+")[0] not in schemes or "://" not in text:
            raise ValueError
        return text

    return read, "a URL that begins with " + " or ".join(f"{s}://" for s in schemes)


def _compute(text: str) -> str:
    if text != "threads" and not RAY.fullmatch(text):
        raise ValueError
    return text


def _networks(text: str) -> tuple[Network, ...]:
    return tuple(ip_network(part.strip()) for part in text.split(","))


def _country(text: str) -> str:
    from phonenumbers import SUPPORTED_REGIONS  # noqa: PLC0415 - 0.1 s that most do not need

    if text.upper() not in SUPPORTED_REGIONS:
        raise ValueError
    return text.upper()


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, OSError) as unknown:
        raise ValueError from unknown


_TEXT = (str, "a text")
_ZONE = (_zone, "a time zone such as Europe/Warsaw")
_COUNTRY = (_country, "two letters of ISO 3166")
_FOLDER = (_folder, "the path of a folder, without a question mark")
_FILE = (lambda text: Path(text).expanduser().absolute(), "the path of a file")
_COMPUTE = (
    _compute,
    (
        "threads, or the Ray cluster that this machine is a node of: ray://auto, or its head's"
        " address, ray://10.0.0.5:6379"
    ),
)
_NETWORKS = (_networks, "networks with commas between them: 10.1.0.0/16,192.168.7.9")


def _setting(
    reader: tuple[Callable[[str], Any], str],
    says: str,
    default: Any = MISSING,
    *,
    secret: bool = False,
    shown: str = "",
) -> Any:
    """A field with all that reading it and writing it down needs; secrets stay out of `repr`."""
    read, what = reader
    told = {"read": read, "what": what, "says": says, "secret": secret, "shown": shown}
    if default is MISSING:
        return field(metadata=told, repr=not secret)
    return field(default=default, metadata=told, repr=not secret)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one sender may ask of the server. Sizes in bytes, times in seconds."""

    event_bytes: int = _setting(_whole(1_000, 1_000_000), "Largest event.", 32_000)
    event_depth: int = _setting(_whole(2, 200), "Deepest nesting of an event's JSON.", 64)
    body_bytes: int = _setting(_whole(1_000, 1_000_000_000), "Largest body, inflated.", 5_000_000)
    upload_bytes: int = _setting(
        _whole(1_000, 10**13), "Largest file that is uploaded for an import.", 2_000_000_000
    )
    header_seconds: int = _setting(_whole(1, 300), "Time in which headers have to be here.", 10)
    body_bytes_per_second: int = _setting(
        _whole(1, 10**9), "Slowest body that is waited for.", 1_000
    )
    connections: int = _setting(_whole(1, 10**6), "Connections at once, of all addresses.", 2_000)
    connections_per_address: int = _setting(
        _whole(1, 10**6), "Connections at once from one address.", 200
    )
    drain_seconds: int = _setting(
        _whole(1, 300), "Time to finish what is under way after SIGTERM.", 8
    )


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that an operator can set.

    The data folder is one per user, `$XDG_DATA_HOME/desireline` or `~/.local/share/desireline`.
    Servers that default to the current folder show an empty workspace when they are started
    somewhere else, and the data seem lost; those that keep one place find them from everywhere.
    Several workspaces are several folders, told by name.

    `database_url` is SQLite in the data folder unless told; `segments_url` is the folder
    `segments` there. Secrets are never shown, nor quoted in an error.
    """

    data_dir: Path = _setting(  # noqa: RUF009 - it gives a field
        _FOLDER,
        "Folder of the workspace.",
        shown="`~/.local/share/desireline`, or `desireline` in `$XDG_DATA_HOME`",
    )
    database_url: str = _setting(
        _url_of("sqlite", "postgresql"),
        "The database that holds the truth: SQLite or PostgreSQL.",
        secret=True,
        shown="`desireline.db` in the data folder",
    )
    segments_url: str = _setting(
        _url_of("file", "s3"),
        "Where the segments of the log are kept: `file:///folder` or `s3://bucket/prefix`.",
        shown="`segments` in the data folder",
    )
    s3_endpoint: str = _setting(
        _url_of("http", "https"), "Object storage that is not Amazon's.", ""
    )
    s3_region: str = _setting(_TEXT, "Region of the bucket.", "us-east-1")
    s3_access_key: str = _setting(_TEXT, "Name of the key to the bucket.", "", secret=True)
    s3_secret_key: str = _setting(_TEXT, "The key to the bucket.", "", secret=True)
    host: str = _setting(_TEXT, "Address that the server listens at.", "127.0.0.1")
    port: int = _setting(_whole(0, 65535), "Its port; 0 takes any that is free.", 8765)
    trusted_proxies: tuple[Network, ...] = _setting(
        _NETWORKS,
        "Networks of proxies that are believed when they say by X-Forwarded-For where a request"
        " came from; those on this machine always are.",
        (),
    )
    role: str = _setting(
        _one_of(ROLES), "What this process does. Several processes need PostgreSQL.", "all"
    )
    compute: str = _setting(_COMPUTE, "Where analyses run.", "threads")
    token: str = _setting(
        _TEXT, "A key for programs that may do everything ([team.md](team.md)).", "", secret=True
    )
    public_url: str = _setting(
        _url_of("http", "https"),
        "The address at which browsers reach the server, where a proxy stands before it.",
        "",
        shown="that of each request",
    )
    secret_key: str = _setting(
        _TEXT,
        "What secrets in the database are sealed with; after a comma, older ones that still open.",
        "",
        secret=True,
        shown="drawn once, in the file `secret.key` of the data folder",
    )
    password_kibibytes: int = _setting(
        _whole(32, 2_000_000),
        "Memory that it takes to try one password (argon2id). Less than 19,456 is for tests only.",
        65_536,
    )
    oidc_issuer: str = _setting(
        _url_of("http", "https"), "An OpenID provider that members may sign in with.", ""
    )
    oidc_client_id: str = _setting(_TEXT, "What the provider calls this workspace.", "")
    oidc_client_secret: str = _setting(_TEXT, "The secret between both.", "", secret=True)
    oidc_label: str = _setting(_TEXT, "What the button says: `Acme`.", "your organisation")
    seal_rows: int = _setting(
        _whole(1, 10**7), "Events in the tail from which on they are sealed.", 100_000
    )
    seal_seconds: int = _setting(
        _whole(1, 10**6), "Age from which on events in the tail are sealed.", 900
    )
    time_zone: str = _setting(
        _ZONE, "Time zone of persons of whom nothing tells theirs: `Europe/Warsaw`.", "UTC"
    )
    country: str = _setting(
        _COUNTRY, "Country of telephone numbers that do not say theirs: `PL`.", ""
    )
    ip_addresses: str = _setting(
        _one_of(("cut", "whole")),
        "What is kept of visitors' IP addresses: their network (IPv4 24 bits, IPv6 48), or all.",
        "cut",
    )
    datacenters: Path | None = _setting(  # noqa: RUF009 - it gives a field
        _FILE,
        "A file of networks of data centres, one a line: visits from there are marked"
        " ([enrichment.md](enrichment.md)).",
        None,
        shown="none but those of five clouds",
    )
    log_level: str = _setting(_one_of(LOG_LEVELS), "How much is written to the log.", "info")
    egress_allow: tuple[Network, ...] = _setting(
        _NETWORKS, "Private networks that outgoing requests may reach.", ()
    )
    limits: Limits = field(default_factory=Limits)

    @property
    def on_sqlite(self) -> bool:
        """Whether the truth is in SQLite, which one server holds alone."""
        return self.database_url.startswith("sqlite")


def read_settings(environ: Mapping[str, str] | None = None, **told: object) -> Settings:
    """The settings that the environment gives, and over them what was told on the command line.

    `told` are settings by field name (None: not told). Raises SettingUnknown, SettingUnreadable,
    SettingToldTwice, SecretUnreadable or SettingsConflict, each with a hint.
    """
    found = dict(os.environ if environ is None else environ)
    texts = _texts({name: text for name, text in found.items() if name.startswith(PREFIX)})
    for name, value in told.items():
        if value is not None:
            texts[name] = (OPTIONS.get(name, f"--{name.replace('_', '-')}"), str(value))
    values: dict[str, Any] = {name: _value(name, *texts[name]) for name in texts}
    values.setdefault("data_dir", _home(found) / "desireline")
    values.setdefault("database_url", f"sqlite:///{values['data_dir']}/desireline.db")
    values.setdefault("segments_url", (values["data_dir"] / "segments").as_uri())
    limits = {n.removeprefix("limit_"): values.pop(n) for n in list(values) if n in LIMITS}
    return _agreeing(Settings(**values, limits=Limits(**limits)))


def matrices_on_one_thread() -> None:
    """To be called by a program before numpy is loaded; what the environment says goes before.

    Analyses run on threads of their own. Those of OpenBLAS come on top and wait for each other in
    a loop that does nothing: moments of truth took 16 s of the processor with them, 4.6 without.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


SETTINGS: dict[str, Field[Any]] = {f.name: f for f in fields(Settings) if f.metadata} | {
    f"limit_{f.name}": f for f in fields(Limits)
}
"""Every setting by its name without the prefix, in small letters."""
LIMITS = frozenset(name for name in SETTINGS if name.startswith("limit_"))


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def _home(environ: Mapping[str, str]) -> Path:
    told = environ.get("XDG_DATA_HOME", "")
    return Path(told) if Path(told).is_absolute() else Path.home() / ".local" / "share"


def _texts(ours: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """By setting: the variable that tells it, and its text; secrets are read from their files."""
    texts = {}
    for at, text in ours.items():
        name = at.removeprefix(PREFIX).lower()
        if name in SETTINGS and at == variable(name):
            texts[name] = (at, text)
            continue
        name = name.removesuffix("_file")
        if at != variable(name) + FROM_FILE or not _is_secret(name):
            raise _unknown(at)
        if variable(name) in ours:
            raise SettingToldTwice(
                f"{variable(name)} and {at} both tell the same secret.", hint="Unset one of them."
            )
        texts[name] = (at, _secret_in(at, Path(text)))
    return texts


def _is_secret(name: str) -> bool:
    return name in SETTINGS and bool(SETTINGS[name].metadata["secret"])


def _unknown(at: str) -> SettingUnknown:
    names = [variable(name) for name in SETTINGS]
    names += [variable(name) + FROM_FILE for name in SETTINGS if _is_secret(name)]
    near = get_close_matches(at.upper(), names, n=1, cutoff=0.6)
    meant = f"Did you mean {near[0]}? " if near else ""
    return SettingUnknown(
        f"{at} is no setting of Desireline.",
        hint=f"{meant}docs/settings.md lists all of them; unset what is not meant for Desireline.",
    )


def _secret_in(at: str, file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise SecretUnreadable(
            f"{at} names {file}, which cannot be read: {why}.",
            hint="Name a text file that this user may read, with the secret alone in it.",
        ) from None
    if not text:
        raise SecretUnreadable(
            f"{at} names {file}, which is empty.", hint=f"Write the secret into it, or unset {at}."
        )
    return text


def _value(name: str, at: str, text: str) -> Any:
    about = SETTINGS[name].metadata
    try:
        if not text.strip():
            raise ValueError  # noqa: TRY301 - one sentence for every wrong value
        return about["read"](text.strip())
    except (ValueError, RuntimeError):  # the latter: the home of nobody
        shown = "not readable (a secret, not shown)" if about["secret"] else repr(text)
        raise SettingUnreadable(
            f"{at} is {shown if text.strip() else 'empty'}.",
            hint=f"It takes {about['what']}. To have the default, do not set it.",
        ) from None


def _agreeing(settings: Settings) -> Settings:
    if settings.role != "all" and settings.on_sqlite:
        raise SettingsConflict(
            f"{variable('role')} is {settings.role!r}, and the database is SQLite, which one"
            " process holds alone.",
            hint=f"Use the role all, or PostgreSQL: {variable('database_url')}=postgresql://...",
        )
    if bool(settings.s3_access_key) != bool(settings.s3_secret_key):
        raise SettingsConflict(
            f"Of {variable('s3_access_key')} and {variable('s3_secret_key')} only one is set.",
            hint="Set both, or neither to use what the machine itself may do.",
        )
    return settings
