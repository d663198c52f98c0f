"""Makes the probabilities mean what they say, chooses when to say "unknown", and states how far to believe the model."""
import numpy as np
import torch

from .development import logits, possible, summary
from .samples import allowed

_TEMPERATURES = np.exp(np.linspace(np.log(0.5), np.log(3.0), 61))
_MOST_UNKNOWN = 0.15            # of the looks kept from training, half of them hard ones; of the vehicles on the road a fifth may be unknown
_THRESHOLDS = np.arange(0.40, 0.96, 0.05)


def calibrate(net, development):
    """One temperature over all sets, each of equal weight, and a threshold on the masked answers; -> figures for calibration.json."""
    answers = {name: logits(net, looks.pictures) for name, looks in development.sets.items()}
    temperature = fitted_temperature([(answers[name], permitted(looks.labels)) for name, looks in development.sets.items()])
    sure = {name: torch.softmax(rows / temperature, 1).numpy() for name, rows in answers.items()}
    threshold = highest_threshold([possible(sure[name], looks.plates).max(1) for name, looks in development.sets.items()])
    return {'temperature': round(float(temperature), 3), 'threshold': threshold,
            'sets': {name: summary(sure[name], looks, threshold) for name, looks in development.sets.items()}}


def fitted_temperature(sets):
    """The temperature of least mean negative log likelihood, every set counting the same."""
    def likelihood(temperature):
        return sum(_likelihood(answers / temperature, permitted_classes) for answers, permitted_classes in sets)
    return min(_TEMPERATURES, key=likelihood)


def _likelihood(answers, permitted_classes):
    logs = torch.log_softmax(answers, 1).masked_fill(permitted_classes == 0, -np.inf)
    return -torch.logsumexp(logs, 1).mean().item()


def highest_threshold(confidences):
    """The highest threshold that leaves few looks unknown, every set counting the same."""
    fitting = [t for t in _THRESHOLDS if np.mean([(rows < t).mean() for rows in confidences]) <= _MOST_UNKNOWN]
    return round(float(max(fitting, default=_THRESHOLDS[0])), 2)


def permitted(labels):
    return torch.stack([allowed(label) for label in labels])


def trust(net, development, sources, temperature=1.0):
    """What may be promised from real sources that the network never saw: the lower end of the 95 % interval of each share."""
    small, large = _pooled(net, development, sources, temperature)
    return {'smallPlates': _promised(small), 'largePlates': _promised(large),
            'measured': f'kept real sources {", ".join(sources)}, in no form in training: 7+ found {small[0]} of {small[1]}, fewer kept {small[2]} of {small[3]}; '
                        f'buses found {large[0]} of {large[1]}, lorries kept {large[2]} of {large[3]}; lower ends of the 95 % intervals'}


def _pooled(net, development, sources, temperature):
    rows = []
    for source in sources:
        looks = development.sets[source]
        found = summary(torch.softmax(logits(net, looks.pictures) / temperature, 1).numpy(), looks)
        rows.append((found['sevenPlusSmall'], found['busLarge']))
    return tuple(np.sum([row[k] for row in rows], 0).tolist() for k in range(2))


def _promised(row):
    """Balanced accuracy from the lower ends; a half, which counts for nothing, where it cannot be told."""
    if not row[1] or not row[3]:
        return 0.5
    return round(max(0.5, (wilson_low(row[0], row[1]) + wilson_low(row[2], row[3])) / 2), 3)


def wilson_low(right, of, z=1.96):
    """Lower end of the 95 % interval of a share."""
    share = right / of
    return (share + z * z / (2 * of) - z * np.sqrt(share * (1 - share) / of + z * z / (4 * of * of))) / (1 + z * z / of)
