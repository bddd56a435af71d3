"""The model card of an edge detector."""

from typing import Any

from pix2pix.pretrained.card import front_matter

_DETECTOR = """\
# Edge detector of i-Canvas

A compact holistically-nested edge detector (Xie & Tu 2015) of {parameters:,} parameters: a photo
in, for each pixel how likely it lies on an edge. What comes after it makes thin lines for the
generators, see docs/edges.md; docs/results.md has its figures and the command that measures them.

```python
import numpy as np
from PIL import Image
from pix2pix.edges.detector import EdgeDetector
from pix2pix.edges.photo import photo_edges

detector = EdgeDetector.from_pretrained()
Image.fromarray(photo_edges(np.asarray(Image.open("photo.jpg").convert("RGB")), detector))
```

## Training

- Data: {data}.
- Licence of the data: {data_licence}. The weights are shared under the same terms.
- Time: {minutes:.1f} minutes, {steps} steps, on {hardware}.
- Command, at commit {commit}:

  ```sh
  {command}
  ```

## Limits

It learned from natural photos and from catalogue photos on white, upright or turned. Very large
photos are reduced first; texture finer than a few pixels is ignored on purpose.
"""


def detector_card(config: dict[str, Any], parameters: int) -> str:
    """Writes the card of an exported edge detector.

    Args:
        config: the ``config.json`` of `export_detector`.
        parameters: number of parameters of the network.

    Returns:
        Markdown, with the front matter that the Hugging Face Hub reads.
    """
    runs = [config | {"domain": "hed"}]
    front = front_matter("image-segmentation", runs, ["edge-detection", "hed"])
    body = _DETECTOR.format_map(config | {"parameters": parameters})
    return f"{front}\n\n{body}"
