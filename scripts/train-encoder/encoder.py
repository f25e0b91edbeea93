"""The encoder of the package in torch: two pre-norm transformer layers over pieces of words, mean pool, a tanh layer, one head for each task."""

import json
import math
from pathlib import Path

import numpy as np
import torch
from torch import nn

TASKS = {"sentiment": 3, "emotion": 7, "offensive": 2}


def read_weights(package: Path) -> dict:
    """Names and arrays as the package stores them: float32, one after the other over several files."""
    manifest = json.loads((package / "dist/model.json").read_text())["weightsManifest"]
    found = {}
    for group in manifest:
        raw = b"".join((package / "dist" / path).read_bytes() for path in group["paths"])
        at = 0
        for weight in group["weights"]:
            count = int(np.prod(weight["shape"])) if weight["shape"] else 1
            kind = np.float32 if weight["dtype"] == "float32" else np.int32
            found[weight["name"]] = np.frombuffer(raw, kind, count, at).reshape(weight["shape"])
            at += count * 4
    return found


class Layer(nn.Module):
    def __init__(self, width: int, inner: int, heads: int = 4, adjusts: bool = False):
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(width, eps=1e-6)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, 512)
        self.adjust = nn.Linear(width, 512) if adjusts else nn.Identity()
        self.ffn_norm = nn.LayerNorm(512, eps=1e-6)
        self.up = nn.Linear(512, inner)
        self.down = nn.Linear(inner, 512)

    def forward(self, x, bias, drop):
        batch, length, width = x.shape
        parts = self.qkv(self.norm(x)).view(batch, length, 3, self.heads, width // self.heads)
        q, k, v = parts.permute(2, 0, 3, 1, 4)
        shares = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(width // self.heads) + bias, -1)
        mixed = (shares @ v).transpose(1, 2).reshape(batch, length, width)
        x = self.adjust(x) + drop(self.out(mixed))
        return x + drop(self.down(torch.relu(self.up(self.ffn_norm(x)))))


class Encoder(nn.Module):
    def __init__(self, size: int, dropout: float = 0.1):
        super().__init__()
        self.embedding = nn.Embedding(size, 256)
        self.layers = nn.ModuleList([Layer(256, 1536, adjusts=True), Layer(512, 1536)])
        self.pool = nn.Linear(512, 512)
        self.heads = nn.ModuleDict({name: nn.Linear(512, count) for name, count in TASKS.items()})
        self.drop = nn.Dropout(dropout)
        self.register_buffer("timescales", torch.zeros(1, 128))

    def pooled(self, ids):
        mask = (ids > 0).float()
        position = torch.arange(ids.shape[1], device=ids.device).float().unsqueeze(1) * self.timescales
        signal = torch.cat([torch.sin(position), torch.cos(position)], 1).unsqueeze(0)
        # The package's graph adds the embedding twice.
        x = (2 * self.embedding(ids) + signal) * mask.unsqueeze(-1)
        bias = (1 - mask)[:, None, None, :] * -1e9
        for layer in self.layers:
            x = layer(x, bias, self.drop)
        mean = (x * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True).clamp(min=1)
        return torch.tanh(self.pool(mean))

    def forward(self, ids):
        sense = self.drop(self.pooled(ids))
        return tuple(head(sense) for head in self.heads.values())

    def load_package(self, package: Path, emoji: list):
        weights = read_weights(package)

        def get(*parts):
            names = [name for name in weights if all(part in name for part in parts)]
            assert len(names) == 1, (parts, names)
            return torch.tensor(weights[names[0]].copy())

        rows = get("Embeddings_en")
        new = [rows[torch.tensor(pieces)].mean(0) for pieces in emoji]
        # The file of the training folder says from which number on emoji are counted; here they follow the table.
        self.embedding.weight.data = torch.cat([rows, torch.stack(new)])
        self.timescales.data = get("TimingSignal/ExpandDims_1")
        for at, layer in enumerate(self.layers):
            here = f"Layer_{at}/TransformerLayer/"
            layer.norm.weight.data = get(here + "layer_prepostprocess", "norm_scale")
            layer.norm.bias.data = get(here + "layer_prepostprocess", "norm_bias")
            layer.qkv.weight.data = get(here, "qkv_transform_single/kernel")[0, 0].T.contiguous()
            layer.qkv.bias.data = get(here, "qkv_transform_single/bias")
            layer.out.weight.data = get(here, "output_transform_single/kernel")[0, 0].T.contiguous()
            layer.out.bias.data = get(here, "output_transform_single/bias")
            layer.ffn_norm.weight.data = get(here + "FFN", "norm_scale")
            layer.ffn_norm.bias.data = get(here + "FFN", "norm_bias")
            layer.up.weight.data = get(here + "FFN/conv1/Tensordot/Reshape_1").T.contiguous()
            layer.up.bias.data = get(here + "FFN/conv1/bias")
            layer.down.weight.data = get(here + "FFN/conv2/Tensordot/Reshape_1").T.contiguous()
            layer.down.bias.data = get(here + "FFN/conv2/bias")
        self.layers[0].adjust.weight.data = get("Layer_0/TransformerLayer/dense/kernel").T.contiguous()
        self.layers[0].adjust.bias.data = get("Layer_0/TransformerLayer/dense/bias")
        self.pool.weight.data = get("tanh_layer_0/weights").T.contiguous()
        self.pool.bias.data = get("tanh_layer_0/bias")
