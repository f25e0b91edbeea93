"""Fine-tunes the encoder on sentiment, emotion and offence at once; keeps a checkpoint after each part of an epoch and goes on from it.

    python3 train.py PACKAGE PIECES OUT [--epochs 3] [--threads 2]
"""

import argparse
import random
import time
from pathlib import Path

import torch
from torch.nn import functional

from encoder import TASKS, Encoder

# GoEmotions' 28 labels and the four of the tweets as: none, joy, optimism, surprise, anger, sadness, fear.
GO = {0: 1, 1: 1, 2: 4, 3: 4, 5: 1, 8: 2, 9: 5, 11: 4, 13: 1, 14: 6, 15: 1, 16: 5, 17: 1, 18: 1, 19: 6, 20: 2, 21: 1, 23: 1, 24: 5, 25: 5, 26: 3, 27: 0}
TWEETS = {0: 4, 1: 1, 2: 2, 3: 5}


def read(path: Path, relabel=None):
    rows = []
    for line in path.read_text().split("\n"):
        label, pieces = line.split("\t")
        if relabel is not None:
            known = {relabel[int(each)] for each in label.split(",") if int(each) in relabel}
            if len(known) != 1:
                continue
            label = known.pop()
        rows.append(([int(each) for each in pieces.split(" ")], int(label)))
    return rows


def batches(rows, size: int, dice: random.Random):
    """Texts of like length stand together, so that little is padded."""
    order = list(range(len(rows)))
    dice.shuffle(order)
    found = []
    for start in range(0, len(order), size * 40):
        chunk = sorted(order[start : start + size * 40], key=lambda at: len(rows[at][0]))
        found += [chunk[at : at + size] for at in range(0, len(chunk), size)]
    dice.shuffle(found)
    return found


def tensors(rows, picked):
    longest = max(len(rows[at][0]) for at in picked)
    ids = torch.zeros(len(picked), longest, dtype=torch.long)
    for row, at in enumerate(picked):
        ids[row, : len(rows[at][0])] = torch.tensor(rows[at][0])
    return ids, torch.tensor([rows[at][1] for at in picked])


@torch.no_grad()
def recall(model, rows, task: str) -> float:
    model.eval()
    place = list(TASKS).index(task)
    order = sorted(range(len(rows)), key=lambda at: len(rows[at][0]))
    hits, all_of = [0] * TASKS[task], [0] * TASKS[task]
    for start in range(0, len(order), 128):
        ids, labels = tensors(rows, order[start : start + 128])
        for said, want in zip(model(ids)[place].argmax(1).tolist(), labels.tolist()):
            all_of[want] += 1
            hits[want] += said == want
    model.train()
    recalls = [hit / count for hit, count in zip(hits, all_of) if count]
    return sum(recalls) / len(recalls)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("package", type=Path)
    options.add_argument("pieces", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--epochs", type=int, default=3)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--rate", type=float, default=4e-4)
    options.add_argument("--size", type=int, default=64)
    told = options.parse_args()
    torch.set_num_threads(told.threads)
    torch.manual_seed(1)
    dice = random.Random(1)
    told.out.mkdir(parents=True, exist_ok=True)

    go = read(told.pieces / "goemotions-train.txt", GO)
    train = {
        "sentiment": read(told.pieces / "sentiment-train.txt"),
        "emotion": read(told.pieces / "emotion-train.txt", TWEETS),
        "offensive": read(told.pieces / "offensive-train.txt"),
    }
    val = {
        "sentiment": read(told.pieces / "sentiment-val.txt"),
        "emotion": read(told.pieces / "emotion-val.txt", TWEETS),
        "offensive": read(told.pieces / "offensive-val.txt"),
    }
    emoji = [[int(each) for each in line.split(" ")] for line in (told.pieces / "emoji.txt").read_text().split("\n")]
    model = Encoder(8002 + len(emoji))
    model.load_package(told.package, emoji)
    mean = Encoder(8002 + len(emoji))
    mean.load_state_dict(model.state_dict())
    mean.eval()

    balance = {}
    for task, rows in train.items():
        counts = [sum(1 for _, label in rows if label == each) or len(rows) for each in range(TASKS[task])]
        balance[task] = torch.tensor([(len(rows) / TASKS[task] / count) for count in counts]).clamp(max=4)
    balance["emotion"] = torch.ones(7)

    shared = [parameter for name, parameter in model.named_parameters() if not name.startswith("heads")]
    steps_of = (len(train["sentiment"]) + len(train["emotion"]) + 7_000) / told.size * told.epochs
    adam = torch.optim.AdamW([{"params": shared}, {"params": model.heads.parameters(), "lr": told.rate * 3}], lr=told.rate, weight_decay=0.01)
    plan = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: min(1.0, (step + 1) / 200) * max(0.02, 1 - step / steps_of))
    step, began = 0, time.time()
    first = 0
    kept = told.out / "checkpoint.pt"
    if kept.exists():
        saved = torch.load(kept)
        model.load_state_dict(saved["model"]), mean.load_state_dict(saved["mean"]), adam.load_state_dict(saved["adam"])
        plan.load_state_dict(saved["plan"])
        first, step = saved["epoch"] + 1, saved["step"]
    for epoch in range(first, told.epochs):
        dice = random.Random(epoch + 1)
        pools = {**train, "emotion": train["emotion"] + dice.sample(go, 4_000), "offensive": dice.sample(train["offensive"], 3_000)}
        todo = [(task, batch) for task, rows in pools.items() for batch in batches(rows, told.size, dice)]
        dice.shuffle(todo)
        model.train()
        for at, (task, batch) in enumerate(todo):
            ids, labels = tensors(pools[task], batch)
            scores = model(ids)[list(TASKS).index(task)]
            loss = functional.cross_entropy(scores, labels, weight=balance[task], label_smoothing=0.05)
            adam.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            adam.step()
            plan.step()
            step += 1
            if step % 5 == 0:
                with torch.no_grad():
                    for slow, fast in zip(mean.parameters(), model.parameters()):
                        slow.lerp_(fast, 1 - min(0.99, step / (step + 50)))
            if at % 50 == 49 or at == len(todo) - 1:
                print(f"{time.time() - began:6.0f} s  epoch {epoch} {at + 1}/{len(todo)}  loss {loss.item():.3f}", flush=True)
            if at == len(todo) // 2 or at == len(todo) - 1:
                figures = {task: recall(mean, rows, task) for task, rows in val.items()}
                print({**{task: round(value, 4) for task, value in figures.items()}, "last sentiment": round(recall(model, val["sentiment"], "sentiment"), 4)}, flush=True)
                torch.save(mean.state_dict(), told.out / f"encoder-{epoch}-{at}.pt")
        torch.save({"model": model.state_dict(), "mean": mean.state_dict(), "adam": adam.state_dict(), "plan": plan.state_dict(), "epoch": epoch, "step": step}, kept)
    torch.save(mean.state_dict(), told.out / "encoder.pt")


if __name__ == "__main__":
    main()
