"""Settings: what the environment says becomes values, and what it says wrongly a sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from ipaddress import ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.engine.errors import DesirelineError
from desireline.settings import (
    SETTINGS,
    SecretUnreadable,
    SettingsConflict,
    SettingToldTwice,
    SettingUnknown,
    SettingUnreadable,
    read_settings,
    variable,
)

ROOT = Path(__file__).parent.parent


class TestRead:
    def test_nothing_told_gives_defaults(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", "/home/ann")
        settings = read_settings({})
        assert settings.data_dir == Path("/home/ann/.local/share/desireline")
        assert settings.database_url == f"sqlite:///{settings.data_dir}/desireline.db"
        assert settings.segments_url == f"file://{settings.data_dir}/segments"
        assert (settings.host, settings.port, settings.role) == ("127.0.0.1", 8765, "all")
        assert settings.limits.event_depth == 64

    def test_the_data_folder_follows_the_desktop(self) -> None:
        assert read_settings({"XDG_DATA_HOME": "/data"}).data_dir == Path("/data/desireline")

    def test_a_relative_desktop_folder_is_ignored(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", "/home/ann")
        assert read_settings({"XDG_DATA_HOME": "data"}).data_dir.is_relative_to("/home/ann")

    def test_values_have_their_types(self) -> None:
        settings = read_settings(
            {
                "DESIRELINE_DATA_DIR": "somewhere",
                "DESIRELINE_PORT": "80",
                "DESIRELINE_EGRESS_ALLOW": "10.1.0.0/16, fd00::/8",
                "DESIRELINE_LIMIT_EVENT_BYTES": "64000",
                "HOME": "/not/ours",
            }
        )
        assert settings.data_dir == Path.cwd() / "somewhere"
        assert settings.port == 80
        assert settings.egress_allow == (ip_network("10.1.0.0/16"), ip_network("fd00::/8"))
        assert settings.limits.event_bytes == 64000

    def test_what_is_told_goes_first(self) -> None:
        environ = {"DESIRELINE_PORT": "80", "DESIRELINE_HOST": "::1"}
        settings = read_settings(environ, port=90, host=None, data_dir=Path("/x"))
        assert (settings.port, settings.host, settings.data_dir) == (90, "::1", Path("/x"))

    def test_the_environment_of_the_process_is_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DESIRELINE_PORT", "1234")
        assert read_settings().port == 1234

    @pytest.mark.parametrize("name", [n for n in SETTINGS if n != "role"])
    def test_each_default_is_a_value_one_can_write(self, name: str) -> None:
        value = SETTINGS[name].default
        if isinstance(value, (str, int)) and value != "":
            assert read_settings({variable(name): str(value)}) == read_settings({})


class TestSecrets:
    def test_come_from_files(self, tmp_path: Path) -> None:
        file = tmp_path / "token"
        file.write_text("s3cr3t\n")
        assert read_settings({"DESIRELINE_TOKEN_FILE": str(file)}).token == "s3cr3t"

    def test_are_not_shown(self) -> None:
        url = "postgresql://ann:s3cr3t@db/x"
        settings = read_settings({"DESIRELINE_TOKEN": "s3cr3t", "DESIRELINE_DATABASE_URL": url})
        assert settings.database_url == url
        assert "s3cr3t" not in repr(settings)

    def test_are_not_quoted_in_errors(self) -> None:
        with pytest.raises(SettingUnreadable) as caught:
            read_settings({"DESIRELINE_DATABASE_URL": "mysql://ann:s3cr3t@db/x"})
        assert "s3cr3t" not in str(caught.value) + caught.value.hint
        assert "DESIRELINE_DATABASE_URL" in str(caught.value)
        assert "postgresql://" in caught.value.hint

    def test_are_told_once(self) -> None:
        with pytest.raises(SettingToldTwice, match="DESIRELINE_TOKEN and DESIRELINE_TOKEN_FILE"):
            read_settings({"DESIRELINE_TOKEN": "a", "DESIRELINE_TOKEN_FILE": "/b"})

    @pytest.mark.parametrize(
        ("content", "says"),
        [(None, "No such file"), (b" \n", "empty"), (b"\xff\xfe", "it is no text")],
    )
    def test_a_file_without_one(self, tmp_path: Path, content: bytes | None, says: str) -> None:
        file = tmp_path / "token"
        if content is not None:
            file.write_bytes(content)
        with pytest.raises(SecretUnreadable, match=says) as caught:
            read_settings({"DESIRELINE_TOKEN_FILE": str(file)})
        assert str(file) in str(caught.value)


class TestRefuse:
    @pytest.mark.parametrize(
        ("name", "meant"),
        [
            ("DESIRELINE_DATADIR", "DESIRELINE_DATA_DIR"),
            ("DESIRELINE_TOKENFILE", "DESIRELINE_TOKEN_FILE"),
            ("DESIRELINE_data_dir", "DESIRELINE_DATA_DIR"),
            ("DESIRELINE_PORT_FILE", "DESIRELINE_PORT"),
            ("DESIRELINE_LIMITS_EVENT_BYTES", "DESIRELINE_LIMIT_EVENT_BYTES"),
            ("DESIRELINE_DATABASE", "DESIRELINE_DATABASE_URL"),
        ],
    )
    def test_an_unknown_name(self, name: str, meant: str) -> None:
        with pytest.raises(SettingUnknown, match=name) as caught:
            read_settings({name: "x"})
        assert f"Did you mean {meant}?" in caught.value.hint

    @pytest.mark.parametrize(
        ("name", "value", "hint"),
        [
            ("PORT", "eighty", "0 to 65535"),
            ("PORT", "65536", "0 to 65535"),
            ("PORT", "-1", "0 to 65535"),
            ("PORT", "\u00b2", "0 to 65535"),
            ("PORT", "9" * 5000, "0 to 65535"),
            ("ROLE", "master", "all, server, worker"),
            ("COMPUTE", "spark", "ray://"),
            ("EGRESS_ALLOW", "10.0.0.1/8", "networks"),
            ("SEGMENTS_URL", "/somewhere", "file://"),
            ("DATA_DIR", "/a?b", "without a question mark"),
            ("DATA_DIR", "~nobody-of-that-name/x", "path of a folder"),
            ("LOG_LEVEL", "", "debug, info"),
            ("HOST", "  ", "a text"),
        ],
    )
    def test_a_value(self, name: str, value: str, hint: str) -> None:
        with pytest.raises(SettingUnreadable, match=f"DESIRELINE_{name} is ") as caught:
            read_settings({f"DESIRELINE_{name}": value})
        assert hint in caught.value.hint

    def test_a_value_told_by_its_option(self) -> None:
        with pytest.raises(SettingUnreadable, match="--log-level is 'loud'"):
            read_settings({}, log_level="loud")

    def test_several_processes_on_sqlite(self) -> None:
        with pytest.raises(SettingsConflict, match="SQLite") as caught:
            read_settings({"DESIRELINE_ROLE": "worker"})
        assert "postgresql://" in caught.value.hint
        read_settings(
            {"DESIRELINE_ROLE": "worker", "DESIRELINE_DATABASE_URL": "postgresql://ann@db/x"}
        )

    def test_half_a_key(self) -> None:
        with pytest.raises(SettingsConflict, match="only one"):
            read_settings({"DESIRELINE_S3_ACCESS_KEY": "a"})

    @given(st.sampled_from(sorted(SETTINGS)), st.text(st.characters(exclude_characters="\0")))
    def test_whatever_stands_there_is_a_value_or_a_sentence(self, name: str, text: str) -> None:
        try:
            read_settings({variable(name): text})
        except DesirelineError as error:
            said = str(error), error.hint
        else:
            return
        assert variable(name) in said[0]
        assert said[1]


class TestMatrices:
    @pytest.mark.parametrize(("told", "threads"), [({}, 1), ({"OPENBLAS_NUM_THREADS": "2"}, 2)])
    def test_take_one_thread_unless_told(self, told: dict[str, str], threads: int) -> None:
        script = (
            "from contextlib import suppress\n"
            "from desireline.cli.app import main\n"
            "with suppress(SystemExit):\n"
            "    main()\n"
            "import numpy, threadpoolctl\n"
            "print({one['num_threads'] for one in threadpoolctl.threadpool_info()})\n"
        )
        env = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"} | told
        done = subprocess.run(
            [sys.executable, "-c", script, "--version"],
            env=env, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout.endswith(f"{{{min(threads, os.cpu_count() or 1)}}}\n")


class TestPage:
    def test_is_current(self) -> None:
        command = [sys.executable, "scripts/settings_reference.py", "--check"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    def test_nothing_else_reads_the_environment(self) -> None:
        source = ROOT / "src" / "desireline"
        words = ("os.environ", "getenv", "import environ")
        readers = {
            str(file.relative_to(source))
            for file in source.rglob("*.py")
            if any(word in file.read_text() for word in words)
        }
        assert readers == {"settings.py"}
