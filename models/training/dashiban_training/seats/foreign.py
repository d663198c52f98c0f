"""Looks through the real vehicles with a plate detector of ours: what may be a plate in each, however unsure. `rulers` makes sense of it."""
import json

from ..detector.mining import looked

_COLLECTIONS = ('stanford-cars', 'street-crops')
_NOT_ASKED = ('zenodo/',)       # seen from a roof, where no plate shows
_LEAST = 0.03                   # score; most plates are not Chinese, and a detector of Chinese ones doubts them


def find(net, corpus):
    """-> name of each vehicle with an answer: list of (corners 4 x 2 in its pixels, score)."""
    plates = {}
    for collection in _COLLECTIONS:
        names = [row['file'] for row in corpus.vehicle_rows(collection) if not row['file'].startswith(_NOT_ASKED)]
        for name, _, quads, scores in looked(net, zip(names, corpus.vehicle_pictures(collection, names)), _LEAST):
            plates[name] = [(quad.round(1).tolist(), round(float(score), 3)) for quad, score in zip(quads, scores)]
    return plates


def save(plates, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(plates), encoding='utf-8')


def load(path):
    return json.loads(path.read_text(encoding='utf-8'))
