"""Mail: mbox files and single messages (.eml), as the firm and its customers wrote to each other.

A message from the firm is an `email_sent` for each address outside that it went to; one from
outside is an `email_received` of its sender. The firm's own domains tell which is which.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.utils import getaddresses, parsedate_to_datetime
from functools import lru_cache
from typing import Any

from msgspec import UNSET

from desireline.formats.duck import Duck
from desireline.formats.envelopes.choices import Choices
from desireline.formats.envelopes.envelope import Envelope, Envelopes, id_of
from desireline.formats.errors import ChoiceMissing
from desireline.formats.tables.plain_file import PlainFile
from desireline.formats.tables.table import Table
from desireline.kit.foreign_words import is_email

LONGEST_HEAD = 1 << 20
LONGEST_TEXT = 1 << 18
"""Bytes of a message in which its text is looked for."""
MOST_RECIPIENTS = 1_000
HEADERS = ("from", "to", "cc", "bcc", "date", "subject", "message-id", "in-reply-to", "references")
BEGIN = re.compile(rb"^From (?!:)[^\r\n]*\r?$")
PLAIN_DATE = re.compile(
    r"(?:\w{3}, +)?(\d{1,2}) (\w{3}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? ([+-]\d{4})\b"
)
PLAIN_ADDRESS = re.compile(r"\s*(?:\"?([^\"<>,@()]*?)\"?\s*)<([^<>\s,;]+@[^<>\s,;]+)>\s*$")
BARE_ADDRESS = re.compile(r"\s*([^<>\s,;\"()]+@[^<>\s,;\"()]+)\s*$")
CHARSET = re.compile(r"charset=\"?([\w-]+)")
ASCII = ("utf-8", "us-ascii", "ascii")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

Address = tuple[str, str]
"""A name, and an e-mail address in small letters."""


@dataclass(frozen=True, slots=True)
class Mail:
    """What a message says of itself."""

    place: int
    sender: Address
    to: list[Address]
    at: str
    subject: str
    number: str
    answers: str
    text: str


def is_mail(start: bytes) -> bool:
    """Whether a file begins as an mbox or as a message does."""
    lines = start.split(b"\n", 12)[:-1]
    if not lines:
        return False
    if BEGIN.match(lines[0].rstrip(b"\r")):
        lines = lines[1:]
    heads = [line for line in lines if not line.startswith((b" ", b"\t"))]
    named = [line.partition(b":")[0].lower() for line in heads if line.strip()]
    known = {b"from", b"received", b"return-path", b"delivered-to", b"date", b"message-id"}
    return bool(named) and named[0].strip() != b"" and len(known.intersection(named)) >= 2


def open_mail(
    duck: Duck, file: PlainFile, choices: Choices, tell: Callable[[float], None]
) -> Table:
    """The messages of a file. Raises ChoiceMissing where the firm's own domains are not told."""
    own = tuple(domain.lower().lstrip("@") for domain in choices.own)
    met: Counter[str] = Counter()
    with Envelopes(duck.folder, choices.most) as envelopes:
        for place, head, body in _messages(file, tell):
            try:
                mail = _mail(place, head, body, choices)
            except ValueError as problem:
                envelopes.rejected.add(place, _shown(head), str(problem))
                continue
            if own:
                _add(mail, own, choices, envelopes)
            else:
                met.update({a.rpartition("@")[2] for _, a in (mail.sender, *mail.to)})
    if not own:
        listed = ", ".join(f"{domain} ({n:,})" for domain, n in met.most_common(3))
        raise ChoiceMissing(
            f"Whose mail is {file.name}? Its most frequent domains are {listed or 'none'}.",
            hint="Name the firm's own domains: --own example.com, repeatable.",
        )
    return envelopes.table(duck, file.name, "line", "mail")


def _messages(file: PlainFile, tell: Callable[[float], None]) -> Iterator[tuple[int, bytes, bytes]]:
    """Each message: the line where it begins, its head, and the start of its body."""
    size, done, number = max(file.path.stat().st_size, 1), 0, 0
    begin, head, body, length, in_head, after_blank = 0, bytearray(), bytearray(), 0, True, True
    is_box = False
    with file.path.open("rb") as source:
        while line := source.readline(LONGEST_HEAD):
            number += 1
            done += len(line)
            if number % 100_000 == 0:
                tell(done / size)
            bare = line.rstrip(b"\r\n")
            if (number == 1 or (is_box and after_blank)) and BEGIN.match(bare):
                is_box = True
                if begin:
                    yield begin, bytes(head), bytes(body)
                begin, head, body, length, in_head = number, bytearray(), bytearray(), 0, True
                after_blank = False
                continue
            begin = begin or number
            if in_head:
                in_head = bare != b"" or not head
                if len(head) < LONGEST_HEAD:
                    head += line
            elif length < LONGEST_TEXT:
                body += line
                length += len(line)
            after_blank = bare == b""
    if begin:
        yield begin, bytes(head), bytes(body)


def _mail(place: int, head: bytes, body: bytes, choices: Choices) -> Mail:
    """Raises ValueError with what is missing."""
    held = _headers(head)
    sender = _addresses(held.get("from", ""))
    if not sender:
        raise ValueError("it does not say from whom it is")
    at = _moment(held.get("date", ""))
    to = [a for name in ("to", "cc", "bcc") for a in _addresses(held.get(name, ""))]
    answers = held.get("in-reply-to", "") or held.get("references", "").split(" ")[-1]
    return Mail(
        place=place,
        sender=sender[0],
        to=list(dict.fromkeys(to))[:MOST_RECIPIENTS],
        at=at,
        subject=_decoded(held.get("subject", "")),
        number=held.get("message-id", "").strip(),
        answers=answers.strip(),
        text=_text(head, held, body, choices.body_signs) if choices.body_signs else "",
    )


