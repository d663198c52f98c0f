"""The second look as the pipeline takes it (src/Dashiban.Vision/Detecting/SecondLook.cs): a window around each candidate, enlarged."""
from dataclasses import replace

import cv2
import numpy as np
import torch

from .answers import found, quad_overlaps
from .composition import LETTERBOX
from .export import ZOOM
from .scenes import scaled

# What the manifest says of it.
RECIPE = {'plateWidth': 120, 'maxUpscale': 3, 'minQuadOverlap': 0.25, 'minScore': 0.1, 'unconfirmedFactor': 0.5, 'keepCornersFrom': 130}


def twice(net, picture, first, candidate=0.15):
    """`first`, an answer for a picture of BGR bytes, after the second look at each candidate; plates below `candidate` go."""
    sure = first.plate_scores >= candidate
    judged = [_judged(net, picture, quad, score) for quad, score in zip(first.quads[sure], first.plate_scores[sure])]
    quads, scores = (np.array(column, np.float32) for column in zip(*judged)) if judged else (first.quads[:0], first.plate_scores[:0])
    return replace(first, quads=quads.reshape(-1, 4, 2), plate_scores=scores)


def _judged(net, picture, quad, score):
    """-> corners, score"""
    onto = _window(quad)
    window = cv2.warpAffine(picture, onto, (ZOOM.width, ZOOM.height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(LETTERBOX,) * 3)
    answer = found(net, scaled(torch.from_numpy(window)[None]), RECIPE['minScore'])[0]
    scale, shift = onto[0, 0], onto[:, 2]
    quads = (answer.quads - shift) / scale
    overlaps = quad_overlaps(quads, quad[None])[:, 0] if len(quads) else np.zeros(0)
    for corners, sureness in zip(quads[overlaps > RECIPE['minQuadOverlap']], answer.plate_scores[overlaps > RECIPE['minQuadOverlap']]):
        keeps = _width(quad) >= RECIPE['keepCornersFrom']
        return quad if keeps else corners, float(np.sqrt(score * sureness))
    return quad, float(score * RECIPE['unconfirmedFactor'])


def _window(quad):
    """The affine that leads from the picture to the window: the candidate in its middle, at the width the network likes best."""
    width = max(_width(quad), 1.5 * np.ptp(quad[:, 1]), 1.0)
    scale = min(RECIPE['maxUpscale'], RECIPE['plateWidth'] / width)
    centre = quad.mean(0)
    return np.array([[scale, 0, ZOOM.width / 2 - scale * centre[0]], [0, scale, ZOOM.height / 2 - scale * centre[1]]], np.float32)


def _width(quad):
    return (np.linalg.norm(quad[1] - quad[0]) + np.linalg.norm(quad[2] - quad[3])) / 2
