"""How wrong an answer is: score, corners, box and rows of plates; score and box of vehicles."""
import torch
import torch.nn.functional as F

_SCORE, _CORNERS, _BOX, _ROWS = 2.0, 2.0, 1.0, 0.2
_VEHICLE_SCORE, _VEHICLE_BOX = 1.5, 1.5
_GOOD_ENOUGH = 1.35     # a quality of 0.74 (box overlap 0.83, corners off by 7 % of the height) counts as perfect: such a plate can
                        # be read, and a target that asks for more pulls the scores of good answers down among those of false alarms


def plate_loss(answers, targets):
    """`answers` as from `net.plates_of`, `targets` from `assign_plates`. -> loss, named figures"""
    corners, scores, doubles = answers
    owner, positive, weights = _responsible(targets, scores.device)
    count = max(1, int(positive.sum()))
    wanted = torch.zeros_like(scores)
    corner = box = rows = scores.sum() * 0
    if positive.any():
        things = torch.from_numpy(targets.things).to(scores.device)[owner[positive]]
        truth, double = things[:, :8], things[:, 8]
        size = _height(truth)[:, None]
        corner = F.smooth_l1_loss(corners[positive] / size, truth / size, beta=0.05, reduction='sum') / count
        overlap, generalised = overlap_of(*extent(corners[positive]), *extent(truth))
        box = (1 - generalised).sum() / count
        rows = F.binary_cross_entropy_with_logits(doubles[positive], double, reduction='sum') / count
        error = (corners[positive] - truth).detach().abs().mean(1) / size[:, 0]
        wanted[positive] = (_GOOD_ENOUGH * (0.5 * overlap.detach() + 0.5 * torch.exp(-6 * error))).clamp(0.1, 1)
    score = _score_loss(scores, wanted, weights) / count
    figures = {'score': float(score), 'corner': float(corner), 'box': float(box), 'rows': float(rows)}
    return _SCORE * score + _CORNERS * corner + _BOX * box + _ROWS * rows, figures


def vehicle_loss(answers, targets):
    """`answers` as from `net.vehicles_of`, `targets` from `assign_vehicles`. -> loss, named figures"""
    boxes, scores = answers
    owner, positive, weights = _responsible(targets, scores.device)
    count = max(1, int(positive.sum()))
    wanted, box = torch.zeros_like(scores), scores.sum() * 0
    if positive.any():
        truth = torch.from_numpy(targets.things).to(scores.device)[owner[positive]]
        mine = boxes[positive]
        overlap, generalised = overlap_of(mine[:, :2], mine[:, 2:], truth[:, :2], truth[:, 2:])
        size = (truth[:, 2:] - truth[:, :2]).mean(1, keepdim=True)
        box = ((1 - generalised).sum() + F.smooth_l1_loss(mine / size, truth / size, beta=0.1, reduction='sum')) / count
        wanted[positive] = (1.2 * overlap.detach()).clamp(0.1, 1)
    score = _score_loss(scores, wanted, weights) / count
    return _VEHICLE_SCORE * score + _VEHICLE_BOX * box, {'v-score': float(score), 'v-box': float(box)}


def _responsible(targets, device):
    """-> owner of each cell, cells that have one, weight of each cell's score."""
    owner = torch.from_numpy(targets.owner).to(device)
    positive = owner >= 0
    weights = torch.from_numpy(~targets.silent).to(device).float()
    weights[positive] = 1
    return owner, positive, weights


def _height(quads):
    points = quads.reshape(-1, 4, 2)
    return ((points[:, 3] - points[:, 0]).norm(dim=1) + (points[:, 2] - points[:, 1]).norm(dim=1)).clamp(min=8) / 2


def _score_loss(scores, wanted, weights):
    """Cross entropy against the answer's own quality, weighted by how far off it is: easy background counts for nothing."""
    distance = (torch.sigmoid(scores).detach() - wanted).abs()
    return (F.binary_cross_entropy_with_logits(scores, wanted, reduction='none') * distance.pow(1.5) * weights).sum()


def extent(quads):
    """Upper left and lower right of n x 8 corners."""
    points = quads.reshape(-1, 4, 2)
    return points.amin(1), points.amax(1)


def overlap_of(a_low, a_high, b_low, b_high):
    """Intersection over union of upright boxes, and its generalised form (Rezatofighi et al., 2019)."""
    area = lambda low, high: (high - low).clamp(min=0).prod(-1)
    shared = area(torch.maximum(a_low, b_low), torch.minimum(a_high, b_high))
    union = area(a_low, a_high) + area(b_low, b_high) - shared + 1e-6
    hull = area(torch.minimum(a_low, b_low), torch.maximum(a_high, b_high)) + 1e-6
    return shared / union, shared / union - (hull - union) / hull
