"""A pandas frame of the made events, for the peers that start from one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from bench.plan import names


def frame(folder: Path, person: str, event: str, time: str) -> pd.DataFrame:
    """The events in the order of (person, time), with columns of these names; types as category."""
    arrays = {
        name: np.load(folder / "arrays" / f"{name}.npy") for name in ("person", "code", "time")
    }
    return pd.DataFrame(
        {
            person: arrays["person"],
            event: pd.Categorical.from_codes(arrays["code"].astype(np.int8), names()),
            time: arrays["time"].view("M8[us]"),
        }
    )
