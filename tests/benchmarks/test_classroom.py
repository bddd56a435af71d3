from benchmarks.classroom import Child
from pix2pix.page.protocol import parse_request


def test_a_child_asks_as_the_page_does():
    child = Child(0, 5, "shoes")
    asked = child.request(child.ends[0][0])
    assert parse_request(asked.model_dump(mode="json")) == asked
    assert asked.drawing.startswith("data:image/png;base64,")
