"""Whether pictures show a face, by BlazeFace (Bazarevsky et al. 2019), which comes with MediaPipe.

Stands alone, for an environment of its own (``pip install mediapipe==0.10.14``): the last release
with the network inside wants other versions of what i-Canvas needs.

python benchmarks/face_judge.py PICTURE …
"""

import json
import sys

import mediapipe  # type: ignore[import-not-found]
import numpy as np
from PIL import Image

_SHOWN, _MARGIN = 384, 96  # px: the picture, and the paper around it


def main() -> None:
    """Prints the score of the best face in each picture, 0 to 1, as JSON."""
    detector = mediapipe.solutions.face_detection.FaceDetection(
        model_selection=0, min_detection_confidence=0.1
    )
    scores = []
    for path in sys.argv[1:]:
        side = _SHOWN + 2 * _MARGIN
        paper = Image.new("RGB", (side, side), "white")
        with Image.open(path) as picture:
            paper.paste(picture.convert("RGB").resize((_SHOWN, _SHOWN)), (_MARGIN, _MARGIN))
        found = detector.process(np.asarray(paper)).detections or []
        scores.append(max((face.score[0] for face in found), default=0.0))
    print(json.dumps(scores))


if __name__ == "__main__":
    main()
