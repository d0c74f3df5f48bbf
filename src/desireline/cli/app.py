"""The command `desireline`: its subcommands, and the one place where errors become sentences."""

from __future__ import annotations

import sys
from importlib import import_module

import click
from rich.console import Console
from rich.text import Text

from desireline.engine.errors import DesirelineError
from desireline.kit.garbage import all_to_stay, look_seldom
from desireline.settings import matrices_on_one_thread

BAD_INPUT = 2
INTERRUPTED = 130

COMMANDS = {
    "map": "Turn a file of events into a journey map.",
    "analyse": "Ask one analysis of a file of events.",
    "simulate": "Write the events of a simulated shop.",
    "demo": "Simulate a shop, discover its map, and serve it on this machine.",
    "import": "Put the events of files into the workspace, each event once.",
    "person": "Show a person: who it is, what is known, and all that happened.",
    "export": "Write the events of the workspace to a file.",
    "backup": "Copy the whole workspace into a new folder, while the server runs.",
    "restore": "Make a workspace from a backup.",
    "verify": "Read the whole log and say what is not as it should be.",
    "outgoing": "Say whether messages may leave the workspace.",
    "serve": "Serve a workspace: take events in, show living maps.",
    "links": "Say which identifiers are one person, take it back, and see why.",
    "duplicates": "Find persons who are probably one, and decide about them.",
    "accounts": "List companies and households, and say who is in them.",
    "team": "List, invite and remove members; a new link for whoever is locked out.",
    "source": "Make, list and turn off write keys for those who send events.",
    "event-types": "List the types of events, what they are and what is odd about them.",
    "enrich": "Say what follows from an e-mail address, a phone number, a name, and so on.",
    "consent": "Enter and list consents, and ask whether something may be done.",
    "audit": "Say what people with access did, and check that nobody changed the list.",
    "access": "Write down everything that is held about a person.",
    "erase": "Erase a person from everywhere.",
    "anonymise": "Make a person's events nobody's; every count stays.",
    "retention": "Say for how long what is kept.",
    "events": "Show the last events, and those that come.",
    "failed": "Show events that could not be stored, and take them in again.",
    "doctor": "Check this installation and the workspace, and say what is wrong.",
}


class Commands(click.Group):
    """Loads a command's module when it is called: `--help` answers without numba and DuckDB."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names, in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        with all_to_stay():
            command = import_module(f"desireline.cli.{cmd_name.replace('-', '_')}_command").command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The table of commands in `--help`."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="desireline")
def cli() -> None:
    """Journey maps that are computed from events, and stay true.

    Begin with `desireline demo`, or with a file of your own: `desireline map events.csv`.
    """


def main() -> None:
    """Runs the command line; bad input ends with exit code 2, a sentence and a hint."""
    look_seldom()
    matrices_on_one_thread()
    try:
        cli.main(standalone_mode=False)
    except DesirelineError as error:
        complain(str(error), error.hint)
        sys.exit(BAD_INPUT)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        complain(
            f"The system refuses: {error.filename or 'a file'}: {error.strerror or error}.",
            "Look at the rights of the file or folder, and at the free space.",
        )
        sys.exit(BAD_INPUT)


def complain(sentence: str, hint: str) -> None:
    """Writes an error and its hint to standard error."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    console.print(Text.assemble(("Error: ", "bold red"), sentence))
    if hint:
        console.print(Text.assemble(("Hint: ", "bold"), hint))
