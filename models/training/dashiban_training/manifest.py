"""The manifest of a new version: the previous one's contract, with the files, origin and gate of the new weights."""
import datetime
import hashlib
import json
import re
from pathlib import Path

import torch


def succeed(previous, folder, trained_on, licence, changes=None, tensors=None):
    """Writes `folder`/manifest.json after `previous`/manifest.json; the folder's name is the version.

    `changes` are values to set inside sections, such as {'reading': {'minCharacterConfidence': 0.8}}, or new sections.
    `tensors` are the shapes of files whose network sees or answers otherwise than before: {'model.onnx': {'outputs': {'plates': [1, 5040, 14]}}}.
    Everything else of the contract (alphabet, crop) stays: a network that changes it needs a manifest written by hand.
    """
    folder = Path(folder)
    manifest = json.loads((Path(previous) / 'manifest.json').read_text(encoding='utf-8'))
    manifest['version'] = int(folder.name)
    manifest['license'] = licence
    manifest['origin'] = {'made': datetime.date.today().isoformat(), 'exporter': f'PyTorch {torch.__version__}', 'opset': 13, 'trainedOn': trained_on}
    for file in manifest['files']:
        file['sha256'] = hashlib.sha256((folder / file['file']).read_bytes()).hexdigest()
        file.update(tensors[file['file']] if tensors else {})
    for section, values in (changes or {}).items():
        manifest.setdefault(section, {}).update(values)
    (folder / 'manifest.json').write_text(readable(manifest), encoding='utf-8')


def readable(value):
    """JSON with each list of numbers on one line."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return re.sub(r'\[\s*(-?[\d.]+(?:,\s*-?[\d.]+)*)\s*\]', lambda numbers: '[' + ', '.join(numbers[1].split()).replace(',,', ',') + ']', text) + '\n'
