"""What a detector takes for a plate and is none: boards, time stamps, phone numbers, company names, grilles, lamps."""
import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ..plates.paint import any_grey, hsv

_FONTS = ('/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc', '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc')
_SIZE = 40                      # pixels of a character before it is mounted
_WORDS = ('限速', '出口', '服务区', '客运', '公交', '校车', '出租', '物流', '运输', '有限公司', '危险品', '检查站', '请减速', '大道', '收费站', '旅游',
          '县道', '加油站', '停车', '高速', '平安', '销售', '载重', '核载', '东风', '解放', '农村客运', '镇', '村', '北路', '专用', '货厢', '放大号',
          'BUS', 'TAXI', 'TURBO', 'EXPRESS', 'POLICE', 'LOGISTICS', '4x4', '3.0T', 'STOP', 'TEL')
_KINDS = {'words': 0.34, 'phone': 0.16, 'stamp': 0.14, 'number': 0.10, 'bars': 0.16, 'grid': 0.10}


def draw(dice):
    """One of them straight on, BGR bytes."""
    kind = dice.weighted(_KINDS)
    ink, ground = _colours(dice)
    if kind in ('bars', 'grid'):
        return _louvre(kind, ink, ground, dice)
    return _lettering(_TEXTS[kind](dice), ink, ground, dice)


def _words(dice):
    return ''.join(dice.pick(_WORDS) for _ in range(dice.pick((1, 2, 2, 3))))


def _phone(dice):
    """Eleven digits of a mobile or a landline with its area: longer than any plate."""
    digits = [str(dice.randrange(10)) for _ in range(11)]
    return dice.pick(('', '', '电话', 'TEL:', '热线')) + ''.join(digits[:4]) + dice.pick(('', '-')) + ''.join(digits[4:])


def _stamp(dice):
    date = f'20{dice.randrange(12, 30)}-{dice.randrange(1, 13):02d}-{dice.randrange(1, 29):02d}'
    time = f'{dice.randrange(24):02d}:{dice.randrange(60):02d}:{dice.randrange(60):02d}'
    return dice.pick((f'{date} {time}', date, time, f'{date} {time} 车道{dice.randrange(1, 5)}'))


def _number(dice):
    """Routes, speeds, kilometres, loads: shorter than any plate."""
    return dice.pick(('80', '120', '60', '40t', f'G{dice.randrange(1, 99)}', f'S{dice.randrange(1, 399)}', f'X{dice.randrange(100, 999)}',
                      f'K{dice.randrange(10, 2000)}', f'{dice.randrange(1, 99)}路', f'{dice.randrange(1, 20)}km'))


_TEXTS = {'words': _words, 'phone': _phone, 'stamp': _stamp, 'number': _number}


def _colours(dice):
    """Boards wear the colours of plates: white on blue and green, black on yellow and white; bodies any."""
    dark, pale = any_grey(dice, 0.0, 0.3), any_grey(dice, 0.7, 1.0)
    grounds = ((pale, hsv(dice.uniform(0.57, 0.67), dice.uniform(0.5, 1), dice.uniform(0.3, 0.9))),
               (pale, hsv(dice.uniform(0.36, 0.45), dice.uniform(0.5, 1), dice.uniform(0.2, 0.6))),
               (dark, hsv(dice.uniform(0.09, 0.16), dice.uniform(0.5, 1), dice.uniform(0.6, 1))),
               (dark, any_grey(dice, 0.7, 1.0)), (pale, any_grey(dice, 0.0, 0.3)),
               (hsv(dice.uniform(-0.03, 0.03) % 1, 0.8, 0.8), any_grey(dice, 0.7, 1.0)),
               (pale, hsv(dice.random(), dice.uniform(0.3, 1), dice.uniform(0.2, 0.9))))
    return dice.pick(grounds)


def _lettering(text, ink, ground, dice):
    font = ImageFont.truetype(dice.pick(_FONTS), _SIZE)
    left, top, right, bottom = font.getbbox(text)
    margin = int(dice.uniform(2, 14))
    mask = Image.new('L', (right - left + 2 * margin, bottom - top + 2 * margin))
    ImageDraw.Draw(mask).text((margin - left, margin - top), text, font=font, fill=255)
    cover = np.asarray(mask, np.float32)[..., None] / 255
    return np.clip(ground + (ink - ground) * cover, 0, 255).astype(np.uint8)


def _louvre(kind, ink, ground, dice):
    """Radiator grilles, louvres, zebra boards, brick."""
    w, h = 160, int(160 / dice.uniform(1.4, 5))
    board = np.empty((h, w, 3), np.float32)
    board[:] = ground
    step = dice.randrange(5, 22)
    board[:, (np.arange(w) // step) % 2 == 0] = ink
    if kind == 'grid':
        board[(np.arange(h) // dice.randrange(4, 14)) % 2 == 0] = ground
    elif dice.chance(0.5):
        board = np.ascontiguousarray(cv2.resize(board.transpose(1, 0, 2), (w, h)))
    return np.clip(board, 0, 255).astype(np.uint8)
