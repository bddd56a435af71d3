from pix2pix.training.provenance import provenance


def test_a_run_says_where_it_comes_from():
    told = provenance("python train.py")
    assert told["command"] == "python train.py"
    assert len(told["commit"].rstrip("+")) >= 12
    assert told["hardware"]
