from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

class Net:
    def setInput(self, blob: NDArray[np.float32]) -> None: ...
    def forward(self, outBlobNames: Sequence[str]) -> tuple[NDArray[np.float32], ...]: ...

def readNetFromONNX(onnxFile: str) -> Net: ...
def blobFromImage(image: NDArray[np.uint8]) -> NDArray[np.float32]: ...
def NMSBoxes(
    bboxes: Sequence[tuple[float, float, float, float]],
    scores: Sequence[float],
    score_threshold: float,
    nms_threshold: float,
) -> Sequence[int]: ...
