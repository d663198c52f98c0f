"""One source of chance, handed from function to function, so that a seed repeats a whole run."""
import math
import random

import numpy as np


_SMALL_NOISE, _NOISE_FIELD = 100_000, 2_000_000


class Dice(random.Random):
    """`random.Random` with the few draws that rendering needs, and a numpy generator for whole pictures."""

    def __new__(cls, seed):
        return super().__new__(cls)

    def __init__(self, seed):
        super().__init__(seed)
        self.fields = np.random.Generator(np.random.PCG64(seed))
        self._noise = None

    def chance(self, probability):
        return self.random() < probability

    def pick(self, options):
        return options[int(self.random() * len(options))]

    def scale(self, low, high):
        """A size: log-uniform, because twice as large is one step wherever one starts."""
        return math.exp(self.uniform(math.log(low), math.log(high)))

    def weighted(self, options):
        """One of `{value: weight}`."""
        return self.choices(tuple(options), tuple(options.values()))[0]

    def noise(self, shape):
        """Standard normal numbers, float32. Whole pictures of it are windows of one large field: drawing them costs 5 ms."""
        count = math.prod(shape)
        if count <= _SMALL_NOISE:
            return self.fields.standard_normal(shape, dtype=np.float32)
        if self._noise is None:
            self._noise = self.fields.standard_normal(_NOISE_FIELD, dtype=np.float32)
        start = self.randrange(_NOISE_FIELD - count)
        return self._noise[start:start + count].reshape(shape)

    def grain(self, rows, columns):
        """Uniform numbers in 0..1 on a coarse grid, float32: enlarged, they make stains and worn paint."""
        return self.fields.random((rows, columns), dtype=np.float32)
