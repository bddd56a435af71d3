"""Types of the part of OpenCV that is used here.

OpenCV's own annotations forget an array's dtype at every call. Here a function gives the dtype
that it is handed, wherever it does so; a call of a new function or constant wants a line here.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

_T = TypeVar("_T", bound=np.generic)
_Array = NDArray[Any]
_Numbers = float | Sequence[float]
_Pair = Sequence[float]
_Points = NDArray[np.int32] | NDArray[np.float32]
_P = TypeVar("_P", np.int32, np.float32)

BORDER_CONSTANT: int
BORDER_REFLECT: int
BORDER_REFLECT_101: int
BORDER_REPLICATE: int
CC_STAT_AREA: int
CHAIN_APPROX_NONE: int
COLOR_GRAY2RGB: int
COLOR_HSV2RGB: int
COLOR_Lab2RGB: int
COLOR_RGB2BGR: int
COLOR_RGB2GRAY: int
COLOR_RGBA2GRAY: int
COLOR_RGB2HSV: int
COLOR_RGB2Lab: int
COLOR_RGBA2BGRA: int
CV_32F: int
CV_64F: int
CV_8U: int
DISOPTICAL_FLOW_PRESET_MEDIUM: int
DIST_L2: int
DIST_LABEL_PIXEL: int
DIST_MASK_PRECISE: int
FONT_HERSHEY_SIMPLEX: int
IMREAD_COLOR: int
IMREAD_GRAYSCALE: int
IMWRITE_JPEG_QUALITY: int
INPAINT_TELEA: int
INTER_AREA: int
INTER_CUBIC: int
INTER_LINEAR: int
INTER_NEAREST: int
KMEANS_PP_CENTERS: int
LINE_8: int
LINE_AA: int
MORPH_CLOSE: int
MORPH_CROSS: int
MORPH_ELLIPSE: int
MORPH_GRADIENT: int
MORPH_OPEN: int
RETR_CCOMP: int
RETR_EXTERNAL: int
RETR_LIST: int
TERM_CRITERIA_EPS: int
TERM_CRITERIA_MAX_ITER: int

def setNumThreads(nthreads: int) -> None: ...
def setRNGSeed(seed: int) -> None: ...

# Files
def imdecode(buf: _Array, flags: int) -> NDArray[np.uint8] | None: ...
def imencode(
    ext: str, img: _Array, params: Sequence[int] = ...
) -> tuple[bool, NDArray[np.uint8]]: ...
def imwrite(filename: str, img: _Array, params: Sequence[int] = ...) -> bool: ...

# Pixels
def absdiff(src1: NDArray[_T], src2: _Array) -> NDArray[_T]: ...
def addWeighted(
    src1: NDArray[_T], alpha: float, src2: _Array, beta: float, gamma: float
) -> NDArray[_T]: ...
def bitwise_and(src1: NDArray[_T], src2: NDArray[_T]) -> NDArray[_T]: ...
def countNonZero(src: _Array) -> int: ...
def cvtColor(src: NDArray[_T], code: int) -> NDArray[_T]: ...
def LUT(src: NDArray[np.uint8], lut: NDArray[_T]) -> NDArray[_T]: ...
def merge(mv: Sequence[NDArray[_T]]) -> NDArray[_T]: ...
def split(m: NDArray[_T]) -> tuple[NDArray[_T], ...]: ...
def min(src1: NDArray[_T], src2: NDArray[_T]) -> NDArray[_T]: ...
def max(src1: NDArray[_T], src2: NDArray[_T]) -> NDArray[_T]: ...
def dct(src: NDArray[_T]) -> NDArray[_T]: ...
def kmeans(
    data: NDArray[np.float32],
    K: int,
    bestLabels: NDArray[np.int32] | None,
    criteria: tuple[int, int, float],
    attempts: int,
    flags: int,
) -> tuple[float, NDArray[np.int32], NDArray[np.float32]]: ...

# Filters; `ddepth` of -1 keeps the dtype
def boxFilter(
    src: _Array,
    ddepth: int,
    ksize: _Pair,
    *,
    anchor: _Pair = ...,
    normalize: bool = ...,
    borderType: int = ...,
) -> _Array: ...
def Canny(
    image: NDArray[np.uint8], threshold1: float, threshold2: float, *, L2gradient: bool = ...
) -> NDArray[np.uint8]: ...
def filter2D(src: _Array, ddepth: int, kernel: _Array, *, borderType: int = ...) -> _Array: ...
def GaussianBlur(
    src: NDArray[_T], ksize: _Pair, sigmaX: float, *, sigmaY: float = ..., borderType: int = ...
) -> NDArray[_T]: ...
def blur(src: NDArray[_T], ksize: _Pair) -> NDArray[_T]: ...
def inpaint(
    src: NDArray[_T], inpaintMask: NDArray[np.uint8], inpaintRadius: float, flags: int
) -> NDArray[_T]: ...
def Laplacian(src: _Array, ddepth: int) -> _Array: ...
def medianBlur(src: NDArray[_T], ksize: int) -> NDArray[_T]: ...
def sepFilter2D(
    src: _Array, ddepth: int, kernelX: _Array, kernelY: _Array, *, borderType: int = ...
) -> _Array: ...
def Sobel(
    src: _Array,
    ddepth: int,
    dx: int,
    dy: int,
    *,
    ksize: int = ...,
    scale: float = ...,
    borderType: int = ...,
) -> _Array: ...

# Morphology and masks
def multiply(
    src1: NDArray[np.uint8], src2: NDArray[np.uint8], *, scale: float = 1
) -> NDArray[np.uint8]: ...
def dilate(
    src: NDArray[_T],
    kernel: _Array | None,
    *,
    iterations: int = ...,
    borderType: int = ...,
    borderValue: _Numbers = ...,
) -> NDArray[_T]: ...
def erode(
    src: NDArray[_T],
    kernel: _Array | None,
    *,
    iterations: int = ...,
    borderType: int = ...,
    borderValue: _Numbers = ...,
) -> NDArray[_T]: ...
def morphologyEx(
    src: NDArray[_T],
    op: int,
    kernel: _Array | None,
    *,
    iterations: int = ...,
    borderType: int = ...,
) -> NDArray[_T]: ...
def getStructuringElement(shape: int, ksize: tuple[int, int]) -> NDArray[np.uint8]: ...
def connectedComponents(
    image: NDArray[np.uint8], *, connectivity: int = ...
) -> tuple[int, NDArray[np.int32]]: ...
def connectedComponentsWithStats(
    image: NDArray[np.uint8], *, connectivity: int = ...
) -> tuple[int, NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]: ...
def distanceTransform(
    src: NDArray[np.uint8], distanceType: int, maskSize: int
) -> NDArray[np.float32]: ...
def distanceTransformWithLabels(
    src: NDArray[np.uint8], distanceType: int, maskSize: int, *, labelType: int = ...
) -> tuple[NDArray[np.float32], NDArray[np.int32]]: ...
def floodFill(
    image: NDArray[_T], mask: NDArray[np.uint8] | None, seedPoint: tuple[int, int], newVal: _Numbers
) -> tuple[int, NDArray[_T], NDArray[np.uint8], tuple[int, int, int, int]]: ...
def watershed(image: NDArray[np.uint8], markers: NDArray[np.int32]) -> NDArray[np.int32]: ...

# Geometry
def copyMakeBorder(
    src: NDArray[_T],
    top: int,
    bottom: int,
    left: int,
    right: int,
    borderType: int,
    *,
    value: _Numbers = ...,
) -> NDArray[_T]: ...
def getPerspectiveTransform(
    src: NDArray[np.float32], dst: NDArray[np.float32]
) -> NDArray[np.float64]: ...
def getRotationMatrix2D(center: _Pair, angle: float, scale: float) -> NDArray[np.float64]: ...
def pyrDown(src: NDArray[_T]) -> NDArray[_T]: ...
def pyrUp(src: NDArray[_T], *, dstsize: Sequence[int] = ...) -> NDArray[_T]: ...
def remap(
    src: NDArray[_T],
    map1: NDArray[np.float32],
    map2: NDArray[np.float32] | None,
    interpolation: int,
    *,
    borderMode: int = ...,
    borderValue: _Numbers = ...,
) -> NDArray[_T]: ...
def resize(
    src: NDArray[_T],
    dsize: Sequence[int] | None,
    *,
    fx: float = ...,
    fy: float = ...,
    interpolation: int = ...,
) -> NDArray[_T]: ...
def warpAffine(
    src: NDArray[_T],
    M: _Array,
    dsize: Sequence[int],
    *,
    flags: int = ...,
    borderMode: int = ...,
    borderValue: _Numbers = ...,
) -> NDArray[_T]: ...
def warpPerspective(
    src: NDArray[_T],
    M: _Array,
    dsize: Sequence[int],
    *,
    flags: int = ...,
    borderMode: int = ...,
    borderValue: _Numbers = ...,
) -> NDArray[_T]: ...

# Lines; points are (N, 1, 2) or (N, 2) of (x, y)
def approxPolyDP(curve: NDArray[_P], epsilon: float, closed: bool) -> NDArray[_P]: ...
def arcLength(curve: _Points, closed: bool) -> float: ...
def boundingRect(array: _Array) -> tuple[int, int, int, int]: ...
def contourArea(contour: _Points, oriented: bool = ...) -> float: ...
def convexHull(points: NDArray[_P]) -> NDArray[_P]: ...
def findContours(
    image: NDArray[np.uint8], mode: int, method: int
) -> tuple[Sequence[NDArray[np.int32]], NDArray[np.int32]]: ...
def pointPolygonTest(contour: _Points, pt: _Pair, measureDist: bool) -> float: ...

# Drawing on an array, which is also what comes back
def circle(
    img: NDArray[_T],
    center: Sequence[int],
    radius: int,
    color: _Numbers,
    thickness: int = ...,
    lineType: int = ...,
    shift: int = ...,
) -> NDArray[_T]: ...
def drawContours(
    image: NDArray[_T],
    contours: Sequence[NDArray[np.int32]],
    contourIdx: int,
    color: _Numbers,
    thickness: int = ...,
) -> NDArray[_T]: ...
def fillConvexPoly(img: NDArray[_T], points: NDArray[np.int32], color: _Numbers) -> NDArray[_T]: ...
def fillPoly(
    img: NDArray[_T],
    pts: Sequence[NDArray[np.int32]],
    color: _Numbers,
    lineType: int = ...,
    shift: int = ...,
) -> NDArray[_T]: ...
def line(
    img: NDArray[_T],
    pt1: Sequence[int],
    pt2: Sequence[int],
    color: _Numbers,
    thickness: int = ...,
    lineType: int = ...,
) -> NDArray[_T]: ...
def polylines(
    img: _Array,
    pts: Sequence[NDArray[np.int32]],
    isClosed: bool,
    color: _Numbers,
    thickness: int = ...,
    lineType: int = ...,
    shift: int = ...,
) -> _Array: ...
def putText(
    img: NDArray[_T],
    text: str,
    org: Sequence[int],
    fontFace: int,
    fontScale: float,
    color: _Numbers,
    thickness: int = ...,
    lineType: int = ...,
) -> NDArray[_T]: ...
def rectangle(
    img: NDArray[_T], pt1: Sequence[int], pt2: Sequence[int], color: _Numbers, thickness: int = ...
) -> NDArray[_T]: ...

class DISOpticalFlow:
    def calc(
        self, I0: NDArray[np.uint8], I1: NDArray[np.uint8], flow: NDArray[np.float32] | None
    ) -> NDArray[np.float32]: ...

def DISOpticalFlow_create(preset: int = ...) -> DISOpticalFlow: ...
