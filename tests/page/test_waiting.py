"""A server that takes long, or refuses."""

import numpy as np

from harness.photos import photo_file
from pix2pix.page import assets

TEXTS = assets.settings()["texts"]["en"]
DRAW, JOIN = "**/picture", "**/queue/join*"


def test_a_request_that_is_turned_away_is_told_and_the_drawing_goes_on(sheet):
    page = sheet.page
    page.route(DRAW, lambda route: route.fulfill(status=413, body="too large"))
    sheet.draw()
    assert sheet.notice() == TEXTS["error_refused"]
    page.unroute(DRAW)
    sheet.settled()
    assert page.is_hidden(".notice")


def test_without_the_pages_own_route_drawings_go_by_the_queue(sheet):
    page = sheet.page
    page.route(DRAW, lambda route: route.fulfill(status=404))
    with page.expect_request(JOIN):
        sheet.draw()
    sheet.settled()


def test_a_sticker_that_takes_a_while_shows_it_on_its_button(sheet):
    page = sheet.page
    sheet.draw()
    sheet.settled()
    held = []
    page.route(JOIN, lambda route: held.append(route))
    sheet.click(action="sticker")
    page.wait_for_selector(".button-sticker[aria-busy=true]")
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()
    page.unroute(JOIN)
    page.wait_for_selector(".button-sticker[aria-busy=false]")


def test_a_photo_that_is_being_coloured_shows_it_on_the_picture(sheet):
    page, held = sheet.page, []
    page.route(JOIN, lambda route: held.append(route))
    sheet.click(action="photo")
    sheet.click(way="gray")
    photo = photo_file(np.full((64, 64), 128, np.uint8), "png")
    file = {"name": "gray.png", "mimeType": "image/png", "buffer": photo}
    page.set_input_files(".import-dialog input[data-label=from_file]", file)
    page.wait_for_selector(".picture[data-waiting]")
    while not held:
        page.wait_for_timeout(50)
    held[0].fulfill(status=413, body="too large")
    page.wait_for_selector(".picture:not([data-waiting])")
    assert sheet.notice() == TEXTS["error_import_refused"]
