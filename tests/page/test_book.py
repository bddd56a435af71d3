import io

import numpy as np
import pytest
from pypdf import PdfReader

from harness.album import deed, keep, open_album

pytestmark = pytest.mark.slow

PAPERS = {"a4": (595.28, 841.89), "letter": (612, 792)}
DPI = 200
COVER = "document.querySelector('.book-cover canvas').toDataURL()"
LINE = [(0.2, 0.6), (0.8, 0.6)]


@pytest.mark.parametrize(
    ("context", "paper"), [({"locale": "ko-KR"}, "a4"), ({}, "letter")], indirect=["context"]
)
def test_book_has_a_cover_and_a_page_for_each(sheet, paper):
    page = sheet.page
    keep(sheet)
    sheet.click(action="clear")
    keep(sheet, LINE, "handbags")
    open_album(sheet)
    deed(sheet, "book")
    assert page.get_attribute(f"[data-paper={paper}]", "aria-pressed") == "true"  # by the language
    before = page.evaluate(COVER)
    page.fill(".book-by", "민아")
    page.wait_for_function(f"before => ({COVER}) !== before", arg=before)
    page.fill(".book-title", "나의 구두 책")
    with page.expect_download() as download:
        deed(sheet, "print")
    assert download.value.suggested_filename == f"i-canvas-{paper}.pdf"
    pdf = PdfReader(io.BytesIO(download.value.path().read_bytes()), strict=True)
    assert pdf.metadata.title == "나의 구두 책"
    assert len(pdf.pages) == 3
    for sheet_of_paper in pdf.pages:
        size = sheet_of_paper.mediabox.width, sheet_of_paper.mediabox.height
        assert [float(side) for side in size] == pytest.approx(PAPERS[paper])
        (image,) = sheet_of_paper.images
        pixels = [round(side * DPI / 72) for side in PAPERS[paper]]
        assert list(image.image.size) == pixels
    shoe, bag = (np.asarray(each.images[0].image.convert("L")) for each in pdf.pages[1:])
    assert (shoe != bag).mean() > 0.01
    for half in np.array_split(shoe[300:-300], 2):  # a picture above, its drawing below
        assert (half < 128).mean() > 0.005
