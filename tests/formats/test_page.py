"""The page: what is put in comes out, and nothing in it can end its element."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.formats.page import (
    MARKER,
    OPENING,
    PageTemplateMissing,
    PageTemplateUnfit,
    page_of,
    write_page,
)
from desireline.formats.whole_files import FileUnwritable

TEMPLATE = f"<!doctype html><html><head>{MARKER}</head><body><p>kept</p></body></html>\n"
NASTY = {"name": "</script><script>alert(1)</script><!-- <script> \u2028 \u2029 żółw 🐈 & ' \""}
BUILT = resources.files("desireline") / "static" / "map.html"


def data_in(page: str) -> Any:
    """What a browser's parser would hand to JSON.parse: all up to the first end of the element."""
    inside = page.split(OPENING)[1]
    return json.loads(re.split("</script", inside, flags=re.IGNORECASE)[0])


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "built.html"
    path.write_text(TEMPLATE)
    return path


class TestPageOf:
    @given(st.text())
    def test_gives_any_text_back(self, text: str) -> None:
        page = page_of(json.dumps({"a": text}, ensure_ascii=False), TEMPLATE)
        assert data_in(page) == {"a": text}

    @given(st.text(alphabet="</!-scriptSCRIPT>\u2028\u2029", max_size=40))
    def test_leaves_nothing_that_ends_a_script_or_a_line(self, text: str) -> None:
        inside = page_of(json.dumps(text, ensure_ascii=False), TEMPLATE).split(OPENING)[1]
        data = inside.removesuffix(TEMPLATE.split("</script>")[1]).removesuffix("</script>")
        assert not set("<\u2028\u2029") & set(data)

    @pytest.mark.parametrize("template", ["<html></html>", MARKER + MARKER])
    def test_wants_one_place_for_the_data(self, template: str) -> None:
        with pytest.raises(PageTemplateUnfit, match="places for what belongs at") as caught:
            page_of("{}", template)
        assert "make setup" in caught.value.hint


class TestWritePage:
    def test_writes_the_page_and_the_file_beside_it(self, tmp_path: Path, template: Path) -> None:
        html, beside = write_page(NASTY, tmp_path / "new" / "out", template=template)
        assert (html.name, beside.name) == ("map.html", "map.json")
        page = html.read_text()
        assert data_in(page) == NASTY
        assert page.endswith("<p>kept</p></body></html>\n")
        assert json.loads(beside.read_text()) == NASTY
        assert sorted(p.name for p in html.parent.iterdir()) == ["map.html", "map.json"]

    def test_replaces_an_older_page(self, tmp_path: Path, template: Path) -> None:
        write_page({"n": 1}, tmp_path, template=template)
        html, _ = write_page({"n": 2}, tmp_path, template=template)
        assert data_in(html.read_text()) == {"n": 2}

    def test_says_how_to_build_a_page_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(PageTemplateMissing, match=r"none\.html is not there") as caught:
            write_page({}, tmp_path / "out", template=tmp_path / "none.html")
        assert "make setup" in caught.value.hint
        assert not (tmp_path / "out").exists()

    def test_says_where_it_cannot_write(self, tmp_path: Path, template: Path) -> None:
        (tmp_path / "file").write_text("in the way")
        with pytest.raises(FileUnwritable, match=r"file.*cannot be written") as caught:
            write_page({}, tmp_path / "file", template=template)
        assert caught.value.hint

    def test_fits_the_page_that_comes_with_the_package(self, tmp_path: Path) -> None:
        if BUILT.is_file():
            html, _ = write_page(NASTY, tmp_path)
            assert data_in(html.read_text()) == NASTY
        else:
            with pytest.raises(PageTemplateMissing):
                write_page(NASTY, tmp_path)
