"""Train the adapter that types numbers in languages without a pack: `python models/train_adapter.py corpus --model e5/ --hold-out ro,ru,ko`.

LoRA on query and value of the upper layers of multilingual-e5-small, and a head over the number's tokens. The layers below are run once for
all windows. The encoder is a few lines of torch here, as it is a few of NumPy in `extractor/semantic/encoder.py`, so that neither peft nor
transformers has to be installed; torch itself is needed for training alone (extra `train`).

Articles of the languages held out, and those of folds 0 and 1 of the others, are not trained on. On fold 0 the probabilities are calibrated;
fold 1 and the languages held out are for `measure_adapter.py`.
"""

from __future__ import annotations

import argparse
import datetime
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from adapter_examples import Example, examples, fold, without_packs
from safetensors.torch import load_file
from scipy.optimize import minimize
from tokenizers import Tokenizer
from torch import Tensor
from train import load_gold

from extractor.binding.typed import TYPES
from extractor.semantic.adapter import PARTS, shapes, write_adapter
from extractor.semantic.model_folder import TOKENIZER, WEIGHTS, Architecture, read_architecture
from extractor.semantic.windows import Window, Windows

CALIBRATED, MEASURED = 0, 1
RANK, SCALE, FIRST_LAYER = 8, 2.0, 6
MOST, EPOCHS, BATCH, RATE, SEED = 6500, 2, 16, 1.5e-3, 8
COMMON = ("metric", "none", "date")
"""Of these as many are drawn as there is room for; of the others all. Calibration brings back how often each is met."""


@dataclass(frozen=True)
class Batch:
    """Windows of one batch: states or ids, which tokens there are, which are the number's, and what it is."""

    tokens: Tensor
    there: Tensor
    own: Tensor
    types: Tensor


