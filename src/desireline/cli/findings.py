"""What a check found, and how it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import click


@dataclass(frozen=True)
class Finding:
    """One checked thing: its state in words, whether it is well, and what to do if not."""

    name: str
    state: str
    well: bool
    hint: str = ""


def tell_findings(findings: Sequence[Finding]) -> bool:
    """Prints each, what is not well with its hint; whether all is well."""
    for finding in findings:
        click.echo(f"{'ok ' if finding.well else 'BAD'}  {finding.name}: {finding.state}")
        if not finding.well:
            click.echo(f"     {finding.hint}")
    return all(f.well for f in findings)
