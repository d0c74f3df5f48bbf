"""Plumbing without a domain noun: database, clock, ids, jobs, outbox, errors, egress."""
