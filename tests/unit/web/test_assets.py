"""What is brought at set-up fetches nothing from anybody."""

import re

import pytest

from carestead.web import assets


@pytest.fixture
def brought():
    if gone := assets.missing():
        pytest.fail(f"{', '.join(gone)} are missing: python -m carestead.web.assets")
    return assets.VENDOR


def test_the_style_sheet_has_no_licensed_font_and_no_foreign_address(brought):
    css = (brought / "nhsuk-frontend.min.css").read_text(encoding="utf-8")
    assert "@font-face" not in css
    assert not re.search(r"url\(\s*['\"]?(?:https?:)?//", css)
    for image in re.findall(r"url\(([\w-]+\.svg)\)", css):
        assert (brought / image).is_file()


def test_our_own_files_name_no_other_host():
    own = assets.VENDOR.parent / "carestead"
    for file in own.iterdir():
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http" not in text, file


def test_a_font_rule_is_cut_out_and_an_icon_is_found_beside():
    css = b"@font-face{font-family:F;src:url(https://x/f.woff)}a{background:url(/assets/images/i.svg)}"
    assert assets._clean("x.css", css) == b"a{background:url(i.svg)}"
