"""What can stand on a Chinese plate (GA 36-2018), and how the reader's classes are numbered."""
import re

PROVINCES = '京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新'
LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ'        # I and O are not issued: they look like 1 and 0
DIGITS = '0123456789'
MARKS = '学警港澳挂使领应急民航'
CHARACTERS = PROVINCES + LETTERS + DIGITS + MARKS

BLANK = 0                                   # class 0 means "no character"; class k is CHARACTERS[k - 1]
CLASSES = len(CHARACTERS) + 1
SLOTS = 9                                   # the longest text: armed police before 2013, WJ with a number; all others have at most eight

_TRACTOR = 8                                # characters of a tractor's plate

COLOURS = ('blue', 'yellow', 'green-small', 'green-large', 'white', 'black')

_CLASS_OF = {character: k + 1 for k, character in enumerate(CHARACTERS)}
_CLASS_OF['O'] = _CLASS_OF['0']              # one shape, one class: `old_police_o` tells them apart by position
_SERIAL = '[A-HJ-NP-Z0-9]'
GRAMMAR = re.compile(
    f'^(?:[{PROVINCES}][A-HJ-Z](?:{_SERIAL}{{5,6}}|{_SERIAL}{{4}}[学警港澳挂领])'
    f'|[{PROVINCES}][A-Z][0-9]{{4}}应急'
    f'|[A-HJ-NP-Z]{{2}}{_SERIAL}{{5}}'
    f'|WJ[{PROVINCES}][0-9]{{4}}{_SERIAL}|WJ[0-9]{{2}}{_SERIAL}[0-9]{{4}}'
    f'|使[0-9]{{6}}|[0-9]{{6}}使'
    f'|民航{_SERIAL}{{5}}'
    f'|[{PROVINCES}][0-9]{{7}})$')                # tractors (NY 345.1): two digits of the region, five of the serial


def classes_of(text):
    """The nine class numbers of a text, blank-padded."""
    classes = [_CLASS_OF[character] for character in text]
    return classes + [BLANK] * (SLOTS - len(classes))


def text_of(classes):
    """The text of a row of class numbers; blanks leave no trace."""
    return old_police_o(''.join(CHARACTERS[k - 1] for k in classes if k != BLANK))


def text_of_path(classes):
    """The text of a strip of steps (connectionist temporal classification): repeats merged, blanks dropped."""
    return text_of([k for k, before in zip(classes, [BLANK, *classes]) if k != before])


def old_police_o(text):
    """Position two after a province is a letter but on tractors: what looks like zero there is the O of the old police series."""
    if 1 < len(text) < _TRACTOR and text[0] in PROVINCES and text[1] == '0':
        return text[0] + 'O' + text[2:]
    return text
