"""Pictures on their way into a network in training: a sample met again must not look the same."""
import torch


def lit_anew(pictures, mean, deviation):
    """BGR bytes n x h x w x 3 -> RGB less `mean`, over `deviation`; each with a gain, a colour gain and an offset of its own.

    One pass in bf16, channels last: the network's own precision, and a tenth of a step faster than one pass for each.
    """
    def draw(*shape):
        return torch.randn(len(pictures), *shape, device=pictures.device)
    gain = (1 + 0.15 * draw(1, 1, 1)) * (1 + 0.05 * draw(3, 1, 1)) / deviation
    offset = 16 / deviation * draw(1, 1, 1) - mean * gain           # 16 of 255 levels: haze and black level
    levels = pictures.flip(3).permute(0, 3, 1, 2).bfloat16()
    return torch.addcmul(offset.bfloat16(), levels, gain.bfloat16())
