"""Accounts over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from desireline.kit.permissions import EditsPersons, ReadsPersons
from desireline.modules.accounts.schemas import (
    AccountList,
    DomainSuggestionList,
    Kind,
    KnownAccount,
    KnownDomainSuggestion,
    KnownMember,
    MadeMember,
    MemberList,
    NewAccount,
    NewMember,
    RoleList,
    ShownAccount,
    ToldAccount,
)
from desireline.modules.accounts.service import Accounts
from desireline.modules.module import service_of
from desireline.modules.people.facade import Asked, PersonInPath, TimelineList

Here = Annotated[Accounts, Depends(service_of("accounts"))]
Named = Annotated[str, Path(max_length=210, description="Its number, or `key:acme`.")]
Number = Annotated[int, Path(ge=1, le=2**53)]


AlsoFormer = Annotated[bool, Query(description="Those who left as well.")]


def routes() -> APIRouter:
    """The routes of accounts."""
    router = APIRouter(prefix="/v1")
    one = "/accounts/{account}"
    router.get("/accounts", summary="List accounts")(list_accounts)
    router.post("/accounts", status_code=201, summary="Make an account")(add)
    router.get("/accounts/roles", summary="Roles to choose from")(roles)
    router.get("/accounts/suggestions", summary="Companies by e-mail domain")(suggestions)
    router.post("/accounts/suggestions/{domain}/accept", summary="Accept one")(accept)
    router.get(one, summary="Show an account")(show)
    router.patch(one, summary="Tell of an account")(change)
    router.delete(one, status_code=204, summary="Delete an account")(drop)
    router.get(f"{one}/members", summary="Who is in an account")(members)
    router.post(f"{one}/members", status_code=201, summary="Somebody joins")(join)
    router.post(f"{one}/members/{{number}}/end", status_code=204, summary="Somebody leaves")(leave)
    router.get(f"{one}/timeline", summary="What happened with all members")(timeline)
    router.get("/persons/{person}/accounts", summary="The accounts of a person")(accounts_of)
    return router


def list_accounts(
    caller: ReadsPersons,
    accounts: Here,
    search: Annotated[str, Query(max_length=200, description="Part of a name or key.")] = "",
    kind: Kind | None = None,
    after: Annotated[int, Query(ge=0, le=2**53, description="`next` of a page.")] = 0,
) -> AccountList:
    """By number, 100 at once."""
    found = accounts.listed(search, kind or "", after, 101)
    more = found[99].id if len(found) > 100 else None
    return AccountList(accounts=[KnownAccount.of(one) for one in found[:100]], next=more)


def add(caller: EditsPersons, accounts: Here, new: NewAccount) -> KnownAccount:
    """Its key is its own, and no other account may have it."""
    return KnownAccount.of(accounts.add(new.key, new.told(), by=caller.name))


def show(caller: ReadsPersons, accounts: Here, account: Named) -> ShownAccount:
    """With what is said of it, by whom and when."""
    return ShownAccount.with_traits(*accounts.shown(account))


def change(caller: EditsPersons, accounts: Here, account: Named, told: ToldAccount) -> KnownAccount:
    """What is left out stays as it is."""
    return KnownAccount.of(accounts.change(account, told.told(), by=caller.name))


def drop(caller: EditsPersons, accounts: Here, account: Named) -> None:
    """Its members stay persons."""
    accounts.drop(account, by=caller.name)


def members(
    caller: ReadsPersons,
    accounts: Here,
    account: Named,
    also_former: AlsoFormer = False,  # noqa: FBT002 - a query names it
) -> MemberList:
    """By the time they came."""
    found = accounts.members(account, also_former=also_former)
    return MemberList(members=[KnownMember.of(one) for one in found])


def join(caller: EditsPersons, accounts: Here, account: Named, new: NewMember) -> MadeMember:
    """Since now, unless told."""
    number = accounts.join(account, new.person, new.role, new.since_at(), by=caller.name)
    return MadeMember(id=number)


def leave(caller: EditsPersons, accounts: Here, account: Named, number: Number) -> None:
    """That somebody was a member is kept."""
    accounts.leave(account, number, by=caller.name)


def timeline(
    caller: ReadsPersons, accounts: Here, account: Named, asked: Annotated[Asked, Query()]
) -> TimelineList:
    """The timelines of its members, merged."""
    return accounts.timeline(account, asked)


def accounts_of(caller: ReadsPersons, accounts: Here, person: PersonInPath) -> MemberList:
    """Those the person is or was in."""
    return MemberList(members=[KnownMember.of(one) for one in accounts.accounts_of(person)])


def roles(caller: ReadsPersons, accounts: Here) -> RoleList:
    """Those in use, and the usual ones."""
    return RoleList(roles=accounts.roles())


def suggestions(
    caller: ReadsPersons, accounts: Here, limit: Annotated[int, Query(ge=1, le=500)] = 50
) -> DomainSuggestionList:
    """Never a domain where anybody can have an address."""
    found = accounts.suggestions(limit)
    return DomainSuggestionList(suggestions=[KnownDomainSuggestion.of(one) for one in found])


def accept(
    caller: EditsPersons, accounts: Here, domain: Annotated[str, Path(max_length=253)]
) -> KnownAccount:
    """Makes the account, if there is none yet, and lets those join whom the domain suggests."""
    return KnownAccount.of(accounts.accept(domain, by=caller.name))
