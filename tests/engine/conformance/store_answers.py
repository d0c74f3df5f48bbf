"""Asks pm4py anew and stores its answers: `python -m tests.engine.conformance.store_answers`."""

from __future__ import annotations

import json

from bench.environments import python_of
from tests.engine.conformance.test_alignment import MODELS, STORED, ask, asked

if __name__ == "__main__":
    answers = ask(python_of("pm4py"), [asked(seed) for seed in range(MODELS)])
    STORED.write_text(json.dumps(answers) + "\n")
