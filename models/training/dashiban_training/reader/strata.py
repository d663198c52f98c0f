"""Measures an exported reader on drawn plates, one difficulty at a time: what real sets are too small or too one-sided for.

Drawn by the renderer that also draws for training (with other seeds), so these figures compare versions and find weak
spots; they do not say how well real plates are read.

Some plates come out blank: an infra-red lamp or a low sun leaves nothing of their characters, for a person as for a reader. So
each figure is given twice, of all plates and of those whose characters stand out by `LEGIBLE` levels.
"""
import math
from collections import defaultdict
from dataclasses import dataclass, field

import cv2
import numpy as np
import torch

from ..alphabet import PROVINCES, old_police_o, text_of
from ..dice import Dice
from ..plates.camera import Pose, blurred, composed, corners, exposed, jpeg
from ..plates.framing import border, cut_out, rectified, upright_box
from .net import DEVIATION, MEAN

LEGIBLE = 10                    # levels between strokes and what is beside them, in the clearest channel: five times the noise
_NOISE = 2                      # levels

_SEED = 31_000_007
_RARE = ('learner', 'trailer', 'police', 'army', 'armed-police', 'emergency', 'hong-kong-macao', 'embassy', 'consulate', 'aviation',
         'tractor', 'armed-police-old')


@dataclass(frozen=True)
class Stratum:
    """How a plate of this stratum is photographed, and which classes are drawn in turn."""
    width: tuple = (100, 150)           # pixels
    turned: tuple = (0, 4)              # degrees, either way
    exposure: str = 'day'
    blur: str = 'soft'
    blur_scale: float = 0.3
    kinds: tuple = field(default_factory=lambda: ('blue',))
    stored: tuple = None                # cut out by a level box and stored at this size, instead of rectified


STRATA = {
    'blue, day': Stratum(),
    'new energy': Stratum(kinds=('energy-small', 'energy-large')),
    'yellow': Stratum(kinds=('yellow',)),
    'double row': Stratum(kinds=('yellow-double', 'trailer')),
    'rare classes': Stratum(kinds=_RARE),
    'night': Stratum(exposure='night'),
    'infra-red': Stratum(exposure='infra-red'),
    'glare': Stratum(exposure='glare'),
    'haze': Stratum(exposure='haze'),
    'motion blur': Stratum(blur='motion', blur_scale=0.6),
    'turned 10 to 20 degrees': Stratum(turned=(10, 20)),
    'far, 46 to 60 px': Stratum(width=(46, 60), blur_scale=0.2),
    'near, 200 to 300 px': Stratum(width=(200, 300)),
    'level box, stored at 96 x 26': Stratum(width=(150, 300), turned=(0, 8), stored=(96, 26)),
}


def measure(read, studio, per_province=30):
    """`read`: crops (48 x 168 BGR bytes) to their texts. -> by stratum, by province, by rare class: {name: [exact, of, exact of the legible, legible]}"""
    by_stratum, by_province, by_kind = (defaultdict(lambda: [0, 0, 0, 0]) for _ in range(3))
    for name, stratum in STRATA.items():
        dice = Dice(_SEED)
        asked = [(stratum.kinds[k % len(stratum.kinds)], PROVINCES[k % len(PROVINCES)]) for k in range(per_province * len(PROVINCES))]
        crops, truth, legible = [], [], []
        for kind, province in asked:
            drawn = studio.draw(dice, kind, province)
            crop, contrast = photographed(drawn, stratum, studio.backdrop(dice), dice)
            crops.append(crop)
            truth.append(old_police_o(drawn.text))
            legible.append(contrast >= LEGIBLE)
        for (kind, province), text, expected, is_legible in zip(asked, read(crops), truth, legible):
            counted = [by_stratum[name]] + ([by_kind[kind]] if kind in _RARE else [by_province[province]])
            for count in counted:
                count[0] += text == expected
                count[1] += 1
                count[2] += is_legible and text == expected
                count[3] += is_legible
    return by_stratum, by_province, by_kind


def photographed(drawn, stratum, backdrop, dice):
    """-> the crop of one plate under one stratum, rectified as in service; by how many levels its characters stand out."""
    turned = math.radians(dice.uniform(*stratum.turned)) * dice.pick((-1, 1))
    width = dice.scale(*stratum.width) * (1.3 if drawn.double else 1)
    pose = Pose(width, turned, dice.gauss(0, 0.05), dice.gauss(0, 0.03), (dice.uniform(0.9, 1.0), 1.0), (dice.gauss(0, 0.03), dice.gauss(0, 0.02)))
    scene, quad = composed(drawn.picture, corners(pose, drawn.picture.shape[0] / drawn.picture.shape[1]), pose, backdrop, dice)
    scene, _ = exposed(scene, stratum.exposure, drawn.colour not in ('blue', 'black'), dice)
    scene = blurred(scene, stratum.blur, width / 120 * stratum.blur_scale, dice)
    contrast = contrast_of_characters(np.clip(scene, 0, 255), quad, drawn.strokes)
    scene = scene + dice.noise(scene.shape) * _NOISE
    wobble = dice.noise((4, 2)) * np.array((0.004 * width, 0.006 * width), np.float32)      # the detector's corner error
    picture, quad = jpeg(np.clip(scene, 0, 255).astype(np.uint8), 85), (quad + wobble).astype(np.float32)
    if stratum.stored:
        return rectified(cut_out(picture, upright_box(quad, dice), stratum.stored), border(stratum.stored), drawn.double, margin=(0.0, 0.0)), contrast
    return rectified(picture, quad, drawn.double), contrast


def contrast_of_characters(scene, quad, strokes):
    """Levels between the mean under the strokes and the mean beside them, in the channel where that is most. `quad`: the plate's corners."""
    h, w = strokes.shape
    onto = cv2.getPerspectiveTransform(np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32), quad.astype(np.float32))
    size = scene.shape[1::-1]
    under = cv2.warpPerspective(strokes, onto, size) > 127
    beside = (cv2.warpPerspective(cv2.dilate(strokes, np.ones((9, 9), np.uint8)), onto, size) > 127) & ~under
    if not under.any() or not beside.any():
        return 0.0
    return float(np.abs(scene[under].mean(0) - scene[beside].mean(0)).max())


def in_stratum(stratum, count, studio, dice):
    """Blue plates of all provinces in turn. -> pictures as a byte tensor, texts"""
    drawn = [studio.draw(dice, 'blue', PROVINCES[k % len(PROVINCES)]) for k in range(count)]
    pictures = [photographed(plate, stratum, studio.backdrop(dice), dice)[0] for plate in drawn]
    return torch.from_numpy(np.stack(pictures)), [old_police_o(plate.text) for plate in drawn]


def reader_of(onnx_path):
    """The slots' texts by an exported reader in floats, of any version."""
    runtime = cv2.dnn.readNetFromONNX(str(onnx_path))

    def read_one(crop):
        inputs = (crop[:, :, ::-1].astype(np.float32) - MEAN) / DEVIATION
        runtime.setInput(np.ascontiguousarray(inputs.transpose(2, 0, 1)[None]))
        return text_of(runtime.forward('slots')[0].argmax(1).tolist())
    return lambda crops: [read_one(crop) for crop in crops]
