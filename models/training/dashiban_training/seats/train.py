"""What is particular to training the seat class: labels that allow several classes."""
import cv2
import numpy as np
import torch
import torch.nn.functional as F

from ..corpus import Corpus
from .net import CLASSES, SIDE, SeatNet
from .views import VehicleStream, allowed, load_vehicles

_SMOOTHING = 0.05


class SeatTask:
    """See `fit` for what a task is."""
    batch, reuse, capacity = 64, 1, 2_048
    peak_rate, decay = 2e-3, 0.05
    trained_on = ['train/vehicles: Stanford Cars, roadside frames, street crops']
    licence = 'Feasibility weights: vehicle pictures partly for research only; see MODEL_CARD.md.'

    def __init__(self, data_root=None, synthetic_only=False):
        self._data_root, self._synthetic_only = data_root, synthetic_only

    @staticmethod
    def network():
        return SeatNet()

    def stream(self, seed):
        return VehicleStream(self._data_root, seed, self._synthetic_only)

    def development(self):
        return None if self._synthetic_only else KeptVehicles(self._data_root)

    @staticmethod
    def losses(net, batch):
        pictures, permitted = batch
        with torch.autocast(pictures.device.type, dtype=torch.bfloat16):
            answers = net(planes(pictures).contiguous(memory_format=torch.channels_last))
        loss = permitted_loss(answers.float(), permitted)
        right = permitted.gather(1, answers.argmax(1, keepdim=True)).mean()
        return loss, {'loss': loss.item(), 'permitted': right.item()}


def planes(pictures):
    """BGR bytes n x h x w x 3 to floats n x 3 x h x w, still 0..255."""
    return pictures.permute(0, 3, 1, 2).float()


def permitted_loss(answers, permitted):
    """Minus the log of what all permitted classes have together, lightly smoothed."""
    logs = F.log_softmax(answers, 1)
    together = torch.logsumexp(logs.masked_fill(permitted == 0, -1e4), 1)
    return -((1 - _SMOOTHING) * together + _SMOOTHING * logs.mean(1)).mean()


class KeptVehicles:
    """Recall by class on pictures kept from training: in-domain only, it says little about Chinese checkpoints."""

    def __init__(self, data_root):
        self._by_label = load_vehicles(Corpus(data_root), validation=True)

    @torch.no_grad()
    def examine(self, net, device):
        recall = {}
        for label in CLASSES:
            pictures = torch.from_numpy(np.stack([cv2.resize(p, (SIDE, SIDE), interpolation=cv2.INTER_AREA) for p in self._by_label[label]]))
            answers = torch.cat([net(planes(part.to(device))).argmax(1).cpu() for part in pictures.split(128)])
            recall[label] = round(allowed(label)[answers].mean().item(), 3)
        return recall
