"""Writes the trained encoder as the product's program wants it: whole numbers of eight bits, a scale for each row, all behind one another.

    python3 export.py PIECES WEIGHTS.pt OUT.raw
"""

import sys
from pathlib import Path

import numpy as np
import torch

from encoder import Encoder

MOST, IN = 96, 256


class Writer:
    def __init__(self):
        self.parts = []

    def put(self, values: np.ndarray):
        raw = np.ascontiguousarray(values).tobytes()
        self.parts.append(raw + b"\0" * (-len(raw) % 16))

    def rows(self, weight: np.ndarray):
        """Row by row: what one step is worth, and the steps."""
        most = np.abs(weight).max(1)
        scale = np.maximum(most, 1e-8) / 127
        return scale.astype(np.float32), np.rint(weight / scale[:, None]).clip(-127, 127).astype(np.int8)

    def matrix(self, linear: torch.nn.Linear):
        scale, steps = self.rows(linear.weight.detach().numpy())
        self.put(scale)
        self.put(linear.bias.detach().numpy().astype(np.float32))
        self.put(steps.astype(np.int32).sum(1).astype(np.int32))
        self.put(steps)

    def norm(self, norm: torch.nn.LayerNorm):
        self.put(norm.weight.detach().numpy())
        self.put(norm.bias.detach().numpy())


def main():
    pieces, weights, out = (Path(each) for each in sys.argv[1:4])
    state = torch.load(weights, map_location="cpu")
    state = state.get("mean", state)
    model = Encoder(state["embedding.weight"].shape[0])
    model.load_state_dict(state)
    model.eval()
    position = torch.arange(MOST).float().unsqueeze(1) * model.timescales
    writer = Writer()
    writer.put(torch.cat([torch.sin(position), torch.cos(position)], 1).numpy().astype(np.float32))
    scale, steps = writer.rows(model.embedding.weight.detach().numpy())
    writer.put(scale)
    writer.put(steps)
    one, two = model.layers
    for linear in (one.qkv, one.out, one.adjust, one.up, one.down, two.qkv, two.out, two.up, two.down, model.pool):
        writer.matrix(linear)
    for norm in (one.norm, one.ffn_norm, two.norm, two.ffn_norm):
        writer.norm(norm)
    writer.put(torch.cat([head.weight for head in model.heads.values()]).detach().numpy())
    writer.put(torch.cat([head.bias for head in model.heads.values()]).detach().numpy())
    out.write_bytes(b"".join(writer.parts))
    # For the check that whole numbers cost little: the scores of the first validation texts in full precision.
    lines = (pieces / "sentiment-val.txt").read_text().split("\n")
    with torch.no_grad():
        scores = [torch.cat(model(torch.tensor([[int(each) for each in line.split("\t")[1].split(" ")]])), 1)[0].tolist() for line in lines]
    np.savetxt(str(out) + ".scores.txt", np.array(scores), fmt="%.5f")


if __name__ == "__main__":
    main()
