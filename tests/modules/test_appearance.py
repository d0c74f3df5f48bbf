"""The look of a workspace: colours that can be read, pictures that cannot harm."""

from __future__ import annotations

import json
import re
import struct
import zlib
from base64 import b64decode
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.modules.house import House
from tests.server.processes import walks

from desireline.modules.appearance.colours import (
    HARDEST,
    NEEDED,
    SURFACES,
    Scheme,
    contrast,
    shades_of,
)
from desireline.modules.appearance.errors import PictureUnfit
from desireline.modules.appearance.svg import written_anew
from desireline.server.web_app import ASK_AGAIN

TOKENS = Path(__file__).resolve().parents[2] / "web/src/app/tokens.ts"
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><defs><linearGradient id="g">'
    '<stop offset="0" stop-color="#f00"/></linearGradient></defs>'
    '<rect width="8" height="8" fill="url(#g)"/></svg>'
)
HARMFUL = {
    "script": "<script>alert(1)</script>",
    "onload": '<rect onload="alert(1)"/>',
    "foreignObject": "<foreignObject><b xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
    "href": '<use href="https://evil.example/x.svg#a"/>',
    "image": '<image href="https://evil.example/x.png"/>',
    "style": "<style>@import url(https://evil.example/x.css);</style>",
    "fill": '<rect fill="url(https://evil.example/#a)"/>',
    "filter": '<rect filter="url(#a)"/>',
    "a": '<a href="javascript:alert(1)"><text>x</text></a>',
    "animate": '<animate attributeName="href" to="javascript:alert(1)"/>',
    "mask": '<rect style="mask: url(https://evil.example/m)"/>',
}


def png(width: int = 4, height: int = 4) -> bytes:
    """A picture of one colour."""

    def part(name: bytes, data: bytes) -> bytes:
        told = name + data
        return struct.pack(">I", len(data)) + told + struct.pack(">I", zlib.crc32(told))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\x20\x80\xc0" * width) * height
    body = part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


class TestColours:
    @given(st.integers(0, 0xFFFFFF), st.sampled_from(["light", "dark"]))
    def test_any_colour_is_shown_so_that_it_can_be_read(self, colour: int, scheme: Scheme) -> None:
        found = shades_of(f"#{colour:06x}", scheme)
        for ground in (HARDEST[scheme], SURFACES[scheme], found.soft):
            assert contrast(found.accent, ground) >= NEEDED
        assert contrast(found.on_accent, found.accent) >= NEEDED
        assert contrast(found.fill, SURFACES[scheme]) >= 2.5

    def test_one_that_can_be_read_stays_as_it_is(self) -> None:
        assert shades_of("#2a5fa8", "light").accent == "#2a5fa8"
        assert shades_of("#ffd400", "dark").accent == "#ffd400"
        assert shades_of("#ffd400", "light").accent != "#ffd400"

    def test_contrast_is_that_of_the_guidelines(self) -> None:
        assert contrast("#000000", "#ffffff") == pytest.approx(21)
        assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)

    def test_the_grounds_are_those_of_the_pages(self) -> None:
        told = re.findall(r"^  (\w+): \"(#[0-9a-f]{6})\"", TOKENS.read_text(), re.MULTILINE)
        names = [value for name, value in told if name in ("surface", "sunken", "raised")]
        light, dark = names[:3], names[3:]
        assert (light[0], light[2]) == (SURFACES["light"], HARDEST["light"])
        assert (dark[0], dark[1]) == (SURFACES["dark"], HARDEST["dark"])


class TestSvg:
    def test_shapes_and_gradients_come_through(self) -> None:
        clean, left_out = written_anew(LOGO)
        assert left_out == []
        assert 'fill="url(#g)"' in clean
        assert 'stop-color="#f00"' in clean

    @pytest.mark.parametrize("what", HARMFUL)
    def test_nothing_harmful_does(self, what: str) -> None:
        clean, left_out = written_anew(LOGO.replace("</svg>", HARMFUL[what] + "</svg>"))
        assert what in left_out
        assert "evil" not in clean
        assert "alert" not in clean
        assert "javascript" not in clean

    def test_a_style_becomes_attributes(self) -> None:
        clean, left_out = written_anew(
            LOGO.replace("</svg>", '<path style="fill:#00f;behavior:url(x)"/></svg>')
        )
        assert 'fill="#00f"' in clean
        assert left_out == ["behavior"]

    @pytest.mark.parametrize(
        "text",
        [
            '<!DOCTYPE svg [<!ENTITY a "b">]>' + LOGO,
            LOGO[:-3],
            "<html xmlns='http://www.w3.org/1999/xhtml'><svg/></html>",
            LOGO.replace("</svg>", "<g>" * 60 + "</g>" * 60 + "</svg>"),
        ],
    )
    def test_what_cannot_be_looked_through_is_refused(self, text: str) -> None:
        with pytest.raises(PictureUnfit):
            written_anew(text)

    @given(st.text(alphabet='<>/svg"=#u rl():;a&', max_size=200))
    def test_anything_is_written_anew_or_refused(self, body: str) -> None:
        try:
            clean, _ = written_anew(LOGO.replace("</svg>", body + "</svg>"))
        except PictureUnfit:
            return
        assert written_anew(clean) == (clean, [])