def _headers(head: bytes) -> dict[str, str]:
    """The headers that are read, unfolded; the first of each name."""
    found: dict[str, str] = {}
    text = head.decode("utf-8", "backslashreplace").replace("\r\n", "\n")
    for line in re.sub(r"\n[ \t]+", " ", text).split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            found.setdefault(name.lower(), value.strip())
    return found


def _decoded(text: str) -> str:
    """A header without encoded words (RFC 2047)."""
    if "=?" not in text:
        return text
    try:
        return str(make_header(decode_header(text)))
    except (LookupError, ValueError, MessageError):
        return text


@lru_cache(8192)
def _addresses(text: str) -> tuple[Address, ...]:
    parts = text.split(",") if '"' not in text and "(" not in text else [text]
    found: list[Address] = []
    for part in parts:
        plain, bare = PLAIN_ADDRESS.match(part), BARE_ADDRESS.match(part)
        if plain:
            found.append((_decoded(plain[1].strip()), plain[2].lower()))
        elif bare:
            found.append(("", bare[1].lower()))
        elif part.strip():
            told = getaddresses([part])
            found += [(_decoded(name), a.strip().lower()) for name, a in told if is_email(a)]
    return tuple((name, address) for name, address in found if is_email(address))


def _moment(text: str) -> str:
    """Raises ValueError."""
    plain = PLAIN_DATE.match(text)
    try:
        if plain and plain[2].lower() in MONTHS:
            day, month, year, hour, minute, second, zone = plain.groups()
            number = MONTHS.index(month.lower()) + 1
            at = datetime.fromisoformat(
                f"{year}-{number:02}-{int(day):02}T{hour}:{minute}:{second or '00'}{zone}"
            )
        else:
            at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError) as error:
        said = f"its date {text!r} is no time" if text else "it has no date"
        raise ValueError(said) from error
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return at.isoformat().replace("+00:00", "Z")


def _text(head: bytes, held: dict[str, str], body: bytes, signs: int) -> str:
    """The beginning of what a person wrote, without what is quoted."""
    kind = held.get("content-type", "text/plain").lower()
    coded = held.get("content-transfer-encoding", "7bit").lower()
    plain = coded in ("7bit", "8bit")
    charset = CHARSET.search(kind)
    if kind.startswith("text/plain") and plain and (not charset or charset[1] in ASCII):
        text = body.decode("utf-8", "replace")
    else:
        text = _decoded_body(head + b"\n" + body)
    lines = (line.strip() for line in text.splitlines() if not line.startswith(">"))
    return " ".join(line for line in lines if line)[:signs]


def _decoded_body(message: bytes) -> str:
    try:
        found = message_from_bytes(message, policy=policy.default)
        part: Any = found.get_body(("plain", "html"))
        text = str(part.get_content()) if part is not None else ""
    except (LookupError, ValueError, MessageError, AttributeError, KeyError, TypeError):
        return ""  # a part that cannot be decoded says nothing
    if part is not None and part.get_content_type() == "text/html":
        text = re.sub(r"(?s)<(style|script).*?</\1>|<[^>]*>", " ", text)
    return text


def _add(mail: Mail, own: tuple[str, ...], choices: Choices, into: Envelopes) -> None:
    name, sender = mail.sender
    outside = [(n, a) for n, a in mail.to if not _is_own(a, own)]
    properties: dict[str, Any] = {"subject": mail.subject[:1_000]}
    if mail.text:
        properties["text"] = mail.text
    if mail.answers:
        properties["in_reply_to"] = mail.answers[:1_000]
    if mail.number:
        properties["mail_id"] = mail.number[:1_000]
    if not _is_own(sender, own):
        met = [a for _, a in mail.to if _is_own(a, own)]
        properties |= {"from_name": name} if name else {}
        properties |= {"to": met} if met else {}
        _put(mail, sender, {**properties}, choices, into, sent=False)
    elif outside:
        for their, address in outside:
            told = {**properties, "from": sender} | ({"to_name": their} if their else {})
            _put(mail, address, told, choices, into, sent=True)
    else:
        shown = f"{sender}: {mail.subject}"
        into.rejected.add(mail.place, shown, "it went from the firm to nobody outside")


def _put(
    mail: Mail,
    address: str,
    properties: dict[str, Any],
    choices: Choices,
    into: Envelopes,
    *,
    sent: bool,
) -> None:
    said = (mail.number,) if mail.number else (mail.sender[1], mail.at, mail.subject)
    into.add(
        mail.place,
        Envelope(
            id=id_of(choices.namespace, "mail", *said, address),
            type="email_sent" if sent else "email_received",
            at=mail.at,
            direction="outbound" if sent else "inbound",
            channel="e-mail",
            actor="employee" if sent else "person",
            identifiers={"email": address},
            properties=properties or UNSET,
        ),
    )


def _is_own(address: str, own: tuple[str, ...]) -> bool:
    domain = address.rpartition("@")[2]
    return address in own or domain in own or any(domain.endswith("." + name) for name in own)


def _shown(head: bytes) -> str:
    return head[:2_000].decode("utf-8", "replace").strip()
