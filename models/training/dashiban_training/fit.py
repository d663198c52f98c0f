"""One training loop for every model: bf16 autocast, cosine rate, exponential moving average, resumable at any checkpoint.

A task says what is particular to its model:
    network()               a new network
    stream(seed)            an endless IterableDataset of tensor tuples
    losses(net, batch)      the loss to descend, and named figures for the log
    development()           something with examine(net, device) -> dict, or None
    batch, reuse, capacity  samples per step, times each is seen, samples kept for that
    peak_rate, decay        of AdamW
    warm_start(net, batch)  optional: weights to begin with
    aside, every            optional: a task of the same network with samples of another shape, which has every so many'th step
"""
import json
import math
import time
from pathlib import Path

import cv2
import torch
import torch.nn as nn
from torch.utils.data import DataLoader

_SECONDS_BETWEEN_CHECKPOINTS = 120
_STEPS_BETWEEN_LINES = 200
_STEPS_PER_AVERAGING = 4        # the average moves every fourth step: a quarter of the copying, the same memory
_WARM_UP_STEPS = 200


class Budget:
    """How far a run is, 0 to 1, by minutes of training or by samples seen; both survive a resume."""

    def __init__(self, minutes=None, samples=None):
        if (minutes is None) == (samples is None):
            raise ValueError('give either minutes or samples')
        self._seconds, self._samples = minutes and minutes * 60, samples
        self.seconds, self.seen = 0.0, 0

    @property
    def progress(self):
        return self.seconds / self._seconds if self._seconds else self.seen / self._samples


class Ring:
    """Keeps the last samples so that each is seen a few times: drawing one costs as much as learning from it."""

    def __init__(self, capacity):
        self.capacity, self.drawn, self._columns = capacity, 0, None

    def add(self, sample):
        if self._columns is None:
            self._columns = [torch.empty((self.capacity, *value.shape), dtype=value.dtype) for value in sample]
        for column, value in zip(self._columns, sample):
            column[self.drawn % self.capacity] = value
        self.drawn += 1

    def batch(self, size, generator):
        rows = torch.randint(min(self.drawn, self.capacity), (size,), generator=generator)
        return [column[rows] for column in self._columns]


class Training:
    """Network, optimiser and average of one run; `state` and `resume` carry them over an interruption."""

    def __init__(self, task, device):
        self.task, self.device, self.step = task, device, 0
        self.net = task.network().to(device).to(memory_format=torch.channels_last)
        self._begin()

    def _begin(self):
        weights = [p for p in self.net.parameters() if p.ndim > 1]
        others = [p for p in self.net.parameters() if p.ndim <= 1]
        self.optimiser = torch.optim.AdamW([{'params': weights, 'weight_decay': self.task.decay}, {'params': others, 'weight_decay': 0.0}],
                                           lr=self.task.peak_rate, betas=(0.9, 0.99))
        self.average = {name: value.clone() for name, value in self.net.state_dict().items()}

    def warm_start(self, batch):
        self.task.warm_start(self.net, self._here(batch))
        self._begin()

    def state(self, budget):
        return {'net': self.net.state_dict(), 'average': self.average, 'optimiser': self.optimiser.state_dict(),
                'step': self.step, 'seconds': budget.seconds, 'seen': budget.seen}

    def resume(self, state, budget):
        self.net.load_state_dict(state['net'])
        self.optimiser.load_state_dict(state['optimiser'])
        self.average = state['average']
        self.step, budget.seconds, budget.seen = state['step'], state['seconds'], state['seen']

    def averaged_net(self):
        net = self.task.network().to(self.device)
        net.load_state_dict(self.average)
        return net.eval()

    def learn(self, batch, progress):
        """One step; -> the task's named figures."""
        self.net.train()
        self._set_rate(progress)
        loss, figures = self.task.losses(self.net, self._here(batch))
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), 5.0)
        self.optimiser.step()
        self.step += 1
        if self.step % _STEPS_PER_AVERAGING == 0:
            self._update_average(min(0.999, (self.step + 1) / (self.step + 20)) ** _STEPS_PER_AVERAGING)
        return figures

    def _here(self, batch):
        return [part.to(self.device) for part in batch]

    def _set_rate(self, progress):
        warm = min(1.0, (self.step + 1) / _WARM_UP_STEPS)
        cosine = 0.01 + 0.99 * (0.5 + 0.5 * math.cos(math.pi * min(1.0, progress)))
        for group in self.optimiser.param_groups:
            group['lr'] = self.task.peak_rate * warm * cosine

    @torch.no_grad()
    def _update_average(self, keep):
        for name, value in self.net.state_dict().items():
            if value.dtype.is_floating_point:
                self.average[name].lerp_(value, 1 - keep)
            else:
                self.average[name].copy_(value)


