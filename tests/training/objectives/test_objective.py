import copy

import torch
from torch import nn

from pix2pix.networks.generator import CompactUNet
from pix2pix.pretrained.export import export, load_generator


def test_a_generator_whose_batch_norm_is_shared_is_exported_and_draws_the_same(tmp_path):
    torch.manual_seed(0)
    generator = CompactUNet((8, 16, 24), base=4)
    drawing = torch.rand(1, 5, 64, 64)
    right = copy.deepcopy(generator).eval()(drawing)
    shared = copy.deepcopy(nn.SyncBatchNorm.convert_sync_batchnorm(generator)).eval()
    assert any(isinstance(layer, nn.SyncBatchNorm) for layer in shared.modules())
    assert torch.equal(shared(drawing), right)
    export(shared, tmp_path, {})
    loaded, _ = load_generator(tmp_path)
    assert torch.allclose(loaded(drawing), right, atol=0.02)  # it is kept in half precision
