"""Photographs a flat plate: pose on a real background, light, optics, sensor, compression.

Every range says what it stands for. They were set by looking at training pictures, never at test pictures.
"""
import math
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from .paint import any_grey, hsv

_FAIR_SHARE = 0.50              # shots by day, in focus: most of the road's pictures, and what a gate must accept;
_FAIR_SHARE_UPRIGHT = 0.65      # more where the box already spoils enough, or the small ones teach nothing but guessing


@dataclass(frozen=True)
class Pose:
    """How large and how turned the plate stands before the camera.

    `width` is its width in pixels: 46 (the smallest anyone should hope to read) to 300 (nearly twice the reader's input:
    sampled down without a filter, thin strokes of provinces break up). `upright` shots go to an upright box around the
    plate, so their tilt is kept smaller: a detector without corners would not have boxed them tighter.
    """
    width: float
    rotation: float             # radians; sigma 7 degrees, one in ten up to 25: bent plates, rolling cameras
    shear: float                # sigma 0.10, one in ten up to 0.45: cameras beside the lane
    slope: float                # sigma 0.05: the vertical twin of shear
    squeeze: tuple              # 0.8 .. 1.15: foreshortening by yaw and pitch
    keystone: tuple             # sigma 0.05, 0.04: perspective within the plate


_WIDTHS = {'far': (46, 70), 'middle': (62, 190), 'near': (190, 300)}        # pixels of plate
_DISTANCES = {'far': 0.16, 'middle': 0.72, 'near': 0.12}
# Upright boxes come from archives and old firmware, which shrink near plates to a hundred pixels, mostly without a filter.
_DISTANCES_UPRIGHT = {'far': 0.16, 'middle': 0.50, 'near': 0.34}


def draw_pose(dice, double, upright):
    width = dice.scale(*_WIDTHS[dice.weighted(_DISTANCES_UPRIGHT if upright else _DISTANCES)])
    width = max(width, 72) if double else width         # two rows at half the height need the pixels
    calm = (0.5 if upright else 0.8) if double else (0.6 if upright else 1.0)
    rotation = dice.uniform(-25, 25) if dice.chance(0.1) else dice.gauss(0, 7)
    shear = dice.uniform(-0.45, 0.45) if dice.chance(0.1) else dice.gauss(0, 0.10)
    if upright and dice.chance(0.3):                    # levelled by some earlier stage, yet still slanted
        rotation, shear = rotation * 0.3, dice.uniform(-0.65, 0.65) * (0.5 if double else 1) / calm
    return Pose(width, math.radians(rotation * calm), shear * calm, dice.gauss(0, 0.05) * calm,
                (dice.uniform(0.8, 1.05), dice.uniform(0.8, 1.15)), (dice.gauss(0, 0.05) * calm, dice.gauss(0, 0.04) * calm))


def corners(pose, aspect):
    """The plate's four corners (top left, top right, bottom right, bottom left) around the origin, in pixels."""
    half_w, half_h = pose.width / 2 * pose.squeeze[0], pose.width * aspect / 2 * pose.squeeze[1]
    cosine, sine = math.cos(pose.rotation), math.sin(pose.rotation)
    quad = []
    for right, down in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        x, y = right * half_w, down * half_h
        x, y = x + pose.shear * y * 2, y + pose.slope * x
        depth = 1 + pose.keystone[0] * right + pose.keystone[1] * down
        x, y = x / depth, y / depth
        quad.append((x * cosine - y * sine, x * sine + y * cosine))
    return np.array(quad, np.float32)


def shoot(plate, double, pale, backdrop, upright, dice):
    """A float picture of a plate -> BGR bytes of the scene around it, the plate's corners there, grey picture?"""
    pose = draw_pose(dice, double, upright)
    quad = corners(pose, plate.shape[0] / plate.shape[1])
    scene, quad = composed(plate, quad, pose, backdrop, dice)
    fair = dice.chance(_FAIR_SHARE_UPRIGHT if upright else _FAIR_SHARE)
    scene, grey = light(scene, pale, dice, fair)
    harshness = dice.uniform(0.1, 0.4) if fair else dice.uniform(0.35, 1.0)
    scene = optics(scene, pose.width / 120 * harshness, dice)
    return compression(sensor(scene, harshness, dice), dice), quad, grey


