"""What stands around plates: windows of real vehicle pictures that hold no Chinese plate."""
import cv2

_SIZE = (200, 100)              # enough for the surroundings of a plate of 190 pixels
_PER_COLLECTION = 260


def load_backdrops(corpus, dice):
    """Windows of about 800 vehicle cut-outs and of the crops without a plate; 200 x 100 BGR bytes each."""
    windows = [cv2.resize(crop, _SIZE) for crop in dice.sample(corpus.negatives(), 400)]
    for collection in ('stanford-cars', 'roadside-fhwa', 'street-crops'):
        names = [row['file'] for row in dice.sample(corpus.vehicle_rows(collection), _PER_COLLECTION)]
        for picture in corpus.vehicle_pictures(collection, names):
            windows.extend(_window(picture, dice) for _ in range(2))
    return windows


def plain_backdrops(dice, count=24):
    """Smooth noise, for runs without the data folder."""
    return [cv2.resize((dice.grain(4, 8)[..., None] * (60, 60, 60) + 60).astype('uint8'), _SIZE) for _ in range(count)]


def _window(picture, dice):
    h, w = picture.shape[:2]
    width = max(12, int(w * dice.uniform(0.3, 0.9)))
    height = max(8, min(h, int(width * dice.uniform(0.35, 0.8))))
    x, y = int(dice.uniform(0, max(1, w - width))), int(dice.uniform(0, max(1, h - height)))
    return cv2.resize(picture[y:y + height, x:x + width], _SIZE, interpolation=cv2.INTER_AREA)
