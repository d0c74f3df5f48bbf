"""Appends events and seals them, as a server does, until the file `stop` is there.

Arguments: the URL of the database, and the folder of the log.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path

from tests.log.importing.logs import import_log

from desireline.log.appending.appender import Appender
from desireline.log.appending.dedup import IdSets
from desireline.log.decoding import decode
from desireline.log.drafting import Arrival
from desireline.log.segments.errors import TailChanged
from desireline.log.segments.reading import LogReader
from desireline.log.segments.sealing import seal


def main(url: str, folder: Path) -> None:
    log = import_log(url, folder).segments
    with LogReader(log.db, log.store) as reader:
        appender = Appender(log.db, IdSets(reader.ids_of), log.clock)
        for number in count():
            sent = [{"type": "e", "user_id": f"u{i % 5}", "id": f"{number}-{i}"} for i in range(20)]
            verdicts = appender.append(
                decode(json.dumps(sent).encode(), Arrival.by(log.clock)), "api"
            )
            assert {one.verdict for one in verdicts} == {"stored"}
            if number % 3 == 0:
                with suppress(TailChanged):  # the import was quicker
                    seal(log.db, log.store, log.clock)
            (folder / "ready").touch()
            if number > 10 and (folder / "stop").exists():
                break
        appender.close()
    log.db.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
