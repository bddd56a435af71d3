import re
from typing import get_args

import pytest

from pix2pix.errors import UserError
from pix2pix.page import assets
from pix2pix.page.canvas import SketchCanvas
from pix2pix.page.protocol import (
    MAX_SEED,
    DrawRequest,
    MissionOrder,
    Order,
    RestOrder,
    parse_order,
    parse_request,
    request_schema,
)

DRAW = {"kind": "draw", "id": 1, "domain": "shoes", "drawing": "data:image/png;base64,"}


def test_the_kind_says_what_is_asked():
    assert parse_request(DRAW) == DrawRequest(id=1, domain="shoes", drawing=DRAW["drawing"])
    assert parse_request(DRAW | {"later": 1}) == parse_request(DRAW)  # a newer page's
    assert parse_request(DRAW | {"seed": MAX_SEED}).seed == MAX_SEED


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"kind": "bake"}, "kind"),
        ({"seed": MAX_SEED + 1}, "seed"),
        ({"seed": -1}, "seed"),
        ({"seed": "7"}, "seed"),
        ({"seed": True}, "seed"),
        ({"accent": 1}, "accent"),
        ({"domain": None}, "domain"),
        ({"kind": "bring", "source": "teapot", "picture": ""}, "source"),
        ({"kind": "enlarge"}, "picture"),
    ],
)
def test_what_is_wrong_is_named(wrong, place):
    with pytest.raises(UserError, match=f"wrong at '{place}'; reload the page") as error:
        parse_request(DRAW | wrong)
    assert error.value.code == "bad_request"


def test_the_teachers_orders_are_told_apart_the_same_way():
    assert parse_order({"kind": "rest", "resting": True}) == RestOrder(kind="rest", resting=True)
    assert parse_order({"kind": "mission", "mission": None}) == MissionOrder(
        kind="mission", mission=None
    )
    with pytest.raises(UserError, match="wrong at 'resting'; reload the page"):
        parse_order({"kind": "rest", "resting": 1})


def test_every_order_of_the_big_screen_is_one_of_the_contract():
    sent = set(re.findall(r"\{ kind: '(\w+)'", assets.classroom("", "")))
    assert sent == {
        kind.__name__.removesuffix("Order").lower() for kind in get_args(get_args(Order)[0])
    }


def test_every_kind_that_the_scripts_send_is_one_of_the_contract():
    sent = set(re.findall(r"\bkind: '(\w+)'", assets.script()))
    assert set(request_schema()["discriminator"]["mapping"]) <= sent


def test_the_component_tells_the_contract():
    canvas = SketchCanvas()
    assert canvas.api_info() == request_schema()
    assert parse_request(canvas.example_value())
