"""What the authorities write on plates: texts, colours and layouts by class, drawn with chosen shares."""
from dataclasses import dataclass
from itertools import accumulate

from ..alphabet import DIGITS, LETTERS, PROVINCES

# Characters that are taken for each other at 15 pixels of height.
CONFUSABLE = '0DQ8B2Z5S17T4AGC6UVYMNHKXPFE'

# Shares of each plate class in training: not their shares on the road (there 85 % are blue), but enough of each rare
# kind to learn it. 应急 is drawn rarely because version 0, drawing it 0.9 % of the time, saw it where there was 学; WJ and 领
# are drawn two to three times as often as for version 1, which read them worst of all classes.
SHARES = {
    'blue': 45, 'energy-small': 15, 'energy-large': 6, 'yellow': 7, 'learner': 2.2, 'yellow-double': 6,
    'trailer': 5, 'police': 2.5, 'army': 1.9, 'army-double': 0.4, 'armed-police': 1.8, 'emergency': 0.4,
    'hong-kong-macao': 1.6, 'embassy': 1.0, 'consulate': 1.5, 'black': 0.6, 'aviation': 0.6,
    'tractor': 1.5, 'armed-police-old': 0.8,
}

# Dense provinces, which melt into each other at 12 pixels of height, are drawn twice as often as open ones: 1.3 to 0.65,
# the rest 1. Sorted by what version 1 got wrong on drawn blue development plates.
_DENSE, _OPEN = '藏赣鄂黑渝豫京晋琼蒙陕皖鲁冀青湘贵粤', '沪宁云辽苏'
_PROVINCE_ODDS = list(accumulate(1.3 if p in _DENSE else 0.65 if p in _OPEN else 1.0 for p in PROVINCES))


@dataclass(frozen=True)
class Issue:
    """One plate as issued. `colour` is a paint; `red` are the positions written in red."""
    text: str
    colour: str
    layout: str
    red: tuple = ()


def issue(dice, kind=None, province=None):
    """A random plate, of the given class and province if these matter."""
    kind = kind or dice.weighted(SHARES)
    return _KINDS[kind](dice, province or dice.choices(PROVINCES, cum_weights=_PROVINCE_ODDS)[0])


def _serial(dice, length):
    """Mostly digits with up to two letters as issued; else anything; else only characters that are easily confused."""
    style = dice.random()
    if style < 0.45:
        characters = [dice.pick(DIGITS) for _ in range(length)]
        for _ in range(dice.pick((0, 1, 1, 2, 2))):
            characters[dice.randrange(length)] = dice.pick(LETTERS)
    elif style < 0.85:
        characters = [dice.pick(LETTERS + DIGITS) for _ in range(length)]
    elif style < 0.97:
        characters = [dice.pick(CONFUSABLE) for _ in range(length)]
    else:                                   # repeats, which a reader that merges neighbours gets wrong
        repeated = dice.pick(LETTERS + DIGITS)
        characters = [repeated if dice.chance(0.75) else dice.pick(DIGITS) for _ in range(length)]
    return ''.join(characters)


def _digits(dice, length):
    return ''.join(dice.pick(DIGITS) for _ in range(length))


def _blue(dice, province):
    city = '0' if dice.chance(0.012) else dice.pick(LETTERS)        # the O of old police series has the shape of a zero
    return Issue(province + city + _serial(dice, 5), 'blue', 'single')


def _energy_small(dice, province):
    if dice.chance(0.3):
        return Issue(province + dice.pick(LETTERS) + _serial(dice, 6), 'green-small', 'energy')
    kind = dice.pick('DFABCEGHJK') if dice.chance(0.7) else dice.pick(LETTERS)
    second = dice.pick(LETTERS) if dice.chance(0.4) else dice.pick(DIGITS)
    return Issue(province + dice.pick(LETTERS) + kind + second + _digits(dice, 4), 'green-small', 'energy')