class Network(torch.nn.Module):
    """The encoder with its adapter; `lower` gives the states that enter the first layer with one, `forward` scores of the types."""

    def __init__(self, folder: Path, architecture: Architecture, first_layer: int = FIRST_LAYER) -> None:
        super().__init__()
        weights = load_file(folder / WEIGHTS)
        self.frozen = {name: weights[architecture.tensor(name)].float() for name in architecture.shapes()}
        self.architecture, self.first_layer = architecture, first_layer
        self.learnt = torch.nn.ParameterDict()
        for name, shape in shapes(architecture.hidden, architecture.layers, RANK, first_layer).items():
            start = torch.zeros(shape)
            if name.endswith(".down") or name == "head.weight":
                torch.nn.init.normal_(start, std=0.02)
            self.learnt[name.replace(".", "_")] = torch.nn.Parameter(start)

    def tensors(self) -> dict[str, np.ndarray]:
        names = shapes(self.architecture.hidden, self.architecture.layers, RANK, self.first_layer)
        return {name: self.learnt[name.replace(".", "_")].detach().numpy() for name in names}

    @torch.no_grad()
    def lower(self, ids: Tensor, there: Tensor) -> Tensor:
        frozen = self.frozen
        words = frozen["embeddings.word_embeddings.weight"][ids] + frozen["embeddings.position_embeddings.weight"][: ids.shape[1]]
        states = self._norm(words + frozen["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(self.first_layer):
            states = self._layer(layer, states, there)
        return states

    def forward(self, states: Tensor, there: Tensor, own: Tensor) -> Tensor:
        states = states + own.unsqueeze(-1) * self.learnt["mark"]
        for layer in range(self.first_layer, self.architecture.layers):
            states = self._layer(layer, states, there)
        pooled = torch.cat([_mean(states, own), _mean(states, there)], dim=-1)
        return functional.linear(pooled, self.learnt["head_weight"], self.learnt["head_bias"])

    def _layer(self, layer: int, states: Tensor, there: Tensor) -> Tensor:
        name = f"encoder.layer.{layer}"
        count, length, hidden = states.shape
        heads = self.architecture.heads
        projected = {part: self._dense(f"{name}.attention.self.{part}", states) for part in ("query", "key", "value")}
        if layer >= self.first_layer:
            for part in PARTS:
                down, up = (self.learnt[f"layer_{layer}_{part}_{way}"] for way in ("down", "up"))
                projected[part] = projected[part] + SCALE * functional.linear(functional.linear(states, down), up)
        query, key, value = (x.view(count, length, heads, hidden // heads).transpose(1, 2) for x in projected.values())
        mask = there.bool()[:, None, None, :]
        attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask).transpose(1, 2).reshape(states.shape)
        states = self._norm(states + self._dense(f"{name}.attention.output.dense", attended), f"{name}.attention.output.LayerNorm")
        inner = functional.gelu(self._dense(f"{name}.intermediate.dense", states))
        return self._norm(states + self._dense(f"{name}.output.dense", inner), f"{name}.output.LayerNorm")

    def _dense(self, name: str, states: Tensor) -> Tensor:
        return functional.linear(states, self.frozen[f"{name}.weight"], self.frozen[f"{name}.bias"])

    def _norm(self, states: Tensor, name: str) -> Tensor:
        shape = (self.architecture.hidden,)
        return functional.layer_norm(states, shape, self.frozen[f"{name}.weight"], self.frozen[f"{name}.bias"], self.architecture.layer_norm_eps)


def _mean(states: Tensor, which: Tensor) -> Tensor:
    return (states * which.unsqueeze(-1)).sum(1) / which.sum(1, keepdim=True).clamp(min=1)


class Cached:
    """Windows with the states that enter the first layer with an adapter, in half precision."""

    def __init__(self, network: Network, windows: Windows, chosen: Sequence[Example]) -> None:
        self.windows: list[Window] = [windows.around(example.text, example.number) for example in chosen]
        self.types = [TYPES.index(example.type) for example in chosen if example.type is not None]
        self.states: list[Tensor] = [torch.empty(0)] * len(chosen)
        order = sorted(range(len(chosen)), key=lambda i: len(self.windows[i].ids))
        for first in range(0, len(order), BATCH):
            group = order[first : first + BATCH]
            ids, there = _padded([self.windows[i].ids for i in group])
            for i, states in zip(group, network.lower(ids, there), strict=True):
                self.states[i] = states[: len(self.windows[i].ids)].half()

    def batch(self, group: Sequence[int]) -> Batch:
        states = torch.nn.utils.rnn.pad_sequence([self.states[i].float() for i in group], batch_first=True)
        there, own = torch.zeros(states.shape[:2]), torch.zeros(states.shape[:2])
        for row, i in enumerate(group):
            window = self.windows[i]
            there[row, : len(window.ids)] = 1
            own[row, window.first : window.last] = 1
        return Batch(states, there, own, torch.tensor([self.types[i] for i in group]))

    def batches(self, chance: random.Random | None = None) -> Iterator[Batch]:
        order = list(range(len(self.windows)))
        if chance is not None:
            chance.shuffle(order)
        for first in range(0, len(order), BATCH):
            yield self.batch(order[first : first + BATCH])


def _padded(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    ids = torch.nn.utils.rnn.pad_sequence([torch.tensor(list(row)) for row in rows], batch_first=True, padding_value=1)
    there = torch.nn.utils.rnn.pad_sequence([torch.ones(len(row)) for row in rows], batch_first=True)
    return ids, there


def drawn(found: Sequence[Example], most: int) -> list[Example]:
    """At most so many examples to train on, all of the rare types among them."""
    chance = random.Random(SEED)
    rare = [example for example in found if example.type not in COMMON]
    common = [example for example in found if example.type in COMMON]
    return [*rare, *chance.sample(common, max(0, min(len(common), most - len(rare))))]


def train(network: Network, cached: Cached, epochs: int) -> list[float]:
    """Mean loss of each epoch. The rate rises for a tenth of the steps and falls to nothing."""
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.01)
    steps = epochs * -(-len(cached.windows) // BATCH)
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm))))
    chance, losses, begun, step = random.Random(SEED), [], time.monotonic(), 0
    for epoch in range(epochs):
        total = 0.0
        for batch in cached.batches(chance):
            loss = functional.cross_entropy(network(batch.tokens, batch.there, batch.own), batch.types, label_smoothing=0.02)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += float(loss.detach())
            step += 1
            if step % 25 == 0:
                print(f"epoch {epoch + 1}, step {step} of {steps}: loss {float(loss.detach()):.3f}, {time.monotonic() - begun:.0f} s", flush=True)
        losses.append(total * epochs / steps)
    return losses


