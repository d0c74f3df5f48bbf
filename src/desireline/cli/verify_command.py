"""`desireline verify`: reads every event of the log, and says what is not as it should be."""

from __future__ import annotations

import sys

import click

from desireline.cli.progress import reading_bar
from desireline.cli.workspace import names_workspace
from desireline.kit.workspace import open_workspace
from desireline.log.opening import open_store
from desireline.log.segments.catalogue import Catalogue
from desireline.log.segments.verifying import verify
from desireline.modules.audit.facade import get_head
from desireline.modules.audit.facade import verify as verify_audit
from desireline.settings import Settings


@click.command(help="Read the whole log and say what is not as it should be.")
@names_workspace
def command(settings: Settings) -> None:
    """Prints each finding with a hint; exit code 1 if there is one."""
    opened = open_workspace(settings, exclusive=False, create=False)
    with opened as workspace, reading_bar() as progress:
        findings = verify(
            workspace.database,
            open_store(workspace),
            lambda done, total: progress("Reading segments", done / max(total, 1)),
        )
        with workspace.database.reading() as look:
            listed = Catalogue.read(look)
            audited, head = verify_audit(look), get_head(look)
    for finding in (*findings, *audited):
        click.echo(f"BAD  {finding.sentence}\n     {finding.hint}")
    if findings or audited:
        sys.exit(1)
    click.echo(
        f"All well: {listed.position:,} events, {listed.rows:,} of them in"
        f" {len(listed.segments):,} segments, each with its hash."
    )
    click.echo(f"The audit log is whole. Its head, to be kept elsewhere: {head}")
