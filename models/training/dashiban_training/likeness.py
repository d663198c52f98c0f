"""Which two plate pictures look alike, however each is framed: the greatest correlation over scales and shifts.

The texts say whether two pictures show one plate; looks find what wrong labels hide. Plain correlation and perceptual
hashes fail on crops that are framed differently, so the middle of one picture is searched for in the other.
"""
import cv2
import numpy as np

SIZE = (136, 36)                    # of every picture here: the size of the training crops
_MIDDLE = (slice(4, 32), slice(8, 128))     # 120 x 28 of it, free of frames
_SCALES = (0.92, 1.0, 1.08)
_SEARCHED = (152, 46)               # the other picture with its surroundings, before scaling
_COARSE = 4                         # first at a quarter of the size, for all pairs
_CANDIDATES = 8                     # then at full size, for the likeliest of each crop


def surroundings_margin():
    """How much around a plate belongs into a searched picture, as shares of its width and height on each side."""
    return tuple((searched / size - 1) / 2 for searched, size in zip(_SEARCHED, SIZE))


def nearest(crops, searched):
    """For each grey crop (36 x 136): the index of the most alike of the `searched` (46 x 152) and the correlation, 0 to 1.

    Correlation counts in either polarity: archives hold colour negatives.
    """
    coarse = _coarse_likeness(crops, searched)
    found = []
    for crop, row in zip(crops, coarse):
        candidates = np.argsort(row)[-_CANDIDATES:]
        fine = [_likeness(crop, searched[k]) for k in candidates]
        best = int(np.argmax(fine))
        found.append((int(candidates[best]), fine[best]))
    return found


def _coarse_likeness(crops, searched):
    """len(crops) x len(searched): every window of every scale at once, as one product of matrices."""
    templates = np.stack([_standardised(_quarter(crop[_MIDDLE]).ravel()) for crop in crops])
    h, w = (side // _COARSE for side in crops[0][_MIDDLE].shape)
    return np.stack([np.abs(templates @ _windows(picture, h, w).T).max(1) for picture in searched], 1)


def _windows(picture, h, w):
    rows = []
    for scale in _SCALES:
        small = _quarter(_scaled(picture, scale))
        view = np.lib.stride_tricks.sliding_window_view(small, (h, w))
        rows += [_standardised(window.ravel()) for line in view for window in line]
    return np.stack(rows)


def _likeness(crop, picture):
    return max(float(np.abs(cv2.matchTemplate(_scaled(picture, scale), crop[_MIDDLE], cv2.TM_CCOEFF_NORMED)).max()) for scale in _SCALES)


def _scaled(picture, scale):
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)


def _quarter(picture):
    return cv2.resize(picture, (picture.shape[1] // _COARSE, picture.shape[0] // _COARSE), interpolation=cv2.INTER_AREA).astype(np.float32)


def _standardised(values):
    centred = values - values.mean()
    return centred / max(float(np.linalg.norm(centred)), 1e-6)
