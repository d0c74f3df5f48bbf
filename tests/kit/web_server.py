"""A web server for the tests of egress: well-behaved pages and hostile ones."""

from __future__ import annotations

import datetime as dt
import gzip
import ipaddress
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        self.server.seen.append((self.connection.getsockname()[0], self.path))  # type: ignore[attr-defined]
        page = getattr(self, "page_" + asked.path.strip("/").replace("-", "_"), self.page_missing)
        try:
            page(parse_qs(asked.query))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path.startswith("/redirect"):
            self.do_GET()
        else:
            self.say(200, body)

    def page_hello(self, _: object) -> None:
        self.say(200, b"hello")

    def page_headers(self, _: object) -> None:
        self.say(200, str(self.headers).encode())

    def page_missing(self, _: object) -> None:
        self.say(404, b"no such page")

    def page_redirect(self, told: dict[str, list[str]]) -> None:
        self.send_response(int(told.get("status", ["302"])[0]))
        self.send_header("Location", told["to"][0])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def page_endless(self, _: object) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"x" * 65536)

    def page_bomb(self, _: object) -> None:
        self.say(200, gzip.compress(bytes(10**7)), ("Content-Encoding", "gzip"))

    def page_slow_headers(self, _: object) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for n in range(1000):
            self.wfile.write(f"X-{n}: x\r\n".encode())
            time.sleep(0.05)

    def page_slow_body(self, _: object) -> None:
        self.send_response(200)
        self.end_headers()
        for _n in range(1000):
            self.wfile.write(b"x")
            time.sleep(0.05)

    def page_hang_up(self, _: object) -> None:
        self.connection.shutdown(2)
        self.close_connection = True

    def page_nonsense(self, _: object) -> None:
        self.wfile.write(b"220 mail.example.org ESMTP\r\n")
        self.close_connection = True

    def page_huge_header(self, _: object) -> None:
        self.say(200, b"", ("X-Huge", "x" * 10**6))

    def say(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nobody reads it."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, host: str = "0.0.0.0") -> None:
        super().__init__((host, 0), Pages)
        self.seen: list[tuple[str, str]] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up in mid-page is what these tests are about."""


@contextmanager
def serving(certificate: Path | None = None) -> Iterator[Server]:
    server = Server()
    if certificate is not None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def write_certificate(file: Path, name: str) -> None:
    """A certificate for a name and nothing else, with its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))


LOOPBACK = ipaddress.ip_network("127.0.0.0/8")
