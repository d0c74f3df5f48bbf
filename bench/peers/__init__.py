"""The peers, each behind `load(folder, threads)`; imported in their own environments only."""
