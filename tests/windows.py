"""Windows that some tests need instead of the one that all others share."""

import pytest

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

# For tests that change what stays as long as their window, such as its clock.
own = pytest.mark.parametrize("context", [{}], indirect=True, ids=["own"])
moving = pytest.mark.parametrize(
    "context", [{"reduced_motion": "no-preference"}], indirect=True, ids=["moving"]
)
