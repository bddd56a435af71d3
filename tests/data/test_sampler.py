from itertools import islice

from pix2pix.data.sampler import KeySampler


def test_batches_depend_on_their_step_alone():
    whole = list(islice(KeySampler(10, 4, 128, seed=1), 9))
    late = list(islice(KeySampler(10, 4, 128, seed=1, start_step=5), 4))
    assert late == whole[5:]
    epoch = [key.index for batch in whole[:5] for key in batch]
    assert sorted(epoch[:10]) == list(range(10))
    assert epoch[:10] != epoch[10:20]


def test_processes_share_a_step_without_overlap():
    shares = [list(islice(KeySampler(100, 4, 128, seed=1, rank=r, processes=2), 5)) for r in (0, 1)]
    alone = list(islice(KeySampler(100, 8, 128, seed=1), 5))
    for step, batch in enumerate(alone):
        assert shares[0][step] + shares[1][step] == batch
