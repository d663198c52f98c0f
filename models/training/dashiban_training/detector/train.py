"""What is particular to training the detector: losses on score, corners, box and rows."""
import torch
import torch.nn.functional as F

from .net import Detector, decoded
from .scenes import SceneStream
from .targets import assign

_SCORE, _CORNERS, _BOX, _ROWS = 2.0, 1.2, 1.0, 0.2


class DetectorTask:
    """See `fit` for what a task is."""
    batch, reuse, capacity = 16, 2, 4_000
    peak_rate, decay = 2e-3, 0.02
    trained_on = ['train/vehicles with plates rendered by models/training', 'train/negatives']
    licence = 'Feasibility weights: vehicle pictures partly for research only; see MODEL_CARD.md.'

    def __init__(self, data_root=None, synthetic_only=False):
        self._data_root, self._synthetic_only = data_root, synthetic_only

    @staticmethod
    def network():
        return Detector()

    def stream(self, seed):
        return SceneStream(self._data_root, seed, self._synthetic_only)

    def development(self):
        return None if self._synthetic_only else DevelopmentScenes(self._data_root)

    @staticmethod
    def losses(net, batch):
        pictures, labels = batch
        with torch.autocast(pictures.device.type, dtype=torch.bfloat16):
            maps = net(scaled(pictures).contiguous(memory_format=torch.channels_last))
        return detection_loss(decoded(maps), assign(labels.cpu().numpy(), pictures.shape[1]))


def scaled(pictures):
    """BGR bytes n x h x w x 3 to RGB 0..1, n x 3 x h x w."""
    return pictures.permute(0, 3, 1, 2).flip(1).float() / 255


def detection_loss(answers, targets):
    corners, scores, doubles = answers
    device = scores.device
    owner = torch.from_numpy(targets.owner).to(device)
    positive = owner >= 0
    count = max(1, int(positive.sum()))
    wanted, weights = torch.zeros_like(scores), torch.from_numpy(~targets.silent).to(device).float()
    weights[positive] = 1
    corner = box = rows = scores.sum() * 0
    if positive.any():
        mine = owner[positive].cpu()
        truth, double, width = (torch.from_numpy(part)[mine].to(device) for part in (targets.corners, targets.double, targets.width))
        size = (width * (0.25 + 0.12 * double)).clamp(min=4)[:, None]       # about the plate's height
        corner = F.smooth_l1_loss(corners[positive] / size, truth / size, beta=0.05, reduction='sum') / count
        overlap, generalised = box_overlap(corners[positive], truth)
        box = (1 - generalised).sum() / count
        rows = F.binary_cross_entropy_with_logits(doubles[positive], double, reduction='sum') / count
        error = (corners[positive] - truth).detach().abs().mean(1) / size[:, 0]
        wanted[positive] = (0.5 * overlap.detach() + 0.5 * torch.exp(-6 * error)).clamp(0.1, 1)
    score = _score_loss(scores, wanted, weights) / count
    figures = {'score': score.item(), 'corner': float(corner), 'box': float(box), 'rows': float(rows)}
    return _SCORE * score + _CORNERS * corner + _BOX * box + _ROWS * rows, figures


def _score_loss(scores, wanted, weights):
    """Cross entropy against the answer's own quality, weighted by how far off it is: easy background counts for nothing."""
    distance = (torch.sigmoid(scores).detach() - wanted).abs()
    return (F.binary_cross_entropy_with_logits(scores, wanted, reduction='none') * distance.pow(1.5) * weights).sum()


def box_overlap(a, b):
    """Intersection over union, and its generalised form (Rezatofighi et al., 2019), of the corners' upright boxes."""
    (a_low, a_high), (b_low, b_high) = _box(a), _box(b)
    area = lambda low, high: (high - low).clamp(min=0).prod(-1)
    shared = area(torch.maximum(a_low, b_low), torch.minimum(a_high, b_high))
    union = area(a_low, a_high) + area(b_low, b_high) - shared + 1e-6
    hull = area(torch.minimum(a_low, b_low), torch.maximum(a_high, b_high)) + 1e-6
    return shared / union, shared / union - (hull - union) / hull


def _box(corners):
    points = corners.reshape(-1, 4, 2)
    return points.amin(1), points.amax(1)


class DevelopmentScenes:
    """Fixed drawn scenes: plates found at box overlap 0.5 with a score of 0.4, and alarms per scene."""
    _SCENES, _SCORE, _SEED = 200, 0.4, 20_261_123

    def __init__(self, data_root):
        stream = iter(SceneStream(data_root, self._SEED))
        scenes = [next(stream) for _ in range(self._SCENES)]
        self._pictures, self._labels = torch.stack([s[0] for s in scenes]), torch.stack([s[1] for s in scenes])

    @torch.no_grad()
    def examine(self, net, device):
        found = plates = alarms = 0
        for pictures, labels in zip(self._pictures.split(20), self._labels.split(20)):
            corners, scores, _ = (part.cpu() for part in decoded(net(scaled(pictures.to(device)))))
            for quads, score, rows in zip(corners, torch.sigmoid(scores), labels):
                kept = suppressed(quads[score > self._SCORE], score[score > self._SCORE])
                truth = rows[rows[:, 9] == 1, :8]
                hit = overlaps(truth, kept) if len(truth) and len(kept) else torch.zeros(len(truth), len(kept))
                found += int((hit > 0.5).any(1).sum())
                plates += len(truth)
                near_any = overlaps(rows[rows[:, 9] > 0, :8], kept) if len(kept) and (rows[:, 9] > 0).any() else torch.zeros(0, len(kept))
                alarms += len(kept) - int((near_any > 0.1).any(0).sum())
        return {'found': round(found / max(1, plates), 4), 'alarms': round(alarms / self._SCENES, 3)}


def overlaps(a, b):
    """Box overlap of each with each."""
    return box_overlap(a.repeat_interleave(len(b), 0), b.repeat(len(a), 1))[0].reshape(len(a), len(b))


def suppressed(quads, scores, limit=0.4):
    """The best of each group of overlapping quads."""
    kept = []
    for k in torch.argsort(scores, descending=True).tolist():
        if not kept or overlaps(quads[k:k + 1], quads[kept]).max() < limit:
            kept.append(k)
    return quads[kept]
