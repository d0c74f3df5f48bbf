"""How the pages look that a link in a message leads to."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape

from starlette.responses import HTMLResponse

_STYLE = """
:root { color-scheme: light dark; --ground: #f6f7f9; --ink: #171d28; --soft: #4a5468;
  --accent: #47682b; --on: #fff; }
@media (prefers-color-scheme: dark) { :root { --ground: #10141b; --ink: #eceff4; --soft: #b3bccb;
  --accent: #a5c67b; --on: #12180b; } }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; padding: 16px;
  box-sizing: border-box; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
main { width: min(420px, 100%); }
h1 { margin: 0 0 8px; font-size: 20px; font-weight: 600; letter-spacing: -0.01em; }
p { margin: 0 0 16px; color: var(--soft); }
button { padding: 10px 18px; border: 0; border-radius: 6px; font: inherit; font-weight: 500;
  background: var(--accent); color: var(--on); cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
"""
_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
_HEADERS = {
    "content-security-policy": f"default-src 'none'; style-src 'sha256-{_HASH}'; img-src data:;"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-robots-tag": "noindex",
}
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>{title}</title><style>{style}</style></head>
<body><main><h1>{title}</h1>
<p>{says}</p>{form}</main></body></html>
"""
_FORM = '\n<form method="post"><button name="confirm" value="yes">{button}</button></form>\n'


def asks_page(title: str, says: str, button: str) -> HTMLResponse:
    """A page with one button, which sends the address it stands at as a form."""
    return _page(title, says, _FORM.format(button=escape(button)))


def told_page(title: str, says: str) -> HTMLResponse:
    """A page that says what became of it."""
    return _page(title, says, "")


def _page(title: str, says: str, form: str) -> HTMLResponse:
    page = _PAGE.format(title=escape(title), says=escape(says), form=form, style=_STYLE)
    return HTMLResponse(page, headers=_HEADERS)
