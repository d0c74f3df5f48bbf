"""Consents over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request

from desireline.kit.permissions import EditsPersons, KeepsPrivacy, Reads, ReadsPersons
from desireline.log.moments import microseconds
from desireline.modules.consent.ledger import Decision
from desireline.modules.consent.links import CONFIRM_PATH, WITHDRAW_PATH
from desireline.modules.consent.pages import add_links
from desireline.modules.consent.purposes import Purpose
from desireline.modules.consent.repository import ConsentText
from desireline.modules.consent.schemas import (
    Asked,
    Asking,
    Consent,
    ConsentList,
    KnownText,
    LeavingLink,
    May,
    NewConsent,
    NewText,
    PurposeList,
    PurposeShape,
    TextList,
)
from desireline.modules.consent.service import Consents
from desireline.modules.module import service_of
from desireline.modules.people.facade import PersonInPath

Here = Annotated[Consents, Depends(service_of("consent"))]
Person = Annotated[str, Path(max_length=300, description="A number, or `kind:value`.")]
For = Annotated[str, Query(max_length=64, description="A purpose.")]
By = Annotated[str, Query(max_length=64, description="A channel; empty: all of them.")]


def routes() -> APIRouter:
    """The routes of consents."""
    router = APIRouter()
    person, own = "/v1/persons/{person}/consents", "/v1/consents"
    router.get(person, summary="What a person decided")(list_consents)
    router.post(person, status_code=201, summary="Enter a decision")(enter)
    router.get(f"{person}/may", summary="Whether something may be done with a person")(may)
    router.post(f"{person}/ask", status_code=201, summary="Ask for a consent twice")(ask)
    router.post(f"{person}/leave", summary="A link by which a message lets people leave")(leave)
    router.get(f"{own}/purposes", summary="What consents are for")(list_purposes)
    router.post(f"{own}/purposes", status_code=201, summary="Add a purpose")(add_purpose)
    router.get(f"{own}/texts", summary="What people agree to")(list_texts)
    router.post(f"{own}/texts", status_code=201, summary="Keep a version of a text")(add_text)
    add_links(router)
    return router


def list_consents(caller: ReadsPersons, consents: Here, person: PersonInPath) -> ConsentList:
    """By all identifiers of the person, in the order in which they were entered."""
    return ConsentList(consents=[Consent.of(row) for row in consents.rows(person)])


def enter(caller: EditsPersons, consents: Here, person: Person, new: NewConsent) -> Consent:
    """A row of the ledger, an event, and an entry of the audit log, all or none."""
    at = consents.now() if new.at is None else microseconds(new.at)
    decided = _decision(new, caller.name, at)
    return Consent.of(consents.enter(person, decided))


def may(
    caller: ReadsPersons,
    consents: Here,
    person: PersonInPath,
    purpose: For,
    channel: By = "",
    at: Annotated[str | None, Query(max_length=64, description="ISO 8601; else now.")] = None,
) -> May:
    """The same answer that every sender and tracker gets."""
    when = None if at is None else microseconds(at)
    return May.of(consents.may(person, purpose, channel, when))


def ask(
    caller: EditsPersons, consents: Here, person: Person, asking: Asking, request: Request
) -> Asked:
    """Double opt-in: a pending row, and the link that confirms it. Sending it is the caller's."""
    decided = _decision(asking, caller.name, consents.now())
    row, token = consents.asked(person, decided)
    return Asked(consent=Consent.of(row), link=_link(request, CONFIRM_PATH, token))


def leave(
    caller: EditsPersons,
    consents: Here,
    person: PersonInPath,
    request: Request,
    purpose: For,
    channel: By = "",
) -> LeavingLink:
    """The link for the text of a message, and the headers that give mail programs a button."""
    token = consents.withdraw_token(person, purpose, channel)
    link = _link(request, WITHDRAW_PATH, token)
    headers = {
        "List-Unsubscribe": f"<{link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return LeavingLink(link=link, headers=headers)


def list_purposes(caller: Reads, consents: Here) -> PurposeList:
    """Those that every workspace has, then its own."""
    return PurposeList(purposes=[PurposeShape.of(one) for one in consents.purposes()])


def add_purpose(caller: KeepsPrivacy, consents: Here, new: PurposeShape) -> PurposeShape:
    """It cannot be changed later: people decide on what it is."""
    consents.add_purpose(Purpose(new.name, new.says, new.needs_consent), caller.name)
    return new


def list_texts(
    caller: Reads,
    consents: Here,
    purpose: Annotated[str | None, Query(max_length=64)] = None,
) -> TextList:
    """By purpose, version and language."""
    return TextList(texts=[KnownText.of(one) for one in consents.texts(purpose)])


def add_text(caller: KeepsPrivacy, consents: Here, new: NewText) -> KnownText:
    """A version is never changed; the same text again is no error."""
    kept = ConsentText(new.purpose, new.version, new.language, new.text, "", 0, caller.name)
    return KnownText.of(consents.add_text(kept))


def _decision(said: Asking, by: str, at: int) -> Decision:
    plain = said.model_dump(exclude={"at", "state", "proof"})
    new = said if isinstance(said, NewConsent) else None
    return Decision(
        **plain,
        state="pending" if new is None else new.state,
        proof="asked" if new is None else new.proof,
        at=at,
        by=by,
    )


def _link(request: Request, path: str, token: str) -> str:
    return f"{str(request.base_url).rstrip('/')}{path}{token}"
