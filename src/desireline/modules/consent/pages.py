"""What links in messages lead to. Who holds a link may do what it says, without signing in.

Looking at a page changes nothing: programs look at links before people do.
"""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from desireline.kit.permissions import Anyone
from desireline.modules.bodies import read_body
from desireline.modules.consent.links import CONFIRM_PATH, WITHDRAW_PATH
from desireline.modules.consent.service import Consents
from desireline.modules.consent.showing import asks_page, told_page
from desireline.modules.module import service_of

Here = Annotated[Consents, Depends(service_of("consent"))]
Token = Annotated[str, Path(max_length=1_000)]
MOST_FORM_BYTES = 4_096
ONE_CLICK = b"List-Unsubscribe=One-Click"


def add_links(router: APIRouter) -> None:
    """Adds the pages and what their buttons do."""
    for path, look, do in (
        (CONFIRM_PATH, confirm_page, confirm),
        (WITHDRAW_PATH, withdraw_page, withdraw),
    ):
        router.get(f"{path}{{token}}", include_in_schema=False)(look)
        router.post(f"{path}{{token}}", include_in_schema=False)(do)


def confirm_page(caller: Anyone, consents: Here, token: Token) -> Response:
    """Asks for the one click that confirms; looking confirms nothing."""
    asked = consents.asked_about(token)
    if asked is None:
        return told_page("This link is no longer needed", "There is nothing to confirm.")
    says = f"You asked for this: {_about(asked.purpose, asked.channel)}. Confirm that it was you."
    return asks_page("Confirm", says, "Yes, I confirm")


async def confirm(caller: Anyone, consents: Here, request: Request, token: Token) -> Response:
    """Makes the pending consent a real one."""
    await read_body(request, MOST_FORM_BYTES)
    if await asyncio.to_thread(consents.confirm, token, _address(request)):
        return told_page("Thank you", "It is confirmed.")
    return told_page("This link is no longer needed", "It was answered before.")


def withdraw_page(caller: Anyone, consents: Here, token: Token) -> Response:
    """Asks for the one click that withdraws; looking withdraws nothing."""
    leaving = consents.leaving(token)
    says = f"You will no longer take part in this: {_about(leaving.purpose, leaving.channel)}."
    return asks_page("Unsubscribe", says, "Unsubscribe")


async def withdraw(caller: Anyone, consents: Here, request: Request, token: Token) -> Response:
    """Withdraws at once: from the page, or by one click in a mail program (RFC 8058)."""
    body = await read_body(request, MOST_FORM_BYTES)
    proof = "one_click" if ONE_CLICK in body or b"One-Click" in body else "page"
    await asyncio.to_thread(consents.withdraw, token, proof, _address(request))
    return told_page("Done", "It ends with this moment.")


def _about(purpose: str, channel: str) -> str:
    return f"{purpose.replace('_', ' ')} ({channel})" if channel else purpose.replace("_", " ")


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
