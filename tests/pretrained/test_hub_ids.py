import pytest

from pix2pix.pretrained.hub_ids import parse_hub_id


@pytest.mark.parametrize(
    ("source", "repo", "revision"),
    [
        ("you/pix2pix-shoes", "you/pix2pix-shoes", None),
        ("you/pix2pix-shoes@v2", "you/pix2pix-shoes", "v2"),
        ("you/x@feature%2Flines", "you/x", "feature/lines"),
        ("you/x@refs/pr/3", "you/x", "refs/pr/3"),
    ],
)
def test_an_id_may_name_a_revision(source, repo, revision):
    uri = parse_hub_id(source)
    assert (uri.id, uri.revision) == (repo, revision)


@pytest.mark.parametrize(
    "source",
    ["", "shoes", "a/b/c", "/tmp/x", "../x", "./a/b", "you/x/", "you/x@", "datasets/x", "you/-x"],
)
def test_folders_and_mistakes_are_no_ids(source):
    assert parse_hub_id(source) is None
