"""The page that asks a person for the workspace's token."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from starlette.responses import HTMLResponse

_STYLE = """
:root { color-scheme: light dark; --ground: #f6f7f9; --ink: #171d28; --soft: #4a5468;
  --line: #c4cbd6; --surface: #fff; --accent: #47682b; --on: #fff; --harm: #b42318; }
@media (prefers-color-scheme: dark) { :root { --ground: #10141b; --ink: #eceff4; --soft: #b3bccb;
  --line: #3d4858; --surface: #161b24; --accent: #a5c67b; --on: #12180b; --harm: #f38b80; } }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; padding: 16px;
  box-sizing: border-box; background: var(--ground); color: var(--ink);
  font: 14px/1.45 system-ui, sans-serif; }
main { width: min(360px, 100%); }
h1 { margin: 0 0 4px; font-size: 20px; font-weight: 600; letter-spacing: -0.01em; }
p { margin: 0 0 16px; color: var(--soft); }
label { display: block; margin-bottom: 4px; font-weight: 500; }
input { width: 100%; box-sizing: border-box; padding: 8px 12px; border: 1px solid var(--line);
  border-radius: 6px; background: var(--surface); color: inherit; font: inherit; }
button { margin-top: 12px; padding: 8px 16px; border: 0; border-radius: 6px; font: inherit;
  font-weight: 500; background: var(--accent); color: var(--on); cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.wrong { margin: 8px 0 0; color: var(--harm); }
"""
_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; img-src data:; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Sign in - Desireline</title><style>{style}</style></head>
<body><main><h1>Desireline</h1>
<p>This workspace asks for its token. Whoever started the server has it.</p>
<form method="post" action="/sign-in">
<label for="token">Token</label>
<input id="token" name="token" type="password" autocomplete="current-password" required
 autofocus{invalid}>{wrong}
<button>Sign in</button></form></main></body></html>
"""
_WRONG = '<p class="wrong" id="wrong" role="alert">This is not the token.</p>'


def sign_in_page(*, wrong: bool = False) -> HTMLResponse:
    """The page; with a word about it when a wrong token was given."""
    page = _PAGE.format(
        style=_STYLE,
        wrong=_WRONG if wrong else "",
        invalid=' aria-invalid="true" aria-describedby="wrong"' if wrong else "",
    )
    return HTMLResponse(page, 401, {"content-security-policy": _POLICY})
