"""S-SCHEMA: requests made from docs/schemas/openapi.json, fit and unfit, and no answer of 5xx."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from tests.modules.house import House, house
from tests.promises import Report
from tests.server.processes import walks

FORM = Path(__file__).resolve().parents[2] / "docs/schemas/openapi.json"
EXAMPLES = 3
"""For each operation."""
LEFT_OUT = {
    "/v1/events/live": "a stream, which does not end",
    "/v1/imports/{ident}/live": "a stream",
    "/v1/live": "a stream",
    "/v1/maps/{key}/live": "a stream",
    "/v1/imports/sample": "simulates a shop each time",
    "/v1/oidc-providers": "asks the address that it is given",
}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("schema")
    with house(folder / "w", f"sqlite:///{folder}/w/desireline.db") as found:
        found.send(walks(20))
        told = {"name": "Shop", "publish": True}
        found.client.post("/v1/maps/discover", json=told).raise_for_status()
        yield found


def operations() -> list[Any]:
    schema = schemathesis.openapi.from_dict(json.loads(FORM.read_text()))
    found = [one.ok() for one in schema.get_all_operations()]
    return [one for one in found if one.path not in LEFT_OUT]


class TestSchema:
    def test_no_request_is_answered_by_5xx(self, here: House, report: Report) -> None:
        wrong: list[str] = []
        count = 0

        def look(case: Case) -> None:
            nonlocal count
            count += 1
            answer = case.call(base_url=str(here.client.base_url), timeout=30)
            if answer.status_code >= 500:
                wrong.append(f"{answer.status_code} {case.as_curl_command()[:400]}")

        for operation in operations():
            fit = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
            unfit = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
            ask = given(case=st.one_of(fit, unfit))(look)
            ask = settings(
                max_examples=EXAMPLES,
                deadline=None,
                database=None,
                derandomize=True,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )(ask)
            ask()
        assert wrong == []
        report("S-SCHEMA", f"{count} requests made from the form of the API: none answered by 5xx")