@torch.no_grad()
def scores(network: Network, cached: Cached) -> np.ndarray:
    return torch.cat([network(batch.tokens, batch.there, batch.own) for batch in cached.batches()]).numpy()


def calibration(found: np.ndarray, types: Sequence[int]) -> tuple[float, np.ndarray]:
    """Factor and addends of the scores that make the right types likeliest, with a slight pull to none (Platt; Guo et al. 2017)."""

    def loss(x: np.ndarray) -> float:
        shifted = found * np.exp(x[0]) + x[1:]
        top = shifted.max(1, keepdims=True)
        logs = shifted - top - np.log(np.exp(shifted - top).sum(1, keepdims=True))
        return float(-logs[np.arange(len(types)), types].sum() + 2.0 * np.square(x[1:]).sum())

    best = minimize(loss, np.zeros(1 + found.shape[1]), method="L-BFGS-B").x
    return float(np.exp(best[0])), best[1:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus")
    parser.add_argument("--model", type=Path, required=True, help="folder of multilingual-e5-small: see `extractor models build`")
    parser.add_argument("--hold-out", default="ro,ru,ko", help="languages that are not trained on")
    parser.add_argument("--output", type=Path, default=Path(__file__).with_name("adapter"))
    parser.add_argument("--most", type=int, default=MOST, help="windows to train on")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    begun = time.monotonic()
    held_out = set(options.hold_out.split(","))
    with without_packs():
        found = examples([article for article in load_gold([options.corpus]) if article.language not in held_out])
    told = [example for example in found if example.type is not None]
    train_on = drawn([example for example in told if fold(example.article) not in (CALIBRATED, MEASURED)], options.most)
    calibrate_on = [example for example in told if fold(example.article) == CALIBRATED]
    architecture = read_architecture(options.model)
    network = Network(options.model, architecture)
    windows = Windows(Tokenizer.from_file(str(options.model / TOKENIZER)))
    print(f"{len(train_on)} windows to train on: {dict(Counter(example.type for example in train_on))}", flush=True)
    cached = Cached(network, windows, train_on)
    print(f"lower layers: {time.monotonic() - begun:.0f} s", flush=True)
    losses = train(network, cached, options.epochs)
    held = Cached(network, windows, calibrate_on)
    factor, addends = calibration(scores(network, held), held.types)
    tensors = network.tensors()
    tensors["head.weight"] = tensors["head.weight"] * factor
    tensors["head.bias"] = tensors["head.bias"] * factor + addends
    settings = {
        "base": "multilingual-e5-small", "hidden": architecture.hidden, "layers": architecture.layers, "rank": RANK, "scale": SCALE,
        "first_layer": FIRST_LAYER, "trained": datetime.date.today().isoformat(), "held_out": sorted(held_out),
        "articles": len({example.article for example in train_on}), "windows": len(train_on), "epochs": options.epochs, "batch": BATCH,
        "rate": RATE, "seed": SEED, "losses": [round(loss, 4) for loss in losses],
    }  # fmt: skip
    write_adapter(options.output, tensors, settings)
    print(f"{options.output}: {time.monotonic() - begun:.0f} s, calibration {factor:.2f} {addends.round(2).tolist()}")


if __name__ == "__main__":
    main()
