"""`python -m desireline` is the command `desireline`."""

from desireline.cli.app import main

main()