def _energy_large(dice, province):
    if dice.chance(0.25):
        return Issue(province + dice.pick(LETTERS) + _serial(dice, 6), 'green-large', 'energy')
    kind = dice.pick('DF') if dice.chance(0.7) else dice.pick(LETTERS)
    return Issue(province + dice.pick(LETTERS) + _digits(dice, 5) + kind, 'green-large', 'energy')


def _ordinary(colour, layout):
    return lambda dice, province: Issue(province + dice.pick(LETTERS) + _serial(dice, 5), colour, layout)


def _ending(mark, colour, layout, red=()):
    return lambda dice, province: Issue(province + dice.pick(LETTERS) + _serial(dice, 4) + mark, colour, layout, red)


def _police(dice, province):
    layout = 'single' if dice.chance(0.6) else 'single-dot-1'       # 京·A1234警 and, older, 京A·1234警
    return _ending('警', 'white', layout, (6,))(dice, province)


def _army(layout):
    def draw(dice, _):
        red = (0, 1) if dice.chance(0.7) else (0,)
        return Issue(dice.pick(LETTERS) + dice.pick(LETTERS) + _serial(dice, 5), 'white', layout, red)
    return draw


def _armed_police(dice, province):
    return Issue('WJ' + province + _digits(dice, 4) + dice.pick(LETTERS + DIGITS), 'white', 'armed-police', (0, 1, 2))


def _armed_police_old(dice, _):
    # Withdrawn in 2013: who still drives with one drives with a false plate.
    layout = 'armed-police-number' if dice.chance(0.5) else 'armed-police-small-number'
    text = f'WJ{dice.randrange(1, 36):02}' + dice.pick(LETTERS if dice.chance(0.4) else DIGITS) + _digits(dice, 4)
    return Issue(text, 'white', layout, (0, 1, 2, 3) if dice.chance(0.5) else (0, 1))


def _emergency(dice, province):
    vehicle = dice.pick('XS' if dice.chance(0.6) else LETTERS)
    layout = 'emergency-stacked' if dice.chance(0.7) else 'emergency-narrow'
    return Issue(province + vehicle + _digits(dice, 4) + '应急', 'white', layout, (6, 7))


def _hong_kong_macao(dice, province):
    prefix = '粤Z' if dice.chance(0.6) else province + dice.pick(LETTERS)   # issued as 粤Z only; others keep the mark apart from 粤
    return Issue(prefix + _serial(dice, 4) + dice.pick('港澳'), 'black', 'single')


def _embassy(dice, _):
    if dice.chance(0.65):
        return Issue('使' + _digits(dice, 6), 'black', 'single-dot-4', (0,))
    return Issue(_digits(dice, 6) + '使', 'black', 'single-dot-3', (6,))


def _consulate(dice, province):
    layout = 'single' if dice.chance(0.5) else 'single-dot-1'
    return _ending('领', 'black', layout, (6,))(dice, province)


def _aviation(dice, _):
    return Issue('民航' + dice.pick(LETTERS) + _digits(dice, 4), 'green-aviation', 'single')


def _tractor(dice, province):
    return Issue(province + _digits(dice, 7), 'green-aviation', 'tractor')


_KINDS = {
    'blue': _blue,
    'energy-small': _energy_small,
    'energy-large': _energy_large,
    'yellow': _ordinary('yellow', 'single'),
    'learner': _ending('学', 'yellow', 'single'),
    'yellow-double': _ordinary('yellow', 'double'),
    'trailer': _ending('挂', 'yellow', 'double'),
    'police': _police,
    'army': _army('single'),
    'army-double': _army('double'),
    'armed-police': _armed_police,
    'armed-police-old': _armed_police_old,
    'emergency': _emergency,
    'hong-kong-macao': _hong_kong_macao,
    'embassy': _embassy,
    'consulate': _consulate,
    'black': _ordinary('black', 'single'),
    'aviation': _aviation,
    'tractor': _tractor,
}
