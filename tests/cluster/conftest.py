"""A real Ray cluster of three nodes on loopback, and a log in a folder."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cluster import simulated

ray = pytest.importorskip("ray", reason="the extra [cluster] is not installed")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The cluster itself takes minutes on two cores, so it is tested by `make reliability`."""
    by_name = "tests/cluster" in " ".join(config.args) or config.getoption("--promise")
    at_length = config.getoption("--at-length") or by_name
    return True if collection_path.name == "test_ray.py" and not at_length else None


HEAD = {"num_cpus": 1, "object_store_memory": 100 * 2**20, "include_dashboard": False}
WORKER = HEAD | {"num_cpus": 3}


@pytest.fixture(scope="module")
def cluster() -> Iterator[object]:
    """Three nodes, each with its own raylet; the test is a process on the first."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    for name in ("prestart_worker_first_driver", "enable_worker_prestart"):
        os.environ[f"RAY_{name}"] = "0"  # each costs a second of a processor
    from ray.cluster_utils import Cluster  # noqa: PLC0415 - where Ray is installed

    ray.cloudpickle.register_pickle_by_value(simulated)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Ray's own processes and files
        made = Cluster(initialize_head=True, head_node_args=HEAD)
        for _ in range(2):
            made.add_node(wait=False, **WORKER)
        made.wait_for_nodes()
        ray.init(address=made.address, log_to_driver=False, configure_logging=False)
    yield made
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ray.shutdown()
        made.shutdown()


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of 20,000 events of 3,000 persons in two files."""
    folder = tmp_path_factory.mktemp("log")
    for seed in (1, 2):
        simulated.write_events(folder, seed, 10_000, 3_000)
    return folder
