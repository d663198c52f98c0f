"""What is to be found in a training picture, and how sure we are that it must be."""
import numpy as np

# Sides of training pictures, multiples of the coarsest stride: windows, from which most is learned, and whole pictures, in which
# vehicles grow as large as in the largest input that ships.
WINDOW, WHOLE = 384, 640
PLATE_ROWS, VEHICLE_ROWS = 24, 16
EMPTY, WANTED, IGNORED = 0, 1, 2    # kinds of a row; an ignored one is neither right nor wrong

_PLATE_SEEN, _VEHICLE_SEEN = 0.7, 0.5   # a plate with a character hidden and half a vehicle need not be found
_NARROWEST_PLATE, _SMALLEST_VEHICLE = 14, 22    # pixels: narrower plates cannot be read even after the second look


class Labels:
    """Collects plates and vehicles of one picture of `side` x `side` pixels."""

    def __init__(self, side=WINDOW):
        self.side, self.plates, self.vehicles = side, [], []

    def plate(self, quad, double, seen=1.0):
        """`quad`: 4 x 2 corners as read; `seen`: share that nothing hides (what the frame cuts off is added here)."""
        low, high = quad.min(0), quad.max(0)
        wanted = seen * self._in_frame(low, high) >= _PLATE_SEEN and high[0] - low[0] >= _NARROWEST_PLATE
        self.plates.append((*quad.reshape(-1), double, WANTED if wanted else IGNORED))

    def ignore_plate(self, quad):
        self.plates.append((*quad.reshape(-1), 0, IGNORED))

    def vehicle(self, low, high, seen=1.0):
        """The box is cut off at the frame: the network is not asked to guess what lies outside."""
        wanted = seen * self._in_frame(low, high) >= _VEHICLE_SEEN and max(high - low) >= _SMALLEST_VEHICLE
        self._add_vehicle(low, high, WANTED if wanted else IGNORED)

    def ignore_vehicle(self, low, high):
        self._add_vehicle(low, high, IGNORED)

    def _in_frame(self, low, high):
        seen = np.clip(high, 0, self.side) - np.clip(low, 0, self.side)
        return float(np.prod(seen) / max(1.0, np.prod(high - low)))

    def _add_vehicle(self, low, high, kind):
        low, high = np.clip(low, 0, self.side), np.clip(high, 0, self.side)
        if (high - low).min() >= 2:
            self.vehicles.append((*low, *high, kind))

    def moved(self, scale, shift):
        """The labels of the same picture scaled and then shifted by pixels, cut off at the frame again."""
        moved = Labels(self.side)
        for *corners, double, kind in self.plates:
            quad = np.array(corners, np.float32).reshape(4, 2) * scale + shift
            moved.plate(quad, double) if kind == WANTED else moved.ignore_plate(quad)
        for *box, kind in self.vehicles:
            low, high = np.array(box, np.float32).reshape(2, 2) * scale + shift
            moved.vehicle(low, high) if kind == WANTED else moved.ignore_vehicle(low, high)
        return moved

    def rows(self):
        """-> PLATE_ROWS x 10 (eight coordinates, two rows?, kind), VEHICLE_ROWS x 5 (box, kind); float32."""
        return _table(self.plates, PLATE_ROWS, 10), _table(self.vehicles, VEHICLE_ROWS, 5)


def _table(rows, count, columns):
    """The largest first, should there be more than fit."""
    table = np.zeros((count, columns), np.float32)
    rows = sorted(rows, key=lambda row: row[2] - row[0], reverse=True)[:count]
    if rows:
        table[:len(rows)] = rows
    return table
