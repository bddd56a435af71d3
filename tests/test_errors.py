import pickle

from pix2pix.errors import UserError


def test_an_error_comes_whole_out_of_a_worker_process():
    error = pickle.loads(pickle.dumps(UserError("bad_image", "This file is empty.")))
    assert (error.code, error.message, str(error)) == ("bad_image", *["This file is empty."] * 2)
