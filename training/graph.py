"""The fine-tuned transformer as a graph of small whole numbers that ONNX Runtime can run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

Floats = NDArray[np.float32]
HALF_RANGE = 63
"""Weights are whole numbers of seven bits, so that no processor's eight-bit sums run over."""
DEEP = "com.microsoft"


@dataclass
class Graph:
    """Nodes and constants, added in the order in which they run."""

    nodes: list[NodeProto] = field(default_factory=list)
    constants: list[TensorProto] = field(default_factory=list)

    def hold(self, name: str, some: NDArray[np.generic]) -> str:
        """Keep a constant."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(some), name))
        return name

    def do(self, deed: str, given: Sequence[str], name: str, domain: str = "", **how: object) -> str:
        """Add a node; its one result has its name."""
        self.nodes.append(helper.make_node(deed, list(given), [name], name=name, domain=domain, **how))
        return name

    def linear(self, x: str, name: str, weight: Floats, bias: Floats) -> str:
        """x times weight [in, out] plus bias, weights held in seven bits a column."""
        step = np.maximum(np.abs(weight).max(axis=0), 1e-9) / HALF_RANGE
        whole = np.rint(weight / step).astype(np.int8)
        held = [
            self.hold(f"{name}.whole", whole),
            self.hold(f"{name}.step", step.astype(np.float32)),
            self.hold(f"{name}.zero", np.zeros(len(step), np.int8)),
            self.hold(f"{name}.bias", bias.astype(np.float32)),
        ]
        return self.do("DynamicQuantizeMatMul", [x, *held], name, DEEP)

    def norm(self, x: str, name: str, weight: Floats, bias: Floats) -> str:
        """Layer normalization."""
        held = [self.hold(f"{name}.weight", weight), self.hold(f"{name}.bias", bias)]
        return self.do("LayerNormalization", [x, *held], name, axis=-1, epsilon=1e-12)


def graph_of(state: Mapping[str, Floats], layers: int, heads: int = 12) -> ModelProto:
    """The encoder with its heads.

    In: the meanings of `words` [pieces, width], `roles` [pieces], `kept` [kept pieces], `pool` [turns, kept pieces]
    and `first` [turns]. Out: `scores` [turns, columns], the heads side by side in the order of the state's `heads.*`.
    The last layer is reckoned only for the pieces that are kept, those of the turns to be judged.
    """
    made = Graph()
    x = _embedded(made, state)
    shapes = _shapes(made, width=state["norm.weight"].shape[0], heads=heads)
    for at in range(layers):
        x = _layer(made, state, x, f"layers.{at}", shapes, kept="kept" if at == layers - 1 else "")
    _read_out(made, state, x)
    width = state["norm.weight"].shape[0]
    ways = {"words": ["n", width], "roles": ["n"], "kept": ["few"], "first": ["turns"], "pool": ["turns", "few"]}
    kinds = {name: TensorProto.FLOAT if name in ("words", "pool") else TensorProto.INT64 for name in ways}
    inputs = [helper.make_tensor_value_info(name, kinds[name], way) for name, way in ways.items()]
    output = helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["turns", "columns"])
    whole = helper.make_graph(made.nodes, "careful", inputs, [output], made.constants)
    domains = [helper.make_opsetid("", 17), helper.make_opsetid(DEEP, 1)]
    return helper.make_model(whole, opset_imports=domains, ir_version=9)


def _embedded(made: Graph, state: Mapping[str, Floats]) -> str:
    made.hold("role.table", state["role.weight"])
    made.hold("place.table", state["pos.weight"])
    made.do("Gather", ["role.table", "roles"], "role")
    made.do("Shape", ["roles"], "count")
    made.hold("nought", np.zeros(1, np.int64))
    made.do("Slice", ["place.table", "nought", "count", "nought"], "place")
    made.do("Add", ["words", "role"], "word.role")
    made.do("Add", ["word.role", "place"], "seen")
    return made.norm("seen", "norm", state["norm.weight"], state["norm.bias"])


def _shapes(made: Graph, width: int, heads: int) -> tuple[str, str, str]:
    apart = made.hold("shape.apart", np.array([-1, 3, heads, width // heads], np.int64))
    together = made.hold("shape.together", np.array([-1, width], np.int64))
    scale = made.hold("shape.scale", np.array((width // heads) ** -0.5, np.float32))
    return apart, together, scale


def _layer(made: Graph, state: Mapping[str, Floats], x: str, name: str, shapes: tuple[str, str, str], kept: str) -> str:
    """One layer: attention, then two linear steps, each added to what came in; only for the `kept` pieces, if named."""

    def linear(some: str, part: str) -> str:
        return made.linear(some, f"{name}.{part}", state[f"{name}.{part}.weight"].T, state[f"{name}.{part}.bias"])

    def norm(some: str, part: str) -> str:
        return made.norm(some, f"{name}.{part}", state[f"{name}.{part}.weight"], state[f"{name}.{part}.bias"])

    heard = linear(_attended(made, linear(x, "qkv"), name, shapes, kept), "out")
    x = made.do("Gather", [x, kept], f"{name}.kept") if kept else x
    x = norm(made.do("Add", [x, heard], f"{name}.heard"), "n1")
    up = made.do("Gelu", [linear(x, "up")], f"{name}.bent", DEEP)
    return norm(made.do("Add", [x, linear(up, "down")], f"{name}.thought"), "n2")


def _attended(made: Graph, asked: str, name: str, shapes: tuple[str, str, str], kept: str) -> str:
    apart, together, scale = shapes
    made.do("Reshape", [asked, apart], f"{name}.apart")
    made.nodes.append(helper.make_node("Split", [f"{name}.apart"], [f"{name}.{one}3" for one in "qkv"], axis=1))
    one = made.hold(f"{name}.one", np.array([1], np.int64))
    for part in "qkv":
        made.do("Squeeze", [f"{name}.{part}3", one], f"{name}.{part}2")
        order = [1, 2, 0] if part == "k" else [1, 0, 2]
        made.do("Transpose", [f"{name}.{part}2"], f"{name}.{part}", perm=order)
    asking = made.do("Gather", [f"{name}.q", kept], f"{name}.q.kept", axis=1) if kept else f"{name}.q"
    made.do("Mul", [asking, scale], f"{name}.q.scaled")
    made.do("MatMul", [f"{name}.q.scaled", f"{name}.k"], f"{name}.meeting")
    made.do("Softmax", [f"{name}.meeting"], f"{name}.share", axis=-1)
    made.do("MatMul", [f"{name}.share", f"{name}.v"], f"{name}.taken")
    made.do("Transpose", [f"{name}.taken"], f"{name}.back", perm=[1, 0, 2])
    return made.do("Reshape", [f"{name}.back", together], f"{name}.attended")


def _read_out(made: Graph, state: Mapping[str, Floats], x: str) -> None:
    """Every turn's mark and the mean of its pieces, then all heads at once."""
    names = dict.fromkeys(name.rsplit(".", 1)[0] for name in state if name.startswith("heads."))
    made.hold("heads.weight", np.concatenate([state[f"{name}.weight"] for name in names]).T.astype(np.float32))
    made.hold("heads.bias", np.concatenate([state[f"{name}.bias"] for name in names]).astype(np.float32))
    made.do("Gather", [x, "first"], "marks")
    made.do("MatMul", ["pool", x], "means")
    made.do("Concat", ["marks", "means"], "turn", axis=1)
    made.do("MatMul", ["turn", "heads.weight"], "raised")
    made.do("Add", ["raised", "heads.bias"], "scores")
