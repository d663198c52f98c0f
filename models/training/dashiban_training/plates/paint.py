"""Colours of plates as cameras see them: wide ranges, because white balance and age move them far from the standard."""
import numpy as np


def hsv(hue, saturation, value):
    """BGR 0..255 as float32; hue 0..1."""
    sector = int(hue * 6) % 6
    f = hue * 6 - int(hue * 6)
    p, q, t = value * (1 - saturation), value * (1 - f * saturation), value * (1 - (1 - f) * saturation)
    red, green, blue = ((value, t, p), (q, value, p), (p, value, t), (p, q, value), (t, p, value), (value, p, q))[sector]
    return np.array((blue, green, red), np.float32) * 255


def any_grey(dice, low, high, tint=0.2):
    """A colour near grey between two brightnesses."""
    return hsv(dice.random(), dice.uniform(0, tint), dice.uniform(low, high))


def ground(colour, dice):
    """The plate's background paint."""
    if colour == 'blue':                                        # violet under lamps, cyan in shade
        return hsv(dice.uniform(0.575, 0.665), dice.uniform(0.55, 1.0), dice.uniform(0.42, 1.0))
    if colour == 'yellow':                                      # amber when dirty, lemon in sun
        return hsv(dice.uniform(0.09, 0.155), dice.uniform(0.55, 1.0), dice.uniform(0.5, 1.0))
    if colour == 'white':
        return hsv(dice.random(), dice.uniform(0, 0.08), dice.uniform(0.6, 1.0))
    if colour == 'black':
        return hsv(dice.random(), dice.uniform(0, 0.25), dice.uniform(0.02, 0.25))
    if colour == 'green-aviation':
        return hsv(dice.uniform(0.36, 0.45), dice.uniform(0.6, 1.0), dice.uniform(0.3, 0.7))
    return hsv(dice.uniform(0.36, 0.45), dice.uniform(0.35, 0.85), dice.uniform(0.5, 0.95))     # both new-energy greens


def ink(colour, dice):
    """The characters' paint."""
    if colour in ('blue', 'black', 'green-aviation'):
        return any_grey(dice, 0.65, 1.0, tint=0.12)
    return any_grey(dice, 0.0, 0.25, tint=0.3)


def red_ink(dice):
    return hsv(dice.uniform(0.95, 1.03) % 1, dice.uniform(0.7, 1), dice.uniform(0.5, 0.95))


def painted_ground(colour, layout, height, width, dice):
    """The empty plate: one colour, or the new-energy fade from white to green, or yellow beside green."""
    paint = ground(colour, dice)
    plate = np.empty((height, width, 3), np.float32)
    plate[:] = paint
    if colour == 'green-small':
        fade = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
        fade = np.clip((fade - dice.uniform(0, 0.3)) / dice.uniform(0.5, 1.0), 0, 1)
        pale = hsv(dice.uniform(0.33, 0.45), dice.uniform(0, 0.2), dice.uniform(0.75, 1.0))
        plate[:] = pale * (1 - fade) + paint * fade
    elif colour == 'green-large':
        yellow_mm = dice.uniform(125, 160)                      # the yellow field behind province and city letter
        plate[:, :int(yellow_mm / layout.width * width)] = hsv(dice.uniform(0.1, 0.16), dice.uniform(0.5, 1.0), dice.uniform(0.6, 1.0))
    return plate