class TestLook:
    def test_is_chosen_shown_and_taken_back(self, here: House) -> None:
        told = here.client.get("/v1/appearance")
        assert (told.json()["accent"], told.json()["shades"]) == ("", None)
        assert here.client.get("/v1/appearance/look.css").text == ""
        chosen = here.client.put(
            "/v1/appearance", json={"name": " Whisker & Co ", "accent": "#FFD400"}
        ).json()
        assert (chosen["name"], chosen["accent"], chosen["revision"]) == (
            "Whisker & Co",
            "#ffd400",
            1,
        )
        assert chosen["shades"]["light"]["adapted"]
        assert not chosen["shades"]["dark"]["adapted"]
        css = here.client.get("/v1/appearance/look.css")
        assert '[data-mantine-color-scheme="dark"]{--dl-accent:#ffd400;' in css.text
        same = {"if-none-match": css.headers["etag"]}
        assert here.client.get("/v1/appearance/look.css", headers=same).status_code == 304
        late = here.client.put("/v1/appearance", json={"accent": "#000000"})
        assert (late.status_code, late.json()["code"]) == (409, "appearance_stale")
        tag = {"if-match": '"1"'}
        back = here.client.put("/v1/appearance", json={}, headers=tag).json()
        assert (back["accent"], back["shades"], back["name"]) == ("", None, "")

    def test_goes_along_with_a_map_that_leaves_as_a_page(self, here: House) -> None:
        here.send(walks(30))
        told = {"name": "Shop", "publish": True}
        here.client.post("/v1/maps/discover", json=told).raise_for_status()
        assert "--dl-accent:#ffd400" not in here.client.get("/v1/maps/shop/page").text
        here.client.put("/v1/appearance", json={"accent": "#ffd400"}).raise_for_status()
        page = here.client.get("/v1/maps/shop/page").text
        assert page.index("--dl-accent:#ffd400") < page.index("</head>")

    def test_name_and_logo_go_along_too(self, here: House) -> None:
        here.send(walks(30))
        told = {"name": "Shop", "publish": True}
        here.client.post("/v1/maps/discover", json=told).raise_for_status()
        named = {"name": "Acme </script> & Sons"}
        here.client.put("/v1/appearance", json=named).raise_for_status()
        here.client.put("/v1/appearance/logo", content=png()).raise_for_status()
        page = here.client.get("/v1/maps/shop/page").text
        found = re.search(r'<script id="desireline-brand"[^>]*>(.*?)</script>', page)
        assert found is not None
        brand = json.loads(found[1])
        assert brand["name"] == "Acme </script> & Sons"
        assert b64decode(brand["logo"].removeprefix("data:image/png;base64,")) == png()

    def test_an_installed_application_bears_name_and_icon(self, here: House) -> None:
        def asked(tag: str = "") -> httpx.Response:
            return here.client.get("/manifest.webmanifest", headers={"if-none-match": tag})

        own = asked()
        assert (own.json()["name"], own.headers["cache-control"]) == ("Desireline", ASK_AGAIN)
        assert asked(own.headers["etag"]).status_code == 304
        here.client.put("/v1/appearance", json={"name": "Acme Cat Fountains"}).raise_for_status()
        here.client.put("/v1/appearance/favicon", content=png()).raise_for_status()
        told = asked(own.headers["etag"])
        assert (told.status_code, told.json()["short_name"]) == (200, "Acme")
        icons = told.json()["icons"]
        assert icons[0]["sizes"] == "4x4"
        assert len(icons) > 1, "browsers install nothing with so small an icon alone"
        assert here.client.get(icons[0]["src"]).content == png()
        large = png(256, 256)
        here.client.put("/v1/appearance/favicon", content=large).raise_for_status()
        assert [i["sizes"] for i in asked(told.headers["etag"]).json()["icons"]] == ["256x256"]

    @pytest.mark.parametrize("accent", ["red", "#12345", "#1234567", "#12345g", "url(x)"])
    def test_what_is_no_colour_is_refused(self, here: House, accent: str) -> None:
        answer = here.client.put("/v1/appearance", json={"accent": accent})
        assert answer.json()["code"] == "accent_unfit"
        asked = here.client.get("/v1/appearance/shades", params={"accent": accent})
        assert asked.json()["code"] == "accent_unfit"

    def test_pictures_are_given_shown_and_taken_back(self, here: House) -> None:
        icon = here.client.get("/v1/appearance/favicon")
        assert (icon.status_code, icon.headers["location"]) == (307, "/app/icon.svg")
        assert here.client.get("/v1/appearance/logo").status_code == 404
        given = here.client.put("/v1/appearance/logo", content=LOGO + "<!-- c -->").json()
        assert given["kind"] == "image/svg+xml"
        shown = here.client.get("/v1/appearance/logo")
        assert shown.headers["content-type"] == "image/svg+xml"
        assert "sandbox" in shown.headers["content-security-policy"]
        assert here.client.put("/v1/appearance/favicon", content=png()).status_code == 200
        assert here.client.get("/v1/appearance/favicon").content == png()
        assert here.client.get("/v1/appearance").json()["logo"].startswith("/v1/appearance/logo?")
        assert here.client.delete("/v1/appearance/logo").status_code == 204
        assert here.client.delete("/v1/appearance/logo").json()["code"] == "picture_missing"

    @pytest.mark.parametrize(
        "data",
        [b"", b"GIF89a", png()[:40], png(3000, 1), b"<svg" + b" " * 100_000, b"<svg>\xff</svg>"],
    )
    def test_what_is_no_picture_is_refused(self, here: House, data: bytes) -> None:
        answer = here.client.put("/v1/appearance/logo", content=data)
        assert (answer.status_code, answer.json()["code"]) == (422, "picture_unfit")
