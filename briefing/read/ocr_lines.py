"""Finds and recognizes lines of type in a picture by RapidOCR (PaddleOCR's models in ONNX).

The models come in the wheel; nothing is downloaded. The detector sees a smaller picture than the
recognizer. The lines are divided among threads: that computes a third less than many threads on
one line.
"""

from __future__ import annotations

import functools
import logging
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ..errors import SourceError
from ..messages import Message
from .ocr_scale import CUT, detector_scale

HIGH = 48
"""Height of a strip that the recognizer sees, in pixels."""
SQUEEZED = 0.7
"""Width of a strip for its height; narrower ones are read as well, in less time."""
LONGEST_STRIP = 3200
"""Largest width of a strip, in pixels; a line of a hundred characters has 2,300."""
MOST_TYPE = 14_000
"""Most ems of type on a page: a full broadsheet has ten thousand."""
TOO_MUCH = Message(
    "图片里的字太多太密，不像一个版面", "too much type in the picture for a page of a newspaper"
)


def find_lines(grey: Any) -> Any:
    """The corners of the lines of type in a grey picture (uint8, height x width): n x 4 x 2, in pixels.

    Corners come clockwise from the upper left. Raises SourceError if the type is too small.
    """
    import cv2
    import numpy

    part = detector_scale(grey)
    size = (max(32, round(grey.shape[1] * part)), max(32, round(grey.shape[0] * part)))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA) if part < 1 else grey
    found = _detector()(small).boxes if part else None
    boxes = numpy.asarray(found if found is not None else [], dtype="float64").reshape(-1, 4, 2)
    return clockwise(boxes / (small.shape[1] / grey.shape[1], small.shape[0] / grey.shape[0]))


def read_strips(strips: Sequence[Any]) -> list[tuple[str, float]]:
    """The text of each strip (uint8, height x width, its type upright) and its confidence, 0 to 1.

    Raises SourceError if there is more type than on any page.
    """
    if sum(strip.shape[1] / max(strip.shape[0], 1) for strip in strips) > MOST_TYPE:
        raise SourceError(TOO_MUCH, CUT)
    if not strips:
        return []
    recognize = _recognizer()
    with ThreadPoolExecutor(max(1, min(4, os.cpu_count() or 1))) as pool:
        return list(pool.map(recognize, strips))


def strip_of(grey: Any, corners: Any) -> Any:
    """A box of a picture as a level strip, its upper left corner first (corners: 4 x 2)."""
    import cv2
    import numpy

    across = max(float(numpy.linalg.norm(corners[1] - corners[0])), 1.0)
    down = max(float(numpy.linalg.norm(corners[3] - corners[0])), 1.0)
    size = (max(8, round(across)), max(8, round(down)))
    target = numpy.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], dtype="float32")
    turn = cv2.getPerspectiveTransform(corners.astype("float32"), target)
    return cv2.warpPerspective(grey, turn, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def clockwise(boxes: Any) -> Any:
    """Corners in their order on the page: upper left, upper right, lower right, lower left."""
    import numpy

    out = numpy.empty_like(boxes)
    for at, four in enumerate(boxes):
        left = four[numpy.argsort(four[:, 0], kind="stable")]
        (a, d), (b, c) = (side[numpy.argsort(side[:, 1], kind="stable")] for side in (left[:2], left[2:]))
        out[at] = (a, b, c, d)
    return out


@functools.cache
def _detector() -> Any:
    """The detector, loaded once."""
    return _engine(
        {"Global.use_rec": False, "Global.max_side_len": 40_000, "Det.max_candidates": 6000}, threads=2
    )


@functools.cache
def _recognizer() -> Callable[[Any], tuple[str, float]]:
    """The recognizer of one strip, loaded once; it may be called by several threads."""
    import cv2

    params = {"Global.use_det": False, "Global.use_preprocess_img": False}
    engine = _engine({**params, "Rec.rec_batch_num": 1, "Rec.rec_img_shape": [3, HIGH, HIGH]}, threads=1)

    def recognize(strip: Any) -> tuple[str, float]:
        wide = round(HIGH * strip.shape[1] / strip.shape[0] * SQUEEZED)
        size = (min(max(16, wide), LONGEST_STRIP), HIGH)
        smaller = size[0] < strip.shape[1] or strip.shape[0] > HIGH
        found = engine(cv2.resize(strip, size, interpolation=cv2.INTER_AREA if smaller else cv2.INTER_CUBIC))
        return (found.txts[0], float(found.scores[0])) if found.txts else ("", 0.0)

    recognize(_blank())  # loads the model before threads do
    return recognize


def _blank() -> Any:
    import numpy

    return numpy.full((HIGH, HIGH), 255, dtype="uint8")


def _engine(params: dict[str, Any], *, threads: int) -> Any:
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,  # it turns upright long lines; ocr_turns.py turns the page
            "Global.text_score": 0.0,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            **params,
        }
    )
