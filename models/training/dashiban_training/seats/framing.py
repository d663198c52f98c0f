"""What the seat model sees of a picture. The plate is the ruler: 440 mm, so that a roof has its true height in every view.

The C# side cuts by the same rule (`SeatView.cs`, `PictureSampler.cs`); the manifest's `classes.view` carries the numbers.
"""
import cv2
import numpy as np

from .net import SIDE

WIDTH, ABOVE, BELOW = 7.467, 6.117, 1.35    # plate widths: a coach is 5.8 wide and its roof ends 6 above its plate; of a vehicle turned by a third most of the side is seen
PAD = 114                               # level of all channels outside the picture
_BOX_IN_PLATES, _BOX_DOWN = 4.0, 0.80   # for want of a plate a vehicle is taken for a car: four plates wide, the plate low
# Rows and columns of the view that a network with an input of that side sees: versions 1 to 3 saw 5.6 plates, 4.6 above the plate.
_SEEN = {SIDE: (slice(None), slice(None)), 96: (slice(26, 122), slice(16, 112))}
_FREE_SHRINKAGE, _MOST_SAMPLES = 1.7, 8 # bilinear skips pixels beyond this, so more samples are averaged; PictureSampler averages areas


def framed(picture, plate_centre, plate_width, side=SIDE, margin=1.0, border=cv2.BORDER_CONSTANT):
    """side x side pixels around a plate, `margin` times as far each way; outside the picture PAD unless `border` says otherwise."""
    left, top, extent = region(plate_centre, plate_width, margin)
    samples = _samples_across(extent / side)
    step = extent / (side * samples)
    onto = np.array([[step, 0, left + step / 2 - 0.5], [0, step, top + step / 2 - 0.5]])      # OpenCV counts from pixel centres
    finer = cv2.warpAffine(picture, onto, (side * samples, side * samples), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                           borderMode=border, borderValue=(PAD, PAD, PAD))
    return finer if samples == 1 else cv2.resize(finer, (side, side), interpolation=cv2.INTER_AREA)


def region(plate_centre, plate_width, margin=1.0):
    """-> left, top, extent of the square that is seen, in picture pixels."""
    extent = WIDTH * plate_width
    left = plate_centre[0] - extent / 2
    top = plate_centre[1] - ABOVE * plate_width
    grown = extent * (margin - 1) / 2
    return left - grown, top - grown, extent * margin


def plate_of_box(box):
    """Centre and width of the plate that a vehicle without one is taken to have; box: left, top, right, bottom."""
    left, top, right, bottom = box
    return ((left + right) / 2, top + _BOX_DOWN * (bottom - top)), (right - left) / _BOX_IN_PLATES


def seen_by(side, planes):
    """What a network with an input of that side sees of n x 3 x SIDE x SIDE: as many pixels, at the same scale."""
    rows, columns = _SEEN[side]
    return planes[:, :, rows, columns]


def _samples_across(shrinkage):
    samples = 1
    while samples < _MOST_SAMPLES and shrinkage > samples * _FREE_SHRINKAGE:
        samples *= 2
    return samples
