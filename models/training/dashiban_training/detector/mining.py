"""Looks through the training vehicles with a detector of ours: where foreign plates hang, which lamps and grilles it falls for.

What is bright and hangs where plates hang is taken for a foreign one: scenes cover it with a drawn plate or ask nothing
there. Everything else is a false alarm: such vehicles and crops are shown more often.
"""
import json
from dataclasses import dataclass, field

import cv2
import numpy as np
import torch

from .answers import found
from .composition import LETTERBOX
from .labels import WINDOW
from .mounting import brightness
from .scenes import scaled

# Set on a sheet of 250 answers from 700 vehicles: of those called foreign two in three were, lamps hang higher, intakes are dark.
_LEAST, _LOW, _SURE = 0.2, 0.35, 0.7    # scores: an alarm; a foreign plate if it hangs low; one wherever it hangs
_LOW_FROM, _BRIGHT = 0.6, 85            # share of the vehicle's height; grey level
_SHOWN = 0.85                   # of the picture's side that a vehicle fills
_BATCH = 16
_LOOKED_AT = {'stanford-cars': 8144, 'street-crops': 2000, 'roadside-fhwa': 1800}    # vehicles of each: two and a half minutes of a core


@dataclass
class Mined:
    """By the name of each vehicle looked at: corners of foreign plates (n x 4 x 2); names of those with false alarms; numbers of such clutter crops."""
    foreign: dict = field(default_factory=dict)
    alarming: set = field(default_factory=set)
    clutter: list = field(default_factory=list)

    def save(self, path):
        content = {'foreign': {name: np.asarray(quads).round(1).tolist() for name, quads in self.foreign.items()},
                   'alarming': sorted(self.alarming), 'clutter': self.clutter}
        path.write_text(json.dumps(content), encoding='utf-8')

    @classmethod
    def load(cls, path):
        content = json.loads(path.read_text(encoding='utf-8'))
        foreign = {name: np.array(quads, np.float32).reshape(-1, 4, 2) for name, quads in content['foreign'].items()}
        return cls(foreign, set(content['alarming']), content['clutter'])


def mine(net, corpus, dice):
    mined = Mined()
    for collection, most in _LOOKED_AT.items():
        names = [row['file'] for row in corpus.vehicle_rows(collection)]
        names = dice.sample(names, min(most, len(names)))
        mined.foreign.update((name, np.zeros((0, 4, 2))) for name in names)
        for name, picture, quads, scores in looked(net, zip(names, corpus.vehicle_pictures(collection, names)), _LEAST):
            plates = np.array([_is_foreign(quad, score, picture) for quad, score in zip(quads, scores)], bool)
            mined.foreign[name] = quads[plates]
            if not plates.all():
                mined.alarming.add(name)
    mined.clutter = [k for k, _, quads, _ in looked(net, enumerate(corpus.negatives()), _LEAST) if len(quads)]
    return mined


def looked(net, named_pictures, least):
    """-> name, picture, corners in it and scores of at least `least`, of each picture with an answer."""
    batch = []
    for name, picture in named_pictures:
        batch.append((name, picture))
        if len(batch) == _BATCH:
            yield from _answers(net, batch, least)
            batch.clear()
    yield from _answers(net, batch, least) if batch else ()


def _answers(net, batch, least):
    boards = [_board(picture) for _, picture in batch]
    pictures = scaled(torch.from_numpy(np.stack([board for board, _ in boards])))
    for (name, picture), (_, scale), answer in zip(batch, boards, found(net, pictures, least)):
        if len(answer.quads):
            middle = np.array(picture.shape[1::-1], np.float32) / 2
            yield name, picture, (answer.quads - WINDOW / 2) / scale + middle, answer.plate_scores


def _board(picture):
    """The picture enlarged to the middle of a grey square; -> board, scale."""
    scale = _SHOWN * WINDOW / max(picture.shape[:2])
    large = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    board = np.full((WINDOW, WINDOW, 3), LETTERBOX, np.uint8)
    top, left = (WINDOW - large.shape[0]) // 2, (WINDOW - large.shape[1]) // 2
    board[top:top + large.shape[0], left:left + large.shape[1]] = large
    return board, scale


def _is_foreign(quad, score, picture):
    """A tenth to nearly half of the vehicle's width, between square and one to six, bright, and low or sure."""
    h, w = picture.shape[:2]
    width, height = np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[3] - quad[0])
    shaped = 0.08 * w < width < 0.45 * w and 1.2 < width / max(1.0, height) < 6
    low = quad[:, 1].mean() > _LOW_FROM * h
    return shaped and score >= (_LOW if low else _SURE) and (brightness(picture, quad) or 0) > _BRIGHT
