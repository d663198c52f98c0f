"""Cuts vehicles out of their pictures, so that neither the rectangle of a crop nor its street tells the class."""
import cv2
import numpy as np

_WORKING = 72                   # longer side while cutting; 8 ms a vehicle, and the edge is softened anyway
_ROUNDS = 2
_BODY = 0.6                     # what lies within this oval is vehicle whatever its colour: white vans lose their sides before a white sky
_CORE = 0.25                    # the colours of the vehicle are learned from within this one
_PLAUSIBLE = (0.3, 0.97)        # share of the box that a vehicle covers; else the cut failed


def vehicle_mask(picture, box):
    """Soft mask of the vehicle in `box` (left, top, right, bottom), float32 0..1 of the picture's size: GrabCut, or an oval where that fails."""
    scale = _WORKING / max(picture.shape[:2])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    oval = _oval(small.shape[:2], np.array(box) * scale)
    mask = _cut(small, oval)
    mask[oval < _BODY] = 1
    inside = oval < 1.25
    if not _PLAUSIBLE[0] < mask[inside].mean() < _PLAUSIBLE[1]:
        mask = (oval < 1).astype(np.uint8)
    return soft(mask * np.float32(255), picture.shape[:2])


def soft(mask, size):
    """A small mask of levels 0 or 255 enlarged to `size` (height, width), its edge as soft as a lens leaves it."""
    return cv2.GaussianBlur(cv2.resize(mask, size[::-1]), (0, 0), 1.2) / np.float32(255)


def _oval(size, box):
    """0 in the middle of the box, 1 on an oval that fills it with full cheeks (|x|^3 + |y|^3 = 1)."""
    rows, columns = np.mgrid[:size[0], :size[1]].astype(np.float32)
    across = (columns + 0.5 - (box[0] + box[2]) / 2) / max(1.0, (box[2] - box[0]) / 2)
    down = (rows + 0.5 - (box[1] + box[3]) / 2) / max(1.0, (box[3] - box[1]) / 2)
    return abs(across) ** 3 + abs(down) ** 3


def _cut(small, oval):
    mask = np.full(oval.shape, cv2.GC_PR_FGD, np.uint8)
    mask[oval > 1.25] = cv2.GC_PR_BGD
    mask[oval < _CORE] = cv2.GC_FGD
    mask[[0, -1]], mask[:, [0, -1]] = cv2.GC_BGD, cv2.GC_BGD
    cv2.setRNGSeed(1)
    cv2.grabCut(small, mask, None, np.zeros((1, 65)), np.zeros((1, 65)), _ROUNDS, cv2.GC_INIT_WITH_MASK)
    return mask & 1
