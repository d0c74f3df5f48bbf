"""`desireline person`: one person, and all that happened, for reading."""

from __future__ import annotations

import sys

import click
import msgspec

from desireline.cli.person_pages import print_found, print_profile, print_timeline
from desireline.cli.workspace import names_workspace
from desireline.kit.workspace import Workspace, open_workspace
from desireline.log.following import Follower
from desireline.log.opening import open_store
from desireline.log.segments.reading import LogReader
from desireline.modules.people.facade import (
    TAKE_TRAITS,
    Asked,
    FoundPerson,
    Home,
    Mark,
    PeopleBook,
    PersonProfile,
    TimelineList,
)
from desireline.settings import Settings

MOST_BEHIND = 500_000
"""Events from which traits are taken before the answer; more are left to the server's worker."""


@click.command(help="Show a person: who it is, what is known, and with --timeline what happened.")
@click.argument("who", metavar="WHO")
@click.option("--timeline", is_flag=True, help="All that happened, instead of the profile.")
@click.option("--search", is_flag=True, help="List persons whose identifiers or names begin so.")
@click.option("--oldest", is_flag=True, help="The oldest first.")
@click.option("--unfold", is_flag=True, help="Each page of a visit by itself.")
@click.option("--channel", multiple=True, metavar="NAME", help="Only this channel; again for more.")
@click.option("--department", multiple=True, metavar="NAME", help="marketing, sales or service.")
@click.option("--type", "types", multiple=True, metavar="NAME", help="Only events of this type.")
@click.option("--start", metavar="TIME", help="From this time on: 2026-03-01.")
@click.option("--stop", metavar="TIME", help="Before this time.")
@click.option("--limit", type=click.IntRange(1, 500), default=50, show_default=True)
@click.option("--after", default="", metavar="MARK", help="Where the page before ended.")
@click.option("--json", "as_json", is_flag=True, help="As the server's API would answer.")
@names_workspace
def command(  # noqa: PLR0917 - a command's parameters are its options
    who: str,
    timeline: bool,
    search: bool,
    oldest: bool,
    unfold: bool,
    channel: tuple[str, ...],
    department: tuple[str, ...],
    types: tuple[str, ...],
    start: str | None,
    stop: str | None,
    limit: int,
    after: str,
    as_json: bool,
    settings: Settings,
) -> None:
    """WHO is a number, or a kind and a value: email:ann@example.com."""
    told: dict[str, object] = {
        "order": "oldest" if oldest else "newest",
        "unfold": unfold,
        "channel": channel,
    }
    told |= {"department": department, "type": types, "start": start, "stop": stop}
    asked = Asked.read(told | {"limit": limit, "after": after})
    with (
        open_workspace(settings, exclusive=False, create=False) as workspace,
        LogReader(workspace.database, open_store(workspace)) as reader,
    ):
        _take_traits(workspace, reader)
        home = Home(settings.country, settings.time_zone)
        people = PeopleBook(workspace.database, reader, workspace.clock, home)
        if search:
            _search(people, who, (limit, after), as_json=as_json)
        elif timeline:
            _timeline(people, people.named(who), asked, as_json=as_json)
        else:
            _profile(people, people.named(who), as_json=as_json)


def _profile(people: PeopleBook, subject: int, *, as_json: bool) -> None:
    profile = PersonProfile.of(people.profile(subject))
    if as_json:
        _json(profile)
    else:
        print_profile(profile)


def _search(people: PeopleBook, text: str, page: tuple[int, str], *, as_json: bool) -> None:
    found, mark = people.search(text, *page)
    persons = [FoundPerson.of(one) for one in found]
    if as_json:
        _json({"persons": [one.model_dump() for one in persons], "next": mark or None})
    else:
        print_found(persons, mark)


def _timeline(people: PeopleBook, subject: int, asked: Asked, *, as_json: bool) -> None:
    mark = Mark.read(asked.after) if asked.after else None
    told = TimelineList.of(people.timeline(subject, asked.wanted(), asked.limit, mark))
    if as_json:
        _json(told)
    else:
        print_timeline(told)


def _take_traits(workspace: Workspace, reader: LogReader) -> None:
    """A workspace that no server has opened since an import has traits in its log alone."""
    follower = Follower(workspace.database, reader, TAKE_TRAITS)
    behind = reader.catalogue().position - follower.position
    if behind > MOST_BEHIND:
        click.echo(f"The traits of the last {behind:,} events are not taken yet.", err=True)
        return
    for _ in follower.catch_up():
        pass


def _json(found: object) -> None:
    plain = found.model_dump() if hasattr(found, "model_dump") else found
    raw = msgspec.json.encode(plain)
    sys.stdout.write(msgspec.json.format(raw, indent=2).decode() + "\n")