def composed(plate, quad, pose, backdrop, dice):
    """The plate on its place in the scene. -> float picture, corners there"""
    h, w = plate.shape[:2]
    margin = np.array((0.18, 0.11), np.float32) * pose.width
    low, high = quad.min(0) - margin, quad.max(0) + margin
    quad = quad - low
    size = (int(high[0] - low[0]) + 1, int(high[1] - low[1]) + 1)
    scene = cv2.resize(backdrop, size).astype(np.float32)
    shrink = w / (pose.width * pose.squeeze[0])
    if shrink > 1.15:                                   # what the lens would average, so that nothing aliases
        plate = cv2.GaussianBlur(plate, (0, 0), 0.45 * math.sqrt(shrink * shrink - 1))
    onto = cv2.getPerspectiveTransform(np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32), quad)
    if dice.chance(0.35):
        _holder(scene, onto, w, h, dice)
    cv2.warpPerspective(plate, onto, size, dst=scene, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT)
    return scene, quad


def _holder(scene, onto, w, h, dice):
    """The dealer's frame: 3 to 16 mm wide, black, chrome or white, thicker below."""
    t = dice.uniform(3, 16) * w / 440
    frame = np.array([[-t, -t], [w + t, -t], [w + t, h + t * dice.uniform(0.5, 2)], [-t, h + t]], np.float32)
    outline = cv2.perspectiveTransform(frame[None], onto)[0]
    grey = dice.pick((0.05, 0.15, 0.3, 0.7, 0.9))
    cv2.fillConvexPoly(scene, (outline * 8).astype(np.int32), [float(v) for v in any_grey(dice, grey, grey)], cv2.LINE_AA, 3)


# ---------------------------------------------------------------- light

def light(scene, pale, dice, fair=False):
    """Light falling on the scene and the exposure for it; `pale` plates saturate sooner, `fair`: daylight only. -> float picture, grey?"""
    if dice.chance(0.45):
        scene = scene * _gradient(scene.shape, dice)
    if dice.chance(0.10):
        scene = scene * _shadow_edge(scene.shape, dice)
    scene, grey = exposed(scene, 'day' if fair else dice.weighted(EXPOSURES), pale, dice)
    if dice.chance(0.5):                                # white balance
        scene = scene * np.array((dice.uniform(0.8, 1.2), dice.uniform(0.88, 1.12), dice.uniform(0.8, 1.2)), np.float32)
    if not grey and dice.chance(0.3):                   # saturation, from washed out to postcard
        mean = scene.mean(2, keepdims=True)
        scene = mean + (scene - mean) * dice.uniform(0.2, 1.7)
    return scene, grey


def _gradient(shape, dice):
    """Light from one side: up to 1:2.6 across the plate."""
    across = np.linspace(dice.uniform(0.5, 1.3), dice.uniform(0.5, 1.3), shape[1], dtype=np.float32)[None, :]
    down = np.linspace(dice.uniform(0.6, 1.2), dice.uniform(0.6, 1.2), shape[0], dtype=np.float32)[:, None]
    return (across * down)[..., None]


def _shadow_edge(shape, dice):
    """The hard edge of a bumper's or a gantry's shadow."""
    h, w = shape[:2]
    top, bottom = dice.uniform(0, w), dice.uniform(0, w)
    mask = np.ones((h, w), np.float32)
    cv2.fillPoly(mask, [np.array([[top, 0], [bottom, h], [w, h], [w, 0]], np.int32)], dice.uniform(0.3, 0.75))
    return cv2.GaussianBlur(mask, (5, 5), 0)[..., None]


def exposed(scene, mode, pale, dice):
    """The scene under one of `EXPOSURES`. -> float picture, grey?"""
    return _EXPOSURES[mode](scene, pale, dice), mode == 'infra-red'


def _day(scene, pale, dice):
    return scene * dice.uniform(0.6, 1.15 if pale else 1.5) + dice.uniform(-15, 25)


def _night(scene, _, dice):
    """Dusk, night without a lamp, backlight."""
    return scene * dice.uniform(0.25, 0.6) + dice.uniform(0, 25)


def _glare(scene, pale, dice):
    """Flash or headlamps on a reflecting plate."""
    return scene * (dice.uniform(1.1, 1.5) if pale else dice.uniform(1.4, 2.6)) + dice.uniform(0, 15 if pale else 60)


def _haze(scene, _, dice):
    """Fog, a wet lens."""
    contrast = dice.uniform(0.28, 0.6)
    return scene * contrast + hsv(dice.random(), dice.uniform(0, 0.3), dice.uniform(0.2, 0.9)) * (1 - contrast)


def _infra_red(scene, pale, dice):
    """An infra-red lamp, or a black-and-white camera: paints mix anew."""
    mix = np.array((dice.uniform(0.05, 0.5), dice.uniform(0.3, 0.6), dice.uniform(0.1, 0.5)), np.float32)
    luma = (scene @ mix) * dice.uniform(0.5, 1.2 if pale else 2.0) + dice.uniform(-20, 40)
    return np.repeat(luma[..., None], 3, 2) * np.array((dice.uniform(0.9, 1.1), 1, dice.uniform(0.9, 1.1)), np.float32)