def averaged(task, checkpoint):
    """The averaged network of a checkpoint, on the CPU, in evaluation."""
    net = task.network()
    net.load_state_dict(torch.load(checkpoint, map_location='cpu')['average'])
    return net.eval()


def pick_device(name='auto'):
    """`auto`: the GPU where there is one."""
    return torch.device(('cuda' if torch.cuda.is_available() else 'cpu') if name == 'auto' else name)


def fit(task, out, budget, workers=0, seed=1, device='auto', development_every=600.0):
    """Trains until the budget is spent, from `out`/checkpoint.pt if there is one; -> path of the checkpoint."""
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    torch.manual_seed(seed)
    training, checkpoint = Training(task, pick_device(device)), folder / 'checkpoint.pt'
    resumed = torch.load(checkpoint, map_location=training.device) if checkpoint.exists() else None
    # A resumed run draws new samples instead of those it has seen: the seed moves with the step.
    feed = _feed(task, seed + (resumed['step'] if resumed else 0), workers)
    if resumed:
        training.resume(resumed, budget)
    else:
        training.warm_start(feed.next()) if hasattr(task, 'warm_start') else None
    print(f'{sum(p.numel() for p in training.net.parameters()) / 1e6:.3f} M parameters on {training.device}, from step {training.step}', flush=True)
    _run(training, budget, feed, _Journal(folder, task.development(), development_every), checkpoint)
    return checkpoint


def _feed(task, seed, workers):
    stream = iter(DataLoader(task.stream(seed), batch_size=None, num_workers=workers))
    feed = _Feed(stream, Ring(task.capacity), task, torch.Generator().manual_seed(seed))
    return Alternation(feed, _feed(task.aside, seed, workers), task.every) if getattr(task, 'aside', None) else feed


class Alternation:
    """Batches of one feed, every so many'th of another."""

    def __init__(self, feed, aside, every):
        self._feed, self._aside, self._every, self._drawn = feed, aside, every, 0

    def next(self):
        self._drawn += 1
        return (self._feed if self._drawn % self._every else self._aside).next()


class _Feed:
    """Batches from a ring that is topped up with new samples before each."""

    def __init__(self, stream, ring, task, generator):
        self._stream, self._ring, self._task, self._generator = stream, ring, task, generator
        self._draw(min(task.capacity, 32 * task.batch))

    def next(self):
        self._draw(max(1, self._task.batch // self._task.reuse))
        return self._ring.batch(self._task.batch, self._generator)

    def _draw(self, count):
        for _ in range(count):
            self._ring.add(next(self._stream))


class _Journal:
    """Prints a line now and then, examines the development sets now and then and keeps their scores."""

    def __init__(self, folder, development, every):
        self._path, self._development, self._every = folder / 'development.jsonl', development, every
        self._figures, self._examined = [], -math.inf

    def after(self, step, figures, budget):
        self._figures.append(figures)
        if len(self._figures) == _STEPS_BETWEEN_LINES:
            means = {name: sum(row[name] for row in self._figures) / len(self._figures) for name in figures}
            print(f'{budget.seconds / 60:6.1f} min  step {step}  seen {budget.seen}  {budget.seen / budget.seconds:.0f}/s  '
                  + '  '.join(f'{name} {value:.3f}' for name, value in means.items()), flush=True)
            self._figures.clear()

    def due(self, now):
        return self._development is not None and now - self._examined > self._every

    def examine(self, training, budget, now):
        if self._development is None:
            return
        self._examined = now
        scores = {'minutes': round(budget.seconds / 60, 1), 'seen': budget.seen,
                  **self._development.examine(training.averaged_net(), training.device)}
        print('       development ' + json.dumps(scores, ensure_ascii=False), flush=True)
        with open(self._path, 'a', encoding='utf-8') as file:
            file.write(json.dumps(scores, ensure_ascii=False) + '\n')


def _run(training, budget, feed, journal, checkpoint):
    started, spent_before = time.monotonic(), budget.seconds
    saved = started
    while budget.progress < 1:
        now = time.monotonic()
        if journal.due(now):
            journal.examine(training, budget, now)
        batch = feed.next()
        figures = training.learn(batch, budget.progress)
        now = time.monotonic()
        budget.seconds, budget.seen = spent_before + now - started, budget.seen + len(batch[0])
        journal.after(training.step, figures, budget)
        if now - saved > _SECONDS_BETWEEN_CHECKPOINTS:
            _save(training.state(budget), checkpoint)
            saved = now
    _save(training.state(budget), checkpoint)
    journal.examine(training, budget, time.monotonic())


def _save(state, path):
    """Whole or not at all: an interrupted write must not cost the run."""
    unfinished = path.with_suffix('.part')
    torch.save(state, unfinished)
    unfinished.replace(path)
