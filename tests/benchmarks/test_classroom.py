from benchmarks.classroom import Child
from pix2pix.page.frames import pack, unpack
from pix2pix.page.protocol import parse_request


def test_a_child_asks_as_the_page_does():
    child = Child(0, 5, "shoes")
    asked = child.request(child.ends[0][0])
    assert parse_request(unpack(pack(asked.model_dump()))) == asked
    assert asked.drawing.startswith(b"\x89PNG")