def _coloured_lamp(scene, _, dice):
    """Sodium lamps, the pink cast of a toll gate."""
    lamp = np.array((dice.uniform(0.5, 1.5), dice.uniform(0.5, 1.2), dice.uniform(0.5, 1.6)), np.float32)
    return scene * lamp + np.array((dice.uniform(0, 60), dice.uniform(-10, 30), dice.uniform(0, 70)), np.float32)


_EXPOSURES = {'day': _day, 'night': _night, 'glare': _glare, 'haze': _haze, 'infra-red': _infra_red, 'coloured lamp': _coloured_lamp}
EXPOSURES = {'day': 0.48, 'night': 0.14, 'glare': 0.13, 'haze': 0.08, 'infra-red': 0.11, 'coloured lamp': 0.06}


# ---------------------------------------------------------------- optics, sensor, compression

def optics(scene, scale, dice):
    """Focus and motion blur; `scale` is the plate's width over 120 pixels times the harshness of this shot."""
    return blurred(scene, dice.weighted(BLURS), scale, dice)


BLURS = {'sharp': 0.38, 'soft': 0.32, 'motion': 0.26, 'defocus': 0.04}


def blurred(scene, mode, scale, dice):
    """The scene through one of `BLURS`."""
    if mode == 'soft':                                  # sigma up to about 3 pixels at 120
        return cv2.GaussianBlur(scene, (0, 0), abs(dice.gauss(0, 1.2)) * scale + 0.2)
    if mode == 'motion':                                # 100 km/h at 1/500 s is 5.5 cm, an eighth of the plate
        length = int(dice.uniform(2, 10) * scale) | 1
        angle = dice.uniform(0, 180) if dice.chance(0.5) else dice.gauss(0, 15) % 180
        return scene if length < 3 else cv2.filter2D(scene, -1, motion_kernel(length, int(angle / 15)))
    if mode == 'defocus':                               # a round aperture
        radius = int(dice.uniform(2, 5) * scale)
        if radius >= 1:
            disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1)).astype(np.float32)
            return cv2.filter2D(scene, -1, disc / disc.sum())
    return scene


@lru_cache(maxsize=None)
def motion_kernel(length, twelfth):
    """A line of `length` pixels turned by `twelfth` times 15 degrees."""
    kernel = np.zeros((length, length), np.float32)
    centre, angle = (length - 1) / 2, math.radians(twelfth * 15)
    dx, dy = math.cos(angle) * centre, math.sin(angle) * centre
    start, end = ((round((centre - dx) * 16), round((centre - dy) * 16)), (round((centre + dx) * 16), round((centre + dy) * 16)))
    cv2.line(kernel, start, end, 1.0, 1, cv2.LINE_AA, 4)
    return kernel / max(kernel.sum(), 1e-6)


def sensor(scene, harshness, dice):
    """Noise, gamma and the camera's own sharpening; float in, bytes out."""
    if dice.chance(0.6):                                # sigma mostly below 7 of 255; grey noise from strong denoising
        sigma = abs(dice.gauss(0, 7)) * harshness + 0.5
        grain = dice.noise(scene.shape[:2])[..., None] if dice.chance(0.3) else dice.noise(scene.shape)
        scene = scene + grain * sigma
    scene = np.clip(scene, 0, 255).astype(np.uint8)
    if dice.chance(0.4):
        scene = cv2.LUT(scene, (255 * (np.arange(256) / 255) ** dice.uniform(0.6, 1.5)).astype(np.uint8))
    if dice.chance(0.25):
        soft, amount = cv2.GaussianBlur(scene, (0, 0), dice.uniform(0.7, 1.5)), dice.uniform(0.5, 2.0)
        scene = cv2.addWeighted(scene, 1 + amount, soft, -amount, 0)
    return scene


def compression(scene, dice):
    """Half-size colour as in every video stream, then JPEG of quality 22 (a thrifty camera) to 95."""
    if dice.chance(0.3):
        h, w = scene.shape[:2]
        planes = cv2.cvtColor(scene, cv2.COLOR_BGR2YCrCb)
        half = cv2.resize(planes[..., 1:], ((w + 1) // 2, (h + 1) // 2), interpolation=cv2.INTER_AREA)
        planes[..., 1:] = cv2.resize(half, (w, h))
        scene = cv2.cvtColor(planes, cv2.COLOR_YCrCb2BGR)
    return jpeg(scene, dice.uniform(22, 95)) if dice.chance(0.6) else scene


def jpeg(picture, quality):
    """There and back through JPEG."""
    return cv2.imdecode(cv2.imencode('.jpg', picture, [cv2.IMWRITE_JPEG_QUALITY, int(quality)])[1], cv2.IMREAD_COLOR)
