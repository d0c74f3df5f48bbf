"""The wire shapes of the team."""
